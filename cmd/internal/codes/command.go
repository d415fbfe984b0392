// Package codes is the command that lists the categories of a file: category.go gathers
// what is said of each.
package codes

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/jsonstat-go/toolkit/cmd/internal/source"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/internal/screen"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command is the table of the command.
func Command() cli.Command {
	return cli.Command{
		Name:    "codes",
		Summary: "list the categories of a dimension, or of all",
		Description: "A line for each: id, label, the ids of its parents, unit, notes, and where it is described. " +
			"A column in which nothing stands is left out.",
		Args:    "input [dimension]",
		Formats: source.Formats(),
		Folders: true,
		Examples: []cli.Example{
			{Line: "jsonstat codes oslo.json", Text: "of all dimensions"},
			{Line: "jsonstat codes oslo.json Region", Text: "of one"},
			{Line: "jsonstat codes oslo.json Region --csv > regions.csv", Text: "as CSV, with a header and all columns"},
		},
		Operands: map[string]cli.Completes{"dimension": cli.Dimensions},
		Flags: append([]cli.Flag{
			cli.Bool{Name: "csv", Help: "CSV with a header"},
			cli.Bool{Name: "json", Help: "for programs: a JSON object a line, see docs/look.md"},
			cli.String{Name: "lang", Value: "LANG", Help: "language of addresses: no, nb, nn or en (default: no)"},
		}, source.Flags()...),
		ReadsJSONStat: true,
		HandsTo:       source.HandsTo,
		Run:           run,
	}
}

func run(c *cli.Context) error {
	if c.Bool("json") {
		c.VoidedBy("json", "csv")
	}
	doc, _, err := source.Open(c, jsonstat.NeedHead)
	if err != nil {
		return err
	}
	dims, err := dimensions(c, doc)
	if err != nil {
		return err
	}
	var list []category
	for _, d := range dims {
		list = append(list, categories(d, c.String("lang"))...)
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	several := len(c.Arg("dimension")) == 0
	switch {
	case c.Bool("json"):
		return writeJSON(w, list)
	case c.Bool("csv"):
		return writeCSV(w, list)
	}
	return writeText(w, list, several)
}

// dimensions are the one that the call names, or all.
func dimensions(c *cli.Context, doc cli.Document) ([]*jsonstat.Dimension, error) {
	if doc.Class() == jsonstat.ClassDimension {
		d, err := doc.Dimension()
		return []*jsonstat.Dimension{d}, err
	}
	ds, err := c.Dataset(doc)
	if err != nil {
		return nil, err
	}
	names := c.Arg("dimension")
	if len(names) == 0 {
		return ds.Dimensions(), nil
	}
	if i := slices.IndexFunc(ds.Dimensions(), func(d *jsonstat.Dimension) bool { return d.ID() != names[0] && d.Label() == names[0] }); i >= 0 && ds.Dimension(names[0]) == nil {
		return ds.Dimensions()[i : i+1], nil // by its label
	}
	_, d, err := ds.FindDimension(names[0])
	return []*jsonstat.Dimension{d}, err
}

func writeJSON(w io.Writer, list []category) error {
	for _, one := range list {
		text, err := json.Marshal(one)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s\n", text); err != nil {
			return err
		}
	}
	return nil
}

func writeCSV(w io.Writer, list []category) error {
	table := csv.NewWriter(w)
	_ = table.Write(columns()) // Flush has the error
	for _, one := range list {
		_ = table.Write(one.texts())
	}
	table.Flush()
	return table.Error()
}

// writeText writes what there is to say in columns; the dimension has one if there are
// several.
func writeText(w io.Writer, list []category, several bool) error {
	used := make([]bool, len(columns()))
	used[0] = several
	for _, one := range list {
		for i, text := range one.texts() {
			used[i] = used[i] || i > 0 && text != ""
		}
	}
	table := &screen.Table{}
	for _, one := range list {
		var row []string
		for i, text := range one.texts() {
			if used[i] {
				row = append(row, text)
			}
		}
		table.Add(row...)
	}
	for _, line := range table.Lines(0) {
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			return err
		}
	}
	return nil
}
