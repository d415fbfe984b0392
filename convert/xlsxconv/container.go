package xlsxconv

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/xmltoken"
)

// maxSmallPart is the largest part that is read whole, unpacked.
const maxSmallPart = 64 << 20

// workbook is a workbook that is read.
type workbook struct {
	zip     *zip.Reader
	files   map[string]*zip.File
	sheets  []sheetInfo
	byName  map[string]*sheetInfo // the first of each name, and
	byFold  map[string]*sheetInfo // whatever its case; made when needed
	strings *stringTable          // nil until needed
	table   string                // part of the shared strings, "" if there are none
	shown   formats
	byRule  bool  // a sheet is read by rule: see rowReader
	from    int64 // the day that a date of 0 is: see dateOf
}

// sheetInfo is a sheet of a workbook.
type sheetInfo struct {
	name    string
	part    string
	visible bool
}

// openWorkbook reads what a workbook says of its sheets.
func openWorkbook(r io.ReaderAt, size int64) (*workbook, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, notWorkbook(r, err)
	}
	b := &workbook{zip: z, files: map[string]*zip.File{}}
	for _, f := range z.File {
		b.files[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"))] = f
	}
	main, err := b.mainPart()
	if err != nil {
		return nil, err
	}
	return b, b.readMain(main)
}

// notWorkbook says what a file is that is no zip file.
func notWorkbook(r io.ReaderAt, err error) error {
	var first [8]byte
	n, _ := r.ReadAt(first[:], 0)
	switch {
	case n == 0:
		return fmt.Errorf("the file is empty: %w", ErrNotWorkbook)
	case bytes.HasPrefix(first[:], []byte("\xd0\xcf\x11\xe0")):
		return fmt.Errorf("the file is in an older format of Excel (.xls), or needs a password: save it as .xlsx first: %w", ErrNotWorkbook)
	case bytes.HasPrefix(first[:], []byte("PK")):
		return fmt.Errorf("the file is damaged (%v): %w", err, ErrNotWorkbook)
	}
	return fmt.Errorf("the file is no zip file: %w", ErrNotWorkbook)
}

// relations are the relations of a part: target by id, and by the last word of the
// type.
type relations struct{ byID, byType map[string]string }

// mainPart is the name of the part that lists the sheets.
func (b *workbook) mainPart() (string, error) {
	rels, err := b.relations("")
	if err != nil {
		return "", err
	}
	if main := rels.byType["officeDocument"]; b.files[strings.ToLower(main)] != nil {
		return main, nil
	}
	if b.files["xl/workbook.xml"] != nil {
		return "xl/workbook.xml", nil
	}
	if b.files["content.xml"] != nil {
		return "", fmt.Errorf("the file is an OpenDocument spreadsheet: save it as .xlsx first: %w", ErrNotWorkbook)
	}
	if b.files["xl/workbook.bin"] != nil {
		return "", fmt.Errorf("the file is a binary workbook (.xlsb): save it as .xlsx first: %w", ErrNotWorkbook)
	}
	return "", fmt.Errorf("the zip file has no workbook in it: %w", ErrNotWorkbook)
}

// relations reads the relations of a part.
func (b *workbook) relations(part string) (relations, error) {
	r := relations{map[string]string{}, map[string]string{}}
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if b.files[strings.ToLower(name)] == nil {
		return r, nil
	}
	return r, b.elements(name, func(path []byte, x *xmltoken.Reader) error {
		if string(path) != "Relationship" {
			return nil
		}
		rel, err := x.AttributeTexts()
		if err == nil && rel["TargetMode"] != "External" {
			r.add(dir, rel)
		}
		return err
	})
}

// add adds a relation of a part in a folder.
func (r relations) add(dir string, rel map[string]string) {
	target, rooted := strings.CutPrefix(rel["Target"], "/")
	if !rooted {
		target = strings.TrimPrefix(path.Join(dir, target), "/")
	}
	r.byID[rel["Id"]] = target
	kind := rel["Type"][strings.LastIndexByte(rel["Type"], '/')+1:]
	if r.byType[kind] == "" {
		r.byType[kind] = target
	}
}

// open opens a part.
func (b *workbook) open(name string) (io.ReadCloser, error) {
	f := b.files[strings.ToLower(name)]
	if f == nil {
		return nil, fmt.Errorf("the workbook has no part %q: %w", name, ErrNotWorkbook)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("part %q: %v: %w", name, err, ErrNotWorkbook)
	}
	return r, nil
}

// elements calls f with each element of a small part, see [xmltoken.Elements].
func (b *workbook) elements(name string, f func(path []byte, x *xmltoken.Reader) error) error {
	r, err := b.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	limited := &io.LimitedReader{R: r, N: maxSmallPart}
	if err := xmltoken.Elements(limited, f); err != nil {
		if limited.N == 0 {
			return fmt.Errorf("part %q is larger than %d MB: %w", name, maxSmallPart>>20, ErrNotWorkbook)
		}
		return fmt.Errorf("part %q: %v: %w", name, cutOff(err), ErrNotWorkbook)
	}
	return nil
}

// readMain reads the list of sheets.
func (b *workbook) readMain(main string) error {
	rels, err := b.relations(main)
	if err != nil {
		return err
	}
	b.from = from1900
	err = b.elements(main, func(path []byte, x *xmltoken.Reader) error {
		kind := string(path)
		if kind != "workbookPr" && kind != "sheets/sheet" {
			return nil
		}
		is, err := x.AttributeTexts()
		switch {
		case err != nil:
			return err
		case kind == "sheets/sheet":
			b.addSheet(is["name"], is["state"], rels.byID[is["id"]])
		case is["date1904"] == "1" || is["date1904"] == "true":
			b.from = from1904
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return fmt.Errorf("the workbook has no sheets: %w", ErrNotWorkbook)
	}
	b.table = rels.byType["sharedStrings"]
	return b.readStyles(rels.byType["styles"])
}

// readStyles finds out what styles say of numbers.
func (b *workbook) readStyles(part string) error {
	if part == "" || b.files[strings.ToLower(part)] == nil {
		return nil
	}
	var s styleSheet
	err := b.elements(part, s.element)
	b.shown = s.shown()
	return err
}

// addSheet adds a sheet that the workbook lists, if it is one of cells.
func (b *workbook) addSheet(name, state, part string) {
	if b.files[strings.ToLower(part)] != nil && !strings.Contains(part, "chartsheet") {
		b.sheets = append(b.sheets, sheetInfo{name: name, part: part, visible: state == "" || state == "visible"})
	}
}

// fold makes the case of letters not matter.
func fold(s string) string { return strings.ToLower(strings.ToUpper(s)) }

// sheet finds a sheet by name; case does not matter, as in Excel.
func (b *workbook) sheet(name string) *sheetInfo {
	if b.byName == nil {
		b.byName, b.byFold = map[string]*sheetInfo{}, map[string]*sheetInfo{}
		for i := range slices.Backward(b.sheets) {
			s := &b.sheets[i]
			b.byName[s.name], b.byFold[fold(s.name)] = s, s
		}
	}
	if s := b.byName[name]; s != nil {
		return s
	}
	return b.byFold[fold(name)]
}

// names are the names of the sheets that people see.
func (b *workbook) names() []string {
	var list []string
	for _, s := range b.sheets {
		if s.visible {
			list = append(list, s.name)
		}
	}
	return list
}
