package convert

import (
	"bytes"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/pxext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// decimals knows how many decimal places the numbers of a dataset are shown
// with: those of the unit of the metric category, else those of the table.
type decimals struct {
	metric   int   // dimension whose categories have units, -1 if there is none
	category []int // places by category of that dimension, -1 if unknown
	table    int   // places of the table, -1 if unknown
	now      int   // places of the cell at hand
}

func newDecimals(ds *jsonstat.Dataset) *decimals {
	d := &decimals{metric: -1, table: -1}
	if places := pxext.TableOf(ds.Extension()).Decimals; places != nil {
		d.table = *places
	}
	d.now = d.table
	for i, dim := range ds.Dimensions() {
		if !dim.HasUnits() {
			continue
		}
		d.metric = i
		for k := range dim.Len() {
			places := d.table
			if u := dim.CategoryUnit(k); u != nil && u.Decimals != nil {
				places = *u.Decimals
			}
			d.category = append(d.category, places)
		}
		break
	}
	return d
}

// long moves to a cell of the long form: coords are the indexes of all
// dimensions but the last, j that of the last.
func (d *decimals) long(coords []int, j int) {
	switch {
	case d.metric < 0:
	case d.metric < len(coords):
		d.now = d.category[coords[d.metric]]
	default:
		d.now = d.category[j]
	}
}

// pivot moves to a value column of a row of a pivot.
func (d *decimals) pivot(l *layout.Layout, coords []int, column int) {
	for k, i := range l.Stub {
		if i == d.metric {
			d.now = d.category[coords[k]]
			return
		}
	}
	if d.metric >= 0 {
		d.now = d.category[l.Category(d.metric, column)]
	}
}

// pad adds zeros to a number up to the places of the cell at hand, in place
// where there is room. Numbers with an exponent stay as they are.
func (d *decimals) pad(number []byte) []byte {
	if d.now <= 0 || d.now > maxPlaces || bytes.IndexByte(number, 'e') >= 0 {
		return number
	}
	has := 0
	if k := bytes.IndexByte(number, '.'); k >= 0 {
		has = len(number) - k - 1
	} else {
		number = append(number, '.')
	}
	for ; has < d.now; has++ {
		number = append(number, '0')
	}
	return number
}

// maxPlaces keeps a document from asking for a million zeros.
const maxPlaces = 30
