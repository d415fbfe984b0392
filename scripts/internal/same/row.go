package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Row is a difference that is meant: which runs meet it, what it changes in the
// old side's outcome, and why.
type Row struct {
	Line int // where it begins

	Command, Options, Document string // patterns
	Changes                    []change
	Example                    Run
	Why, WhySoMany             string

	command, options, document *regexp.Regexp
}

// A change turns a part of the old outcome into the new one. One of the forms of
// old is set: text, pattern, all.
type change struct {
	stream string

	oldText    string
	oldPattern *regexp.Regexp
	oldAll     bool // anything: where a row changes the exit status to or from 0

	newText    string         // may name the groups of a pattern, as $1
	newPattern *regexp.Regexp // what may stand in the place of the old text
	newAll     bool
}

// readRows reads the list of differences. An error names the line.
func readRows(name string) ([]*Row, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	rows, err := parseRows(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s:%w", filepath.Base(name), err)
	}
	return rows, nil
}

// parseRows reads rows: lines of a key and a value. Empty lines part the rows.
func parseRows(text string) ([]*Row, error) {
	var rows []*Row
	var row *Row
	finish := func() error {
		if row == nil {
			return nil
		}
		err := row.check()
		if err != nil {
			return fmt.Errorf("%d: %w", row.Line, err)
		}
		rows, row = append(rows, row), nil
		return nil
	}
	seen := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		switch {
		case strings.HasPrefix(line, "#"):
			continue
		case line == "":
			if err := finish(); err != nil {
				return nil, err
			}
			continue
		}
		if row == nil {
			row, seen = &Row{Line: i + 1, Options: "*", Document: "*"}, map[string]bool{}
		}
		key, value, _ := strings.Cut(line, " ")
		value = strings.TrimSpace(value)
		if !slices.Contains(streams, key) && seen[key] {
			return nil, fmt.Errorf("%d: %q stands twice in a row", i+1, key)
		}
		seen[key] = true
		if err := row.set(key, value); err != nil {
			return nil, fmt.Errorf("%d: %w", i+1, err)
		}
	}
	return rows, finish()
}

func (r *Row) set(key, value string) error {
	if value == "" {
		return fmt.Errorf("%q has no value", key)
	}
	switch key {
	case "command":
		r.Command = value
	case "options":
		r.Options = value
	case "document":
		r.Document = value
	case "why":
		r.Why = value
	case "why-so-many":
		r.WhySoMany = value
	case "example":
		run, err := parseRun(value)
		if err != nil {
			return err
		}
		if strings.Contains(run.Document, "corpus/") {
			return errors.New("the example is of the corpus, which is not to be had everywhere")
		}
		r.Example = run
	case "exit", "errors", "output", "requests":
		c, err := parseChange(key, value)
		if err != nil {
			return err
		}
		r.Changes = append(r.Changes, c)
	default:
		return fmt.Errorf("there is no key %q: keys are command, options, document, exit, errors, output, requests, example, why, why-so-many", key)
	}
	return nil
}

// check finds what is missing in a row.
func (r *Row) check() error {
	switch {
	case r.Command == "":
		return errors.New("the row has no command")
	case len(r.Changes) == 0:
		return errors.New("the row changes nothing: exit, errors, output or requests say what")
	case r.Why == "":
		return errors.New("the row has no reason: why")
	case r.Example.Command == "":
		return errors.New("the row has no example: a run that meets it, as it is printed")
	}
	r.command, r.options, r.document = glob(r.Command), glob(r.Options), glob(r.Document)
	if !r.covers(r.Example) {
		return errors.New("the example is none: command, options or document do not match it")
	}
	exits := func(yes func(c change) bool) bool {
		return slices.ContainsFunc(r.Changes, func(c change) bool { return c.stream == "exit" && yes(c) })
	}
	for _, c := range r.Changes {
		if c.newAll && !exits(func(c change) bool { return c.oldText != "0" && c.newText == "0" }) {
			return errors.New(`"-> *" is for runs that failed and do so no longer: exit 1 -> 0`)
		}
		if c.oldAll && !exits(func(c change) bool { return c.oldText == "0" && c.newText != "0" }) {
			return errors.New(`"* ->" is for runs that fail now: exit 0 -> 1`)
		}
	}
	return nil
}

