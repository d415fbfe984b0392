package sdmxconv

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// csvReader reads SDMX-CSV: rows of observations, in one table for each structure
// that they name. It goes through the text once; see [rows.Update].
type csvReader struct {
	r      *reader
	sep    string
	sub    string // between parts of a field, "" if there are none
	recs   *csvtext.Records
	table  *rows.Options
	choice rows.Choice

	header  []string
	ids     []rows.Field
	columns []csvColumn
	places  struct{ id, name, action int } // of special columns, -1 for none
	line    int64                          // of the header
	first   bool                           // it is SDMX-CSV 1.0, of SDMX 2.1
	small   bool                           // ids are in small letters
	both    bool                           // cells hold ids and names
	placed  bool                           // dimensions are known by where they stand alone
	tables  []*table
	byID    map[string]*table
	names   *names // of a structure file, nil if there is none
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
	doubled  bool     // cells may hold a value twice, see undouble
	langs    []string // cells hold texts in these languages
	of       int      // of a column of names: whose they are
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
func readCSV(r *reader, src *bufio.Reader) ([]*jsonstat.Dataset, error) {
	sets, err := tablesOf(r, src)
	return sets, tableError(err)
}

func tablesOf(r *reader, src *bufio.Reader) ([]*jsonstat.Dataset, error) {
	c := &csvReader{r: r, table: r.tableOptions(), byID: map[string]*table{}}
	var err error
	if c.choice, err = c.table.Choice(); err != nil {
		return nil, err
	}
	if r.o.Structure != nil {
		if c.names, err = readNames(r.o.Structure, &r.lang); err != nil {
			return nil, err
		}
	}
	if err := c.readHeader(src); err != nil {
		return nil, err
	}
	defer func() {
		for _, t := range c.tables {
			t.u.Close()
		}
	}()
	if err := c.readRows(); err != nil {
		return nil, err
	}
	tables, err := c.choose()
	if err != nil {
		return nil, err
	}
	if err := c.measures(); err != nil {
		return nil, err
	}
	if err := c.labels(); err != nil {
		return nil, err
	}
	if err := c.dimensions(); err != nil {
		return nil, err
	}
	c.metric()
	var all []*jsonstat.Dataset
	for _, t := range tables {
		ds, err := t.dataset()
		if err != nil {
			return nil, err
		}
		t.u.Close()
		all = append(all, ds)
	}
	return all, nil
}

// metric names the dimension that several measures make.
func (c *csvReader) metric() {
	if c.table.Metric != "" {
		return
	}
	taken := map[string]bool{}
	for _, col := range c.columns {
		taken[col.id] = taken[col.id] || col.kind == dimensionColumn
	}
	c.table.Metric = metricID(taken)
}

func faultIn(line int64, format string, args ...any) error {
	return &convert.TableError{Line: line, Msg: fmt.Sprintf(format, args...), Err: ErrNotSDMX}
}

// readHeader finds the separators and reads the header.
func (c *csvReader) readHeader(src *bufio.Reader) error {
	first, err := src.Peek(firstText)
	if err != nil && err != io.EOF {
		return err
	}
	at, err := c.headerLine()
	if err != nil {
		return err
	}
	said, skip := csvtext.SeparatorLine(bytes.TrimPrefix(first, []byte("\ufeff")))
	if skip > 0 && at == 1 {
		at++
	}
	line := first
	for range at - 1 {
		_, line, _ = bytes.Cut(line, []byte("\n"))
	}
	line, _, _ = bytes.Cut(line, []byte("\n"))
	var ok bool
	if c.sep, c.sub, ok = separator(string(line)); !ok && said != "" {
		c.sep = said
	} else if !ok {
		c.sep = ","
		for _, sep := range []string{";", "\t", "|"} {
			if bytes.Count(line, []byte(sep)) > bytes.Count(line, []byte(c.sep)) {
				c.sep = sep
			}
		}
	}
	if c.r.o.Separator != "" {
		c.sep = c.r.o.Separator
	}
	c.recs = csvtext.New(src, c.sep)
	if err := c.recs.SkipBOM(); err != nil {
		return err
	}
	c.recs.SkipLine(skip)
	var fields [][]byte
	for number := int64(0); number < at; {
		if fields, number, err = c.recs.Next(); err == io.EOF && c.table.HeaderRow() != "" {
			return &convert.TableError{Msg: fmt.Sprintf("there is no row %d that could be the header", at), Err: jsonstat.ErrUnknown}
		} else if err == io.EOF {
			return faultIn(0, "the message is empty")
		} else if err != nil {
			return err
		}
	}
	for _, f := range fields {
		if !utf8.Valid(f) {
			return &convert.TableError{Line: at, Msg: "the text is not UTF-8", Err: jsonstat.ErrEncoding}
		}
		c.header = append(c.header, string(f))
	}
	if len(c.header) < 2 {
		return faultIn(at, "there is one column only, %q: this is no SDMX-CSV", brief(c.header[0]))
	}
	c.line = at
	c.special(c.header)
	return c.unique()
}

// headerLine is the line of the header: the first one, or the one that is named.
func (c *csvReader) headerLine() (int64, error) {
	row := c.table.HeaderRow()
	if row == "" {
		return 1, nil
	}
	n, err := strconv.ParseInt(row, 10, 32)
	if err != nil || n < 1 {
		return 0, &convert.TableError{Msg: fmt.Sprintf("the header of SDMX-CSV is one row, such as 3, not %q", brief(row)), Err: jsonstat.ErrUnknown}
	}
	return n, nil
}

// Fields are the columns, by their ids.
func (c *csvReader) Fields() []rows.Field {
	if c.ids == nil {
		c.ids = make([]rows.Field, len(c.columns))
		for i, col := range c.columns {
			if c.ids[i].Name = col.id; col.id == "" {
				c.ids[i].Name = c.header[i]
			}
		}
	}
	return c.ids
}

// Place says where a row stands.
func (c *csvReader) Place(line int64, _ int) rows.Place { return rows.Place{Line: line} }

// readRows puts the rows into the tables of their structures.
func (c *csvReader) readRows() error {
	var before *table
	for {
		fields, line, err := c.recs.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		same := c.recs.Same()
		if len(fields) != len(c.columns) {
			if len(fields) > len(c.columns) || !blanks(c.columns[len(fields):]) {
				return &convert.TableError{Line: line, Msg: fmt.Sprintf("the row has %d columns, the header has %d", len(fields), len(c.columns)), Err: convert.ErrWidth}
			}
			for len(fields) < len(c.columns) {
				fields = append(fields, nil)
			}
			same = 0
		}
		t := before
		if t == nil || same <= c.places.id {
			if t, err = c.tableOf(fields); err != nil {
				return err
			}
		}
		b := t.u.Batch()
		if t != before || b.Rows == 0 {
			same = 0
		}
		for i := range same {
			b.Again(i)
		}
		for i := same; i < len(fields); i++ {
			cell := fields[i]
			if c.columns[i].doubled {
				cell = undouble(cell)
			}
			b.Add(i, cell, rows.Plain)
		}
		b.End(line)
		if b.Full() {
			if err := t.u.Take(); err != nil {
				return err
			}
		}
		before = t
	}
	for _, t := range c.tables {
		if err := t.u.End(); err != nil {
			return err
		}
	}
	if len(c.tables) == 0 {
		return &convert.TableError{Msg: "the message has a header but no observations", Err: convert.ErrEmpty}
	}
	return nil
}

// blanks tells whether columns have no name.
func blanks(columns []csvColumn) bool {
	return !slices.ContainsFunc(columns, func(c csvColumn) bool { return c.id != "" || c.kind != other })
}

// tableOf is the table of a row.
func (c *csvReader) tableOf(fields [][]byte) (*table, error) {
	id := []byte(nil)
	if c.places.id >= 0 {
		id = fields[c.places.id]
	}
	if t, ok := c.byID[string(id)]; ok {
		return t, nil
	}
	u, err := rows.NewUpdate(c, rows.Format{Comma: c.sep != ","}, c.table)
	if err != nil {
		return nil, err
	}
	t := &table{c: c, u: u, id: string(id), groups: map[string]*csvGroup{}, labels: map[int][]string{}}
	if c.places.name >= 0 {
		t.name = string(fields[c.places.name])
	}
	c.byID[t.id] = t
	c.tables = append(c.tables, t)
	return t, nil
}

// choose lists the tables that are asked for.
func (c *csvReader) choose() ([]*table, error) {
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
	return chosen, nil
}
