// Package separator reads the flags that name what stands between fields, of all commands
// that read or write separated text.
package separator

import (
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Named lists what a separator may be called, for the help of its flag.
const Named = "tab, comma, semicolon, space or pipe"

// Of is the separator that a flag gives: the sign itself, \t for a tab, or one of the
// names in any case; "" if it is not given and has no default. What no reader could make
// sense of is an error of the call.
func Of(c *cli.Context, flag string) (string, error) {
	text := c.String(flag)
	if err := Check(c, flag); err != nil {
		return "", err
	}
	switch strings.ToLower(text) {
	case "tab":
		return "\t", nil
	case "comma":
		return ",", nil
	case "semicolon":
		return ";", nil
	case "space":
		return " ", nil
	case "pipe":
		return "|", nil
	}
	return strings.ReplaceAll(text, `\t`, "\t"), nil
}

// Check refuses a text that cannot stand between fields or in a number.
func Check(c *cli.Context, flag string) error {
	text := c.String(flag)
	switch {
	case c.IsSet(flag) && text == "":
		return cli.Usagef("--%s is empty: it is at least one character", flag)
	case strings.ContainsAny(text, "\"\r\n"):
		return cli.Usagef("--%s %q: quotes and line ends cannot separate anything in CSV", flag, text)
	}
	return nil
}
