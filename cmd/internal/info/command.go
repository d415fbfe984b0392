// Package info is the command that says what is in a file: facts.go gathers it, text.go
// tells it to people, and --json is the facts as they are.
package info

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/cmd/internal/source"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command is the table of the command.
func Command() cli.Command {
	return cli.Command{
		Name:    "info",
		Summary: "say what is in a file",
		Description: "Title, source, dimensions, number of cells and of missing ones, statuses, notes, links: on one screen, or all of it with --all. " +
			"Any format that some command reads.",
		Args:    "[input...]",
		Formats: source.Formats(),
		Folders: true,
		Examples: []cli.Example{
			{Line: "jsonstat info oslo.json", Text: "what it is about"},
			{Line: "jsonstat info oslo.json --all", Text: "all categories' units, notes and links"},
			{Line: "jsonstat info oslo.json catch.csv --in value=Tonnes", Text: "several files, of any format"},
			{Line: "jsonstat info oslo.json --json", Text: "for programs: the shape is in docs/look.md"},
			{Line: "jsonstat info oslo.json --no-cells", Text: "the head alone, of a large file"},
		},
		Flags: append([]cli.Flag{
			cli.Bool{Name: "all", Help: "leave nothing out"},
			cli.Bool{Name: "json", Help: "as JSON, an object a line for each file"},
			cli.Bool{Name: "no-cells", Help: "read no more than what stands in front of the cells"},
			cli.String{Name: "lang", Value: "LANG", Help: "language of meanings and addresses: no, nb, nn or en (default: the document's, else en)"},
		}, source.Flags()...),
		ReadsJSONStat: true,
		HandsTo:       source.HandsTo,
		Run:           run,
		Elsewhere: func(name string) string {
			switch name {
			case "to", "out":
				return "did you mean jsonstat convert?"
			}
			return ""
		},
	}
}

func run(c *cli.Context) error {
	names := c.Arg("input")
	if len(names) == 0 {
		names = []string{"-"}
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	for i, name := range names {
		err := c.Next(name)
		if err == nil {
			err = one(c, w, name, i > 0)
		}
		switch {
		case err != nil && i > 0:
			return cli.Answered(err) // what is said of those before it stands
		case err != nil:
			return err
		}
	}
	return nil
}

// one tells about one file.
func one(c *cli.Context, w io.Writer, name string, more bool) error {
	f, err := gather(c, name)
	if err != nil {
		return err
	}
	return write(c, w, f, more)
}

// write tells the facts.
func write(c *cli.Context, w io.Writer, f *facts, more bool) error {
	if c.Bool("json") {
		text, err := json.Marshal(f)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s\n", text)
		return err
	}
	if more {
		if _, err := io.WriteString(w, "\n"); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, text{facts: f, all: c.Bool("all")}.String())
	return err
}

// gather opens a file and gathers what there is to say of it.
func gather(c *cli.Context, name string) (*facts, error) {
	var doc cli.Document
	var format string
	var err error
	if c.Bool("no-cells") {
		if format, err = source.Choose(c); err == nil && format != "jsonstat" {
			err = cli.Usagef("--no-cells: of other formats than JSON-stat all is read")
		}
		if err == nil {
			doc, err = c.OpenFront()
		}
	} else {
		doc, format, err = source.Open(c, jsonstat.NeedHead|jsonstat.NeedStatus|jsonstat.NeedFacts|jsonstat.NeedOrder)
	}
	if err != nil {
		return nil, err
	}
	f := &facts{File: name, Format: format, lang: c.String("lang"), doc: doc}
	if doc.Class() == jsonstat.ClassDimension {
		dim, err := doc.Dimension()
		if err != nil {
			return nil, err
		}
		f.Title = dim.Label()
		f.Dimensions = []dimension{f.dimension(dim)}
		return f, nil
	}
	if c.Bool("no-cells") {
		ds, err := doc.Dataset(0)
		if err == nil {
			ds, err = ds.Front()
		}
		if err == nil {
			f.head(ds)
		}
		return f, err
	}
	var ds *jsonstat.Dataset
	if c.IsSet("dataset") {
		ds, err = doc.Find(c.String("dataset"))
	} else {
		ds, err = doc.Dataset(0)
	}
	if err != nil {
		return nil, err
	}
	for d := range doc.Datasets() {
		f.Datasets = append(f.Datasets, dataset{d.Index, d.ID, d.Label})
	}
	if len(f.Datasets) < 2 {
		f.Datasets = nil
	}
	f.head(ds)
	if err := f.cells(ds); err != nil && !errors.Is(err, jsonstat.ErrConsumed) {
		return nil, err
	}
	return f, nil
}
