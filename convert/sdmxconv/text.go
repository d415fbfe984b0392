package sdmxconv

import (
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// quote is a text as JSON.
func quote(s string) string { return string(jsonstat.AppendQuoted(nil, s)) }

// unquote is the text of a JSON value.
func unquote(token string) string {
	if strings.HasPrefix(token, `"`) {
		return string(jsonstat.AppendText(nil, []byte(token)))
	}
	return token
}

// digits reads a whole number of at most nine digits, -1 if it is none.
func digits[T string | []byte](s T) int {
	if len(s) == 0 || len(s) > 9 {
		return -1
	}
	v := 0
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return -1
		}
		v = v*10 + int(d)
	}
	return v
}

// brief shortens a text for a message.
func brief(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
