package transport

import (
	"errors"
	"html"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

var (
	tags  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)<[^>]*>`) })
	drops = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?is)<head\b.*?</head>|<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->`)
	})
)

// Said is what a server says in an answer that is no data: its words on one line,
// and whether it is a web page.
func Said(body []byte) (message string, page bool) {
	text := strings.TrimSpace(string(Readable(body)))
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
	return OneLine(text), false
}

// Readable is a text, or the beginning of one, as UTF-8 without a byte order mark.
func Readable(text []byte) []byte {
	if plain, _ := charset.JSON(text); len(plain) > 0 { // the last character may be cut
		return plain
	}
	return text
}

// OneLine is the first line with any text in it, without tags.
func OneLine(text string) string {
	text = html.UnescapeString(tags().ReplaceAllString(shown(text), " "))
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

// shown is a text in UTF-8 without what a web page does not show, but with its tags.
func shown(text string) string {
	if !utf8.ValidString(text) {
		text = Latin1(text)
	}
	return drops().ReplaceAllString(text, "")
}

// Latin1 reads a text byte by byte.
func Latin1(text string) string {
	runes := make([]rune, len(text))
	for i := range len(text) {
		runes[i] = rune(text[i])
	}
	return string(runes)
}
