package columnar

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// rowsOf are the rows of a table as texts: categories, status, value.
func rowsOf(t *testing.T, table *Table, cut int64) []string {
	t.Helper()
	var rows []string
	statuses := table.Columns[len(table.Columns)-2].Texts
	err := table.Batches(cut, func(b *Batch) error {
		if b.Len == 0 || b.Len > BatchRows {
			t.Errorf("a batch has %d rows", b.Len)
		}
		if cut > 0 && b.First/cut != (b.First+int64(b.Len)-1)/cut && table.o.Keep == layout.All {
			t.Errorf("a batch of %d rows from %d reaches over a multiple of %d", b.Len, b.First, cut)
		}
		nulls, none := 0, 0
		for row := range b.Len {
			var words []string
			for i := range b.Index {
				words = append(words, fmt.Sprint(b.Index[i][row]))
			}
			status, value := "", "missing"
			if s := b.Status[row]; s > 0 {
				status = statuses[s-1]
			} else {
				none++
			}
			switch {
			case b.Valid[row>>3]&(1<<(row&7)) == 0:
				nulls++
			case table.Type == Float64:
				value = string(appendFloat(nil, b.Floats[row], 64))
			case table.Type == Int64:
				value = fmt.Sprint(b.Ints[row])
			default:
				value = string(b.Text[b.Offsets[row]:b.Offsets[row+1]])
			}
			rows = append(rows, strings.Join(words, ",")+" "+status+" "+value)
		}
		if nulls != b.Nulls || none != b.NoStatus {
			t.Errorf("a batch says %d nulls and %d without a status, it has %d and %d", b.Nulls, b.NoStatus, nulls, none)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// wantRows are the rows cell by cell.
func wantRows(t *testing.T, ds *jsonstat.Dataset, keep layout.Keep) []string {
	t.Helper()
	var rows []string
	if !ds.HasCells() {
		return nil
	}
	for pos := range ds.Len() {
		c, err := ds.AtPosition(pos)
		if err != nil {
			t.Fatal(err)
		}
		status := int32(len(c.Status))
		if !keep.Wants(c.Kind, status) {
			continue
		}
		var words []string
		for _, k := range ds.Shape().Coords(pos, nil) {
			words = append(words, fmt.Sprint(k))
		}
		value := c.Text
		switch c.Kind {
		case jsonstat.Missing:
			value = "missing"
		case jsonstat.Number, jsonstat.NumberRaw:
			value = string(jsonstat.AppendNumber(nil, []byte(c.Text)))
		}
		rows = append(rows, strings.Join(words, ",")+" "+c.Status+" "+value)
	}
	return rows
}

// Batches hold what the cells say, whichever rows are kept and wherever they are cut.
func TestBatches(t *testing.T) {
	cubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
		if ds.Len() > 10_000 {
			t.Skip("too large to look at cell by cell")
		}
		for _, keep := range []layout.Keep{layout.All, layout.NonMissing, layout.NonEmpty} {
			table, err := New(ds, Options{Keep: keep, Type: UTF8})
			if err != nil {
				t.Fatal(err)
			}
			if table.tokens {
				t.Skip("texts in quotes")
			}
			want := wantRows(t, ds, keep)
			for _, cut := range []int64{0, 1, 3, max(ds.Len(), 1)} {
				if diff := cmp.Diff(want, rowsOf(t, table, cut)); diff != "" {
					t.Errorf("keep %d, cut %d (-want +got):\n%s", keep, cut, diff)
				}
			}
		}
	})
}

// A table of several batches, in both types of numbers.
func TestManyBatches(t *testing.T) {
	const outer, inner = 3, BatchRows/2 + 17
	v := jsonstat.NewValues(outer * inner)
	for i := range int64(outer * inner) {
		if i%7 != 0 {
			v.SetFloat64(i, float64(i))
		}
		if i%5 == 0 {
			v.SetStatus(i, []string{"a", "b"}[i%2])
		}
	}
	dims := []*jsonstat.Dimension{dimension(t, "o", outer), dimension(t, "i", inner)}
	ds, err := jsonstat.New(jsonstat.Head{Dimensions: dims}, v.Cells())
	if err != nil {
		t.Fatal(err)
	}
	want := make([]string, outer*inner)
	for i := range want {
		status, value := "", "missing"
		if i%5 == 0 {
			status = []string{"a", "b"}[i%2]
		}
		if i%7 != 0 {
			value = fmt.Sprint(i)
		}
		want[i] = fmt.Sprintf("%d,%d %s %s", i/inner, i%inner, status, value)
	}
	for _, typ := range []ValueType{Float64, Int64, Auto} {
		table, err := New(ds, Options{Type: typ})
		if err != nil {
			t.Fatal(err)
		}
		for _, cut := range []int64{0, inner} {
			if diff := cmp.Diff(want, rowsOf(t, table, cut)); diff != "" {
				t.Errorf("type %s, cut %d differs", typ, cut)
			}
		}
	}
}

const oneDimension = `{"version":"2.0","class":"dataset","id":["d"],"size":[3],"dimension":{"d":{"category":{"index":["a","b","c"]}}},"value":`

func TestValueType(t *testing.T) {
	tests := []struct {
		values string
		ask    ValueType
		want   ValueType
		kinds  string
	}{
		{`[1,2,null]`, "", Float64, ""},
		{`[1,2,null]`, Auto, Int64, ""},
		{`[1.0,2e3,null]`, Auto, Int64, ""},
		{`[1.5,2,null]`, Auto, Float64, ""},
		{`[null,null,null]`, Auto, Float64, ""},
		{`[9223372036854775807,2,null]`, Auto, Int64, ""},
		{`[9223372036854775808,2,null]`, Auto, Float64, ""},
		{`["x",2,null]`, "", UTF8, "number text"},
		{`["x","y",null]`, Auto, UTF8, "text"},
		{`["2",2,null]`, "", UTF8, "json"},
		{`["2","3",null]`, "", UTF8, "text"},
		{`["true",true,1]`, "", UTF8, "json"},
		{`[true,false,1]`, "", UTF8, "number boolean"},
		{`[1,2,3]`, UTF8, UTF8, "number"},
		{`["x",2,null]`, Float64, Float64, ""},
	}
	for _, tt := range tests {
		t.Run(tt.values+" "+string(tt.ask), func(t *testing.T) {
			table, err := New(parsed(t, oneDimension+tt.values+"}"), Options{Type: tt.ask})
			if err != nil {
				t.Fatal(err)
			}
			kinds := ""
			for _, k := range table.Columns[len(table.Columns)-1].Keys {
				if k.Name == KeyValues {
					kinds = k.Value
				}
			}
			if table.Type != tt.want || kinds != tt.kinds {
				t.Errorf("the type is %s of %q, want %s of %q", table.Type, kinds, tt.want, tt.kinds)
			}
		})
	}
	if _, err := New(parsed(t, oneDimension+"[1,2,3]}"), Options{Type: "float"}); err == nil || !strings.Contains(err.Error(), `no type of values "float"`) {
		t.Errorf("the error is %v", err)
	}
}

// Texts stand without quotes, but for those that would be read as something else.
func TestTextsAmongValues(t *testing.T) {
	for _, tt := range []struct{ values, want string }{
		{`[1.5,".","0.2"]`, `1.5|.|"0.2"`},
		{`["true",true,1.50]`, `"true"|true|1.5`},
		{`["false","no",false]`, `"false"|no|false`},
		{`["2","null",2]`, `"2"|"null"|2`},
		{`["2","\"x\"",2]`, `"2"|"\"x\""|2`},
		{`["2","\"",2]`, `"2"|"\""|2`},
		{`["-0","",2]`, `"-0"||2`},
		{`["1e5"," 1",2]`, `"1e5"| 1|2`},
		{`["2","1.","x"]`, `2|1.|x`},
		{`[".","null",2]`, `.|null|2`},
		{`[".","\"x\"",2]`, `.|"x"|2`},
	} {
		ds := parsed(t, oneDimension+tt.values+"}")
		table, err := New(ds, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range rowsOf(t, table, 0) {
			got = append(got, row[len("a  "):])
		}
		if text := strings.Join(got, "|"); text != tt.want {
			t.Errorf("%s is the column %s, want %s", tt.values, text, tt.want)
		}
	}
}

func TestValueErrors(t *testing.T) {
	tests := []struct {
		values string
		ask    ValueType
		want   string
		needed string
	}{
		{`[9007199254740993,1,2]`, Float64, "the value 9007199254740993 of d=a does not fit in float64", "int64"},
		{`[1,1e400,2]`, Float64, "the value 1e400 of d=b does not fit in float64", "utf8"},
		{`[1,"x",2]`, Float64, `the value "x" of d=b is no number, and the type of the column is float64`, "double"},
		{`[1,2,0.5]`, Int64, "the value 0.5 of d=c does not fit in int64", "utf8"},
		{`[1,2,9223372036854775808]`, Int64, "the value 9223372036854775808 of d=c does not fit in int64", "utf8"},
		{`[1,true,2]`, Int64, "the value true of d=b is no number, and the type of the column is int64", "utf8"},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			table, err := New(parsed(t, oneDimension+tt.values+"}"), Options{Type: tt.ask})
			if err != nil {
				t.Fatal(err)
			}
			err = table.Batches(0, func(*Batch) error { return nil })
			var value *ValueError
			if !errors.As(err, &value) || err.Error() != tt.want || value.TypeNeeded() != tt.needed {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

// Decimals of many digits are rounded, once for all with a warning.
func TestRounded(t *testing.T) {
	warned := ""
	table, err := New(parsed(t, oneDimension+`[0.12345678901234567891,1.25,0.12345678901234567892]}`), Options{Warn: func(m string) { warned += m }})
	if err != nil {
		t.Fatal(err)
	}
	err = table.Batches(0, func(b *Batch) error {
		if math.Abs(b.Floats[0]-0.12345678901234568) > 1e-16 || b.Floats[1] != 1.25 {
			t.Errorf("the values are %v", b.Floats)
		}
		return nil
	})
	const want = "2 values have more digits than float64 holds, such as 0.12345678901234567891 of d=a: they are rounded; the type utf8 keeps all digits"
	if err != nil || warned != want {
		t.Errorf("warned %q, %v", warned, err)
	}
}
