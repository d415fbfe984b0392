package rows

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// typed is a table whose cells have kinds: by the first letter of their text, which is n
// for a number, p for a period, t for a text, b for a boolean and = for one that is
// plain; an empty text is null.
type typed struct {
	fields []Field
	rows   []string // cells with blanks between
	batch  int      // rows of a batch; 0 for one batch
}

func (s *typed) Fields() []Field { return s.fields }

func (s *typed) Place(number int64, _ int) Place { return Place{Row: number} }

func (s *typed) Rows(b *Batch, next func() error) error {
	b.Grow(len(s.fields))
	for i, row := range s.rows {
		for k, cell := range strings.Split(row, " ") {
			if cell == "" {
				b.Null(k)
				continue
			}
			b.Add(k, []byte(cell[1:]), map[byte]Kind{'n': Number, 'p': Period, 't': Text, 'b': Bool, '=': Plain}[cell[0]])
		}
		if b.End(int64(i) + 1); b.Rows == s.batch {
			if err := next(); err != nil {
				return err
			}
		}
	}
	return next()
}

// fields are those of names.
func fields(names string) (list []Field) {
	for _, name := range strings.Fields(names) {
		list = append(list, Field{Name: name})
	}
	return list
}

// made is the cube of a table as JSON, or the error; then come the warnings.
func made(src Source, f Format, o Options) string {
	var text strings.Builder
	var warnings []string
	o.Warn = func(message string) { warnings = append(warnings, message) }
	ds, err := Make(src, f, &o)
	if err == nil {
		err = ds.Write(&text, nil)
	}
	if err != nil {
		text.Reset()
		text.WriteString("error: " + err.Error())
	}
	for _, w := range warnings {
		text.WriteString("\nwarning: " + w)
	}
	return strings.TrimPrefix(text.String(), `{"version":"2.0","class":"dataset",`)
}

// TestPrecision: all times of a column are as precise as one of them is.
func TestPrecision(t *testing.T) {
	for _, tt := range []struct{ name, cells, want string }{
		{"midnights", "p2024-01-01T00:00:00 p2024-01-02T00:00:00", "2024-01-01 2024-01-02"},
		{"midnights in a zone", "p2024-01-01T00:00:00Z p2024-01-02T00:00:00Z", "2024-01-01 2024-01-02"},
		{"firsts of months", "p2024-01-01T00:00:00 p2024-02-01T00:00:00", "2024-01-01 2024-02-01"},
		{"hours", "p2024-01-01T06:00:00 p2024-01-02T00:00:00", "2024-01-01T06:00 2024-01-02T00:00"},
		{"hours in a zone", "p2024-01-01T06:00:00Z p2024-01-02T00:00:00Z", "2024-01-01T06:00Z 2024-01-02T00:00Z"},
		{"hours in another zone", "p2024-01-01T06:30:00+01:00 p2024-07-02T00:00:00+02:00", "2024-01-01T06:30+01:00 2024-07-02T00:00+02:00"},
		{"seconds", "p2024-01-01T06:00:07 p2024-01-02T00:00:00", "2024-01-01T06:00:07 2024-01-02T00:00:00"},
		{"parts of seconds", "p2024-01-01T06:00:00.25Z p2024-01-02T00:00:00Z", "2024-01-01T06:00:00.25Z 2024-01-02T00:00:00Z"},
		{"days", "p2024-01-01 p2024-01-02", "2024-01-01 2024-01-02"},
		{"days beside an hour", "p2024-01-01 p2024-01-02T06:00:00", "2024-01-01T00:00 2024-01-02T06:00"},
		{"days beside a second", "p2024-01-01 p2024-01-02T06:00:01", "2024-01-01T00:00:00 2024-01-02T06:00:01"},
		{"a text among them", "p2024-01-01T00:00:00 tsoon", "2024-01-01T00:00:00 soon"},
		{"periods", "p2024Q1 p2024Q2", "2024Q1 2024Q2"},
		{"years", "p2021 p2022", "2021 2022"},
		{"a year of five digits", "p12024-01-01T00:00:00 p2024-01-02T00:00:00", "12024-01-01T00:00:00 2024-01-02T00:00:00"},
		{"two that would be one", "p2024-10-27T00:00:00+02:00 p2024-10-27T00:00:00+01:00", "2024-10-27T00:00:00+02:00 2024-10-27T00:00:00+01:00"},
		{"the same twice", "p2024-01-01T00:00:00 p2024-01-01T00:00:00", "error: row 2: the categories 2024-01-01 have a row already, in row 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := &typed{fields: fields("day value"), batch: 1}
			for i, cell := range strings.Fields(tt.cells) {
				src.rows = append(src.rows, fmt.Sprintf("%s n%d", cell, i))
			}
			ds, err := Make(src, Format{}, &Options{Warn: func(string) {}})
			got := fmt.Sprintf("error: %v", err)
			if err == nil {
				var ids []string
				for c := range ds.Dimension("day").Categories() {
					ids = append(ids, c.ID)
				}
				got = strings.Join(ids, " ")
				if role := ds.Dimension("day").Role(); (role == jsonstat.Time) == strings.Contains(tt.cells, "soon") {
					t.Errorf("the role is %q", role)
				}
			}
			if got != tt.want {
				t.Errorf("it is %s, want %s", got, tt.want)
			}
		})
	}
}

