package cli

import (
	"fmt"
	"slices"
	"strings"
)

// Args is the synopsis of what a command takes besides flags, as the help shows
// it: words, those in brackets optional, a last word that ends in "..." any
// number of times. The words "input" and "output" are files that cli looks after, of
// several inputs the first one, see [Context.Next];
// all others are the command's own business, by [Context.Args].
type Args string

// InputOutput is what most commands take.
const InputOutput Args = "[input [output]]"

// operand is one word of a synopsis.
type operand struct {
	name     string
	optional bool
	many     bool
}

// most is how many names there may be at most, 0 for any number.
func (a Args) most() int {
	list := a.operands()
	for _, o := range list {
		if o.many {
			return 0
		}
	}
	return len(list)
}

// operands takes the synopsis apart.
func (a Args) operands() []operand {
	var list []operand
	depth := 0
	for _, word := range strings.Fields(string(a)) {
		name := strings.Trim(word, "[]")
		depth += strings.Count(word, "[")
		op := operand{name: strings.TrimSuffix(name, "..."), optional: depth > 0}
		op.many = op.name != name
		depth -= strings.Count(word, "]")
		list = append(list, op)
	}
	return list
}

// has tells whether the synopsis names a word.
func (a Args) has(name string) bool {
	return slices.ContainsFunc(a.operands(), func(op operand) bool { return op.name == name })
}

// match gives each argument the word it stands for, or says what is wrong with
// their number.
func (a Args) match(args []string) (map[string][]string, error) {
	found := map[string][]string{}
	rest := args
	for _, op := range a.operands() {
		switch {
		case len(rest) == 0 && !op.optional:
			return nil, fmt.Errorf("%s is missing", op.name)
		case op.many:
			found[op.name], rest = rest, nil
		case len(rest) > 0:
			found[op.name], rest = rest[:1], rest[1:]
		}
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("there is an argument too many: %q", rest[0])
	}
	return found, nil
}

// check finds a synopsis that makes no sense.
func (a Args) check() error {
	list := a.operands()
	seenOptional := false
	for i, op := range list {
		switch {
		case op.name == "":
			return fmt.Errorf("synopsis %q has an empty word", a)
		case op.many && i < len(list)-1:
			return fmt.Errorf("synopsis %q: only the last word may end in dots", a)
		case seenOptional && !op.optional:
			return fmt.Errorf("synopsis %q: %s after an optional word must be optional", a, op.name)
		case op.many && op.name == "output":
			return fmt.Errorf("synopsis %q: there can be but one %s", a, op.name)
		}
		seenOptional = seenOptional || op.optional
	}
	return nil
}
