package sdmxconv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// csvReader reads SDMX-CSV: rows of observations, in one table for each structure
// that they name.
type csvReader struct {
	r    *reader
	src  io.ReadSeeker
	sep  string
	sub  string // between parts of a field, "" if there are none
	recs *csvtext.Records

	columns []csvColumn
	places  struct{ id, name, action int } // of special columns, -1 for none
	tables  []*table
	byID    map[string]*table
	names   *names // of a structure file, nil if there is none
	number  []byte
	odd     int64 // values that are no numbers
}

// csvKind is what a column holds.
type csvKind uint8

const (
	other csvKind = iota // what is not looked at
	dimensionColumn
	measureColumn
	attributeColumn
	labelColumn // names of what stands in the column before
)

// csvColumn is a column by its header.
type csvColumn struct {
	id, name string
	kind     csvKind
	both     bool     // cells hold an id and a name
	several  bool     // cells hold several values
	langs    []string // cells hold texts in these languages
	label    int      // the column of names, -1 for none
}

// looksLikeCSV tells whether a first line is a header of SDMX-CSV.
func looksLikeCSV(line string) bool {
	_, _, ok := separator(line)
	line = strings.ToUpper(line)
	return ok || strings.Contains(line, "OBS_VALUE") || strings.Contains(line, "TIME_PERIOD")
}

// separator finds what stands behind the first term of the header, which gives
// the mark between parts of fields too.
func separator(line string) (sep, sub string, ok bool) {
	line = strings.TrimRight(strings.TrimPrefix(line, "\ufeff"), "\r\n")
	quotes := strings.HasPrefix(line, `"`)
	line = strings.TrimPrefix(line, `"`)
	for _, term := range []string{"STRUCTURE", "DATAFLOW", "KEY"} {
		if len(line) < len(term) || !strings.EqualFold(line[:len(term)], term) {
			continue
		}
		rest := line[len(term):]
		if strings.HasPrefix(rest, "[") {
			if end := strings.IndexByte(rest, ']'); end > 0 {
				sub, rest = rest[1:end], rest[end+1:]
			}
		}
		if quotes {
			rest = strings.TrimPrefix(rest, `"`)
		}
		r, n := utf8.DecodeRuneInString(rest)
		if n == 0 || r == '_' || r == ' ' || r == ':' || 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' {
			return "", "", false
		}
		return rest[:n], sub, true
	}
	return "", "", false
}

// readCSV reads an SDMX-CSV message.
func (r *reader) readCSV(src io.ReadSeeker) ([]*jsonstat.Dataset, error) {
	c := &csvReader{r: r, src: src, byID: map[string]*table{}}
	if r.o.Structure != nil {
		var err error
		if c.names, err = r.readNames(); err != nil {
			return nil, err
		}
	}
	if err := c.header(); err != nil {
		return nil, err
	}
	if err := c.collect(); err != nil {
		return nil, csvError(err)
	}
	tables, err := c.choose()
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if err := t.prepare(); err != nil {
			return nil, err
		}
	}
	if err := c.place(); err != nil {
		return nil, csvError(err)
	}
	var all []*jsonstat.Dataset
	for _, t := range tables {
		ds, err := t.dataset()
		if err != nil {
			return nil, csvError(err)
		}
		all = append(all, ds)
	}
	if c.odd > 1 {
		r.warn(fmt.Sprintf("%d values are no numbers: they are texts", c.odd))
	}
	return all, nil
}

// csvError puts an error of the text in the words of package convert.
func csvError(err error) error {
	if e, ok := errors.AsType[*csvtext.Error](err); ok {
		return &convert.CSVError{Line: e.Line, Msg: e.Msg}
	}
	return err
}

func faultIn(line int64, format string, args ...any) error {
	return &convert.CSVError{Line: line, Msg: fmt.Sprintf(format, args...), Err: ErrNotSDMX}
}

// rewind goes to the first row behind the header, which it returns.
func (c *csvReader) rewind() ([]string, error) {
	if _, err := c.src.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	c.recs = csvtext.New(c.src, c.sep)
	if err := c.recs.SkipBOM(); err != nil {
		return nil, err
	}
	fields, line, err := c.recs.Next()
	if err == io.EOF {
		return nil, faultIn(0, "the message is empty")
	}
	if err != nil {
		return nil, err
	}
	var header []string
	for _, f := range fields {
		if !utf8.Valid(f) {
			return nil, notUTF8(line)
		}
		header = append(header, string(f))
	}
	return header, nil
}

func notUTF8(line int64) error {
	return &convert.CSVError{Line: line, Msg: "the text is not UTF-8: convert it first, with iconv -f iso-8859-1 -t utf-8 for instance", Err: jsonstat.ErrEncoding}
}

// header finds the separators and what each column is.
func (c *csvReader) header() error {
	first := make([]byte, 64<<10)
	n, err := io.ReadFull(c.src, first)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return err
	}
	line, _, _ := bytes.Cut(first[:n], []byte("\n"))
	var ok bool
	if c.sep, c.sub, ok = separator(string(line)); !ok {
		c.sep = ","
		for _, sep := range []string{";", "\t", "|"} {
			if bytes.Count(line, []byte(sep)) > bytes.Count(line, []byte(c.sep)) {
				c.sep = sep
			}
		}
	}
	header, err := c.rewind()
	if err != nil {
		return csvError(err)
	}
	if len(header) < 2 {
		return faultIn(1, "there is one column only, %q: this is no SDMX-CSV", brief(header[0]))
	}
	c.special(header)
	if err := c.measures(); err != nil {
		return err
	}
	if err := c.dimensions(); err != nil {
		return err
	}
	return c.unique()
}

// choose lists the tables that are asked for.
func (c *csvReader) choose() ([]*table, error) {
	if len(c.tables) == 0 {
		return nil, faultIn(0, "the message has a header but no observations")
	}
	chosen := c.tables
	if want := c.r.o.DataSet; want != "" {
		chosen = nil
		var known []string
		for _, t := range c.tables {
			id, name := splitFlow(t.id)
			if flow := flowOf(id); want == id || want == flow.id || want == name || want == t.name && t.name != "" {
				chosen = append(chosen, t)
			}
			known = append(known, id)
		}
		if i := digits(want); chosen == nil && i >= 0 && i < len(c.tables) {
			chosen = c.tables[i : i+1]
		}
		if chosen == nil {
			return nil, &jsonstat.UnknownError{Kind: "dataset", Name: want, Near: jsonstat.Near(want, known), All: known}
		}
	}
	for _, t := range chosen {
		t.chosen = true
	}
	return chosen, nil
}
