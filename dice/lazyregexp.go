package dice

import (
	"regexp"
	"sync"
)

// lazyRegexp is a regular expression that is compiled when it is first used: most runs use
// few of them, and compiling takes longer than starting the program.
func lazyRegexp(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
