package cubes

import (
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// names reads a flag with names of columns or dimensions: each of its values is a list
// separated by commas, in which a name with a comma stands in quotes.
func names(c *cli.Context, flag string) ([]string, error) {
	var all []string
	for _, text := range c.Strings(flag) {
		if text == "" { // as not given
			continue
		}
		list, ok := splitNames(text, ',')
		if !ok {
			return nil, cli.Usagef("--%s %s: a quote is not closed", flag, text)
		}
		for _, name := range list {
			if name == "" {
				return nil, cli.Usagef("--%s %q names nothing: write names separated by commas", flag, text)
			}
		}
		all = append(all, list...)
	}
	return all, nil
}

// splitNames splits a list at a separator. A name may stand in quotes, in which a quote
// is written twice. ok is false if one is not closed.
func splitNames(text string, separator byte) (list []string, ok bool) {
	for {
		name, rest, more, ok := nextName(text, separator)
		if !ok {
			return nil, false
		}
		list = append(list, name)
		if !more {
			return list, true
		}
		text = rest
	}
}

// nextName is the first name of a list, and what follows its separator.
func nextName(text string, separator byte) (name, rest string, more, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		name, rest, more = strings.Cut(text, string(separator))
		return name, rest, more, true
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] != '"':
			b.WriteByte(text[i])
		case i+1 < len(text) && text[i+1] == '"':
			b.WriteByte('"')
			i++
		case i+1 == len(text):
			return b.String(), "", false, true
		case text[i+1] == separator:
			return b.String(), text[i+2:], true, true
		default: // a quote that is part of the name
			name, rest, more = strings.Cut(text, string(separator))
			return name, rest, more, true
		}
	}
	return "", "", false, false
}

// writeName writes a name as splitNames reads it.
func writeName(name string, separators string) string {
	if strings.ContainsAny(name, separators) || strings.HasPrefix(name, `"`) {
		return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
	}
	return name
}

// writeNames writes a list of names.
func writeNames(list []string) string {
	written := make([]string, len(list))
	for i, name := range list {
		written[i] = writeName(name, ",")
	}
	return strings.Join(written, ",")
}
