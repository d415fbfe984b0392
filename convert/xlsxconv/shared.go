package xlsxconv

import (
	"fmt"
	"strconv"
)

// shared are the shared strings of a workbook: texts that come again and again, each
// written once.
type shared struct {
	n   int
	xml []byte
}

// add adds a text and returns its number.
func (s *shared) add(text string) int {
	s.xml = append(s.xml, `<si><t xml:space="preserve">`...)
	s.xml = append(appendXML(s.xml, text), `</t></si>`...)
	s.n++
	return s.n - 1
}

// cell is what follows the reference in a cell with a text of its own.
func (s *shared) cell(style int, text string) []byte { return s.refer(style, s.add(text)) }

// refer is what follows the reference in a cell with a text that was added.
func (s *shared) refer(style, n int) []byte {
	b := append(appendStyle([]byte(`"`), style), ` t="s"><v>`...)
	return append(strconv.AppendInt(b, int64(n), 10), `</v></c>`...)
}

// write writes the part.
func (s *shared) write(d *deflater) error {
	head := fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">`, s.n)
	for _, text := range [][]byte{head, s.xml, []byte("</sst>")} {
		if err := d.write(text); err != nil {
			return err
		}
	}
	return nil
}

// appendStyle appends the attribute of a style; 0 needs none.
func appendStyle(dst []byte, style int) []byte {
	if style == 0 {
		return dst
	}
	dst = append(dst, ` s="`...)
	dst = strconv.AppendInt(dst, int64(style), 10)
	return append(dst, '"')
}