// TestUnfit: a column of a type that a cube has no room for is an error, unless it is
// left out, which the error proposes.
func TestUnfit(t *testing.T) {
	src := func() *typed {
		s := &typed{fields: fields("port tags more value"), rows: []string{"tN   n1", "tS   n2"}}
		s.fields[1].Unfit, s.fields[2].Unfit = "list<text>", "bytes"
		return s
	}
	_, err := Make(src(), Format{}, &Options{Warn: func(string) {}})
	if !errors.Is(err, ErrUndecided) || err.Error() != "a column holds neither values nor categories: tags of type list<text>, more of type bytes" {
		t.Fatalf("the error is %v", err)
	}
	var e *Error
	if !errors.As(err, &e) || string(e.Propose) != `{"ignore":["tags","more"]}` {
		t.Fatalf("it proposes %s", e.Propose)
	}
	const cube = `"id":["port"],"size":[2],"dimension":{"port":{"label":"port","category":{"index":["N","S"]}}},"value":[1,2]}`
	for _, tt := range []struct {
		name string
		o    Options
		want string
	}{
		{"what is proposed", Options{Plan: e.Propose}, cube},
		{"value and dimension", Options{Values: []string{"value"}, Dimensions: []string{"port"}}, cube + "\nwarning: left out: tags, more"},
		{"as a dimension", Options{Dimensions: []string{"port", "tags"}}, `error: column "tags" cannot be a dimension: it is of type list<text>`},
		{"as the value", Options{Values: []string{"more"}}, `error: column "more" cannot be the value: it is of type bytes`},
		{"as the status", Options{Status: "tags"}, `error: column "tags" cannot be the status: it is of type list<text>`},
	} {
		if got := made(src(), Format{}, tt.o); got != tt.want {
			t.Errorf("%s: it is %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestTextsAreNoFigures: a column of texts is never the value by a rule, whatever they
// look like, but by its name or as told.
func TestTextsAreNoFigures(t *testing.T) {
	for _, tt := range []struct {
		name string
		o    Options
		want string
	}{
		{"amount", Options{}, `error: there is no column of figures: the last one, amount, holds "5"`},
		{"amount", Options{Values: []string{"amount"}}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[5,6]}`},
		{"value", Options{}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[5,6]}`},
	} {
		src := &typed{fields: []Field{{Name: "a", Codes: true}, {Name: tt.name, Codes: true}}, rows: []string{"=x =5", "=y =6"}}
		if got := made(src, Format{}, tt.o); got != tt.want {
			t.Errorf("%s: it is %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestTypedTexts: texts of statuses and values that a format is sure of are just these.
func TestTypedTexts(t *testing.T) {
	for _, tt := range []struct {
		name          string
		value, status Field
		want          string
	}{
		{"typed", Field{Name: "v", Role: Value, Typed: true}, Field{Name: "s", Role: Status, Typed: true}, `"value":["few",null,1],"status":{"0":"NA","1":"null","2":"nan"}}`},
		{"not", Field{Name: "v", Role: Value}, Field{Name: "s", Role: Status}, `error: row 1: v: "few" is no number`},
		{"a value that is typed", Field{Name: "v", Role: Value, Typed: true}, Field{Name: "s", Role: Status}, `"value":["few",null,1]}`},
	} {
		src := &typed{fields: []Field{{Name: "a"}, tt.value, tt.status}, rows: []string{"tx tfew =NA", "ty  =null", "tz n1 =nan"}}
		if got := made(src, Format{}, Options{}); !strings.HasSuffix(got, tt.want) {
			t.Errorf("%s: it is %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestSaidByFormat: what the file says of values and statuses goes before names, and
// what the user says before that.
func TestSaidByFormat(t *testing.T) {
	for _, tt := range []struct {
		name string
		o    Options
		want string
	}{
		{"the file", Options{}, `"id":["a","value","status"],"size":[2,2,2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}},"value":{"label":"value","category":{"index":["3","4"]}},"status":{"label":"status","category":{"index":["p","q"]}}},"value":[5,null,null,null,null,null,null,6],"status":{"0":"k","7":"l"}}`},
		{"the user", Options{Values: []string{"value"}, Status: "status", Dimensions: []string{"a"}}, `"id":["a"],"size":[2],"dimension":{"a":{"label":"a","category":{"index":["x","y"]}}},"value":[3,4],"status":{"0":"p","1":"q"}}` + "\nwarning: left out: v, s"},
	} {
		src := &typed{fields: []Field{{Name: "a"}, {Name: "value"}, {Name: "status"}, {Name: "v", Role: Value}, {Name: "s", Role: Status}}, rows: []string{"tx =3 tp n5 tk", "ty =4 tq n6 tl"}}
		src.fields[0].Role, src.fields[1].Role, src.fields[2].Role = Dimension, Dimension, Dimension
		if got := made(src, Format{}, tt.o); got != tt.want {
			t.Errorf("%s: it is\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
	// Names count only where the file says nothing.
	src := &typed{fields: []Field{{Name: "a"}, {Name: "value"}, {Name: "v", Role: Value}}, rows: []string{"tx =3 n5", "ty =4 n6"}}
	if got := made(src, Format{}, Options{}); strings.Contains(got, "measure") {
		t.Errorf("two columns are values: %s", got)
	}
}

// TestNumberedThenRaw: of a column whose texts are kept from some row on, those before
// are values and statuses too. Most of its first cells are null.
func TestNumberedThenRaw(t *testing.T) {
	const n = 3 * BatchRows
	src := &typed{fields: fields("a v s"), batch: BatchRows}
	for i := range n {
		value := ""
		if i%3 == 0 || i > BatchRows {
			value = fmt.Sprintf("n%d.5", i)
		}
		src.rows = append(src.rows, fmt.Sprintf("t%d %s =%d", i, value, i))
	}
	src.fields[1].Role, src.fields[2].Role = Value, Status
	ds, err := Make(src, Format{}, &Options{Warn: func(string) {}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(n) {
		want := ""
		if i%3 == 0 || i > BatchRows {
			want = fmt.Sprintf("%d.5", i)
		}
		if c, err := ds.AtPosition(i); err != nil || c.Text != want || c.Status != fmt.Sprint(i) {
			t.Fatalf("cell %d is %v, want %s (%v)", i, c, want, err)
		}
	}
}

// TestNoColumns: rows without any columns are no table, whatever the options say.
func TestNoColumns(t *testing.T) {
	const want = "error: the table is empty"
	head, err := jsonstat.New(jsonstat.Head{Label: "One"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]Options{
		"no options": {}, "a value": {Values: []string{"a"}}, "a run": {Ignore: []string{"1.."}}, "headings": {By: []string{"d"}},
		"a plan": {Plan: []byte(`{"value":["a"]}`)}, "a head": {Head: head},
	} {
		if got := made(columnless{rows: 3}, Format{}, o); got != want {
			t.Errorf("%s: it is %s, want %s", name, got, want)
		}
	}
	if got := made(columnless{}, Format{}, Options{Head: head}); got != want {
		t.Errorf("no rows: it is %s, want %s", got, want)
	}
	if _, _, err := makeCSV(strings.Repeat(",,\n", lookAhead+1), Options{Header: "0"}); !errors.Is(err, ErrEmpty) || err.Error() != "the table is empty" {
		t.Errorf("of blank lines the error is %v", err)
	}
	if list := Named(nil, []string{"a", "1", "1..", "B"}); len(list) > 0 {
		t.Errorf("columns %v of none are named", list)
	}
	u, err := NewUpdate(columnless{}, Format{}, &Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	u.Batch().End(1)
	if err := u.End(); err != nil {
		t.Fatal(err)
	}
	if _, err := u.Named([]string{"a"}); !errors.Is(err, ErrColumn) {
		t.Errorf("of a column of none the error is %v", err)
	}
	if err := u.Decide(nil, Steps{Column: -1}); !errors.Is(err, ErrEmpty) {
		t.Errorf("of an update the error is %v", err)
	}
}

// columnless is a table of so many rows without columns.
type columnless struct{ rows int }

func (columnless) Fields() []Field { return nil }

func (columnless) Place(number int64, _ int) Place { return Place{Row: number} }

func (s columnless) Rows(b *Batch, next func() error) error {
	for i := range s.rows {
		b.End(int64(i) + 1)
	}
	return next()
}

// TestOneColumn: a table of values alone is no cube, but one of a head without
// dimensions is.
func TestOneColumn(t *testing.T) {
	src := &typed{fields: fields("value"), rows: []string{"n1"}}
	if got, want := made(src, Format{}, Options{}), "error: the table has no column that could be a dimension"; got != want {
		t.Errorf("it is %s, want %s", got, want)
	}
	head, err := jsonstat.New(jsonstat.Head{Label: "One"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := made(src, Format{HasHead: true}, Options{Head: head}), `"label":"One","id":[],"size":[],"dimension":{},"value":[1]}`; got != want {
		t.Errorf("it is %s, want %s", got, want)
	}
}
