package xlsxconv

import "strconv"

// shared are the shared strings of a workbook that we add to those of excelize:
// texts that come again and again, each written once.
type shared struct {
	first int // number of the first
	n     int
	xml   []byte
}

// add adds a text and returns its number.
func (s *shared) add(text string) int {
	s.xml = append(s.xml, `<si><t xml:space="preserve">`...)
	s.xml = append(appendXML(s.xml, text), `</t></si>`...)
	s.n++
	return s.first + s.n - 1
}

// cell is what follows the reference in a cell with a text.
func (s *shared) cell(style int, text string) []byte {
	var b []byte
	b = append(b, `"`...)
	b = appendStyle(b, style)
	b = append(b, ` t="s"><v>`...)
	b = strconv.AppendInt(b, int64(s.add(text)), 10)
	return append(b, `</v></c>`...)
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
