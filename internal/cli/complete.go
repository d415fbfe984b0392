package cli

// How a line is completed that is being typed in a shell. The script that --completion
// prints calls the program itself for each word:
//
//	PROGRAM --complete SHELL LINE [MORE...]
//
// LINE is the command line up to the cursor as it stands there, from the name of the
// program on, and MORE what else there is to know in that shell. The answer is a line for
// each word that fits, with a tab and some words about it behind it, and a last line
// that begins with a colon and says what else the shell is to do, see printer. That is
// all that is ever written, whatever is wrong, and the exit status is 0: nobody wants to
// read an error while typing.

import (
	"slices"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// completeTime is how long somebody may wait who has typed a tab. What is not found by
// then is not offered.
const completeTime = 300 * time.Millisecond

// completions is the answer to a shell, ok if it was one that asked.
func completions(cmd Command, env Env) (text string, ok bool) {
	args := env.Args
	if len(args) < 3 || args[0] != completeWord || !slices.Contains(shells, args[1]) {
		return "", false
	}
	patience := completeTime
	if env.Getenv("JSONSTAT_DEBUG") != "" {
		patience = time.Minute
	}
	p := newPrinter(args[1], lineGiven(args[1], args[2]), args[3:])
	found := make(chan string, 1)
	go func() {
		// A fault in here is not worth a word either.
		defer func() {
			if recover() != nil {
				found <- p.print(answer{})
			}
		}()
		found <- p.print(completeLine(cmd, p.words))
	}()
	select {
	case text := <-found:
		return text, true
	case <-time.After(patience):
		return p.print(answer{}), true
	}
}

// completeLine is what there is for the last word of a line.
func completeLine(cmd Command, words []lineWord) answer {
	// What stands in front of the program, such as FOO=1, is none of its arguments.
	for len(words) > 1 && strings.Contains(words[0].text, "=") {
		words = words[1:]
	}
	if len(words) < 2 {
		return answer{}
	}
	last := words[len(words)-1]
	if last.vague || last.target {
		return answer{want: Files, shell: true}
	}
	args := make([]string, len(words)-1)
	for i, w := range words[1:] {
		args[i] = w.text
	}
	return completeProgram(cmd, args, false)
}

// completeProgram completes the arguments of a program, which may have commands: the first
// of them that is none of these ends it. help tells that the word help stands in front of
// them, so that nothing else follows.
func completeProgram(cmd Command, args []string, help bool) answer {
	if len(cmd.Commands) == 0 {
		if help {
			return answer{}
		}
		return completeCall(cmd, args)
	}
	first := args[0]
	if len(args) == 1 {
		return completeCommand(cmd, first, help)
	}
	if first == "help" && !help {
		return completeProgram(cmd, args[1:], true)
	}
	sub, ok := cmd.subcommand(first)
	switch {
	case ok:
		return completeProgram(sub, args[1:], help)
	case help:
	case strings.HasPrefix(first, "-"):
		return completeCall(cmd, args)
	case cmd.Default != "":
		sub, _ = cmd.subcommand(cmd.Default)
		return completeCall(sub, args)
	}
	return answer{}
}

// completeCommand completes the first word behind a program with commands: one of them, by
// the name that it has here or else by its own, or a flag, or a file for its default.
func completeCommand(cmd Command, typed string, help bool) answer {
	if strings.HasPrefix(typed, "-") && !help {
		return completeCall(cmd, []string{typed})
	}
	var short, full []candidate
	for _, sub := range cmd.subcommands() {
		short = append(short, candidate{id: sub.word(), about: sub.rename(sub.Summary)})
		full = append(full, candidate{id: sub.Name, about: sub.rename(sub.Summary)})
	}
	if !help {
		short = append(short, candidate{id: "help", about: "what there is, or more about one of them"})
	}
	for _, list := range [][]candidate{short, full} {
		if a := matching(list, "", typed); len(a.list) > 0 {
			return a
		}
	}
	if sub, ok := cmd.subcommand(cmd.Default); ok && !help {
		return completeCall(sub, []string{typed})
	}
	return answer{}
}

// completeCall completes the last word of a call of a command.
func completeCall(cmd Command, args []string) answer {
	c := &completer{typing: newTyping(cmd, args)}
	defer c.close()
	switch {
	case c.valued != nil:
		return c.value(*c.valued, c.prefix, strings.TrimPrefix(c.word, c.prefix))
	case c.isFlag():
		return matching(c.flagCandidates(), "", c.word)
	}
	return c.argument()
}

// completer completes a word of a call.
type completer struct {
	*typing
	input *preview // nil before it was asked for
}

// close closes what was looked at.
func (c *completer) close() {
	if c.input != nil {
		c.input.close()
	}
}

// preview looks at the input of the call.
func (c *completer) preview() *preview {
	if c.input == nil {
		c.input = newPreview(c.cmd, c.flags, c.names)
	}
	return c.input
}

// argument completes an argument.
func (c *completer) argument() answer {
	switch name := c.operand(); name {
	case "input":
		a := answer{want: Files}
		if e, ok := c.cmd.Formats.(Endings); ok {
			a.endings = e.Endings(c.preview().c.Call)
		}
		return a
	case "output":
		if c.given["output"] {
			return answer{}
		}
		return answer{want: Files}
	default:
		return answer{want: c.cmd.Operands[name]}
	}
}

// value completes the value of a flag, behind what stands in front of it in the word.
func (c *completer) value(s Spec, prefix, text string) answer {
	switch {
	case s.Kind == KindBool:
		return answer{}
	case s.Kind == KindChoice:
		list := make([]candidate, len(s.Values))
		for i, v := range s.Values {
			list[i].id = v
		}
		return matching(list, prefix, text)
	case s.Complete == Files || s.Complete == Folders:
		return answer{prefix: prefix, want: s.Complete}
	case s.Complete == Options:
		return c.option(s.Name, prefix, text)
	case s.Complete == DatasetNames:
		if doc := c.preview().document(true); doc != nil {
			return datasetNames(doc, prefix, text)
		}
		return answer{}
	}
	of := map[Completes]func(*jsonstat.Dataset, string, string) answer{Dimensions: dimensionList, Criteria: criteria, Pairs: pairList}[s.Complete]
	if of == nil {
		return answer{}
	}
	ds := c.preview().dataset()
	if ds == nil {
		return answer{}
	}
	return of(ds, prefix, text)
}

// option completes an option that is handed on to another command: its name, or its value
// behind an equals sign. What it names is in the input of the call all the same.
func (c *completer) option(flag, prefix, text string) answer {
	cmd, _, ok := c.preview().part(flag)
	if !ok {
		return answer{}
	}
	table := newFlagTable(cmd.allNames())
	name, value, valued := strings.Cut(text, "=")
	if valued {
		s, known := table.find(name)
		if !known || s.Group == filesGroup {
			return answer{}
		}
		return c.value(s, prefix+name+"=", value)
	}
	given := map[string]bool{}
	for _, o := range c.preview().c.Strings(flag) {
		name, _, _ := strings.Cut(o, "=")
		for _, name := range []string{name, strings.TrimPrefix(name, "no-")} {
			if s, known := table.find(name); known {
				given[s.Name] = true
			}
		}
	}
	var list []candidate
	for _, s := range cmd.AllFlags() {
		if s.Group == filesGroup || given[s.Name] && s.Kind != KindStrings {
			continue
		}
		o := candidate{id: s.Name, about: c.cmd.rename(s.Help)}
		if s.takesValue() {
			o.text, o.open = s.Name+"=", true
		}
		list = append(list, o)
		if s.Kind == KindBool && strings.HasPrefix(text, "no") {
			list = append(list, candidate{id: "no-" + s.Name, about: "not: " + c.cmd.rename(s.Help)})
		}
	}
	return matching(list, prefix, text)
}
