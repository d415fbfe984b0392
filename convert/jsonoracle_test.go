package convert_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// gone stands for null in the tables that are compared.
const gone = "\x00"

// items are the values of JSON in order: of an array its items, of an object
// those of its members, of all else its text.
func items(t *testing.T, dec *json.Decoder) any {
	t.Helper()
	token, err := dec.Token()
	require.NoError(t, err)
	switch v := token.(type) {
	case json.Delim:
		list := []any{}
		for dec.More() {
			if v == '{' {
				_, err := dec.Token()
				require.NoError(t, err)
			}
			list = append(list, items(t, dec))
		}
		_, err := dec.Token()
		require.NoError(t, err)
		return list
	case json.Number:
		for _, c := range tokens { // as the expected table shows it
			if c.token == v.String() {
				return c.text
			}
		}
		return v.String()
	case string:
		return v
	case bool:
		return map[bool]string{true: "true", false: "false"}[v]
	}
	return gone
}

// itemsOf takes a JSON table, or several values one behind the other, apart.
func itemsOf(t *testing.T, text string) []any {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var all []any
	for dec.More() {
		all = append(all, items(t, dec))
	}
	return all
}

// rowsOf are rows of texts, of which the first some are passed over.
func rowsOf(list []any, skip int) [][]string {
	rows := [][]string{}
	for _, row := range list[skip:] {
		cells := []string{}
		for _, c := range row.([]any) {
			cells = append(cells, c.(string))
		}
		rows = append(rows, cells)
	}
	return rows
}

// TestOracleJSON writes cubes by chance with options by chance: in each form stand
// the values of the table made cell by cell, from memory, from a pipe and from
// cells that come in chunks of any length.
func TestOracleJSON(t *testing.T) {
	rounds := 150
	if testing.Short() {
		rounds = 30
	}
	na := gone
	for seed := range uint64(rounds) {
		rng := rand.New(rand.NewPCG(seed, 2))
		m := newModel(rng)
		chance := anyOptions(rng, m)
		o := &jsonOptions{Table: table{Field: convert.ID, Content: chance.Content, Keep: chance.Keep, By: chance.By, Drop: chance.Drop}, Status: chance.Status}
		same := &convert.CSVOptions{Table: o.Table, Status: o.Status, NA: &na}
		want := m.expected(same)[1:]
		same.By, same.Drop = nil, nil
		long := m.expected(same)[1:]
		for _, list := range [][][]string{want, long} {
			if o.Status && (len(o.By) == 0 || &list[0] == &long[0]) {
				for _, row := range list {
					if at := len(row) - 2; row[at] == "" {
						row[at] = gone
					}
				}
			}
		}
		perDimension := 1
		if o.Content == convert.Columns {
			perDimension = 2
		}
		// turned is a row with value and status first, then the dimensions from the last on.
		turned := func(row []string) []string {
			if len(o.By) > 0 {
				return row
			}
			n := len(m.dims) * perDimension
			out := []string{row[len(row)-1]}
			out = append(out, row[n:len(row)-1]...)
			for k := n - perDimension; k >= 0; k -= perDimension {
				out = append(out, row[k:k+perDimension]...)
			}
			return out
		}
		var objects [][]string
		for _, row := range want {
			objects = append(objects, turned(row))
		}
		sources := map[string]func(jsonstat.Need) *jsonstat.Dataset{
			"in memory":   func(jsonstat.Need) *jsonstat.Dataset { return dataset(t, m.document()) },
			"from a pipe": func(need jsonstat.Need) *jsonstat.Dataset { return streamed(t, m.document(), need) },
			"in pieces": func(jsonstat.Need) *jsonstat.Dataset {
				whole := dataset(t, m.document())
				ds, err := jsonstat.New(whole.Head(), &chopped{whole.Cells(), seed})
				require.NoError(t, err)
				return ds
			},
		}
		for name, source := range sources {
			written := func(write jsonWriter, o *jsonOptions, need jsonstat.Need) string {
				var b strings.Builder
				require.NoError(t, write(&b, source(o.Need()|need), o))
				return b.String()
			}
			about := func(form string) string {
				return form + " " + name + ": " + m.document()
			}
			array := written(convert.WriteArray, o, 0)
			require.Equal(t, want, rowsOf(itemsOf(t, array)[0].([]any), 1), about("rows that are arrays"))
			lines := *o
			lines.Lines = true
			text := written(convert.WriteArray, &lines, 0)
			require.Equal(t, want, rowsOf(itemsOf(t, text), 1), about("arrays in lines"))
			require.Equal(t, len(want)+1, strings.Count(text, "\n"), about("arrays in lines"))

			require.Equal(t, orEmpty(objects), rowsOf(itemsOf(t, written(convert.WriteArrObj, o, 0))[0].([]any), 0), about("rows that are objects"))
			text = written(convert.WriteNDJSON, o, 0)
			require.Equal(t, orEmpty(objects), rowsOf(itemsOf(t, text), 0), about("objects in lines"))
			require.Equal(t, len(want), strings.Count(text, "\n"), about("objects in lines"))

			columns := rowsOf(itemsOf(t, written(convert.WriteObjArr, o, jsonstat.NeedOrder))[0].([]any), 0)
			for i, row := range objects {
				for k, cell := range row {
					require.Equal(t, cell, columns[k][i], about("columns"))
				}
			}
			for _, column := range columns {
				require.Len(t, column, len(want), about("columns"))
			}

			var cells [][]string
			google := itemsOf(t, written(convert.WriteObject, o, 0))[0].([]any)
			for _, row := range google[1].([]any) {
				var texts []string
				for _, cell := range row.([]any)[0].([]any) {
					texts = append(texts, cell.([]any)[0].(string))
				}
				cells = append(cells, texts)
			}
			require.Equal(t, orEmpty(long), orEmpty(cells), about("a DataTable"))
		}
	}
}

func orEmpty(rows [][]string) [][]string { return append([][]string{}, rows...) }

// TestJSONWriteErrors holds that an error of the writer comes out of each form,
// wherever it happens.
func TestJSONWriteErrors(t *testing.T) {
	full := errors.New("disk full")
	ds := numbers(t, 10, 100, 20)
	sparse := dataset(t, cube(`"value":{"0":1,"49999":2},"status":{"7":"x"}`, 50, 1000))
	type row struct {
		ds *jsonstat.Dataset
		o  jsonOptions
	}
	rows := map[string]row{
		"all cells":     {ds, jsonOptions{Status: true, Unit: true}},
		"filtered":      {ds, jsonOptions{Table: table{Keep: convert.NonMissing}}},
		"sparse":        {sparse, jsonOptions{Status: true}},
		"sparse, empty": {sparse, jsonOptions{Table: table{Keep: convert.NonEmpty}}},
		"pivot":         {ds, jsonOptions{Table: table{By: []string{"d2"}}}},
		"wide pivot":    {ds, jsonOptions{Table: table{By: []string{"d0", "d1", "d2"}}}},
		"described":     {ds, jsonOptions{Meta: true}},
	}
	for name, r := range rows {
		for form, write := range jsonWriters {
			t.Run(form+" "+name, func(t *testing.T) {
				var whole strings.Builder
				require.NoError(t, write(&whole, r.ds, &r.o))
				for _, after := range slices.Compact([]int{0, 1, whole.Len() / 3, whole.Len() / 2, whole.Len() - 1}) {
					require.ErrorIs(t, write(&failing{after, full}, r.ds, &r.o), full, "after %d bytes", after)
				}
				require.NoError(t, write(&failing{whole.Len(), full}, r.ds, &r.o))
			})
		}
	}
}
