package folders

import (
	"fmt"
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// source is a table: columns that the names of folders make, then those of its files.
type source struct {
	folders []folder
	parts   []place
	open    func(i int) (Part, error) // opens a part, which is closed before the next
	at      int                       // number of the part that is read, for messages
	grouped bool                      // see [Format]
	groups  []group
	head    []byte // of _head.json in the folder, whose parts are read
	o       Options
}

// place is where a part lies.
type place struct {
	name   string   // "" for a file that is all of its table
	values []string // of the folders
}

// group are rows that stand one behind the other in a part: those of a row group, or all.
type group struct {
	last         int64 // number of its last row, from 1
	part, number int   // the latter from 1
}

// make makes the dataset of the table, whose files have those columns.
func (s *source) make(files []columnar.Field, table map[string]string) (*jsonstat.Dataset, error) {
	for i := range s.folders {
		s.folders[i].at = i
	}
	marks := columnar.Partition(table)
	if table[columnar.KeyColumns] != "" { // the files of WritePartitions have all columns
		if err := s.besides(table, marks); err != nil {
			return nil, err
		}
		s.folders = nil
	} else if o := &s.o; len(s.head) > 0 && o.Head == nil && len(o.Dimensions)+len(o.Labels)+len(o.By)+len(o.Stub)+len(o.Plan) == 0 {
		// An engine wrote the files, and somebody put the head beside them.
		var err error
		if o.Head, err = columnar.ParseHead(s.head); err != nil {
			return nil, fmt.Errorf("%s: %w", columnar.HeadName, err)
		}
		delete(table, columnar.KeyHead)
	}
	s.folders = slices.DeleteFunc(s.folders, func(f folder) bool { // what stands in the files as well
		return slices.ContainsFunc(files, func(c columnar.Field) bool { return c.Name == f.name })
	})
	var fields []columnar.Field
	for i, f := range s.folders {
		field := columnar.Field{Name: f.name, Kind: columnar.FieldText, Type: "a text", Keys: map[string]string{}, Names: s.valuesOf(i)}
		if id := marks[f.name]; id != "" {
			field.Keys[columnar.KeyDimension] = id
		}
		fields = append(fields, field)
	}
	return columnar.Make(s, append(fields, files...), table, s.o.TableOptions)
}

// besides gives a table the head that lies beside its parts. Of some of the parts it is
// that of the categories whose folders they are.
func (s *source) besides(table, marks map[string]string) error {
	head := s.head
	if len(head) == 0 {
		if head = s.o.Beside; len(head) == 0 {
			if s.o.Head == nil {
				s.o.table().Warnf("%s, which has the head of the cube, is not beside the parts: labels and what else it says are not known", columnar.HeadName)
			}
			return nil
		}
		only := map[string][]string{}
		for i, f := range s.folders {
			if id, ok := marks[f.name]; ok {
				only[id] = s.valuesOf(i)
			}
		}
		var err error
		if head, err = columnar.NarrowHead(head, only); err != nil {
			return err
		}
	}
	table[columnar.KeyHead] = string(head)
	return nil
}

// valuesOf are the texts that a folder has in the parts, each once.
func (s *source) valuesOf(i int) (list []string) {
	seen := map[string]bool{}
	for _, p := range s.parts {
		if text := p.values[s.folders[i].at]; !seen[text] {
			seen[text] = true
			list = append(list, text)
		}
	}
	return list
}

// Place says where a row stands.
func (s *source) Place(number int64, _ int) rows.Place {
	before := int64(0)
	for _, g := range s.groups {
		if number <= g.last {
			p := rows.Place{File: s.parts[g.part].name, Row: number - before}
			if s.grouped {
				p.Group = int64(g.number)
			}
			return p
		}
		before = g.last
	}
	return rows.Place{Row: number}
}

// in says of an error in which part of several it is.
func (s *source) in(err error) error {
	if err == nil || s.at >= len(s.parts) || s.parts[s.at].name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", s.parts[s.at].name, err)
}

// panicked is the error for what the module panics at.
func (s *source) panicked(what any) error { return s.in(fmt.Errorf("the file is damaged: %v", what)) }

// Groups goes through the row groups of all parts.
func (s *source) Groups(readings []columnar.Reading, add func(total int64, columns []columnar.Cells) error) error {
	for i := range s.parts {
		s.at = i
		if err := s.part(readings, add); err != nil {
			return err
		}
	}
	return nil
}

func (s *source) part(readings []columnar.Reading, add func(total int64, columns []columnar.Cells) error) error {
	p, err := s.open(s.at)
	if err != nil {
		return err
	}
	defer p.Close()
	names := s.names(readings)
	return s.in(p.Groups(readings[len(names):], func(number int, total int64) {
		before := int64(0)
		if len(s.groups) > 0 {
			before = s.groups[len(s.groups)-1].last
		}
		if last := len(s.groups) - 1; last >= 0 && !s.grouped && s.groups[last].part == s.at {
			s.groups[last].last += total
			return
		}
		s.groups = append(s.groups, group{before + total, s.at, number})
	}, func(total int64, columns []columnar.Cells) error { return add(total, slices.Concat(names, columns)) }))
}

// names are the cells that the names of the folders of the part make.
func (s *source) names(readings []columnar.Reading) []columnar.Cells {
	list := make([]columnar.Cells, len(s.folders))
	for i, f := range s.folders {
		same := columnar.Same{}
		if text, ok := saying(readings[i].Known, s.parts[s.at].values[f.at]); ok {
			same.Dictionary = &rows.Dictionary{Texts: [][]byte{[]byte(text)}}
		}
		list[i] = same
	}
	return list
}

// saying is what a folder of that name says of its rows. One that Hive calls so has
// nulls, or what is empty if the head knows such a category.
func saying(known []string, text string) (string, bool) {
	if text != columnar.HiveNull || slices.Contains(known, text) {
		return text, true
	}
	return "", slices.Contains(known, "")
}
