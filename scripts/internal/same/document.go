package main

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A Document is an input. Its name says where it comes from:
//
//	shapes/NAME, vectors/FILE, testdata/FILE    of the repository
//	own/FILE                                    of this package: what the others lack
//	scripts/SCRIPT/FILE                         inside the scripts that test the commands
//	random/N, odd/N, sdmx/N                     made at random from a seed
//	corpus/FILE                                 from elsewhere
//	made/RECIPE/NAME                            what the old side's command makes of another document
//	damaged/HOW-N/NAME                          another document, damaged from a seed
type Document struct {
	Name   string
	Format string // json, csv, sdmx, xlsx, arrow, parquet
	Text   []byte // of a made document nil until it is needed
	Cube   *Cube  // nil if there is none to be seen

	made *making
}

// A making says how a document is made of another one.
type making struct {
	recipe recipe
	from   *Document
	damage string // "how-seed", of a made document that is damaged afterwards
}

// Kind is the first part of the name.
func (d *Document) Kind() string {
	kind, _, _ := strings.Cut(d.Name, "/")
	return kind
}

// formats are the formats of files by how their names end.
func formatOf(name string, text []byte) string {
	switch ext := strings.ToLower(path.Ext(name)); {
	case strings.Contains(name, "sdmx/"), bytes.Contains(text, []byte(`"dataSets"`)), bytes.Contains(text, []byte("OBS_VALUE")):
		return "sdmx"
	case ext == ".json", ext == ".json2":
		return "json"
	case ext == ".csv", ext == ".jsv", ext == ".tsv":
		return "csv"
	case ext == ".xlsx", ext == ".arrow", ext == ".parquet":
		return ext[1:]
	}
	return ""
}

// ownTables are the columns of the workbooks and tables in testdata, which are
// not looked into here.
func ownTables(name string) *Cube {
	columns := map[string]string{
		"catch.xlsx": "Port Year Tonnes", "wide.xlsx": "Port 2023 2024", "edited.xlsx": "port Catch value",
		"sales.arrow": "shop year amount note", "sales.parquet": "shop year amount note",
		"oslo.arrow": "Region Tid value", "oslo.parquet": "Region Tid value",
	}
	c := &Cube{}
	for _, id := range strings.Fields(columns[name]) {
		c.Dims = append(c.Dims, Dim{ID: id, Label: id})
	}
	if len(c.Dims) == 0 {
		return nil
	}
	return c
}

// madeDocument is the document of a name such as made/csv-3/shapes/dense.
func madeDocument(name, how string, from *Document) (*Document, error) {
	format, number, _ := strings.Cut(how, "-")
	list := recipes(format)
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(list) || from.Format != "json" {
		return nil, fmt.Errorf("document %s cannot be made", name)
	}
	return &Document{Name: name, Format: format, Cube: from.Cube, made: &making{recipe: list[i], from: from}}, nil
}

// command is the call that makes the document.
func (m *making) command() (program string, options []string) {
	for _, o := range m.recipe.options {
		if o == "{dim}" {
			o = "d"
			if c := m.from.Cube; c != nil {
				o = c.Dims[len(c.Dims)-1].ID
			}
		}
		options = append(options, o)
	}
	if k := slices.Index(options, "--by"); k >= 0 { // else an id that begins with a dash were a flag
		options = slices.Replace(options, k, k+2, "--by="+options[k+1])
	}
	return "jsonstat2" + m.recipe.format, options
}

// damagedDocument is the document of a name such as damaged/cut-3/shapes/dense.
func damagedDocument(name, how string, from *Document) (*Document, error) {
	d := &Document{Name: name, Format: from.Format, Cube: from.Cube}
	if from.made != nil {
		m := *from.made
		m.damage = how
		d.made = &m
		return d, nil
	}
	var err error
	d.Text, err = damaged(from.Text, how)
	return d, err
}
