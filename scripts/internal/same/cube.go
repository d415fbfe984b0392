package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// A Cube is what options need to know of a document: names of dimensions and
// categories.
type Cube struct {
	Dims  []Dim
	Cells float64 // the product of the sizes that the document states
}

// A Dim is a dimension, or a column of a table.
type Dim struct {
	ID, Label  string
	Categories []Category
}

// A Category is a category, or a text in a column.
type Category struct{ ID, Label string }

// peek looks for a cube in a JSON document. It returns nil if there is none: the
// commands are then tried with names that are made up.
func peek(text []byte) *Cube {
	var root any
	if json.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &root) != nil {
		return nil
	}
	return findCube(root, 6)
}

func findCube(value any, depth int) *Cube {
	if depth == 0 {
		return nil
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			if c := findCube(item, depth-1); c != nil {
				return c
			}
		}
	case map[string]any:
		if dims, ok := v["dimension"].(map[string]any); ok {
			if c := readCube(v, dims); c != nil {
				return c
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if c := findCube(v[name], depth-1); c != nil {
				return c
			}
		}
	}
	return nil
}

func readCube(v, dims map[string]any) *Cube {
	ids, ok := v["id"].([]any)
	if !ok {
		ids, ok = dims["id"].([]any)
	}
	if !ok || len(ids) == 0 {
		return nil
	}
	c := &Cube{Cells: 1}
	sizes, ok := v["size"].([]any)
	if !ok {
		sizes, _ = dims["size"].([]any)
	}
	for _, size := range sizes {
		if n, ok := size.(float64); ok {
			c.Cells *= n
		}
	}
	for _, id := range ids {
		name, _ := id.(string)
		about, _ := dims[name].(map[string]any)
		category, _ := about["category"].(map[string]any)
		d := Dim{ID: name, Label: text(about["label"], name)}
		labels, _ := category["label"].(map[string]any)
		var codes []string
		switch index := category["index"].(type) {
		case []any:
			for _, code := range index {
				codes = append(codes, text(code, ""))
			}
		case map[string]any:
			codes = slices.Sorted(maps.Keys(index))
		default:
			codes = slices.Sorted(maps.Keys(labels))
		}
		for _, code := range codes {
			d.Categories = append(d.Categories, Category{code, text(labels[code], code)})
		}
		c.Dims = append(c.Dims, d)
	}
	return c
}

// tooLarge tells whether a call could fill the memory: of cubes with that many cells
// the tables have hundreds of megabytes. Of those that are larger still the commands
// make none unless they are told to.
func (c *Cube) tooLarge(options []string) bool {
	if c == nil || c.Cells <= 1e6 {
		return false
	}
	return c.Cells <= 1e9 || slices.Contains(options, "--all-cells")
}

func text(value any, otherwise string) string {
	if s, ok := value.(string); ok && s != "" {
		return s
	}
	return otherwise
}

// peekTable looks at the header and the first rows of a table of text.
func peekTable(table []byte) *Cube {
	table = bytes.ReplaceAll(table, []byte{0}, nil) // of UTF-16: no argument may have one
	lines := strings.SplitN(strings.TrimPrefix(string(table), "\ufeff"), "\n", 12)
	separator := ","
	if strings.Count(lines[0], ";") > strings.Count(lines[0], ",") {
		separator = ";"
	}
	c := &Cube{}
	for i, line := range lines {
		for k, field := range strings.Split(strings.TrimRight(line, "\r"), separator) {
			field = strings.Trim(field, `"`)
			switch {
			case i == 0:
				c.Dims = append(c.Dims, Dim{ID: field, Label: field})
			case k < len(c.Dims):
				c.Dims[k].Categories = append(c.Dims[k].Categories, Category{field, field})
			}
		}
	}
	return c
}
