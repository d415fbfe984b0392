package about

import (
	"html"
	"regexp"
	"strings"
	"sync"
)

// form is a pattern that is compiled when it is first asked for.
func form(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

var (
	// hidden is what a web page does not show.
	hidden = form(`(?is)<(script|style|head)\b[^>]*>.*?</(script|style|head)\s*>|<!--.*?-->`)

	// breaks are the tags at which a reader sees a new line.
	breaks = form(`(?i)<\s*/?\s*(br|p|div|li|ul|ol|tr|h[1-6])(\s[^<>]*)?/?\s*>`)

	// links are turned into the text and its address.
	links = form(`(?is)<a\s[^<>]*?href\s*=\s*["']?(https?://[^"'\s<>]+)["']?[^<>]*>(.*?)</a\s*>`)

	// tags are taken out. A less-than sign in front of a number or a blank is one.
	tags = form(`</?[a-zA-Z][^<>]*>`)
)

// Text makes a text of one that may hold HTML: lines without blanks around them, no
// empty one at either end, and no two of them together.
func Text(text string) string {
	if !strings.ContainsAny(text, "<&\r\n\u00a0") {
		return Line(text)
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	text = hidden().ReplaceAllString(text, "")
	text = links().ReplaceAllStringFunc(text, func(link string) string {
		m := links().FindStringSubmatch(link)
		if words := strings.TrimSpace(m[2]); words != "" && !strings.EqualFold(words, m[1]) {
			return words + " (" + m[1] + ")"
		}
		return m[1]
	})
	text = breaks().ReplaceAllString(text, "\n")
	text = tags().ReplaceAllString(text, "")
	text = strings.ReplaceAll(html.UnescapeString(text), "\u00a0", " ")
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		line = Line(line)
		if line != "" || (len(lines) > 0 && lines[len(lines)-1] != "") {
			lines = append(lines, line)
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// Line is a text on one line, its white space a blank each.
func Line(text string) string { return strings.Join(strings.Fields(text), " ") }
