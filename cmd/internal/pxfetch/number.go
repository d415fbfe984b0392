package pxfetch

import (
	"fmt"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// number reads a number that a call names.
func number(what, text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, cli.Usagef("%s is a number, not %q", what, text)
	}
	return n, nil
}

// count writes a number with thin groups: 1 234 567.
func count(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + " " + text[i:]
	}
	return text
}
