package xlsxconv

import (
	"html"
	"regexp"
	"strings"
)

// breaks are the tags at which a reader sees a new line.
var breaks = regexp.MustCompile(`(?i)<\s*/?\s*(br|p|div|li|ul|ol|tr|h[1-6])(\s[^<>]*)?/?\s*>`)

// links are turned into the text and its address.
var links = regexp.MustCompile(`(?is)<a\s[^<>]*?href\s*=\s*["']?(https?://[^"'\s<>]+)["']?[^<>]*>(.*?)</a\s*>`)

// tags are taken out. A less-than sign in front of a number or a blank is one.
var tags = regexp.MustCompile(`</?[a-zA-Z][^<>]*>|<!--.*?-->`)

// plain makes a text of a note, which may hold HTML.
func plain(note string) string {
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(note)
	text = links.ReplaceAllStringFunc(text, func(link string) string {
		m := links.FindStringSubmatch(link)
		if words := strings.TrimSpace(m[2]); words != "" && !strings.EqualFold(words, m[1]) {
			return words + " (" + m[1] + ")"
		}
		return m[1]
	})
	text = breaks.ReplaceAllString(text, "\n")
	text = tags.ReplaceAllString(text, "")
	text = strings.ReplaceAll(html.UnescapeString(text), "\u00a0", " ")
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		line = oneLine(line)
		if line != "" || (len(lines) > 0 && lines[len(lines)-1] != "") {
			lines = append(lines, line)
		}
	}
	return clean(strings.TrimSpace(strings.Join(lines, "\n")))
}

// clean takes out what no sheet can show.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\n' && r != '\t') || r == 0x7F || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, text)
}
