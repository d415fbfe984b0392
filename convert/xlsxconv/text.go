package xlsxconv

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/internal/xmltoken"
)

// maxCell is how many characters a cell can hold, as UTF-16 counts them.
const maxCell = 32767

// appendXML appends a text as the content of an element. What XML cannot say is
// written as spreadsheets do, _x000D_ for a carriage return; a text that looks
// like that gets its first sign written so.
func appendXML(dst []byte, text string) []byte {
	from := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		var say string
		switch {
		case c == '&':
			say = "&amp;"
		case c == '<':
			say = "&lt;"
		case c == '>':
			say = "&gt;"
		case c < ' ' && c != '\t' && c != '\n':
			say = "_x00" + string("01"[c>>4]) + string("0123456789ABCDEF"[c&15]) + "_"
		case c == '_':
			if _, ok := escaped(text[i:]); !ok {
				continue
			}
			say = "_x005F_"
		case c == 0xEF && i+2 < len(text) && text[i+1] == 0xBF && text[i+2] >= 0xBE: // U+FFFE, U+FFFF
			dst = append(append(append(dst, text[from:i]...), "_xFFF"...), "EF"[text[i+2]-0xBE], '_')
			i += 2
			from = i + 1
			continue
		default:
			continue
		}
		dst = append(append(dst, text[from:i]...), say...)
		from = i + 1
	}
	return append(dst, text[from:]...)
}

// escaped is the character that a text begins with as _xHHHH_.
func escaped(text string) (r rune, ok bool) {
	if len(text) < 7 || text[:2] != "_x" || text[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(n), err == nil
}

// decode appends a text of a sheet that is written as src: entities and _xHHHH_ are
// undone.
func decode(dst, src []byte) ([]byte, error) {
	from := len(dst)
	dst, err := xmltoken.AppendText(dst, src)
	if err != nil || bytes.IndexByte(dst[from:], '_') < 0 {
		return dst, err
	}
	return dst[:from+len(unescape(dst[from:]))], nil
}

// unescape undoes _xHHHH_. It works in place.
func unescape(text []byte) []byte {
	at := bytes.Index(text, []byte("_x"))
	if at < 0 {
		return text
	}
	out := text[:at]
	for i := at; i < len(text); i++ {
		r, ok := escaped(string(text[i:min(i+7, len(text))]))
		if !ok || 0xD800 <= r && r < 0xE000 { // half a character is left as it is
			out = append(out, text[i])
			continue
		}
		out = utf8.AppendRune(out, r) // never longer than the escape
		i += 6
	}
	return out
}

// length is the number of characters of a text as a spreadsheet counts them.
func length(text string) int {
	n := 0
	for _, r := range text {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}

// fit cuts a text that is too long for a cell.
func fit(text string) string {
	if len(text) <= maxCell || length(text) <= maxCell {
		return text
	}
	head, _ := cut(text, maxCell-1)
	return head + "…"
}

// cut splits a text behind at most n characters as a spreadsheet counts them.
func cut(text string, n int) (head, tail string) {
	for i, r := range text {
		if n--; r > 0xFFFF {
			n--
		}
		if n < 0 {
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// pieces splits a text into pieces of at most n characters.
func pieces(text string, n int) []string {
	var all []string
	for text != "" {
		var head string
		head, text = cut(text, n)
		all = append(all, head)
	}
	return all
}

// columnName is the letters of a column, from 0.
func columnName(i int) string {
	var name []byte
	for i++; i > 0; i = (i - 1) / 26 {
		name = append([]byte{byte('A' + (i-1)%26)}, name...)
	}
	return string(name)
}

// columnIndex is the inverse of columnName for the letters that a reference to a
// cell begins with; -1 if there are none, or too many.
func columnIndex(ref []byte) int {
	n := 0
	for i, c := range ref {
		switch {
		case 'A' <= c && c <= 'Z':
			n = n*26 + int(c-'A') + 1
		case 'a' <= c && c <= 'z':
			n = n*26 + int(c-'a') + 1
		default:
			return n - 1
		}
		if i >= 3 {
			return -1
		}
	}
	return n - 1
}

// lineEnds makes all line ends the same: LibreOffice does so when it saves.
func lineEnds(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

// quoted is a text as messages quote it.
func quoted(text string) string {
	const most = 40
	if short := []rune(text); len(short) > most {
		text = string(short[:most]) + "…"
	}
	return fmt.Sprintf("%q", text)
}

// cellName is the reference of a cell: column from 0, row from 1.
func cellName(column int, row int64) string {
	return columnName(column) + strconv.FormatInt(row, 10)
}

// clean takes out what no sheet can show.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\n' && r != '\t') || r == 0x7F || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, text)
}
