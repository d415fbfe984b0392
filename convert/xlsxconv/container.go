package xlsxconv

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// ErrNotWorkbook marks what is no workbook in the format of Excel 2007 and later.
var ErrNotWorkbook = errors.New("not an .xlsx workbook")

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
	shown   []shown               // by style: what numbers are
	byRule  bool                  // a sheet is read by rule: see rowReader
	from    int64                 // the day that a date of 0 is, in days since 1970
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
	var list struct {
		Relationship []struct {
			ID         string `xml:"Id,attr"`
			Type       string `xml:"Type,attr"`
			Target     string `xml:"Target,attr"`
			TargetMode string `xml:"TargetMode,attr"`
		}
	}
	name := dir + "_rels/" + base + ".rels"
	if b.files[strings.ToLower(name)] == nil {
		return r, nil
	}
	if err := b.decode(name, &list); err != nil {
		return r, err
	}
	for _, rel := range list.Relationship {
		if rel.TargetMode == "External" {
			continue
		}
		target := strings.TrimPrefix(path.Join(dir, rel.Target), "/")
		if strings.HasPrefix(rel.Target, "/") {
			target = strings.TrimPrefix(rel.Target, "/")
		}
		r.byID[rel.ID] = target
		kind := rel.Type[strings.LastIndexByte(rel.Type, '/')+1:]
		if r.byType[kind] == "" {
			r.byType[kind] = target
		}
	}
	return r, nil
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

// decode reads a small part.
func (b *workbook) decode(name string, to any) error {
	r, err := b.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	limited := &io.LimitedReader{R: r, N: maxSmallPart}
	if err := xml.NewDecoder(limited).Decode(to); err != nil {
		if limited.N == 0 {
			return fmt.Errorf("part %q is larger than %d MB: %w", name, maxSmallPart>>20, ErrNotWorkbook)
		}
		return fmt.Errorf("part %q: %v: %w", name, err, ErrNotWorkbook)
	}
	return nil
}

// readMain reads the list of sheets.
func (b *workbook) readMain(main string) error {
	var book struct {
		Pr struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			ID    []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.decode(main, &book); err != nil {
		return err
	}
	rels, err := b.relations(main)
	if err != nil {
		return err
	}
	if b.from = -25569; book.Pr.Date1904 == "1" || book.Pr.Date1904 == "true" {
		b.from = -24107
	}
	for _, s := range book.Sheets {
		info := sheetInfo{name: s.Name, visible: s.State == "" || s.State == "visible"}
		for _, a := range s.ID {
			if a.Name.Local == "id" {
				info.part = rels.byID[a.Value]
			}
		}
		if b.files[strings.ToLower(info.part)] != nil && !strings.Contains(info.part, "chartsheet") {
			b.sheets = append(b.sheets, info)
		}
	}
	if len(b.sheets) == 0 {
		return fmt.Errorf("the workbook has no sheets: %w", ErrNotWorkbook)
	}
	b.table = rels.byType["sharedStrings"]
	return b.readStyles(rels.byType["styles"])
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
