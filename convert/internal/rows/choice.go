package rows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A Part is what a column is taken for.
type Part uint8

// The parts.
const (
	Undecided Part = iota
	Dimension
	Value
	Status
	Labels
	LeftOut
)

// String is the part as a sentence says it.
func (p Part) String() string {
	return [...]string{"undecided", "dimension", "value", "status", "labels", "left out"}[p]
}

// A Reason is why a column was taken for what it is.
type Reason uint8

// The reasons, the strongest first but for Nobody.
const (
	Nobody   Reason = iota
	ByUser          // an option says so
	ByHead          // the head of the cube does
	ByFormat        // the file itself does
	ByName          // its name does
	ByRule          // a rule does
)

// String is the reason in a word.
func (r Reason) String() string {
	return [...]string{"", "user", "head", "file", "name", "rule"}[r]
}

// A Choice is what is said of the columns of a table. The zero value says nothing. A
// column is named by its header; else by its number, from 1, or the letters that
// workbooks give it; or it is one of a run of columns, 3..20 or 3..
type Choice struct {
	// Header is where the header stands: "3", "3-4" for one of two rows, "0" for
	// none. Default: the first row as wide as the rows below it.
	Header string `json:"header,omitempty"`

	Values       []string    `json:"value,omitempty"`         // columns of values
	Status       string      `json:"status,omitempty"`        // column of the statuses
	StatusSuffix string      `json:"status-suffix,omitempty"` // or the end of the names of those of each value column
	Dimensions   []string    `json:"dimension,omitempty"`     // columns that are dimensions, in this order
	Labels       [][2]string `json:"label-column,omitempty"`  // columns of ids, and those of their labels
	Ignore       []string    `json:"ignore,omitempty"`        // columns that are no part of the cube

	By   []string `json:"by,omitempty"`   // ids of the dimensions that the other columns are categories of
	Stub []string `json:"stub,omitempty"` // columns that are dimensions beside them
}

// merge is a choice with what another one says on top: later values and dimensions of
// headings hold, columns that are left out add up.
func (c Choice) merge(o Choice) Choice {
	stub := o.Stub
	if len(c.By) == 0 && len(stub) == 0 {
		stub = c.Stub // it was said alone
	}
	if len(o.Values) > 0 || len(o.By) > 0 {
		c.Values, c.By, c.Stub = nil, nil, nil
	}
	if o.Header != "" {
		c.Header = o.Header
	}
	if len(o.Values) > 0 {
		c.Values = o.Values
	}
	if len(o.Dimensions) > 0 {
		c.Dimensions = o.Dimensions
	}
	if len(o.By) > 0 {
		c.By, c.Stub = o.By, stub
	} else if len(o.Stub) > 0 {
		c.Stub = o.Stub
	}
	if o.Status != "" {
		c.Status = o.Status
	}
	if o.StatusSuffix != "" {
		c.StatusSuffix = o.StatusSuffix
	}
	c.Labels = append(slices.Clone(c.Labels), o.Labels...)
	for _, name := range o.Ignore {
		if !slices.Contains(c.Ignore, name) {
			c.Ignore = append(slices.Clone(c.Ignore), name)
		}
	}
	return c
}

// empty tells whether a choice says nothing.
func (c *Choice) empty() bool {
	return c.Header == "" && len(c.Values)+len(c.Dimensions)+len(c.Labels)+len(c.Ignore)+len(c.By)+len(c.Stub) == 0 && c.Status == "" && c.StatusSuffix == ""
}

// ErrColumn marks an option that names what is not there.
var ErrColumn = jsonstat.ErrUnknown

// ErrEncoding marks a text that is not UTF-8.
var ErrEncoding = jsonstat.ErrEncoding

// find is the column that an option names.
func (t *table) find(name string) (*column, error) {
	if i := t.named(name); i >= 0 {
		return t.columns[i], nil
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(t.columns) {
		return t.columns[n-1], nil
	}
	if first := t.columns[0].sheet; first >= 0 {
		if n := letters(name) - first; n >= 0 && n < len(t.columns) {
			return t.columns[n], nil
		}
	}
	if i := t.folded(name); i >= 0 {
		return t.columns[i], nil
	}
	var all []string
	for _, c := range t.columns {
		all = append(all, c.name())
	}
	msg := fmt.Sprintf("there is no column %q", name)
	if near := jsonstat.Near(name, all); len(near) > 0 {
		msg += fmt.Sprintf("; did you mean %q?", near[0])
	} else {
		msg += fmt.Sprintf(": the columns are %.200s", strings.Join(all, ", "))
	}
	return nil, (&Error{Msg: msg, Err: ErrColumn}).at(t.headerPlace())
}

// folded is the number of the column that has a name in another case of letters; -1 for
// none, or for several.
func (t *table) folded(name string) int {
	found := -1
	for i, c := range t.columns {
		if !strings.EqualFold(c.Name, name) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// Named are the numbers of those of some columns that options name. A name of none is
// passed over here.
func Named(columns, options []string) []int {
	t := &table{}
	for i, name := range columns {
		t.columns = append(t.columns, &column{Field: Field{Name: name}, at: i, sheet: -1})
	}
	var numbers []int
	for _, name := range options {
		if name == "" {
			continue
		}
		if list, err := t.all([]string{name}); err == nil {
			for _, c := range list {
				numbers = append(numbers, c.at)
			}
		}
	}
	return numbers
}

// letters is the number of a column by its letters, from 0; -1 if they are none.
func letters(name string) int {
	if len(name) == 0 || len(name) > 3 {
		return -1
	}
	n := 0
	for i := range len(name) {
		if name[i] < 'A' || name[i] > 'Z' {
			return -1
		}
		n = n*26 + int(name[i]-'A') + 1
	}
	return n - 1
}

// all are the columns that a list of names names, runs among them and names with commas
// that were taken apart.
func (t *table) all(names []string) ([]*column, error) {
	var list []*column
	for i := 0; i < len(names); i++ {
		name := names[i]
		if t.named(name) < 0 {
			// A name with commas may have been taken for several, of which none is a column.
			for k := i + 2; k <= len(names) && k < i+10; k++ {
				if joined := strings.Join(names[i:k], ","); t.named(joined) >= 0 {
					name, i = joined, k-1
					break
				}
			}
		}
		from, to, ok := strings.Cut(name, "..")
		if ok && t.named(name) < 0 {
			first, err1 := strconv.Atoi(from)
			last, err2 := len(t.columns), error(nil)
			if to != "" {
				last, err2 = strconv.Atoi(to)
			}
			if err1 == nil && err2 == nil {
				if first < 1 || last > len(t.columns) || first > last {
					return nil, &Error{Msg: fmt.Sprintf("there are no columns %s: the table has %d", name, len(t.columns)), Err: ErrColumn}
				}
				list = append(list, t.columns[first-1:last]...)
				continue
			}
		}
		c, err := t.find(name)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// names are columns as an option names them: a run of more than three by its numbers.
func names(list []*column) []string {
	if len(list) == 0 {
		return nil
	}
	in := true
	for i, c := range list {
		in = in && c.at == list[0].at+i
	}
	if len(list) > 3 && in {
		return []string{fmt.Sprintf("%d..%d", list[0].at+1, list[len(list)-1].at+1)}
	}
	var texts []string
	for _, c := range list {
		texts = append(texts, c.name())
	}
	return texts
}
