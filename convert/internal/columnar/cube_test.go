package columnar

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Every cube comes back from its head and its cells in any order.
func TestCube(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	cubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
		text, err := Head(ds)
		if err != nil {
			t.Fatal(err)
		}
		head, err := ParseHead(text)
		if err != nil {
			t.Fatal(err)
		}
		type cell struct {
			coords []int32
			cell   jsonstat.Cell
		}
		var cells []cell
		for obs, err := range ds.Observations() {
			if err != nil {
				t.Fatal(err)
			}
			c := cell{cell: obs.Cell()}
			for i := range ds.Shape() {
				c.coords = append(c.coords, int32(obs.Index(i)))
			}
			cells = append(cells, c)
		}
		r.Shuffle(len(cells), func(i, j int) { cells[i], cells[j] = cells[j], cells[i] })
		cube, err := NewCube(head, FormsOf(ds), int64(len(cells)))
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range cells {
			pos, err := cube.Place(c.coords, int64(i+1))
			if err != nil {
				t.Fatal(err)
			}
			switch c.cell.Kind {
			case jsonstat.Missing:
				cube.Missing(pos)
			case jsonstat.Text:
				cube.Text(pos, c.cell.Text)
			case jsonstat.True, jsonstat.False:
				cube.Bool(pos, c.cell.Kind == jsonstat.True)
			default:
				if err := cube.Token(pos, []byte(c.cell.Text)); err != nil {
					t.Fatal(err)
				}
			}
			if c.cell.Status != "" {
				cube.Status(pos, []byte(c.cell.Status))
			}
		}
		got, err := cube.Dataset()
		if err != nil {
			t.Fatal(err)
		}
		if len(cells) > 0 {
			same(t, ds, got)
		}
	})
}

func TestCubeNumbers(t *testing.T) {
	head := parsed(t, `{"version":"2.0","class":"dataset","id":["a"],"size":[6],"dimension":{"a":{"category":{"index":["p","q","r","s","t","u"]}}},"value":[]}`)
	cube, err := NewCube(head, Forms{}, 6)
	if err != nil {
		t.Fatal(err)
	}
	for i := range int64(6) {
		if err := cube.PlaceAt(i, i+1); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		cube.Float(0, 0.1, 64), cube.Float(1, float64(float32(0.1)), 32), cube.Float(2, math.NaN(), 64),
		cube.Float(3, math.Inf(-1), 64), cube.Int(4, math.MinInt64), cube.Float(5, 1<<60, 64),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	ds, err := cube.Dataset()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"0.1", "0.1", "", "", "-9223372036854775808", "1152921504606846976"}
	for i, w := range want {
		if c, err := ds.AtPosition(int64(i)); err != nil || c.Text != w {
			t.Errorf("cell %d is %q, want %q (%v)", i, c.Text, w, err)
		}
	}
}

// A cell that comes twice is an error with its row, found at once in a cube that is
// nearly full and at the end in one that is nearly empty.
func TestCubeTwice(t *testing.T) {
	dense := parsed(t, `{"version":"2.0","class":"dataset","id":["a","b"],"size":[1,2],"dimension":{"a":{"category":{"index":["p"]}},"b":{"category":{"index":["q","r"]}}},"value":[]}`)
	cube, err := NewCube(dense, Forms{}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cube.Place([]int32{0, 1}, 7); err != nil {
		t.Fatal(err)
	}
	_, err = cube.Place([]int32{0, 1}, 9)
	var row *RowError
	if !errors.As(err, &row) || row.Row != 9 || err.Error() != "row 9: the cell a=p, b=r has a row already" {
		t.Errorf("the error is %v", err)
	}

	spec := jsonstat.DimensionSpec{ID: "n", Categories: make([]jsonstat.Category, 100_000)}
	for i := range spec.Categories {
		spec.Categories[i].ID = string(appendFloat(nil, float64(i), 64))
	}
	d, err := jsonstat.NewDimension(spec)
	if err != nil {
		t.Fatal(err)
	}
	head, err := jsonstat.New(jsonstat.Head{Dimensions: []*jsonstat.Dimension{d}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if cube, err = NewCube(head, Forms{}, 3); err != nil {
		t.Fatal(err)
	}
	for row, k := range []int32{70, 80, 70} {
		if pos, err := cube.Place([]int32{k}, int64(row+1)); err != nil || pos != int64(k) {
			t.Fatal(pos, err)
		}
		cube.Text(int64(k), "x")
	}
	if _, err = cube.Dataset(); !errors.As(err, &row) || err.Error() != "row 3: the cell n=70 has a row already, number 1" {
		t.Errorf("the error is %v", err)
	}
}

// A table without rows is metadata alone.
func TestCubeWithoutRows(t *testing.T) {
	head := parsed(t, `{"version":"2.0","class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["p"]}}},"value":[]}`)
	cube, err := NewCube(head, Forms{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	ds, err := cube.Dataset()
	if err != nil || ds.HasCells() {
		t.Errorf("has cells: %v", err)
	}
}
