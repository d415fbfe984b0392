package sdmxconv

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// csvReader reads SDMX-CSV: rows of observations, in one table for each structure
// that they name. It goes through the text once; see [rows.Update].
type csvReader struct {
	*csvColumns
	r     *reader
	o     *rows.Options
	found []*table
	byID  map[string]*table
}

// readCSV reads an SDMX-CSV message.
func readCSV(r *reader, src *bufio.Reader) ([]*jsonstat.Dataset, error) {
	sets, err := tablesOf(r, src)
	return sets, tableError(err)
}

func tablesOf(r *reader, src *bufio.Reader) (all []*jsonstat.Dataset, err error) {
	c := &csvReader{csvColumns: &csvColumns{names: &names{}}, r: r, o: r.tableOptions(), byID: map[string]*table{}}
	if c.choice, err = c.o.Choice(); err != nil {
		return nil, err
	}
	if r.o.Structure != nil {
		if c.names, err = readNames(r.o.Structure, &r.lang); err != nil {
			return nil, err
		}
	}
	if c.csvRecords, err = openCSV(src, r.o.Separator, c.o.HeaderRow()); err != nil {
		return nil, err
	}
	if err := c.readHeader(); err != nil {
		return nil, err
	}
	defer func() {
		for _, u := range c.tables {
			u.Close()
		}
	}()
	if err := c.readRows(); err != nil {
		return nil, err
	}
	chosen, err := c.choose()
	if err != nil {
		return nil, err
	}
	for _, find := range []func() error{csvMeasures{c.csvColumns}.find, csvLabels{c.csvColumns}.find, csvDimensions{c.csvColumns}.find} {
		if err := find(); err != nil {
			return nil, err
		}
	}
	c.metric()
	for _, t := range chosen {
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
	if c.o.Metric != "" {
		return
	}
	taken := map[string]bool{}
	for _, col := range c.list {
		taken[col.id] = taken[col.id] || col.kind == dimensionColumn
	}
	c.o.Metric = metricID(taken)
}

// readRows puts the rows into the tables of their structures.
func (c *csvReader) readRows() error {
	var before *table
	for {
		fields, line, err := c.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		same := c.Same()
		if len(fields) != len(c.list) {
			if len(fields) > len(c.list) || !blanks(c.list[len(fields):]) {
				return &convert.TableError{Line: line, Msg: fmt.Sprintf("the row has %d columns, the header has %d", len(fields), len(c.list)), Err: convert.ErrWidth}
			}
			for len(fields) < len(c.list) {
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
			if c.list[i].doubled {
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
	for _, t := range c.found {
		if err := t.u.End(); err != nil {
			return err
		}
	}
	if len(c.found) == 0 {
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
	u, err := rows.NewUpdate(c.csvColumns, rows.Format{Comma: c.sep != ","}, c.o)
	if err != nil {
		return nil, err
	}
	t := &table{r: c.r, c: c.csvColumns, o: c.o, u: u, texts: &csvTexts{c.sub, &c.r.lang, c.names}, id: string(id)}
	if c.places.name >= 0 {
		t.name = string(fields[c.places.name])
	}
	c.byID[t.id] = t
	c.found, c.tables = append(c.found, t), append(c.tables, u)
	return t, nil
}

// choose lists the tables that are asked for.
func (c *csvReader) choose() (tables []*table, err error) {
	want := c.r.o.DataSet
	var named []int
	var known []string
	for i, t := range c.found {
		id, name := splitFlow(t.id)
		if want == "" || want == id || want == flowOf(id).id || want == name || want == t.name && t.name != "" {
			named = append(named, i)
		}
		known = append(known, id)
	}
	chosen, err := c.r.chosen(named, len(c.found), known)
	for _, i := range chosen {
		tables = append(tables, c.found[i])
	}
	return tables, err
}
