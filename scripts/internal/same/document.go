package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/internal/shapes/atrandom"
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

// A Library has all documents.
type Library struct {
	root, corpus string
	files        map[string]*Document
	names        []string // of files, in order
}

// newLibrary looks for the documents of a repository, and those of a folder from
// elsewhere if it is named.
func newLibrary(root, corpus string) (*Library, error) {
	l := &Library{root: root, corpus: corpus, files: map[string]*Document{}}
	for _, s := range shapes.All() {
		l.put("shapes/"+s.Name, "json", []byte(s.JSON))
	}
	if err := l.folder("vectors", filepath.Join(root, "conformance", "vectors", "documents")); err != nil {
		return nil, err
	}
	if err := l.folder("testdata", filepath.Join(root, "testdata")); err != nil {
		return nil, err
	}
	if err := l.folder("own", filepath.Join(root, "scripts", "internal", "same", "documents")); err != nil {
		return nil, err
	}
	if err := l.scripts(filepath.Join(root, "cmd", "testdata", "script")); err != nil {
		return nil, err
	}
	if corpus != "" {
		if err := l.folder("corpus", corpus); err != nil {
			return nil, err
		}
	}
	return l, nil
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

func (l *Library) put(name, format string, text []byte) {
	d := &Document{Name: name, Format: format, Text: text}
	switch format {
	case "json":
		d.Cube = peek(text)
	case "csv", "sdmx":
		d.Cube = peekTable(text)
	case "xlsx", "arrow", "parquet":
		d.Cube = ownTables(path.Base(name))
	}
	l.files[name] = d
	l.names = append(l.names, name)
}

// folder puts the files of a folder into the library.
func (l *Library) folder(kind, folder string) error {
	return filepath.WalkDir(folder, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(folder, file)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name := kind + "/" + filepath.ToSlash(rel)
		if format := formatOf(name, text); format != "" {
			l.put(name, format, text)
		}
		return nil
	})
}

// scripts puts the files inside the scripts of the commands into the library.
func (l *Library) scripts(folder string) error {
	names, err := filepath.Glob(filepath.Join(folder, "*.txtar"))
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		script := strings.TrimSuffix(filepath.Base(name), ".txtar")
		for _, f := range archived(text) {
			if format := formatOf(f.name, f.text); format != "" {
				l.put("scripts/"+script+"/"+f.name, format, f.text)
			}
		}
	}
	return nil
}

type file struct {
	name string
	text []byte
}

// archived are the files of an archive of text: each stands behind a line
// "-- name --".
func archived(archive []byte) []file {
	var files []file
	for lines := bufio.NewReader(bytes.NewReader(archive)); ; {
		line, err := lines.ReadBytes('\n')
		if len(line) == 0 && err != nil {
			return files
		}
		if name, ok := bytes.CutPrefix(bytes.TrimRight(line, "\r\n"), []byte("-- ")); ok && bytes.HasSuffix(name, []byte(" --")) {
			files = append(files, file{name: string(bytes.TrimSuffix(name, []byte(" --")))})
			continue
		}
		if len(files) > 0 {
			last := &files[len(files)-1]
			last.text = append(last.text, line...)
		}
	}
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

// find is the document of a name, made or damaged if the name says so. The same
// name always stands for the same document.
func (l *Library) find(name string) (*Document, error) {
	if d := l.files[name]; d != nil {
		return d, nil
	}
	kind, rest, _ := strings.Cut(name, "/")
	switch kind {
	case "random", "odd", "sdmx":
		seed, err := strconv.ParseUint(rest, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("document %s has no seed", name)
		}
		d := &Document{Name: name, Format: "json"}
		switch kind {
		case "random":
			d.Text = shapes.Random(seed)
		case "odd":
			d.Text = atrandom.Cube(rand.New(rand.NewPCG(seed, 7)))
		case "sdmx":
			d.Text, d.Format = atrandom.SDMX(rand.New(rand.NewPCG(seed, 12))), "sdmx"
		}
		if d.Format == "json" {
			d.Cube = peek(d.Text)
		}
		return d, nil
	case "made", "damaged":
		how, source, ok := strings.Cut(rest, "/")
		if !ok {
			return nil, fmt.Errorf("document %s is of no other one", name)
		}
		from, err := l.find(source)
		if err != nil {
			return nil, err
		}
		if kind == "made" {
			return madeDocument(name, how, from)
		}
		return damagedDocument(name, how, from)
	case "corpus":
		return nil, fmt.Errorf("document %s is not there: --corpus names its folder", name)
	}
	return nil, fmt.Errorf("there is no document %s", name)
}

// namesOf are the names of files of a format, or of several.
func (l *Library) namesOf(formats ...string) []string {
	var names []string
	for _, name := range l.names {
		if slices.Contains(formats, l.files[name].Format) {
			names = append(names, name)
		}
	}
	return names
}
