package rows_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// head is a head of dimensions of these sizes.
func head(t *testing.T, sizes ...int) jsonstat.Head {
	t.Helper()
	var h jsonstat.Head
	for i, n := range sizes {
		spec := jsonstat.DimensionSpec{ID: fmt.Sprint("d", i)}
		for k := range n {
			spec.Categories = append(spec.Categories, jsonstat.Category{ID: fmt.Sprint(k)})
		}
		d, err := jsonstat.NewDimension(spec)
		if err != nil {
			t.Fatal(err)
		}
		h.Dimensions = append(h.Dimensions, d)
	}
	return h
}

// put sets cells of each kind, of which the first is told with the second's row.
func put(t *testing.T, c *rows.Cells, last int64) {
	t.Helper()
	for i, set := range []func(pos int64) error{
		func(pos int64) error { return c.Number(pos, []byte("-12.50")) },
		func(pos int64) error { return c.Token(pos, []byte("1e3")) },
		func(pos int64) error { return c.Token(pos, []byte(`"t\u0041"`)) },
		func(pos int64) error { return c.Token(pos, []byte("null")) },
		func(pos int64) error { return c.Token(pos, nil) },
		func(pos int64) error { c.Text(pos, []byte("few")); return nil },
		func(pos int64) error { c.Bool(pos, true); return nil },
		func(pos int64) error { c.Missing(pos); return nil },
		func(pos int64) error { c.Missing(pos); c.Status(pos, []byte("x")); return nil },
		func(pos int64) error { c.Status(pos, []byte("p")); return c.Number(pos, []byte("7")) },
		func(int64) error { c.Status(last, []byte("x")); return c.Number(last, []byte("9")) },
	} {
		pos := int64(i + 1)
		if i == 10 {
			pos = last
		}
		if !c.Place(pos, pos) {
			t.Fatalf("cell %d was set before", pos)
		}
		if err := set(pos); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCells holds what comes out of cells that were put in, where room is made for
// all cells and where it is made for those that have a row.
func TestCells(t *testing.T) {
	for _, tt := range []struct {
		name  string
		sizes []int
		rows  int64
		want  string
	}{
		{"few cells", []int{4, 4}, 11, `"value":[null,-12.50,1e3,"t\u0041",null,null,"few",true,null,null,7,null,null,null,null,9],"status":{"9":"x","10":"p","15":"x"}}`},
		{"many cells with few rows", []int{257, 256}, 11, `"value":{"1":-12.50,"2":1e3,"3":"t\u0041","4":null,"5":null,"6":"few","7":true,"8":null,"9":null,"10":7,"65791":9},"status":{"9":"x","10":"p","65791":"x"}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := int64(tt.sizes[0] * tt.sizes[1])
			c, err := rows.NewCells(jsonstat.Shape(tt.sizes), tt.rows)
			if err != nil {
				t.Fatal(err)
			}
			if c.Len() != n {
				t.Errorf("there are %d cells, want %d", c.Len(), n)
			}
			put(t, c, n-1)
			if pos, first, second, found := c.Twice(); found {
				t.Errorf("cell %d is there twice, in rows %d and %d", pos, first, second)
			}
			ds, err := c.Dataset(head(t, tt.sizes...))
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := ds.Write(&b, nil); err != nil {
				t.Fatal(err)
			}
			_, got, _ := bytes.Cut(b.Bytes(), []byte(`}}},"value"`))
			if got := `"value"` + string(got); got != tt.want {
				t.Errorf("it is\n%s, want\n%s", got, tt.want)
			}
		})
	}
}

// TestPlace holds where room is made for all cells: they are 65,536 or fewer, or
// rows for a quarter of them. Only there is a second row told at once.
func TestPlace(t *testing.T) {
	for _, tt := range []struct {
		name  string
		sizes []int
		rows  int64
		once  bool
	}{
		{"65,536 cells and no row", []int{256, 256}, 0, true},
		{"65,792 cells and a row less than a quarter", []int{257, 256}, 257*64 - 1, false},
		{"65,792 cells and a quarter of rows", []int{257, 256}, 257 * 64, true},
		{"a cell", nil, 1, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := rows.NewCells(jsonstat.Shape(tt.sizes), tt.rows)
			if err != nil {
				t.Fatal(err)
			}
			last := c.Len() - 1
			if first, second := c.Place(last, 2), c.Place(last, 3); !first || second == tt.once {
				t.Errorf("a first row is put: %t, a second: %t", first, second)
			}
			if c.Len() > 64 && !c.Place(last-64, 4) {
				t.Error("another cell has a row already")
			}
			if pos, first, second, found := c.Twice(); found == tt.once || found && (pos != last || first != 2 || second != 3) {
				t.Errorf("cell %d is there twice: %t, in rows %d and %d", pos, found, first, second)
			}
		})
	}
	if _, err := rows.NewCells(jsonstat.Shape{1 << 30, 1 << 30, 1 << 30}, 1); err == nil {
		t.Error("a cube of too many cells was made")
	}
}

// TestTwice holds which of several cells with two rows is told: that of the row that
// comes first of all second ones.
func TestTwice(t *testing.T) {
	for _, tt := range []struct {
		name               string
		placed             []int64 // in rows 1, 2, ...
		pos, first, second int64
		found              bool
	}{
		{"none", []int64{5, 3, 70_000, 4}, 0, 0, 0, false},
		{"one", []int64{5, 3, 70_000, 5}, 5, 1, 4, true},
		{"three rows", []int64{5, 5, 5}, 5, 1, 2, true},
		{"two cells, the higher one first", []int64{3, 70_000, 70_000, 3}, 70_000, 2, 3, true},
		{"two cells, the lower one first", []int64{3, 70_000, 3, 70_000}, 3, 1, 3, true},
		{"the first two", []int64{9, 9, 1}, 9, 1, 2, true},
		{"the last two", []int64{9, 1, 1}, 1, 2, 3, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := rows.NewCells(jsonstat.Shape{1000, 1000}, 10)
			if err != nil {
				t.Fatal(err)
			}
			for i, pos := range tt.placed {
				c.Place(pos, int64(i+1))
			}
			if pos, first, second, found := c.Twice(); pos != tt.pos || first != tt.first || second != tt.second || found != tt.found {
				t.Errorf("cell %d, rows %d and %d, %t", pos, first, second, found)
			}
		})
	}
}

// TestTokensRefused: what is no JSON value is refused, and a head that does not fit.
func TestTokensRefused(t *testing.T) {
	c, err := rows.NewCells(jsonstat.Shape{2}, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{"x", "1.", "+1"} {
		if c.Token(0, []byte(token)) == nil {
			t.Errorf("%s was taken", token)
		}
		if c.Number(0, []byte(token)) == nil {
			t.Errorf("%s was taken for a number", token)
		}
	}
	if _, err := c.Dataset(head(t, 3)); err == nil {
		t.Error("two cells make a dataset of three")
	}
}
