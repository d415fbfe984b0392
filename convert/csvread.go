package convert

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ReadCSVOptions say how a CSV table is read. The zero value, and nil, read commas and
// points. CSV-stat, which begins with "jsonstat", brings its own separator, decimal
// mark and names: options that say what columns are make no difference to it, nor does a
// description, with a warning.
type ReadCSVOptions struct {
	TableOptions

	// Separator stands between columns; it may be any text. Default: a comma.
	Separator string

	// Sniff finds the separator by looking at the first lines, and the decimal mark by
	// looking at the columns of values, unless the separator is a comma.
	Sniff bool

	// Encoding of the text, by the names of [jsonstat.Options]. Default "": UTF-8, or
	// UTF-16 if a byte order mark says so. A mark goes before a name.
	Encoding string
}

// firstText is how much of a text is looked at before it is read.
const firstText = 64 << 10

// ReadCSV makes a dataset of a CSV table. Rows may come in any order; cells without a
// row are missing; categories are in the order in which they come up. The text is read
// once. Errors are a [*TableError] or those of reading.
func ReadCSV(r io.Reader, o *ReadCSVOptions) (*jsonstat.Dataset, error) {
	if o == nil {
		o = &ReadCSVOptions{}
	}
	opts := *o
	src, err := csvtext.Decoded(bufio.NewReaderSize(r, firstText), opts.Encoding)
	if err != nil {
		return nil, tableError(err)
	}
	first, err := src.Peek(firstText)
	if err != nil && err != io.EOF {
		return nil, tableError(err)
	}
	first = bytes.TrimPrefix(bytes.Clone(first), []byte("\ufeff")) // what is peeked goes as soon as more is read
	switch {
	case len(bytes.TrimSpace(first)) == 0 && len(first) < firstText:
		return nil, &TableError{Msg: "the table is empty", Err: ErrEmpty}
	case bytes.HasPrefix(first, []byte("jsonstat")) && !isLetter(first, len("jsonstat")):
		return readCSVStat(src, first, &opts.TableOptions)
	}
	said, skip := csvtext.SeparatorLine(first)
	if opts.Separator == "" {
		opts.Separator = said
	}
	first = first[skip:]
	if opts.Sniff {
		sniff(first, &opts)
	}
	eurostat := packingOf(first)
	if opts.Separator == "" && eurostat != nil {
		opts.Separator = "\t"
	}
	if opts.Separator == "" {
		opts.Separator = ","
	}
	recs, err := newRecords(src, opts.Separator)
	if err != nil {
		return nil, err
	}
	recs.SkipLine(skip)
	var records rows.Records = recs
	if eurostat != nil && opts.Separator == "\t" {
		records = eurostat.unpacked(recs, &opts.TableOptions)
	}
	table := opts.internal()
	grid, err := rows.NewGrid(records, opts.Separator, table)
	if _, ok := errors.AsType[*csvtext.Error](err); ok {
		if other := behindQuote(first, opts.Separator); other != "" {
			return nil, &TableError{Line: 1, Msg: fmt.Sprintf("the columns look as if separated by %q, not by %q", other, opts.Separator), Text: other, Err: ErrOneColumn}
		}
	}
	if err != nil {
		return nil, tableError(err)
	}
	open := opts.Separator == ";" || opts.Sniff && opts.Separator != ","
	ds, err := rows.Make(grid, rows.Format{Open: open, Looked: opts.Separator != ";"}, table)
	if err != nil && bytes.IndexByte(first, '\n') < 0 && bytes.IndexByte(first, '\r') >= 0 {
		return nil, &TableError{Line: 1, Msg: "the lines end in carriage returns alone"}
	}
	return ds, tableError(err)
}

// behindQuote is another separator that stands behind a field in quotes in the first
// line, "" if there is none.
func behindQuote(text []byte, separator string) string {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	for _, other := range []string{";", "\t", "|", ","} {
		if other != separator && bytes.Contains(line, []byte(`"`+other)) && !bytes.Contains(line, []byte(`"`+separator)) {
			return other
		}
	}
	return ""
}

// isLetter tells whether a letter stands at a place of a text.
func isLetter(text []byte, at int) bool {
	return at < len(text) && ('a' <= text[at]|0x20 && text[at]|0x20 <= 'z' || text[at] == '_')
}

// sniff finds the separator: the one by which most of the first lines have as many
// columns, and of several the one that makes most columns.
func sniff(text []byte, o *ReadCSVOptions) {
	const most = 50
	if o.Separator != "" {
		return
	}
	best, bestLines := 0, 0
	o.Separator = ","
	for _, sep := range []string{";", "\t", "|", ","} {
		r := csvtext.New(bytes.NewReader(text), sep)
		lines := map[int]int{} // by number of columns
		for range most {
			row, _, err := r.Next()
			if err != nil {
				break
			}
			lines[len(row)]++
		}
		for columns, n := range lines {
			if columns > 1 && (n > bestLines || n == bestLines && columns > best) {
				best, bestLines, o.Separator = columns, n, sep
			}
		}
	}
}

// Rows are the rows of a table that stands in no CSV file but is read by the same
// rules.
type Rows interface {
	// Next is the next row, valid until the next call, and its number for messages,
	// from 1; io.EOF behind the last. The first row is the header.
	Next() (fields [][]byte, number int64, err error)
}

// ReadRows is [ReadCSV] for rows from elsewhere.
func ReadRows(r Rows, o *TableOptions) (*jsonstat.Dataset, error) {
	if o == nil {
		o = &TableOptions{}
	}
	table := o.internal()
	grid, err := rows.NewGrid(otherRows{r}, "", table)
	if err != nil {
		return nil, tableError(err)
	}
	ds, err := rows.Make(grid, rows.Format{}, table)
	return ds, tableError(err)
}

// otherRows are rows from elsewhere.
type otherRows struct{ Rows }

// Same knows nothing.
func (otherRows) Same() int { return 0 }

// Place says where a row stands.
func (otherRows) Place(number int64, _ int) rows.Place { return rows.Place{Row: number} }
