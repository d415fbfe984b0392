package rows

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// timeWords are words for time in headers, in the languages of the offices whose
// tables people bring.
var timeWords = strings.Fields(`year years time date period month quarter week day aar år jahr jahre datum monat quartal año ano anio fecha
periodo anno data ár ar vuosi vuonna aika tid tidsperiod måned månad maned kvartal kvartal uge uke vecka rok annee année trimestre mois
ref_date time_period tlist refdate fiscal_year season jaar maand timeperiod time_identifier yr decade dates datetime timestamp
ársfjórðungur mánuður zeit zeitraum stichtag periode perioden temps tiempo kuukausi`)

var monthNames = strings.Fields(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
oct nov dec januar februar märz mai juni juli oktober dezember desember januari februari mars maj augusti enero febrero marzo abril
mayo junio julio agosto septiembre octubre noviembre diciembre janvier février avril juin juillet août septembre octobre novembre
décembre`)

const yearPattern = `(?:1[5-9]\d\d|20\d\d|21\d\d)`

// pattern is a regular expression that is compiled when it is first asked for: many
// commands have this package and read no table.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// monthPattern is a month by its name, the longer names first.
func monthPattern() string {
	names := slices.Clone(monthNames)
	slices.Sort(names)
	names = slices.Compact(names)
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	return `(?:` + strings.Join(names, "|") + `)\.?`
}

// The ways in which tables write periods: years and spans of years, 2024M01,
// 2024-01-31, 31.01.2024, Q1 2024, Jan 24, January.
var periodPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(strings.NewReplacer("Y", yearPattern, "M", monthPattern(), " ", "", "\n", "", "_", " ").Replace(
		`(?i)^(?: Y(?:\.0|[-/–](?:Y|\d\d))? | [xy]\x5f?Y | Y\s*\[yrY\] | (?:yr|fy|cy)\s?Y
 | Y[-._]?[mqkhw]\d\d? | Y[-/.]\d\d(?:[-/.]\d\d)?(?:[t_]\d\d:\d\d.*)? | \d\d?[-/.]\d\d?[-/.](?:\d\d|Y) | [qkt]\d[-._/]?(?:Y)?
 | M[-._/]?(?:Y|\d\d)? | (?:Y|\d\d)[-._/]?M | \d\d?[-._]M[-._](?:\d\d|Y) )$`))
})

var (
	hasYear  = pattern(yearPattern)
	aMonth   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)` + monthPattern()) })
	hasDigit = pattern(`\d`)
	yearWord = pattern(`(year|jahr|datum)s?$|^(schul)?jahr`)
)

// isPeriod tells whether a text is a period of time.
func isPeriod(text string) bool {
	text = strings.TrimSpace(text)
	if len(text) < 2 || len(text) >= 40 {
		return false
	}
	digits, words := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c-'0' <= 9:
			digits++
		case c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80:
			words++
		}
	}
	// What most cells are needs no pattern: numbers that are no years, and texts
	// without a digit that are no month.
	switch {
	case digits == len(text):
		return digits == 4 && (text[0] == '1' && text[1] >= '5' || text[0] == '2' && text[1] <= '1')
	case digits == 0 && (words < 3 || words > 14):
		return false
	}
	return periodPattern().MatchString(text)
}

// norm is a header without case, and with a blank for each gap between its words.
func norm(header string) string {
	return signs(strings.ToLower(strings.TrimSpace(header)), ' ', func(r rune) bool {
		return r == ' ' || r == '_' || r == '.' || r == '-' || r == '\t' || r == '\n' || r == '\r' || r == '\f'
	})
}

// signs is a text with one sign for each run of some characters.
func signs(text string, sign byte, is func(rune) bool) string {
	if strings.IndexFunc(text, is) < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	before := false
	for _, r := range text {
		now := is(r)
		switch {
		case !now:
			b.WriteRune(r)
		case !before:
			b.WriteByte(sign)
		}
		before = now
	}
	return b.String()
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
		if slices.Contains(timeWords, w) || yearWord().MatchString(w) {
			return true
		}
	}
	return false
}

// counted tells whether a header counts what it names, and does not name it: "5 years".
func counted(header string) bool {
	h := strings.TrimSpace(header)
	return h != "" && '0' <= h[0] && h[0] <= '9' && !isPeriod(h)
}

