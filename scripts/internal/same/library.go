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
