package columnar

import (
	"encoding/json"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// HeadName is what the head of a table of many files is called, which lies beside them.
const HeadName = "_head.json"

// Edition is what folders of editions are called: edition=2026-11.
const Edition = "edition"

// A part is a file of a table of many. What it says of itself is little, since there may be
// thousands: what its columns hold, which folders it lies in, and where the head is.

// Part is the plan of the parts of the table, which lie in folders named after the
// categories of some dimensions. They have all columns. folders are the names of the
// folders, one for each of these: the name of the column, with something behind it that
// makes it another one. An engine takes the type of a column that stands in the path too
// from there, where 0301 is a number.
func (t *Table) Part(dims []int) (part *Table, folders []string) {
	taken := map[string]bool{Edition: true}
	for _, c := range t.Columns {
		taken[strings.ToLower(c.Name)] = true
	}
	object := []byte{'{'}
	for _, dim := range dims {
		id := t.ds.Dimensions()[dim].ID()
		name := id
		for _, c := range t.Columns {
			if (c.Kind == Dimension || c.Kind == Date) && c.Dim == dim {
				name = c.Name
				break
			}
		}
		name += "_part"
		for taken[strings.ToLower(name)] {
			name += "_"
		}
		taken[strings.ToLower(name)] = true
		folders = append(folders, name)
		object = jsontoken.AppendString(jsontoken.AppendName(object, name), id)
	}
	p := *t
	p.Keys = []Key{{KeyPartition, string(append(object, '}'))}, {KeyColumns, string(namesOf(t.ds, t.Columns))}}
	for _, c := range t.Columns {
		if c.Kind == Value || c.Kind == ValueText {
			if kinds := keyOf(c.Keys, KeyValues); kinds != "" {
				p.Keys = append(p.Keys, Key{KeyValues, kinds})
			}
		}
	}
	for _, k := range t.Keys {
		if k.Name == KeyValueForm || k.Name == KeyStatusForm {
			p.Keys = append(p.Keys, k)
		}
	}
	return &p, folders
}

// Partition is what a part of a folder says of the folders it lies in: their dimensions by
// their names. Which category it holds the part does not say, for programs hand on such
// keys from one of several parts to what they write.
func Partition(table map[string]string) (dimensions map[string]string) {
	_ = json.Unmarshal([]byte(table[KeyPartition]), &dimensions) // what is no such object says nothing
	return dimensions
}

// Columns gives the columns of a part the keys that the table has for them.
func Columns(fields []Field, table map[string]string) {
	var columns map[string][]string
	if text := table[KeyColumns]; text == "" || json.Unmarshal([]byte(text), &columns) != nil {
		return
	}
	named(fields, columns)
	for i := range fields {
		f := &fields[i]
		if f.Keys == nil {
			f.Keys = map[string]string{}
		}
		switch f.Name {
		case "value", valueText:
			key := KeyMeasure
			if f.Name == valueText {
				key = KeyValueText
			}
			f.Keys[key] = "true"
			if kinds := table[KeyValues]; kinds != "" {
				f.Keys[KeyValues] = kinds
			}
		case "status":
			f.Keys[KeyStatus] = "true"
		}
	}
}
