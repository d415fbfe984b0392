package sdmxconv

import "github.com/jsonstat-go/toolkit/convert/internal/rows"

// reader is the reading of a message, of whatever format: what was asked for, and what
// was said already.
type reader struct {
	o      Options
	lang   language
	said   map[string]bool
	policy rows.Policy
}

func (r *reader) warn(message string) {
	if r.o.Warn != nil && !r.said[message] {
		r.said[message] = true
		r.o.Warn(message)
	}
}

// tableOptions are the options for the maker of cubes.
func (r *reader) tableOptions() *rows.Options {
	o := rows.Options(r.o.TableOptions)
	o.Warn = r.warn
	return &o
}
