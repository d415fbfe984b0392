package pxconv

import (
	"bytes"
	"fmt"
	"math/bits"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/number"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// The cells of a PX file are numbers and marks, by the rule with blanks between them and a
// semicolon behind the last. Files differ: they have commas, tabs, or semicolons between the
// cells as well, and no semicolon at the end. So the row ends where as many cells were read
// as the head says that there are, and a semicolon before that separates two cells if another
// one follows it.
//
// The kinds of a cell are those of JSON as far as they can be: a number that is one in JSON
// too is Number or Raw, a mark in the place of a number is Null, with its dots as the token,
// and any other number, such as +5 or "5", is a String, which normal makes a number of JSON.

// grammar reads the cells, see [window.Grammar].
type grammar struct {
	r    *window.Reader
	left int64 // cells until the end of the row

	// What was met on the way: offsets of the first, -1 for none.
	separators int64  // something else than blanks between two cells
	tight      int64  // a comma between two digits
	bare       int64  // a mark without quotes, or with one on one side only
	numbers    int64  // a number in an odd form
	odd        *int64 // which of them the last cell that Scalar saw is, or nil
}

func newGrammar(src window.Source) *grammar {
	return &grammar{r: window.NewReader(src, 0), separators: -1, tight: -1, bare: -1, numbers: -1}
}

// Plain reads numbers and marks as most are, with a blank behind them.
func (g *grammar) Plain(c *window.Cursor, limit int) {
	buf, pos, n := g.r.Buf, g.r.Pos, c.N
	limit = int(min(int64(limit), int64(n)+g.left))
	starts, ends, kinds := c.Start[:limit], c.End[:limit], c.Kind[:limit]
	digits, fraction := c.Digits, c.Fraction
	for n < limit {
		b := buf[pos]
		for b == ' ' || b == '\n' || b == '\r' || b == '\t' {
			pos++
			b = buf[pos]
		}
		if b-'1' <= 8 {
			// Most cells are whole numbers of at most seven digits with a blank behind them.
			if whole := bits.TrailingZeros64(number.Others(buf, pos)) >> 3; whole < 8 && buf[pos+whole] == ' ' {
				digits = max(digits, whole)
				starts[n], ends[n], kinds[n] = uint32(pos), uint32(pos+whole), window.Number
				n++
				pos += whole + 1
				continue
			}
		}
		end, kind := pos, window.Null
		switch {
		case b-'1' <= 8 || b == '-' || b == '0':
			if b == '-' {
				end++
			}
			first := end
			for buf[end]-'0' <= 9 {
				end++
			}
			whole := end - first
			switch {
			case whole == 0 && b == '-': // nil, or not plain
			case whole == 0 || buf[first] == '0' && whole > 1:
				end = pos
			default:
				kind = window.Number
				digits = max(digits, whole)
				if buf[end] == '.' {
					end++
					from := end
					for buf[end]-'0' <= 9 {
						end++
					}
					if buf[end-1] == '0' {
						kind = window.Raw
					}
					if end == from {
						end = pos
					}
					fraction = true
				} else if b == '-' && buf[first] == '0' {
					kind = window.Raw // -0
				}
			}
		case b == '"':
			end++
			if buf[end] == '-' {
				end++
			} else {
				for buf[end] == '.' {
					end++
				}
			}
			if buf[end] != '"' || end == pos+1 || end-pos > 8 {
				end = pos
			} else {
				end++
			}
		}
		if stop := buf[end]; end == pos || stop != ' ' && stop != '\n' && stop != '\r' && stop != '\t' {
			break
		}
		if b == '-' && kind == window.Null && g.bare < 0 {
			g.bare = g.r.Base + int64(pos)
		}
		starts[n], ends[n], kinds[n] = uint32(pos), uint32(end), kind
		n++
		pos = end
	}
	g.left -= int64(n - c.N)
	g.r.Pos, c.N = pos, n
	c.Digits, c.Fraction = digits, fraction
}

// Cell reads one cell, whatever it looks like, and what stands in front of it.
func (g *grammar) Cell(c *window.Cursor) (more bool, err error) {
	r := g.r
	r.Hold = false
	r.Hold = c.N > 0 && !r.Stuck()
	if g.left == 0 {
		c.Done = true
		return false, nil
	}
	begin := r.Pos
	if err := g.separate(); err != nil {
		if r.Hold {
			r.Pos = begin
			return false, nil
		}
		return false, err
	}
	if r.Hold && r.Pos == r.End {
		r.Pos = begin
		return false, nil
	}
	r.Mark = r.Pos
	off := r.Offset()
	end, kind, err := g.Scalar(r.Pos)
	if r.Hold && (err != nil || end == r.End) {
		r.Pos = begin
		return false, nil
	}
	if err != nil {
		return false, err
	}
	c.Start[c.N], c.End[c.N], c.Kind[c.N] = uint32(off-r.Base), uint32(end), kind
	if g.odd != nil && *g.odd < 0 {
		*g.odd = off
	}
	c.N++
	g.left--
	r.Pos = end
	return true, nil
}

// separate passes over what stands between two cells.
func (g *grammar) separate() error {
	r := g.r
	for {
		b := r.Space()
		switch {
		case b == ',' || b == ':':
			at := r.Pos
			if b == ',' && g.tight < 0 && at > 0 && r.Buf[at-1]-'0' <= 9 {
				if at = r.Need(at, 2); r.Buf[at+1]-'0' <= 9 {
					g.tight = r.Base + int64(at)
				}
				r.Pos = at
			}
			g.note(&g.separators, r.Pos)
			r.Pos++
		case b == ';':
			off := r.Offset()
			r.Pos++
			if !startsCell(r.Space()) {
				if r.Hold && r.Pos == r.End {
					return errWindow
				}
				r.Goto(off)
				return g.few()
			}
			if g.separators < 0 {
				g.separators = off
			}
		case b >= 0x80 && g.blank():
			g.note(&g.separators, r.Pos)
		case b == 0 && r.Pos >= r.End:
			if r.Hold {
				return errWindow
			}
			if r.Err != nil {
				return r.Err
			}
			return g.few()
		default:
			return nil
		}
	}
}

// errWindow tells that the window ends where more must be seen.
var errWindow = fmt.Errorf("the window ends")

// few is the error for too few cells.
func (g *grammar) few() error {
	verb := "are"
	if g.left == 1 {
		verb = "is"
	}
	return g.r.Fault(g.r.Pos, "the cells end too early: %d %s missing", g.left, verb)
}

// note notes where something was met first.
func (g *grammar) note(what *int64, i int) {
	if *what < 0 {
		*what = g.r.Base + int64(i)
	}
}

// blank passes over a blank of Unicode, in UTF-8 or as the byte of an 8-bit code page.
func (g *grammar) blank() bool {
	r := g.r
	r.Pos = r.Need(r.Pos, 3)
	rest := r.Buf[r.Pos:r.End]
	for _, space := range []string{"\u00a0", "\u2007", "\u2009", "\u202f", "\u3000", "\u2002", "\u2003", "\xa0"} {
		if bytes.HasPrefix(rest, []byte(space)) {
			r.Pos += len(space)
			return true
		}
	}
	return false
}

// startsCell tells whether a cell may begin with a byte.
func startsCell(b byte) bool {
	return b-'0' <= 9 || b == '-' || b == '.' || b == '"' || b == '+'
}

// maxCell is how long a cell is at most.
const maxCell = 1 << 16

// Scalar checks the cell at index i of the window.
func (g *grammar) Scalar(i int) (end int, kind window.Kind, err error) {
	r := g.r
	for end = i; ; {
		for !separates(r.Buf[end]) {
			end++
		}
		if end-i > maxCell {
			return 0, 0, r.Fault(i, "a cell is longer than %d characters", maxCell)
		}
		if end < r.End || r.Stuck() {
			break
		}
		before := r.Base
		more := r.Fill()
		i -= int(r.Base - before)
		end -= int(r.Base - before)
		if !more {
			break
		}
	}
	g.odd = nil
	token := r.Buf[i:end]
	inner, quotes := unquote(token)
	if mark := markOf(inner); mark > 0 {
		if quotes < 2 {
			g.odd = &g.bare
		}
		return end, window.Null, nil
	}
	if kind, ok := jsontoken.NumberKind(token); ok {
		return end, kind, nil
	}
	if _, ok := normal(nil, inner); ok && quotes != 1 {
		g.odd = &g.numbers
		return end, window.String, nil
	}
	if len(token) == 0 {
		return 0, 0, r.Unexpected(i, "a cell")
	}
	return 0, 0, r.Fault(i, "%s is neither a number nor a mark", describe(token))
}

// describe is a cell for a message.
func describe(token []byte) string {
	text := shorten(string(token))
	if strings.HasPrefix(text, `"`) {
		return text
	}
	return fmt.Sprintf("%q", text)
}

// separates tells whether a byte ends a cell; the one behind the window does.
func separates(b byte) bool {
	switch b {
	case ' ', '\n', '\r', '\t', ',', ';', ':', 0:
		return true
	}
	return b >= 0x80
}

// unquote is a cell without quotes, and how many it had.
func unquote(token []byte) (inner []byte, quotes int) {
	if len(token) > 0 && token[0] == '"' {
		token = token[1:]
		quotes++
	}
	if n := len(token); n > 0 && token[n-1] == '"' {
		token = token[:n-1]
		quotes++
	}
	return token, quotes
}

// Marks in the place of a number: one to seven dots, and a dash for nothing at all.
const (
	sumMark   = 7
	nilMark   = 8
	markCount = 9
)

// markOf is which mark a cell without quotes is, 0 if it is none.
func markOf(inner []byte) int {
	if len(inner) == 1 && inner[0] == '-' {
		return nilMark
	}
	if len(inner) == 0 || len(inner) > sumMark {
		return 0
	}
	for _, b := range inner {
		if b != '.' {
			return 0
		}
	}
	return len(inner)
}

// normal appends a number in one of the odd forms that PxWeb reads, such as +5, .5, 5., 007
// and 5-, as a number of JSON.
func normal(dst, text []byte) (number []byte, ok bool) {
	negative := false
	if n := len(text); n > 1 && (text[n-1] == '-' || text[n-1] == '+') {
		negative = text[n-1] == '-'
		text = text[:n-1]
	} else if n > 1 && (text[0] == '-' || text[0] == '+') {
		negative = text[0] == '-'
		text = text[1:]
	}
	exponent := len(text)
	if k := bytes.IndexAny(text, "eE"); k >= 0 {
		exponent = k
	}
	whole, fraction, point := bytes.Cut(text[:exponent], []byte{'.'})
	if len(whole)+len(fraction) == 0 {
		return dst, false
	}
	whole = bytes.TrimLeft(whole, "0")
	if negative {
		dst = append(dst, '-')
	}
	from := len(dst)
	if len(whole) == 0 {
		dst = append(dst, '0')
	}
	dst = append(dst, whole...)
	if point && len(fraction) > 0 {
		dst = append(append(dst, '.'), fraction...)
	}
	dst = append(dst, text[exponent:]...)
	return dst, jsontoken.IsNumber(dst[from:])
}

// Unquoter is not needed: the texts of cells are no words.
func (g *grammar) Unquoter() func(dst, quoted []byte) []byte {
	return func(dst, quoted []byte) []byte { return append(dst, quoted...) }
}
