package rows

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// timeWords are words for time in headers, in the languages of the offices whose
// tables people bring.
var timeWords = strings.Fields(`year years time date period month quarter week day aar år jahr jahre datum monat quartal año ano anio fecha
periodo anno data ár ar vuosi vuonna aika tid tidsperiod måned månad maned kvartal kvartal uge uke vecka rok annee année trimestre mois
ref_date time_period tlist refdate fiscal_year season jaar maand timeperiod time_identifier yr decade dates datetime timestamp
ársfjórðungur mánuður`)

var monthNames = strings.Fields(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
oct nov dec januar februar märz mai juni juli oktober dezember desember januari februari mars maj augusti enero febrero marzo abril
mayo junio julio agosto septiembre octubre noviembre diciembre janvier février avril juin juillet août septembre octobre novembre
décembre`)

const yearPattern = `(?:1[5-9]\d\d|20\d\d|21\d\d)`

// monthPattern is a month by its name, the longer names first.
var monthPattern = func() string {
	names := slices.Clone(monthNames)
	slices.Sort(names)
	names = slices.Compact(names)
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	return `(?:` + strings.Join(names, "|") + `)\.?`
}()

// The ways in which tables write periods: years and spans of years, 2024M01,
// 2024-01-31, 31.01.2024, Q1 2024, Jan 24, January.
var periodPattern = regexp.MustCompile(strings.NewReplacer("Y", yearPattern, "M", monthPattern, " ", "", "\n", "", "_", " ").Replace(
	`(?i)^(?: Y(?:[-/–](?:Y|\d\d))? | [xy]\x5f?Y | Y\s*\[yrY\] | (?:yr|fy|cy)\s?Y
 | Y[-._]?[mqkhw]\d\d? | Y[-/.]\d\d(?:[-/.]\d\d)?(?:[t_]\d\d:\d\d.*)? | \d\d?[-/.]\d\d?[-/.](?:\d\d|Y) | [qkt]\d[-._/]?(?:Y)?
 | M[-._/]?(?:Y|\d\d)? | (?:Y|\d\d)[-._/]?M | \d\d?[-._]M[-._](?:\d\d|Y) )$`))

var (
	hasYear  = regexp.MustCompile(yearPattern)
	aMonth   = regexp.MustCompile(`(?i)` + monthPattern)
	digitRun = regexp.MustCompile(`\d+`)
	hasDigit = regexp.MustCompile(`\d`)
	yearWord = regexp.MustCompile(`(year|jahr|datum)s?$|^(schul)?jahr`)
	nameGaps = regexp.MustCompile(`[\s_.\-]+`)
)

// isPeriod tells whether a text is a period of time.
func isPeriod(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) >= 2 && len(text) < 40 && periodPattern.MatchString(text)
}

// norm is a header without case, and with a blank for each gap between its words.
func norm(header string) string {
	return nameGaps.ReplaceAllString(strings.ToLower(strings.TrimSpace(header)), " ")
}

// timeWord tells whether a header has a word for time.
func timeWord(header string) bool {
	n := norm(header)
	if slices.Contains(timeWords, n) || slices.Contains(timeWords, strings.ReplaceAll(n, " ", "_")) {
		return true
	}
	for _, w := range strings.FieldsFunc(strings.ReplaceAll(n, "_", " "), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if slices.Contains(timeWords, w) {
			return true
		}
	}
	for _, w := range words(header) {
		if slices.Contains(timeWords, w) || yearWord.MatchString(w) {
			return true
		}
	}
	return false
}

// words are the words of a header; a capital behind a small letter begins one too.
func words(header string) []string {
	var b strings.Builder
	before := rune(0)
	for _, r := range header {
		if unicode.IsLower(before) && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
		before = r
	}
	return strings.FieldsFunc(b.String(), func(r rune) bool { return !unicode.IsLetter(r) })
}

// skeleton is a header with one sign for each run of digits and each month.
func skeleton(header string) string {
	h := strings.ToLower(strings.TrimSpace(header))
	if hasDigit.MatchString(h) {
		h = aMonth.ReplaceAllString(h, "#")
	}
	return digitRun.ReplaceAllString(h, "#")
}

// oneKind tells whether two headers are of one kind: both periods, or equal but for
// digits and months.
func oneKind(a, b string) bool {
	if isPeriod(a) && isPeriod(b) {
		return true
	}
	s := skeleton(a)
	return strings.Contains(s, "#") && s == skeleton(b)
}

// endsInPeriod tells whether a header ends in a period behind a blank: HNMGA 1981.
func endsInPeriod(header string) bool {
	i := strings.LastIndexByte(strings.TrimSpace(header), ' ')
	return i > 0 && isPeriod(header[i+1:])
}

// brief shortens a text for a message.
func brief(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
