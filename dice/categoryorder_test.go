package dice_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// piece is a cube of one port and of goods in an order of its own.
func piece(t *testing.T, port, goods, cells string) *jsonstat.Dataset {
	t.Helper()
	doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"dataset","id":["port","good","year"],"size":[1,` + []string{"0", "1", "2", "3"}[strings.Count(goods, `"`)/2] + `,2],"dimension":{"port":{"category":{"index":["` + port + `"]}},` +
		`"good":{"category":{"index":[` + goods + `]}},"year":{"category":{"index":["2023","2024"]}}},` + cells + `}`))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	return ds
}

// TestJoinInAnotherOrder joins pieces whose categories stand in another order than
// those of the first: its order counts.
func TestJoinInAnotherOrder(t *testing.T) {
	const first, other = `"a","b","c"`, `"c","a","b"`
	const dense = `"value":[1,2,3,4,5,6]`
	for _, tt := range []struct{ name, one, order, two, want string }{
		{"the same order", dense, first, `"value":[7,8,9,10,11,12]`, `"value":[1,2,3,4,5,6,7,8,9,10,11,12]`},
		{"no statuses", dense, other, `"value":[11,12,7,8,9,10]`, `"value":[1,2,3,4,5,6,7,8,9,10,11,12]`},
		{"statuses of one", dense, other, `"value":[11,12,7,8,9,10],"status":{"0":"x","5":"y"}`, `"value":[1,2,3,4,5,6,7,8,9,10,11,12],"status":{"9":"y","10":"x"}`},
		{"statuses of all", dense + `,"status":["p","p","p","p","p","p"]`, other, `"value":[null,12,7.50,"t",true,10],"status":["a","b","c","d","e","f"]`, `"value":[1,2,3,4,5,6,7.50,"t",true,10,null,12],"status":{"0":"p","1":"p","2":"p","3":"p","4":"p","5":"p","6":"c","7":"d","8":"e","9":"f","10":"a","11":"b"}`},
		{"sparse values", `"value":{"1":2}`, other, `"value":{"0":11,"3":8}`, `"value":{"1":2,"7":8,"10":11}`},
		{"sparse values and statuses", `"value":{"1":2}`, other, `"value":{"0":11,"3":8},"status":{"3":"x"}`, `"value":{"1":2,"7":8,"10":11},"status":{"7":"x"}`},
		{"sparse values that all have a status", `"value":{"1":2}`, other, `"value":{"0":11},"status":"e"`, `error: part 2: its categories are in another order, and absent cells have a status: `},
	} {
		t.Run(tt.name, func(t *testing.T) {
			joined, err := dice.Join("port", piece(t, "N", first, tt.one), piece(t, "S", tt.order, tt.two))
			if want, wrong := strings.CutPrefix(tt.want, "error: "); wrong {
				require.ErrorIs(t, err, dice.ErrJoin)
				require.Contains(t, err.Error(), want)
				return
			}
			require.NoError(t, err)
			var b bytes.Buffer
			require.NoError(t, joined.Write(&b, &jsonstat.WriteOptions{Statuses: jsonstat.Sparse}))
			_, got, _ := strings.Cut(b.String(), `]}}},`)
			require.Equal(t, tt.want+"}", got)
		})
	}
}

// TestJoinSparsePieces joins pieces of which few cells are there, along the last
// dimension, where each piece has a cell here and there.
func TestJoinSparsePieces(t *testing.T) {
	year := func(year, cells string) *jsonstat.Dataset {
		doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"dataset","id":["port","year"],"size":[4,2],"dimension":{"port":{"category":{"index":["a","b","c","d"]}},"year":{"category":{"index":["` + year + `1","` + year + `2"]}}},` + cells + `}`))
		require.NoError(t, err)
		ds, err := doc.Dataset(0)
		require.NoError(t, err)
		return ds
	}
	for _, tt := range []struct{ name, one, two, want string }{
		{"neighbours", `"value":{"0":1,"1":2,"2":3,"3":4}`, `"value":{"0":5,"1":6,"6":7}`, `"value":{"0":1,"1":2,"2":5,"3":6,"4":3,"5":4,"14":7}`},
		{"one after the other", `"value":{"0":1,"7":2}`, `"value":{"1":3,"6":4}`, `"value":{"0":1,"3":3,"13":2,"14":4}`},
		{"the second alone", `"value":{"7":1}`, `"value":{"0":2,"1":3,"2":4}`, `"value":{"2":2,"3":3,"6":4,"13":1}`},
		{"a status of one", `"value":{"2":1},"status":{"2":"x"}`, `"value":{"2":2}`, `"value":{"4":1,"6":2},"status":{"4":"x"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			joined, err := dice.Join("year", year("y", tt.one), year("z", tt.two))
			require.NoError(t, err)
			var b bytes.Buffer
			require.NoError(t, joined.Write(&b, nil))
			_, got, _ := strings.Cut(b.String(), `]}}},`)
			require.Equal(t, tt.want+"}", got)
		})
	}
}
