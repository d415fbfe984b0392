package pxweb

import (
	"errors"
	"html"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

var (
	tags  = pattern(`(?s)<[^>]*>`)
	drops = pattern(`(?is)<head\b.*?</head>|<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->`)
)

// said is what a server says in an answer that is no data: its words on one line,
// and whether it is a web page.
func said(body []byte) (message string, page bool) {
	text := strings.TrimSpace(string(readable(body)))
	if text == "" {
		return "", false
	}
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") || strings.HasPrefix(text, "<") {
		_, err := jsonstat.Parse([]byte(text))
		if s, ok := errors.AsType[*jsonstat.ServerError](err); ok {
			return s.Message, s.Page == "a web page"
		}
	}
	if unquoted, err := strconv.Unquote(text); err == nil {
		text = unquoted
	}
	return oneLine(text), false
}

// readable is a text, or the beginning of one, as UTF-8 without a byte order mark.
func readable(text []byte) []byte {
	if plain, _ := charset.JSON(text); len(plain) > 0 { // the last character may be cut
		return plain
	}
	return text
}

// oneLine is the first line with any text in it, without tags.
func oneLine(text string) string {
	if !utf8.ValidString(text) {
		text = latin1(text)
	}
	text = html.UnescapeString(tags().ReplaceAllString(drops().ReplaceAllString(text, ""), " "))
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			if len(line) > 400 {
				line = strings.ToValidUTF8(line[:400], "") + "…"
			}
			return line
		}
	}
	return ""
}

// latin1 reads a text byte by byte.
func latin1(text string) string {
	runes := make([]rune, len(text))
	for i := range len(text) {
		runes[i] = rune(text[i])
	}
	return string(runes)
}

// isNumber tells whether a text is a number, as tables have them.
func isNumber(s string) bool {
	_, err := strconv.ParseUint(s, 10, 32)
	return err == nil
}

// Since tells whether a time that a server wrote is after another one. Times that
// cannot be read are compared as texts.
func Since(updated, than string) bool {
	a, errA := parseTime(updated)
	b, errB := parseTime(than)
	if errA != nil || errB != nil {
		return updated > than
	}
	return a.After(b)
}

func parseTime(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t, err = time.Parse("2006-01-02T15:04:05", text)
	}
	return t, err
}

// isNow tells whether a time of update is but the time of the answer, which some
// servers give for tables of which they know none. It says nothing of the table.
func isNow(updated string, now time.Time) bool {
	t, err := parseTime(updated)
	return err == nil && now.Sub(t).Abs() < 10*time.Minute
}
