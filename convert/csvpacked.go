package convert

import (
	"bytes"
	"fmt"
	"regexp"
	"sync"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
)

// packed are the records of Eurostat's TSV: the first column holds the categories of
// several dimensions, separated by commas, and its header names these and, behind a
// backslash, the dimension that the other headers are categories of:
//
//	freq,unit,geo\TIME_PERIOD	2021	2022
//	A,THS,NO	12.3 p	: c
type packed struct {
	*csvRecords
	names  [][]byte // of the dimensions in the first column
	fields [][]byte
	header bool // it was given
}

// packedHeader is how the header of the first column of Eurostat's TSV looks.
var packedHeader = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^"?([A-Za-z_]\w*(?:,\w+)*)\\(\w+)\s*"?\t`)
})

// packing is what the header of the first column of Eurostat's TSV says: the dimensions in
// that column, and the one of the other headers; nil of a text that is another table.
type packing struct {
	names [][]byte
	by    string
}

// packingOf is the packing of a text that begins so.
func packingOf(text []byte) *packing {
	m := packedHeader().FindSubmatch(text)
	if m == nil {
		return nil
	}
	return &packing{bytes.Split(m[1], []byte(",")), string(m[2])}
}

// unpacked are the records of a packed table, whose columns the options name unless they
// say something of columns already.
func (p *packing) unpacked(recs *csvRecords, o *TableOptions) *packed {
	if len(o.By) == 0 && len(o.Values) == 0 && len(o.Dimensions) == 0 && len(o.Plan) == 0 && o.Head == nil {
		o.By = []string{p.by}
		for _, name := range p.names {
			o.Stub = append(o.Stub, string(name))
		}
	}
	return &packed{csvRecords: recs, names: p.names}
}

// Next is the next row, with a field for each dimension of the first column.
func (p *packed) Next() ([][]byte, int64, error) {
	fields, line, err := p.csvRecords.Next()
	if err != nil {
		return nil, line, err
	}
	p.fields = p.fields[:0]
	if !p.header {
		p.header = true
		p.fields = append(p.fields, p.names...)
	} else {
		rest := fields[0]
		for {
			part, behind, more := bytes.Cut(rest, []byte(","))
			p.fields = append(p.fields, bytes.TrimSpace(part))
			if rest = behind; !more {
				break
			}
		}
		if len(p.fields) != len(p.names) {
			return nil, line, &csvtext.Error{Line: line, Msg: fmt.Sprintf("the first column holds %d categories, and its header names %d dimensions", len(p.fields), len(p.names))}
		}
	}
	p.fields = append(p.fields, fields[1:]...)
	return p.fields, line, nil
}

// Same is how many of the leading fields are those of the row before.
func (p *packed) Same() int {
	if n := p.csvRecords.Same(); n > 0 {
		return n - 1 + len(p.names)
	}
	return 0
}
