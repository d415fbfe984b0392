package xlsxconv

import (
	"bytes"
	"io"
	"sort"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/jsonstat-go/toolkit/internal/about"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// makeBook lets excelize make all of a workbook but its sheets of cells: what it makes of
// these holds their places. The order in which sheets are made gives the names of their
// parts.
func makeBook(p *plan, f *excelize.File, frame *frame) (*parts, error) {
	if err := f.SetSheetName("Sheet1", p.sheets[0]); err != nil {
		return nil, err
	}
	for _, name := range append(append([]string{}, p.sheets[1:]...), hiddenSheet, p.words.info) {
		if _, err := f.NewSheet(name); err != nil {
			return nil, err
		}
	}
	for i, name := range p.sheets {
		if area := frame.filtered(i); area != "" {
			if err := f.AutoFilter(name, area, nil); err != nil { // which names the range
				return nil, err
			}
		}
		if err := f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: frame.repeated(name), Scope: name}); err != nil {
			return nil, err
		}
	}
	if err := f.SetSheetVisible(hiddenSheet, false, true); err != nil {
		return nil, err
	}
	// With a text the book has shared strings.
	if err := f.SetCellStr(p.words.info, "A1", ""); err != nil {
		return nil, err
	}
	if p.o.Chart != NoChart {
		if err := (&chart{p}).write(f); err != nil {
			return nil, err
		}
	}
	// People see the data first, then a picture of them, then what they are; the
	// hidden sheet comes last.
	if err := f.MoveSheet(p.words.info, hiddenSheet); err != nil {
		return nil, err
	}
	if i, err := f.GetSheetIndex(p.words.chart); err == nil && i >= 0 {
		if err := f.MoveSheet(p.words.chart, p.words.info); err != nil {
			return nil, err
		}
	}
	f.SetActiveSheet(0)
	if err := setProperties(f, p.ds); err != nil {
		return nil, err
	}
	// excelize goes through a map to list the types.
	types := f.ContentTypes
	sort.Slice(types.Defaults, func(i, j int) bool { return types.Defaults[i].Extension < types.Defaults[j].Extension })
	sort.Slice(types.Overrides, func(i, j int) bool { return types.Overrides[i].PartName < types.Overrides[j].PartName })
	made := &parts{data: map[string]*bytes.Buffer{}}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return made })
	return made, f.Write(io.Discard)
}

// setProperties says what the file is. Its times are those of the data: there is no
// clock in it.
func setProperties(f *excelize.File, ds *jsonstat.Dataset) error {
	made := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	if t, err := ds.UpdatedTime(); err == nil {
		made = t.UTC()
	}
	day := made.Format("2006-01-02T15:04:05Z")
	creator := about.Line(ds.Source())
	if creator == "" {
		creator = "JSON-stat"
	}
	title, _ := cut(clean(about.Line(ds.Label())), 255)
	creator, _ = cut(clean(creator), 255)
	return f.SetDocProps(&excelize.DocProperties{Title: title, Creator: creator, LastModifiedBy: creator, Created: day, Modified: day})
}
