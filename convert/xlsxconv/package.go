package xlsxconv

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The parts of a workbook that we write in the place of excelize.
const (
	partTypes   = "[Content_Types].xml"
	partStrings = "xl/sharedStrings.xml"
)

// parts collects the small parts of a workbook. It stands in for the zip file that
// excelize writes.
type parts struct{ data map[string]*bytes.Buffer }

// Create begins a part.
func (p *parts) Create(name string) (io.Writer, error) {
	p.data[name] = new(bytes.Buffer)
	return p.data[name], nil
}

// AddFS is asked for by excelize's interface, but never called.
func (p *parts) AddFS(fs.FS) error { return fmt.Errorf("a folder in a workbook: %w", fs.ErrInvalid) }

// Close does nothing.
func (p *parts) Close() error { return nil }

// archive is the zip file of a workbook. There is no clock in it.
type archive struct {
	zip  *zip.Writer
	pack deflater
	open *zip.FileHeader // of the part that is being written
}

func newArchive(w io.Writer) *archive { return &archive{zip: zip.NewWriter(w)} }

// header is that of a part. Its day is the first that a zip file can name.
func header(name string) *zip.FileHeader {
	//lint:ignore SA1019 Modified would add a field of its own to each part
	return &zip.FileHeader{Name: name, Method: zip.Deflate, ModifiedDate: 1<<5 | 1}
}

// small writes a part that is there as bytes.
func (a *archive) small(name string, text []byte) error {
	w, err := a.zip.CreateHeader(header(name))
	if err == nil {
		_, err = w.Write(text)
	}
	return err
}

// begin starts a part that is appended to pack bit by bit, until finish.
func (a *archive) begin(name string) error {
	a.open = header(name)
	a.open.Flags = 8 // the sizes follow behind the part
	w, err := a.zip.CreateRaw(a.open)
	a.pack.start(w)
	return err
}

// finish ends a part.
func (a *archive) finish() error {
	if err := a.pack.end(); err != nil {
		return err
	}
	// The zip writer looks at the header again when the next part begins.
	h := a.open
	h.CRC32, h.UncompressedSize64, h.CompressedSize64 = a.pack.crc, a.pack.size, a.pack.packed
	const most = 1<<32 - 1
	//lint:ignore SA1019 the zip writer takes these from a header of CreateRaw
	h.UncompressedSize, h.CompressedSize = uint32(min(h.UncompressedSize64, most)), uint32(min(h.CompressedSize64, most))
	return nil
}

// close ends the file.
func (a *archive) close() error { return a.zip.Close() }

// order is the order of the parts in the file: the list of types first, by which
// programs tell what the file is.
func (p *parts) order() []string {
	names := slices.Collect(maps.Keys(p.data))
	rank := func(name string) int {
		return slices.Index([]string{partTypes, "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}, name) + 1
	}
	slices.SortFunc(names, func(a, b string) int {
		ra, rb := rank(a), rank(b)
		switch {
		case ra > 0 && rb > 0:
			return ra - rb
		case ra > 0:
			return -1
		case rb > 0:
			return 1
		}
		return strings.Compare(a, b)
	})
	return names
}

// dataPart is the name of the part of a data sheet. excelize numbers sheets in the
// order in which they are made, and makes these first.
func dataPart(sheet int) string { return "xl/worksheets/sheet" + strconv.Itoa(sheet+1) + ".xml" }
