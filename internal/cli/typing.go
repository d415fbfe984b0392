package cli

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// typing is a call of a command that is being typed, up to the cursor.
type typing struct {
	cmd   Command
	table flagTable
	flags []string        // in canonical form, as far as they are understood
	given map[string]bool // their names
	names []string        // what is no flag
	ended bool            // by "--": what follows is no flag

	word   string // at the cursor
	valued *Spec  // the flag whose value it is, or has in it
	prefix string // what stands in it in front of that value, such as "--keep="
}

// atCursor stands for the word at the cursor while what is in front of it is read: it may
// be the value of a flag. No argument has this text.
const atCursor = "\x00"

// newTyping reads the words behind the name of a command, of which the last one is at the
// cursor. What is wrong with the others is passed over: it will be said when the call is
// made.
func newTyping(cmd Command, words []string) *typing {
	t := &typing{cmd: cmd, table: newFlagTable(cmd.allNames()), given: map[string]bool{}, word: words[len(words)-1]}
	n := normaliser{flagTable: t.table, rest: append(slices.Clone(words[:len(words)-1]), atCursor)}
	for len(n.rest) > 0 {
		_ = n.next()
	}
	t.ended = n.ended
	for _, f := range n.line.flags {
		name, value, _ := strings.Cut(strings.TrimPrefix(f, "--"), "=")
		s := t.table.byName[name]
		if value == atCursor {
			t.valued = &s
			continue
		}
		if t.given[name] = true; s.accept(value) == nil {
			t.flags = append(t.flags, f)
		}
	}
	t.names = slices.DeleteFunc(n.line.names, func(name string) bool { return name == atCursor })
	if t.valued == nil && !t.ended {
		t.attached()
	}
	return t
}

// attached finds a value that is being typed in one word with its flag.
func (t *typing) attached() {
	name, _, ok := strings.Cut(t.word, "=")
	if long, isLong := strings.CutPrefix(name, "--"); isLong {
		if s, known := t.table.find(long); known && ok && s.Kind != KindBool {
			t.valued, t.prefix = &s, name+"="
		}
		return
	}
	if !strings.HasPrefix(t.word, "-") {
		return
	}
	for at := 1; at < len(t.word); {
		letter, size := utf8.DecodeRuneInString(t.word[at:])
		s, known := t.table.byLetter[letter]
		at += size
		switch {
		case !known:
			return
		case s.takesValue() && at < len(t.word):
			if t.word[at] == '=' {
				at++
			}
			t.valued, t.prefix = &s, t.word[:at]
			return
		}
	}
}

// isFlag tells whether the word at the cursor is the beginning of a flag.
func (t *typing) isFlag() bool { return !t.ended && strings.HasPrefix(t.word, "-") }

// flagCandidates are the flags that may follow. Letters are there for who typed no more
// than a dash.
func (t *typing) flagCandidates() []candidate {
	var list []candidate
	for _, s := range t.cmd.AllFlags() {
		if t.given[s.Name] && s.Kind != KindStrings {
			continue
		}
		list = append(list, candidate{id: "--" + s.Name, about: t.cmd.rename(s.Help)})
		if s.Kind == KindBool && strings.HasPrefix(t.word, "--no") {
			list = append(list, candidate{id: "--no-" + s.Name, about: "not: " + t.cmd.rename(s.Help)})
		}
		if s.Short != 0 && !strings.HasPrefix(t.word, "--") {
			list = append(list, candidate{id: "-" + string(s.Short), about: t.cmd.rename(s.Help)})
		}
	}
	return list
}

// operand is what the argument at the cursor is called in the synopsis, "" where there is
// one too many.
func (t *typing) operand() string {
	list := t.cmd.Args.operands()
	if n := len(t.names); n < len(list) {
		return list[n].name
	}
	if n := len(list); n > 0 && list[n-1].many {
		return list[n-1].name
	}
	return ""
}
