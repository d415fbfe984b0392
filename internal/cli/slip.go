package cli

import (
	"fmt"
	"strings"
)

// Options slip into the place of a file where their flag is forgotten, or is another one
// than was thought: "-b Tid" of jsonstat2csv is a switch and an output called Tid.

// isSlip tells whether an output was named by the last argument and without a path.
// "--output Tid=2025" and "./Tid=2025" are what they say.
func (c *Call) isSlip() (name string, ok bool) {
	name = c.OutputName()
	return name, name != "" && !c.IsSet("output") && !strings.ContainsAny(name, `/\`)
}

// slipped is the error for an output with an equals sign in its name, nil for others.
func (c *Call) slipped() error {
	name, ok := c.isSlip()
	if !ok || !strings.Contains(name, "=") {
		return nil
	}
	hint := ""
	switch word, rest, _ := strings.Cut(strings.TrimLeft(name, "-"), "="); {
	case word != "" && c.Has(word):
		hint = "did you mean --" + word + " " + ShellWord(rest) + "?"
	case c.Has("select"):
		hint = "did you mean --select " + ShellWord(name) + "?"
	case c.Has("keep"):
		hint = "did you mean --keep " + ShellWord(name) + "?"
	}
	return Usage(fmt.Errorf("the output would be a file called %s", name), hint, ShellWord("./"+name)+" is one")
}

// slipped is the error for an output that is called like a dimension of the cube that the
// run is about, nil for others.
func (d *documents) slipped() error {
	name, ok := d.in.call.isSlip()
	ds := d.cube()
	if !ok || ds == nil {
		return nil
	}
	for _, dim := range ds.Dimensions() {
		if !strings.EqualFold(dim.ID(), name) && !strings.EqualFold(dim.Label(), name) {
			continue
		}
		hint := ""
		switch c := d.in.call; {
		case !c.Has("keep"): // it reads a table, where --by means another thing
		case c.Has("by"):
			hint = "did you mean --by " + ShellWord(dim.ID()) + "?"
		default:
			hint = "did you mean --keep " + ShellWord(dim.ID()+"=...") + "?"
		}
		return Usage(fmt.Errorf("the output would be a file called %s, which is a dimension", name), hint, ShellWord("./"+name)+" is a file")
	}
	return nil
}
