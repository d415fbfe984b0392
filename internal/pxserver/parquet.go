package pxserver

import (
	"encoding/binary"
	"io"
	"math"
	"net/http"
	"strconv"
	"time"
)

// writeParquet writes an extract as a Parquet file like those of the real servers: a
// column of codes for each variable, the first day of the period beside it, and for each
// contents a column of figures and one of symbols. All is in one row group, plain and not
// compressed.
func writeParquet(w http.ResponseWriter, e *extract) {
	setType(w, "application/octet-stream")
	f := &parquet{w: w}
	f.write([]byte("PAR1"))
	for _, c := range parquetColumns(e) {
		f.column(c)
	}
	f.foot()
}

// Physical types.
const (
	parquetInt96  = 3
	parquetDouble = 5
	parquetBytes  = 6
)

// A parquetColumn is a column with its values as the format has them.
type parquetColumn struct {
	name   string
	kind   int
	values []byte
	there  []bool // of a column of texts: which rows have one
	rows   int

	at, size int64 // in the file
}

func (c *parquetColumn) text(s string, there bool) {
	if there {
		c.values = binary.LittleEndian.AppendUint32(c.values, uint32(len(s)))
		c.values = append(c.values, s...)
	}
	c.there = append(c.there, there)
	c.rows++
}

func (c *parquetColumn) double(f float64) {
	c.values = binary.LittleEndian.AppendUint64(c.values, math.Float64bits(f))
	c.rows++
}

// day is a date as nanoseconds of a day of the Julian count.
func (c *parquetColumn) day(t time.Time) {
	const epoch = 2_440_588 // 1 January 1970
	c.values = binary.LittleEndian.AppendUint64(c.values, 0)
	c.values = binary.LittleEndian.AppendUint32(c.values, uint32(epoch+t.Unix()/(24*60*60)))
	c.rows++
}

// parquetColumns are the columns of an extract.
func parquetColumns(e *extract) (columns []*parquetColumn) {
	keys, contents := e.contentsLast()
	add := func(name string, kind int) *parquetColumn {
		c := &parquetColumn{name: name, kind: kind}
		columns = append(columns, c)
		return c
	}
	var codes, days, figures, symbols []*parquetColumn
	for _, i := range keys {
		a := &e.axes[i]
		codes = append(codes, add(a.v.Text.In(e.lang), parquetBytes))
		days = append(days, nil)
		if a.v.Kind == Time {
			days[len(days)-1] = add("timestamp", parquetInt96)
		}
	}
	names := []string{"value"}
	if contents >= 0 && len(e.axes[contents].picks) > 1 {
		names = nil
		for _, p := range e.axes[contents].picks {
			names = append(names, e.axes[contents].v.Code+"_"+p.code)
		}
	}
	for _, name := range names {
		figures, symbols = append(figures, add(name, parquetDouble)), append(symbols, add(name+"_symbol", parquetBytes))
	}
	w := newWalk(e)
	for n := 0; w.next(); n++ {
		k := n % len(names)
		if k == 0 {
			for j, i := range keys {
				code := e.axes[i].picks[w.at[i]].code
				if days[j] == nil {
					codes[j].text(code, true)
					continue
				}
				day, _ := firstDay(code)
				days[j].day(day)
				codes[j].text(timeValue(code), true)
			}
		}
		value, err := strconv.ParseFloat(string(w.token), 64)
		if err != nil {
			value = math.NaN()
		}
		figures[k].double(value)
		symbols[k].text(w.figure(), len(w.token) == 0)
	}
	return columns
}

// parquet writes the parts of a file.
type parquet struct {
	w       io.Writer
	at      int64
	columns []*parquetColumn
}

func (f *parquet) write(b []byte) {
	f.w.Write(b)
	f.at += int64(len(b))
}

// column writes a column as one page.
func (f *parquet) column(c *parquetColumn) {
	page := append(levels(c.there), c.values...)
	head := &thrift{}
	head.element(func() {
		head.int32(1, 0) // a page of data
		head.int32(2, len(page))
		head.int32(3, len(page))
		head.structure(5, func() {
			head.int32(1, c.rows)
			head.int32(2, 0) // plain
			head.int32(3, 3) // levels: runs and packed bits
			head.int32(4, 3)
		})
	})
	c.at = f.at
	f.write(head.buf)
	f.write(page)
	c.size = f.at - c.at
	f.columns = append(f.columns, c)
}

// levels tell of each row whether it has a value, in runs of equal ones; nothing where
// all rows must have one.
func levels(there []bool) []byte {
	if there == nil {
		return nil
	}
	var runs []byte
	for i := 0; i < len(there); {
		n := 1
		for i+n < len(there) && there[i+n] == there[i] {
			n++
		}
		runs = binary.AppendUvarint(runs, uint64(n)<<1)
		if there[i] {
			runs = append(runs, 1)
		} else {
			runs = append(runs, 0)
		}
		i += n
	}
	return append(binary.LittleEndian.AppendUint32(nil, uint32(len(runs))), runs...)
}

// foot writes what is in the file.
func (f *parquet) foot() {
	rows := int64(0)
	if len(f.columns) > 0 {
		rows = int64(f.columns[0].rows)
	}
	t := &thrift{}
	t.element(func() {
		t.int32(1, 1) // version
		t.list(2, thriftStruct, len(f.columns)+1)
		t.element(func() {
			t.text(4, "root")
			t.int32(5, len(f.columns))
		})
		for _, c := range f.columns {
			t.element(func() {
				t.int32(1, c.kind)
				if c.kind == parquetBytes {
					t.int32(3, 1) // may be missing
					t.text(4, c.name)
					t.int32(6, 0) // it is UTF-8
				} else {
					t.int32(3, 0)
					t.text(4, c.name)
				}
			})
		}
		t.int64(3, rows)
		t.list(4, thriftStruct, 1)
		t.element(func() {
			size := int64(0)
			t.list(1, thriftStruct, len(f.columns))
			for _, c := range f.columns {
				size += c.size
				t.element(func() { t.columnChunk(c) })
			}
			t.int64(2, size)
			t.int64(3, rows)
		})
		t.text(6, "pxserver")
	})
	f.write(t.buf)
	f.write(binary.LittleEndian.AppendUint32(nil, uint32(len(t.buf))))
	f.write([]byte("PAR1"))
}

// columnChunk writes where a column is.
func (t *thrift) columnChunk(c *parquetColumn) {
	t.int64(2, c.at)
	t.structure(3, func() {
		t.int32(1, c.kind)
		t.list(2, thriftInt32, 2) // the encodings: plain, and that of the levels
		t.signed(0)
		t.signed(3)
		t.list(3, thriftBinary, 1)
		t.bytes(c.name)
		t.int32(4, 0) // not compressed
		t.int64(5, int64(c.rows))
		t.int64(6, c.size)
		t.int64(7, c.size)
		t.int64(9, c.at)
	})
}