// ofMore are words that a header may have beside one for time without becoming
// something that lasts: "fiscal year", but not "working time".
var ofMore = strings.Fields(`code id nr no number kode identifier of the reference ref fiscal calendar survey financial academic school latest label name`)

// lasts tells whether a header may name how long something takes.
func lasts(header string) bool {
	return slices.ContainsFunc(words(header), func(w string) bool {
		return len(w) > 2 && !slices.Contains(timeWords, w) && !yearWord().MatchString(w) && !slices.Contains(ofMore, w)
	})
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
	digit := func(r rune) bool { return '0' <= r && r <= '9' }
	if strings.IndexFunc(h, digit) < 0 {
		return h
	}
	return signs(aMonth().ReplaceAllString(h, "#"), '#', digit)
}

// A header is what rules ask of the header of a column, found once.
type header struct {
	normed, skeleton  string
	period, endPeriod bool
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

// noteWord is a word that notes begin with, by one of noteLetters, and the colon behind it.
var noteWord = pattern(`(?i)^(sources?|notes?|footnotes?|kilde|källa|anm|quelle|fuente|fonte|merknad)\b\s*\d*\s*:`)

const noteLetters = "snfkaqm"

// isNoteText tells whether a text begins as notes do, in a table in which a row may well
// have a category and nothing else. Nearly all texts need no pattern for that: names in any
// letters, times with colons.
func isNoteText(text []byte) bool {
	text = trim(text)
	if len(text) == 0 || text[0] == '*' || text[0] >= 0x80 {
		return bytes.HasPrefix(text, []byte("*")) || bytes.HasPrefix(text, []byte("©"))
	}
	return strings.IndexByte(noteLetters, text[0]|0x20) >= 0 && bytes.IndexByte(text, ':') >= 0 && noteWord().Match(text)
}

// Names of columns that say what they are, in any case of letters. The list stands in
// docs, too.
var (
	valueNames = []string{"value", "values", "obs_value", "observation", "obsvalue", "wert", "valor", "verdi", "värde", "arvo", "valeur"}

	// These and the lists below are written as norm writes them.
	statusNames = []string{"status", "obs status", "obs flag", "flag", "flags", "flag codes", "symbol", "obsstatus", "observation status", "value status", "data marking"}

	// Columns of Statistics Canada's tables that are nothing new beside REF_DATE.
	statcanNames = []string{"dguid", "vector", "coordinate", "uom_id", "scalar_id", "symbol", "terminated", "decimals", "scalar_factor"}

	// What pandas, R, SAS and others call a first column of row numbers.
	rowNames = []string{"", "unnamed: 0", "rownames", "row names", "index", " 1", "obs"}

	rankNames = []string{"rank", "ranking", "rang", "position", "pos", "#", "place", "plass", "no "}

	unitNames = []string{"unit", "units", "uom", "unit of measure", "unit measure", "unit label", "enhet", "einheit", "unité", "unidad", "eenheid", "yksikkö"}

	labelWords = []string{"label", "labels", "name", "names", "title", "description", "navn", "namn"}

	codeEndings = []string{" code", " id", " kode", " codes"}
)

var (
	flagsForm    = pattern(`^flags?( (and|&) \w+)?( codes?)?$`)
	statusForm   = pattern(`(?i)^(.+?)[ _.](status|symbol|flag|flags)$`)
	labelForm    = pattern(`^(.*?)[ _.]?(label|labels|name|names|title|description|desc|navn|namn|bezeichnung|text)$`)
	contentsForm = pattern(`^(TLIST\(\w+\)|C\d+V\d+)$`)
	unnamedForm  = pattern(`^Unnamed: \d+(\.\d+)*$`)
	levelForm    = pattern(`^level_\d+$`)
	pandasForm   = pattern(`^__index_level_\d+__$`)
)

// isValueName and isStatusName go by the lists above.
func isValueName(header string) bool {
	n := norm(header)
	return slices.Contains(valueNames, n) || slices.Contains(valueNames, strings.ReplaceAll(n, " ", "_"))
}

func isStatusName(n string) bool {
	return slices.Contains(statusNames, n) || flagsForm().MatchString(n)
}

// blanks is a text with one blank for each run of blanks and line breaks in it.
func blanks(text string) string { return strings.Join(strings.Fields(text), " ") }
