package convert_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// FuzzReadCSV: the reader never panics, and what it reads, written with ids and
// read again, is equal.
func FuzzReadCSV(f *testing.F) {
	for _, text := range []string{
		"Port,Catch,Status,Value\nN,kg,,120\nN,pc,,12.5\nS,kg,x,n/a\nS,pc,,7.25\n",
		"a;b\r\n\"x\"\"y\";1,5\r\n\"two\nlines\";\r\n",
		"jsonstat,.,|\nlabel,L\ndimension,d,D,2,a,A,b,B,metric,0|x\ndata\nd,status,value\na,,1\nb,s,2\n",
		"\ufeffa,b\nx,1\n\n", "a,b\n\"", "jsonstat", "a\tb\n1\t2\n", "a,b\nx,+.5\ny,0x1\n",
		"a, \"b\" ,c\n x,\" x\",1\n\u00a0x\t, x ,2\n", "sep=;\na;b;\nx;1;\n", "\"SEP=|\"\na|b\nx|1\n",
		"Port,Catch,Status,Value\nN,kg,,120\nN,,12c,p.5\nS,kg,x,n/a\nS,pc,,7.25\n",
	} {
		f.Add(text, ",", false)
		f.Add(text, ";", true)
	}
	f.Fuzz(func(t *testing.T, text, sep string, sniff bool) {
		if sep == "" || len(sep) > 3 || strings.ContainsAny(sep, "\"\r\n") || len(text) > 1<<16 {
			return
		}
		ds, err := convert.ReadCSV(strings.NewReader(text), &convert.ReadCSVOptions{TableOptions: convert.TableOptions{Texts: true}, Separator: sep, Sniff: sniff})
		if err != nil {
			return
		}
		if ds.Len() > 1<<16 || strings.HasPrefix(strings.TrimPrefix(text, "\ufeff"), "jsonstat") {
			return
		}
		head := ds.Head()
		if len(head.Dimensions) == 0 {
			return
		}
		for _, d := range ds.Dimensions() {
			for _, word := range []string{"status", "value", "Status"} {
				if d.ID() == word {
					return // the names of the other columns
				}
			}
		}
		for _, d := range ds.Dimensions() {
			if d.Index("") >= 0 {
				return // a row of which all but one field is empty is taken for a note below the table
			}
		}
		if ds.Dimensions()[0].ID() == "" || strings.HasPrefix(ds.Dimensions()[0].ID(), "jsonstat") || strings.HasPrefix(ds.Dimensions()[0].ID(), "\ufeff") {
			return
		}
		na := ""
		var table bytes.Buffer
		require.NoError(t, convert.WriteCSV(&table, ds, &convert.CSVOptions{Table: convert.Table{Field: convert.ID, Content: convert.ID}, Status: true, NA: &na}))
		again, err := convert.ReadCSV(&table, &convert.ReadCSVOptions{TableOptions: convert.TableOptions{Status: "status", Values: []string{"value"}, Texts: true}})
		require.NoError(t, err, "%q", table.String())
		require.Equal(t, cellsOf(t, ds), cellsOf(t, again), "%q", table.String())
	})
}

// cellsOf lists what the cells of a dataset say, by ids.
func cellsOf(t testing.TB, ds *jsonstat.Dataset) map[string]string {
	t.Helper()
	cells := map[string]string{}
	for obs, err := range ds.Observations() {
		require.NoError(t, err)
		if obs.Missing() && obs.Status() == "" {
			continue
		}
		key := ""
		for i := range ds.Dimensions() {
			key += obs.Category(i).ID + "\x00"
		}
		var text string
		switch obs.Kind() {
		case jsonstat.Number, jsonstat.NumberRaw:
			text = string(jsonstat.AppendNumber(nil, []byte(obs.Text())))
		case jsonstat.Missing:
			text = "-"
		default:
			text = "=" + strings.ReplaceAll(obs.Text(), "\r\n", "\n")
		}
		cells[key] = text + " " + obs.Status()
	}
	return cells
}

// TestRoundTripTables: cubes come back from CSV with the head beside it, and
// from CSV-stat, as far as that has room.
func TestRoundTripTables(t *testing.T) {
	for _, shape := range shapes.Cubes() {
		t.Run(shape.Name, func(t *testing.T) {
			doc, err := jsonstat.Parse([]byte(shape.JSON))
			require.NoError(t, err)
			ds, err := doc.Dataset(0)
			require.NoError(t, err)
			if !ds.HasCells() || ds.Len() == 0 || ds.Len() > 1<<16 || len(ds.Dimensions()) == 0 {
				return
			}
			facts, err := ds.Cells().Facts()
			require.NoError(t, err)
			if facts.Texts+facts.Booleans > 0 {
				return // true comes back as a text
			}
			var table bytes.Buffer
			na := ""
			require.NoError(t, convert.WriteCSV(&table, ds, &convert.CSVOptions{Table: convert.Table{Field: convert.ID, Content: convert.ID}, Status: true, NA: &na}))
			if name := ds.Dimension("value"); name == nil && ds.Dimension("status") == nil {
				back, err := convert.ReadCSV(&table, &convert.ReadCSVOptions{TableOptions: convert.TableOptions{Status: "status", Values: []string{"value"}, Head: ds}})
				require.NoError(t, err)
				require.Equal(t, cellsOf(t, ds), cellsOf(t, back))
				var want, got bytes.Buffer
				require.NoError(t, ds.Write(&want, &jsonstat.WriteOptions{Explicit: true, Values: jsonstat.Sparse, Statuses: jsonstat.Sparse}))
				require.NoError(t, back.Write(&got, &jsonstat.WriteOptions{Explicit: true, Values: jsonstat.Sparse, Statuses: jsonstat.Sparse}))
				headOf := func(b []byte) string { before, _, _ := strings.Cut(string(b), `"value":`); return before }
				if strings.HasPrefix(want.String(), `{"version"`) {
					require.Equal(t, headOf(want.Bytes()), headOf(got.Bytes()))
				}
			}
			table.Reset()
			if err := convert.WriteCSVStat(&table, ds, &convert.CSVStatOptions{NA: &na}); err != nil {
				return // it has no room for a sign
			}
			back, err := convert.ReadCSV(&table, nil)
			require.NoError(t, err)
			require.Equal(t, cellsOf(t, ds), cellsOf(t, back))
			for i, d := range ds.Dimensions() {
				b := back.Dimensions()[i]
				require.Equal(t, d.ID(), b.ID())
				require.Equal(t, d.Role(), b.Role())
				for k := range d.Len() {
					require.Equal(t, d.CategoryLabel(k), b.CategoryLabel(k))
				}
			}
		})
	}
}
