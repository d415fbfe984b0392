package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Run is a command with options on a document. Its text says all of it:
//
//	file shapes/dense jsonstat2csv --by=what
type Run struct {
	Mode     string
	Document string
	Command  string
	// Options of pxfetch may be those of several calls in turn, parted by "&&".
	Options []string
}

// modes are the ways to give a command its files, in the order in which they take
// turns:
//
//	file    names of an input and of an output
//	pipe    both by the standard streams
//	named   the name of an input, the output to standard output
//	over    an output that exists already
//	gzip    a compressed input
//	packed  an output whose name asks for compression
//	away    an input that is not there
//
// pxfetch has modes of its own, see pxModes.
var modes = []string{"file", "pipe", "file", "pipe", "named", "pipe", "file", "over", "pipe", "gzip", "file", "packed", "pipe", "file", "away"}

// pxfetch is the command that asks servers.
const pxfetch = "pxfetch"

// pxModes are the modes of pxfetch: which server it asks, and what goes wrong. A
// fault is WHAT on a request for data, counted from 1.
var pxModes = []string{"server", "small", "server+503@1", "server+drop@2", "server+429@1", "server+page@1", "server+404@2", "small+503@2+drop@4", "server+404@1"}

func (r Run) String() string {
	return strings.TrimRight(strings.Join([]string{r.Mode, word(r.Document), r.Command, r.options()}, " "), " ")
}

// word quotes a word if it needs it.
func word(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:,%+@=*?;&{}|()[]", r)
	}
	if s != "" && strings.TrimFunc(s, plain) == "" {
		return s
	}
	return strconv.Quote(s)
}

// splitWords takes apart what String wrote.
func splitWords(s string) ([]string, error) {
	var words []string
	for s = strings.TrimLeft(s, " "); s != ""; s = strings.TrimLeft(s, " ") {
		if s[0] == '"' || s[0] == '`' {
			prefix, err := strconv.QuotedPrefix(s)
			if err != nil {
				return nil, fmt.Errorf("a quote is not closed: %s", s)
			}
			w, err := strconv.Unquote(prefix)
			if err != nil {
				return nil, err
			}
			words, s = append(words, w), s[len(prefix):]
			continue
		}
		w, rest, _ := strings.Cut(s, " ")
		words, s = append(words, w), rest
	}
	return words, nil
}

// parseRun reads what String wrote.
func parseRun(s string) (Run, error) {
	words, err := splitWords(s)
	if err != nil {
		return Run{}, err
	}
	if len(words) < 3 {
		return Run{}, fmt.Errorf("a run is a mode, a document, a command and its options: %q", s)
	}
	r := Run{Mode: words[0], Document: words[1], Command: words[2], Options: words[3:]}
	known := modes
	if r.Command == pxfetch {
		known = pxModes
	}
	if !slices.ContainsFunc(known, func(m string) bool { return m == r.Mode }) {
		return Run{}, fmt.Errorf("there is no mode %q", r.Mode)
	}
	return r, nil
}

// options are the options as a row's pattern sees them.
func (r Run) options() string {
	var words []string
	for _, o := range r.Options {
		words = append(words, word(o))
	}
	return strings.Join(words, " ")
}

// has tells whether the run has a flag.
func (r Run) has(f Flag) bool {
	if r.Command == pxfetch {
		return slices.ContainsFunc(r.steps(), func(step []string) bool { return stepHas(step, f) })
	}
	return stepHas(r.Options, f)
}

func stepHas(words []string, f Flag) bool {
	if f.Sub != "" && (len(words) == 0 || words[0] != f.Sub) {
		return false
	}
	return slices.ContainsFunc(words, func(w string) bool {
		return w == "--"+f.Name || strings.HasPrefix(w, "--"+f.Name+"=") || f.Letter != "" && (w == "-"+f.Letter || strings.HasPrefix(w, "-"+f.Letter+"="))
	})
}

// steps are the calls of a run of pxfetch.
func (r Run) steps() [][]string {
	steps := [][]string{nil}
	for _, o := range r.Options {
		if o == "&&" {
			steps = append(steps, nil)
			continue
		}
		last := len(steps) - 1
		steps[last] = append(steps[last], o)
	}
	return steps
}

// withExamples adds those runs that are not there yet.
func withExamples(runs, examples []Run) []Run {
	seen := map[string]bool{}
	for _, r := range runs {
		seen[r.String()] = true
	}
	for _, r := range examples {
		if key := r.String(); !seen[key] {
			seen[key] = true
			runs = append(runs, r)
		}
	}
	return runs
}

// shellLine is a call as it is typed.
func shellLine(program string, words []string, stdin bool) string {
	line := program
	for _, w := range words {
		line += " " + shellWord(w)
	}
	if stdin {
		line += " <input.json"
	}
	return line
}

func shellWord(w string) string {
	if w != "" && strings.Trim(w, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,=@%+") == "" {
		return w
	}
	return "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
}
