package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// hintsFor lists what may help: the hints that an error brought along, then those that
// follow from what it is. Flags are named where the command reads JSON-stat, and so
// has them.
func hintsFor(err error, readsJSONStat bool) []string {
	var hints []string
	if u, ok := errors.AsType[*UsageError](err); ok {
		hints = append(hints, u.Hints...)
	}
	if h, ok := errors.AsType[*hinted](err); ok {
		hints = append(hints, h.hints...)
	}
	if u, ok := errors.AsType[*jsonstat.UnknownError](err); ok && len(u.All) > 0 {
		hints = append(hints, known(u))
	}
	switch {
	case !readsJSONStat:
	case errors.Is(err, jsonstat.ErrNaN):
		hints = append(hints, "--nan=null reads NaN and Infinity as missing values")
	case errors.Is(err, jsonstat.ErrShort):
		hints = append(hints, "--pad takes the values that are not there for missing, at the end")
	case errors.Is(err, jsonstat.ErrEncoding):
		hints = append(hints, "if the text is in another encoding, name it: --input-encoding=iso-8859-1")
	}
	return hints
}

// known lists what there is instead of what was asked for.
func known(u *jsonstat.UnknownError) string {
	plural := map[string]string{"dataset": "datasets", "dimension": "dimensions", "category": "categories", "variable": "variables", "code list": "code lists", "level": "levels", "column": "columns"}[u.Kind]
	if plural == "" {
		plural = "known"
	}
	if u.In != "" {
		plural += " of " + quoteOdd(u.In)
	}
	names := make([]string, len(u.All))
	for i, name := range u.All {
		names[i] = quoteOdd(name)
	}
	return fmt.Sprintf("%s are: %s", plural, strings.Join(names, ", "))
}

// quoteOdd quotes a name that one could misread in a list.
func quoteOdd(name string) string {
	if name == "" || strings.ContainsAny(name, ` ,"'`) {
		return `"` + name + `"`
	}
	return name
}

// didYouMean makes a hint of the words that look like what was typed, or "" if
// there are none.
func didYouMean(typed string, words []string, prefix string) string {
	close := jsonstat.Near(typed, words)
	if len(close) == 0 {
		return ""
	}
	for i := range close {
		close[i] = prefix + close[i]
	}
	return "did you mean " + either(close) + "?"
}

// either lists words for a sentence: "a, b or c".
func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
