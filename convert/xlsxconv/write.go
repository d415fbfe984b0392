package xlsxconv

import (
	"bytes"
	"fmt"
	"io"
	"slices"

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
	st, err := newStyles(f, p)
	if err == nil {
		err = p.workbook(f, st)
	}
	if err != nil {
		return fmt.Errorf("laying out the workbook: %w", err)
	}
	made := newParts()
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return made })
	if err := f.Write(io.Discard); err != nil {
		return fmt.Errorf("laying out the workbook: %w", err)
	}
	return p.stream(w, made, st)
}

// stream writes the parts that excelize made, and the large ones in their place.
func (p *plan) stream(w io.Writer, made *parts, st *styles) error {
	a := newArchive(w)
	strings := &shared{first: bytes.Count(made.data[partStrings].Bytes(), []byte("<si>"))}
	var frames [][2][]byte
	hidden := dataPart(len(p.sheets))
	streamed := map[string]bool{partStrings: true, hidden: true}
	for i := range p.sheets {
		before, behind, ok := frame(made.data[dataPart(i)].Bytes())
		if !ok {
			return fmt.Errorf("laying out the workbook: %s has no rows to fill", dataPart(i))
		}
		frames = append(frames, p.complete(before, behind))
		streamed[dataPart(i)] = true
	}
	for _, name := range made.order() {
		if !streamed[name] {
			text := made.data[name].Bytes()
			if name == partTypes {
				text = sortTypes(text)
			}
			text, err := p.allLinks(name, text)
			if err != nil {
				return err
			}
			if err := a.small(name, text); err != nil {
				return err
			}
		}
	}
	s := newSheetWriter(p, a, st, strings, frames)
	if err := s.write(); err != nil {
		return err
	}
	if err := s.hidden(hidden, made.data[hidden].Bytes()); err != nil {
		s.d.abandon()
		return err
	}
	if err := a.begin(partStrings); err != nil {
		return err
	}
	if err := strings.write(&a.pack, made.data[partStrings].Bytes()); err != nil {
		s.d.abandon()
		return err
	}
	if err := a.finish(); err != nil {
		s.d.abandon()
		return err
	}
	return a.close()
}

// complete adds what excelize does not say of a data sheet, each element in its
// place: widths, merged cells, and that codes are meant to be texts though they look
// like numbers.
func (p *plan) complete(before, behind []byte) [2][]byte {
	// excelize marks the rows as filtered, and writes a range as a formula would.
	before = bytes.Replace(before, []byte(` filterMode="true"`), nil, 1)
	before = insert(before, p.columnsElement(), "<sheetData>")
	if at := bytes.Index(behind, []byte("<autoFilter")); at >= 0 {
		end := at + bytes.IndexByte(behind[at:], '>')
		behind = slices.Concat(behind[:at], bytes.ReplaceAll(behind[at:end], []byte("$"), nil), behind[end:])
	}
	behind = insert(behind, p.mergeElement(), "<phoneticPr", "<conditionalFormatting", "<dataValidations", "<hyperlinks", "<printOptions", "<pageMargins", "</worksheet>")
	texts := fmt.Sprintf(`<ignoredErrors><ignoredError sqref="A1:%s" numberStoredAsText="1"/></ignoredErrors>`, cellName(max(len(p.cols), 1)-1, MaxRows))
	return [2][]byte{before, insert(behind, texts, "<smartTags", "<drawing", "<legacyDrawing", "<picture", "<oleObjects", "<controls", "<webPublishItems", "<tableParts", "<extLst", "</worksheet>")}
}

// insert puts an element in front of the first of those that come later.
func insert(sheet []byte, element string, later ...string) []byte {
	at := len(sheet)
	for _, tag := range later {
		if i := bytes.Index(sheet, []byte(tag)); i >= 0 {
			at = min(at, i)
		}
	}
	return slices.Concat(sheet[:at], []byte(element), sheet[at:])
}

// write writes the shared strings behind those that excelize has.
func (s *shared) write(d *deflater, theirs []byte) error {
	end := bytes.LastIndex(theirs, []byte("</sst>"))
	if end < 0 {
		return fmt.Errorf("laying out the workbook: %s has no end", partStrings)
	}
	begin := bytes.Index(theirs, []byte("<si>"))
	if begin < 0 {
		begin = end
	}
	total := s.first + s.n
	start := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">`, total)
	for _, text := range [][]byte{[]byte(start), theirs[begin:end], s.xml, []byte("</sst>")} {
		if err := d.write(text); err != nil {
			return err
		}
	}
	return nil
}
