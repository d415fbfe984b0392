package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A recipe is how a table is made of a JSON-stat document, for the commands that
// read tables. The old side's command makes it, so that both sides read the same
// bytes.
type recipe struct {
	format  string
	options []string // {dim} is the last dimension
}

// recipes are all of them. A name is the format and the number in this list.
func recipes(format string) []recipe {
	lists := map[string][]string{
		"csv": {"", "--rich", "-s", "-sfo", "--excel -s", "--by {dim}", "--by {dim} -fo", "--content columns -s", "--content both --field both",
			"--rich -c ; -u /", "--eol crlf --bom", "-c ; -s --na :", "--rich --na : -d ,", "--non-missing -so"},
		"xlsx":    {"", "--pivot", "--by {dim}", "--content columns", "--no-title", "--fid --cid --no-title", "--dates --pivot", "--by {dim} --no-title"},
		"arrow":   {"", "-c", "--content columns -f", "--dates -c", "--format stream", "--zstd --type auto", "--non-missing -c", "--type utf8"},
		"parquet": {"", "-c", "--content columns -f", "--dates -c", "--compression none", "--compression gzip --type auto", "--non-missing -c", "--compression snappy --type utf8"},
	}
	var all []recipe
	for _, options := range lists[format] {
		all = append(all, recipe{format, strings.Fields(options)})
	}
	return all
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
