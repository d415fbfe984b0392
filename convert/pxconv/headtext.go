package pxconv

import (
	"bytes"
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// The head of a PX file is text in an encoding that the file says somewhere in it, or does
// not say, or says wrongly. So its bytes are read first, up to the keyword DATA, and looked
// at as a whole: quotes, semicolons and equals signs are the same bytes in all encodings that
// have ASCII in them.
//
// What ends an entry is a semicolon outside quotes. A quote that is missing somewhere would
// turn that round for all that follows; strings do not reach over lines, so that an entry in
// which one does ends in front of the next line that begins as an entry does.

const (
	firstRead = 64 << 10
	maxHead   = 512 << 20 // bytes
)

// headText is the text in front of the cells.
type headText struct {
	raw   []byte
	data  int64 // offset behind "DATA="
	small bool  // the keyword is in small letters
}

// readHead reads up to the cells.
func readHead(src window.Source, start int64) (*headText, error) {
	var buf []byte
	entry := 0 // start of the entry that is not known to be whole
	for step := firstRead; ; step *= 2 {
		if len(buf) >= maxHead {
			return nil, &Error{Line: 1, Msg: "the text in front of DATA is longer than 512 MiB", Err: jsonstat.ErrLimit}
		}
		n, err := fill(src, &buf, start, step)
		if err != nil && err != io.EOF {
			return nil, err
		}
		last := err == io.EOF || n == 0
		for {
			end, kind := scanEntry(buf, entry, last)
			if kind == entryOpen {
				break
			}
			if kind == entryData {
				at := entry + dataAt(buf[entry:end])
				return &headText{raw: buf[:at], data: start + int64(end), small: !bytes.HasPrefix(buf[at:], []byte("DATA"))}, nil
			}
			if entry = end; entry >= len(buf) {
				break
			}
		}
		if last {
			return &headText{raw: buf, data: -1}, nil
		}
	}
}

// fill reads up to n more bytes behind those that are there.
func fill(src window.Source, buf *[]byte, start int64, n int) (int, error) {
	from := len(*buf)
	grown := make([]byte, from+n)
	copy(grown, *buf)
	read := 0
	for read < n {
		k, err := src.ReadAt(grown[from+read:], start+int64(from+read))
		read += k
		if err != nil || k == 0 {
			*buf = grown[:from+read]
			return read, err
		}
	}
	*buf = grown
	return read, nil
}

// entryKind is how an entry ends.
type entryKind uint8

const (
	entryWhole  entryKind = iota // with a semicolon
	entryBroken                  // in front of another one, inside a string
	entryData                    // it is DATA, up to its equals sign
	entryOpen                    // not in the text that is there
	entryCut                     // with the end of the file
)

// scanEntry finds the end of the entry that begins at i; last says that no more text comes.
func scanEntry(text []byte, i int, last bool) (end int, kind entryKind) {
	from := i
	for i < len(text) {
		k := bytes.IndexAny(text[i:], `";=`)
		if k < 0 {
			break
		}
		i += k
		switch text[i] {
		case ';':
			return i + 1, entryWhole
		case '=':
			if at := dataAt(text[from : i+1]); at >= 0 {
				return i + 1, entryData
			}
			i++
		case '"':
			n, broken, ok := scanString(text[i+1:], last)
			switch {
			case broken:
				return i + 1 + n, entryBroken
			case !ok && !last:
				return 0, entryOpen
			case !ok:
				return len(text), entryCut
			}
			i += 1 + n
		}
	}
	if !last {
		return 0, entryOpen
	}
	return len(text), entryCut
}

// dataAt is where the word DATA stands that a text up to an equals sign ends with, -1 if it
// ends with another one. Other words may stand in front of it where a semicolon is missing.
func dataAt(text []byte) int {
	text = bytes.TrimRight(text[:len(text)-1], " \t\r\n")
	n := len(text) - len("DATA")
	if n < 0 || !strings.EqualFold(string(text[n:]), "DATA") {
		return -1
	}
	if n > 0 && bytes.IndexByte([]byte(" \t\r\n\";"), text[n-1]) < 0 {
		return -1
	}
	return n
}

// scanString finds the end of a string, behind its closing quote. broken says that it ends
// in front of a line that begins as an entry does.
func scanString(text []byte, last bool) (end int, broken, ok bool) {
	for i := 0; ; {
		k := bytes.IndexAny(text[i:], "\"\n\r")
		if k < 0 {
			return 0, false, false
		}
		i += k
		if text[i] == '"' {
			return i + 1, false, true
		}
		i++
		switch begins(text[i:], last) {
		case yes:
			return i, true, true
		case unknown:
			return 0, false, false
		}
	}
}

// answer is what can be told of a text that may go on.
type answer uint8

const (
	no answer = iota
	yes
	unknown
)

// begins tells whether a text begins as an entry does: a keyword of capitals, perhaps with
// language and subkey, and an equals sign.
func begins(text []byte, last bool) answer {
	open := unknown
	if last {
		open = no
	}
	i := 0
	for i < len(text) && (isCapital(text[i]) || i > 0 && (text[i]-'0' <= 9 || text[i] == '-')) {
		i++
	}
	switch {
	case i == len(text):
		return open
	case i < 2:
		return no
	case text[i] == '=':
		return yes
	case text[i] == '(' && i+1 == len(text), text[i] == '[' && i+1 == len(text):
		return open
	case text[i] == '(' && text[i+1] == '"':
		return yes
	case text[i] == '[':
		k := bytes.IndexAny(text[i:], "]\n;")
		if k < 0 {
			return open
		}
		if text[i+k] == ']' && k < 16 {
			return yes
		}
	}
	return no
}

func isCapital(c byte) bool { return c-'A' <= 'Z'-'A' }
