package dice

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is used first: most runs use
// few of them.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