// parseChange reads OLD -> NEW.
func parseChange(stream, value string) (change, error) {
	c := change{stream: stream}
	if stream == "exit" {
		from, to, ok := strings.Cut(value, "->")
		c.oldText, c.newText = strings.TrimSpace(from), strings.TrimSpace(to)
		if _, err := strconv.Atoi(c.oldText); !ok || err != nil {
			return c, errors.New("exit is a change of the status: 0 -> 2")
		}
		if _, err := strconv.Atoi(c.newText); err != nil || c.oldText == c.newText {
			return c, errors.New("exit is a change of the status: 0 -> 2")
		}
		return c, nil
	}
	text, pattern, all, rest, err := parseSide(value)
	if err != nil {
		return c, err
	}
	c.oldText, c.oldPattern, c.oldAll = text, pattern, all
	rest, ok := strings.CutPrefix(strings.TrimSpace(rest), "->")
	if !ok {
		return c, fmt.Errorf("%s is a change: \"old text\" -> \"new text\"", stream)
	}
	text, pattern, all, rest, err = parseSide(strings.TrimSpace(rest))
	if err != nil {
		return c, err
	}
	c.newText, c.newPattern, c.newAll = text, pattern, all
	switch {
	case strings.TrimSpace(rest) != "":
		return c, fmt.Errorf("there is more behind the change: %s", rest)
	case c.newPattern != nil && c.oldPattern == nil && !c.oldAll && c.oldText != "":
		return c, errors.New(`a pattern on the right needs one on the left, or "" or *`)
	case c.oldPattern == nil && !c.oldAll && c.newPattern == nil && !c.newAll && c.oldText == c.newText:
		return c, errors.New("the change changes nothing")
	}
	return c, nil
}

// parseSide reads one side of a change: "text", `text`, /pattern/ or *.
func parseSide(s string) (text string, pattern *regexp.Regexp, all bool, rest string, err error) {
	switch {
	case strings.HasPrefix(s, "*"):
		return "", nil, true, s[1:], nil
	case strings.HasPrefix(s, "/"):
		end := 1
		for ; end < len(s) && s[end] != '/'; end++ {
			if s[end] == '\\' {
				end++
			}
		}
		if end >= len(s) {
			return "", nil, false, "", errors.New("the pattern has no end: /pattern/")
		}
		pattern, err = regexp.Compile(strings.ReplaceAll(s[1:end], `\/`, "/"))
		if err == nil && pattern.MatchString("") {
			err = errors.New("the pattern matches the empty text")
		}
		return "", pattern, false, s[end+1:], err
	}
	quote, err := strconv.QuotedPrefix(s)
	if err != nil {
		return "", nil, false, "", fmt.Errorf("a side of a change is \"text\", `text`, /pattern/ or *: %s", s)
	}
	text, err = strconv.Unquote(quote)
	return text, nil, false, s[len(quote):], err
}

// covers tells whether the patterns of a row match a run.
func (r *Row) covers(run Run) bool {
	return r.command.MatchString(run.Command) && r.options.MatchString(run.options()) && r.document.MatchString(run.Document)
}

// apply changes the old outcome, and masks in both what may stand where a pattern
// is. ok tells whether the row applies: each of its changes finds something.
func (r *Row) apply(old, new map[string]string) (ok bool) {
	mask := fmt.Sprintf("<row %d>", r.Line)
	for _, c := range r.Changes {
		was, is := old[c.stream], new[c.stream]
		switch {
		case c.stream == "exit":
			if was != c.oldText {
				return false
			}
			was = c.newText
		case c.newPattern != nil && !c.newPattern.MatchString(is):
			return false
		case c.oldAll && c.newPattern != nil:
			was, is = mask, c.newPattern.ReplaceAllLiteralString(is, mask)
		case c.oldAll:
			was = c.newText
		case c.newAll:
			if c.oldPattern == nil && was != c.oldText || c.oldPattern != nil && !c.oldPattern.MatchString(was) {
				return false
			}
			was = is
		case c.newPattern != nil && c.oldPattern == nil:
			if was != "" {
				return false
			}
			was, is = mask, c.newPattern.ReplaceAllLiteralString(is, mask)
		case c.newPattern != nil:
			if !c.oldPattern.MatchString(was) {
				return false
			}
			was, is = c.oldPattern.ReplaceAllLiteralString(was, mask), c.newPattern.ReplaceAllLiteralString(is, mask)
		case c.oldPattern != nil:
			if !c.oldPattern.MatchString(was) {
				return false
			}
			was = c.oldPattern.ReplaceAllString(was, c.newText)
		case c.oldText == "": // nothing at all becomes something
			if was != "" {
				return false
			}
			was = c.newText
		default:
			if !strings.Contains(was, c.oldText) {
				return false
			}
			was = strings.ReplaceAll(was, c.oldText, c.newText)
		}
		old[c.stream], new[c.stream] = was, is
	}
	return true
}
