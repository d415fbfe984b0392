package convert_test

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// fuzzCells is the largest cube that is written in full while fuzzing.
const fuzzCells = 2_000

// FuzzWriteCSV writes whatever can be read, with the options that the bits say:
// the table is one that encoding/csv reads, and as long and wide as it should be.
func FuzzWriteCSV(f *testing.F) {
	for _, doc := range fuzzSeeds() {
		for _, bits := range []uint32{0, 1, 0xffffffff, 0x5a5a5a5a, 0x12345678} {
			f.Add([]byte(doc), bits)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, bits uint32) {
		b := bitSource(bits)
		doc, err := jsonstat.Options{Pad: b.yes(), NaNAsNull: b.yes(), Strict: b.number(4) == 0}.Parse(text)
		if err != nil {
			return
		}
		for i := range min(doc.Len(), 3) {
			ds, err := doc.Dataset(i)
			if err != nil || ds.Len() > fuzzCells {
				continue
			}
			o := b.options(ds)
			var out bytes.Buffer
			if err := convert.WriteCSV(&out, ds, o); err == nil {
				checkTable(t, ds, o, out.String())
			}
			_ = convert.WriteCSVStat(&out, ds, nil)
		}
		if d, err := doc.Dimension(); err == nil {
			o := &convert.CSVOptions{Guard: b.yes(), CRLF: b.yes()}
			var out bytes.Buffer
			if err := convert.WriteDimensionCSV(&out, d, o); err != nil {
				t.Fatal(err)
			}
			if rows := readTable(t, out.String(), ','); len(rows) != d.Len()+1 || len(rows[0]) != 2 {
				t.Fatalf("%d lines for %d categories", len(rows), d.Len())
			}
		}
	})
}

// fuzzSeeds are cubes with something of everything.
func fuzzSeeds() []string {
	seeds := []string{
		harvest,
		cube(`"value":[7]`),
		cube(`"value":[]`, 2, 3),
		cube(`"value":{"3":1.50,"0":"a,\"b"},"status":{"1":"x"}`, 2, 3),
		cube(`"value":[1E3,null,-0.0,true],"status":["a",null,"b","a"]`, 2, 2),
		cube(`"value":[],"status":"e"`, 0, 2),
		`[` + harvest + `]`,
		`{"harvest":` + harvest + `,"again":` + harvest + `}`,
		`{"version":"2.0","class":"collection","link":{"item":[` + harvest + `]}}`,
		`{"version":"2.0","class":"dimension","label":"d","category":{"index":["a","b"],"label":{"a":"=A"}}}`,
	}
	for _, shape := range shapes.All() {
		if len(shape.JSON) < 1<<14 {
			seeds = append(seeds, shape.JSON)
		}
	}
	for seed := range uint64(20) {
		seeds = append(seeds, newModel(rand.New(rand.NewPCG(seed, 5))).document())
	}
	return seeds
}

// bits answers questions, one bit each, over and over.
type bits struct {
	left  uint32
	again uint32
}

func bitSource(n uint32) *bits { return &bits{n, n} }

func (b *bits) yes() bool {
	if b.left == 0 {
		b.again = b.again*747796405 + 2891336453
		b.left = b.again | 1<<31
	}
	bit := b.left & 1
	b.left >>= 1
	return bit == 1
}

func (b *bits) number(below int) int {
	n := 0
	for range 4 {
		n *= 2
		if b.yes() {
			n++
		}
	}
	return n % below
}

func (b *bits) options(ds *jsonstat.Dataset) *convert.CSVOptions {
	o := &convert.CSVOptions{
		Table: table{
			Field: convert.Show(b.number(4)), Content: convert.Show(b.number(4)), Keep: convert.Keep(b.number(3)),
			StatusText: convert.StatusText(b.number(3)), UnitDecimals: b.yes(),
		},
		Separator: []string{"", ";", "\t", ".", "1"}[b.number(5)], Decimal: []string{"", ",", "·"}[b.number(3)],
		Status: b.yes(), StatusColumns: b.yes(), CRLF: b.yes(), BOM: b.yes(), Guard: b.yes(),
	}
	if b.yes() {
		o.NA = text("")
	}
	for _, d := range ds.Dimensions() {
		switch b.number(4) {
		case 0:
			o.By = append(o.By, d.ID())
		case 1:
			o.Drop = append(o.Drop, d.ID())
		}
	}
	if b.yes() {
		slices.Reverse(o.By)
	}
	return o
}

// checkTable counts rows and columns of a table by the observations.
func checkTable(t *testing.T, ds *jsonstat.Dataset, o *convert.CSVOptions, text string) {
	t.Helper()
	rows := readTable(t, text, []rune(sepOf(*o))[0])
	stub, columns, values := 0, 0, 1
	at := map[string]bool{} // rows that are kept
	kept := func(coords func(i int) int) string {
		var key strings.Builder
		for i, d := range ds.Dimensions() {
			if !slices.Contains(o.By, d.ID()) {
				key.WriteRune(rune(coords(i)))
			}
		}
		return key.String()
	}
	for _, d := range ds.Dimensions() {
		dropped := len(o.By) > 0 && d.Len() == 1 && slices.Contains(o.Drop, d.ID())
		switch {
		case slices.Contains(o.By, d.ID()):
			values *= d.Len()
		case dropped:
		case o.Content == convert.Columns:
			stub += 2
		default:
			stub++
		}
	}
	if len(o.By) == 0 {
		columns = stub + 1
		if o.Status {
			columns++
		}
	} else if columns = stub + values; o.StatusColumns {
		columns += values
	}
	if columns == 0 {
		return // pivoted by dimensions without categories
	}
	if len(rows[0]) != columns {
		t.Fatalf("%d columns, not %d: %q", len(rows[0]), columns, rows[0])
	}
	if !ds.HasCells() {
		if len(rows) != 1 {
			t.Fatalf("%d lines of no data", len(rows))
		}
		return
	}
	cells := make([]jsonstat.Cell, ds.Len())
	for i := range cells {
		cells[i].Status = ds.Cells().Statuses()[ds.Cells().Info().Default]
	}
	for obs, err := range ds.Observations() {
		if err != nil {
			t.Fatalf("the table was written, but the observations end with %v", err)
		}
		cells[obs.Position()] = obs.Cell()
	}
	for pos, cell := range cells {
		if o.Keep == convert.All || !cell.Missing() || (o.Keep == convert.NonEmpty && cell.Status != "") {
			coords := ds.Shape().Coords(int64(pos), nil)
			at[kept(func(i int) int { return coords[i] })] = true
		}
	}
	if len(rows) != len(at)+1 {
		t.Fatalf("%d lines, not %d\n%q", len(rows), len(at)+1, text)
	}
}

func readTable(t *testing.T, text string, separator rune) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.Comma = separator
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return rows
}
