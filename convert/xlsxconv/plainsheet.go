package xlsxconv

import (
	"errors"
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// plainCube makes a cube of the table of a sheet, and finds the places that its cells link to.
//
// Which cells are merged stands behind the rows, and large sheets have such cells seldom.
// So a sheet is read as if it had none, and once more if it has.
func plainCube(b *workbook, s *sheetInfo, o *ReadOptions) (*jsonstat.Dataset, []string, error) {
	var held []func() // warnings
	first := *o
	first.Warn = func(message string) { held = append(held, func() { o.Warn(message) }) }
	if o.Doubt != nil {
		first.Doubt = func(message string, options []string) { held = append(held, func() { o.Doubt(message, options) }) }
	}
	p, err := openPlain(b, s)
	if err != nil {
		return nil, nil, err
	}
	ds, err := p.cube(&first)
	if !p.ended {
		p.behind, _ = behindOf(b, s) // that something is wrong is said as it is
	}
	if len(p.behind.merged) == 0 {
		for _, warn := range held {
			warn()
		}
		return ds, p.behind.links, err
	}
	again, err := openPlain(b, s)
	if err != nil {
		return nil, nil, err
	}
	again.ended, again.merged.coming = true, p.behind.merged
	ds, err = again.cube(o)
	return ds, p.behind.links, err
}

// errMerged ends the rows of a sheet with merged cells that was read as if it had none.
var errMerged = errors.New("some cells are merged")

// plainRows are the rows of a sheet, from the first that is not empty on.
type plainRows struct {
	plainRow
	rows   *rowReader
	behind behind // what stands behind the rows, once they have
	ended  bool
	merged merged
}

// openPlain opens the rows of a sheet that is read by rule.
func openPlain(b *workbook, s *sheetInfo) (*plainRows, error) {
	if !b.byRule {
		b.byRule, b.strings = true, nil // with which another sheet may have been read
	}
	r, err := b.rows(s)
	return &plainRows{plainRow: plainRow{b: b, sheet: s.name}, rows: r, merged: merged{room: copiesAtLeast}}, err
}

// cube makes a cube of the rows, and closes them.
func (p *plainRows) cube(o *ReadOptions) (*jsonstat.Dataset, error) {
	defer p.rows.close()
	defer func() {
		switch left := p.rows.left; {
		case left.cells == 1:
			o.Warn(fmt.Sprintf("sheet %q, cell %s: raised text is left out: %s", p.sheet, left.cell, quoted(left.text)))
		case left.cells > 1:
			o.Warn(fmt.Sprintf("sheet %q, cell %s: raised text is left out: %s; and in %d other cells", p.sheet, left.cell, quoted(left.text), left.cells-1))
		}
	}()
	opts := rows.Options(o.TableOptions)
	grid, err := rows.NewGrid(p, "", &opts)
	if err != nil {
		return nil, tableError(err)
	}
	ds, err := rows.Make(grid, rows.Format{}, &opts)
	if err != nil {
		return nil, tableError(err)
	}
	return ds, nil
}

// Same knows nothing.
func (p *plainRows) Same() int { return 0 }

// Kinds are those of the row that was read last.
func (p *plainRows) Kinds() []rows.Kind { return p.kinds }

// Traits are those of the row that was read last, nil if it has none.
func (p *plainRows) Traits() []rows.Trait {
	if len(p.traits) == 0 {
		return nil
	}
	for len(p.traits) < len(p.fields) {
		p.traits = append(p.traits, 0)
	}
	return p.traits
}

// Place says where a row stands, or a cell of it.
func (p *plainRows) Place(number int64, column int) rows.Place {
	place := rows.Place{Sheet: p.sheet, Row: number}
	if column >= 0 {
		place.Cell = cellName(column, number)
	}
	return place
}

// Next is the next row that is not empty.
func (p *plainRows) Next() ([][]byte, int64, error) {
	for {
		cells, err := p.rows.next()
		if err == io.EOF && !p.ended {
			if err := p.end(); err != nil {
				return nil, 0, err
			}
		}
		if err != nil {
			return nil, 0, err
		}
		any, err := p.set(p.rows.row, cells)
		if err == nil && any { // what merged cells put into a row does not count
			err = p.merged.row(&p.plainRow)
		}
		if err != nil {
			return nil, 0, err
		}
		if any {
			return p.fields, p.number, nil
		}
	}
}

// end reads what stands behind the rows, to their end.
func (p *plainRows) end() error {
	p.ended = true
	if err := p.behind.read(p.rows.x); err != nil {
		p.behind = behind{} // else the sheet would be read again, with a part of what stands there
		return fmt.Errorf("sheet %q, behind its rows: %w", p.sheet, inWorkbook(err))
	}
	if len(p.behind.merged) > 0 {
		return errMerged
	}
	return nil
}

// tableError puts an error of a table in the words of package convert.
func tableError(err error) error {
	if e, ok := errors.AsType[*rows.Error](err); ok {
		return (*convert.TableError)(e)
	}
	return err
}
