package xlsxconv

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Write writes a dataset as a workbook. Nil options are the zero value. A dataset
// without values gives a table without rows.
func Write(w io.Writer, ds *jsonstat.Dataset, o *Options) error {
	p, err := newPlan(ds, o)
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close() // nothing of it is on disk
	frame := newFrame(p)
	var made *parts
	st, err := newStyles(f, p.places)
	if err == nil {
		made, err = makeBook(p, f, frame)
	}
	texts := &shared{}
	if err == nil {
		err = addInfo(made, p, st, texts)
	}
	if err != nil {
		return fmt.Errorf("laying out the workbook: %w", err)
	}
	a := newArchive(w)
	if err := addSmall(a, made, len(p.sheets)+1); err != nil {
		return err
	}
	if err := addLarge(a, newSheetWriter(p, a, st, texts, frame)); err != nil {
		a.pack.abandon()
		return err
	}
	return a.close()
}

// addInfo puts the information sheet among the parts, which is made behind the hidden one.
func addInfo(made *parts, p *plan, st *styles, texts *shared) error {
	n := &info{plan: p, textSheet: newTextSheet(texts), st: st}
	n.write()
	name := dataPart(len(p.sheets) + 1)
	if links := n.relations(); links != nil {
		made.data[strings.Replace(name, "worksheets/", "worksheets/_rels/", 1)+".rels"] = bytes.NewBuffer(links)
	}
	sheet, err := n.part()
	made.data[name] = bytes.NewBuffer(sheet)
	return err
}

// addSmall writes the parts that are there, but for those that are streamed: so many sheets,
// which are made first, and the shared strings.
func addSmall(a *archive, made *parts, sheets int) error {
	delete(made.data, partStrings)
	for i := range sheets {
		delete(made.data, dataPart(i))
	}
	for _, name := range made.order() {
		if err := a.small(name, made.data[name].Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// addLarge streams the data sheets, the hidden one and the shared strings.
func addLarge(a *archive, s *sheetWriter) error {
	if err := addTable(s); err != nil {
		return err
	}
	if err := (&hiddenWriter{&s.cellWriter}).write(a, dataPart(len(s.sheets))); err != nil {
		return err
	}
	if err := a.begin(partStrings); err != nil {
		return err
	}
	if err := s.shared.write(&a.pack); err != nil {
		return err
	}
	return a.finish()
}

// addTable streams the data sheets.
func addTable(s *sheetWriter) error {
	if err := s.begin(); err != nil {
		return err
	}
	var err error
	switch {
	case s.rows == 0:
	case s.layout.Pivoted():
		err = pivotTable(s)
	default:
		err = longTable(s)
	}
	if err != nil {
		return err
	}
	return s.end()
}
