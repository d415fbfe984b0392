package window

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// blanks is a grammar that is not JSON's: the cells stand behind an equals sign,
// separated by white space, up to a semicolon. They are whole numbers, or texts in quotes.
type blanks struct{ r *Reader }

func (g blanks) Plain(c *Cursor, limit int) {
	r := g.r
	for c.N < limit {
		i := r.Pos
		for r.Buf[i] == ' ' || r.Buf[i] == '\n' {
			i++
		}
		end := i
		for r.Buf[end]-'0' <= 9 {
			end++
		}
		if end == i || r.Buf[end] != ' ' && r.Buf[end] != '\n' {
			return
		}
		c.Start[c.N], c.End[c.N], c.Kind[c.N] = uint32(i), uint32(end), Number
		c.N++
		r.Pos = end
	}
}

func (g blanks) Cell(c *Cursor) (bool, error) {
	r := g.r
	r.Hold = false
	r.Hold = c.N > 0 && !r.Stuck()
	begin := r.Space()
	at := r.Pos
	if r.Hold && r.Pos == r.End {
		return false, nil
	}
	if begin == ';' {
		r.Pos++
		c.Done = true
		return false, nil
	}
	r.Mark = r.Pos
	off := r.Offset()
	end, kind, err := g.Scalar(r.Pos)
	if r.Hold && (err != nil || end == r.End) {
		r.Pos = at
		return false, nil
	}
	if err != nil {
		return false, err
	}
	c.Start[c.N], c.End[c.N], c.Kind[c.N] = uint32(off-r.Base), uint32(end), kind
	c.N++
	c.State = Comma // nothing more stands between two cells
	r.Pos = end
	return true, nil
}

func (g blanks) Scalar(i int) (int, Kind, error) {
	r := g.r
	if r.Buf[i] != '"' {
		end := i
		for more := true; more; {
			for r.Buf[end]-'0' <= 9 {
				end++
			}
			if more = end >= r.End; more {
				before := end
				end, more = r.More(end)
				i -= before - end
			}
		}
		if end == i {
			return 0, 0, r.Unexpected(i, "a number or a text")
		}
		return end, Number, nil
	}
	for i++; ; i++ {
		if i >= r.End {
			var more bool
			if i, more = r.More(i); !more {
				return 0, 0, r.Unexpected(r.End, "the end of a text")
			}
		}
		if r.Buf[i] == '"' {
			return i + 1, String, nil
		}
	}
}

func (g blanks) Unquoter() func(dst, quoted []byte) []byte { return unquote }

// TestGrammar: rows of cells that are not JSON are scanned, and read on from any
// checkpoint, through windows of any size.
func TestGrammar(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var want []string
	text := "DATA="
	for i := range 20000 {
		cell := strconv.Itoa(r.IntN(100000))
		if i%7 == 0 {
			cell = []string{`".."`, `"."`, `"..."`}[r.IntN(3)]
		}
		want = append(want, cell)
		text += cell + []string{" ", "\n", "  \n "}[r.IntN(3)]
	}
	text += ";\n"
	for _, size := range []int{16, 100, 5000, 0} {
		t.Run(fmt.Sprintf("window of %d", size), func(t *testing.T) {
			reader := NewReader(Bytes(text), size)
			reader.Goto(int64(strings.IndexByte(text, '=')))
			s := &Section{Off: reader.Offset()}
			if err := s.Scan(&Cursor{R: reader, G: blanks{reader}}, true); err != nil {
				t.Fatal(err)
			}
			if s.Count != int64(len(want)) || s.Kinds[String] != (s.Count+6)/7 || len(s.Words.List) != 4 || s.End != int64(strings.IndexByte(text, ';')+1) {
				t.Fatalf("the scan found %+v", s.Facts)
			}
			c := NewCursor(reader, blanks{reader}, s)
			for _, m := range append([]Checkpoint{s.First()}, s.Checkpoints...) {
				c.Goto(m)
				at := int(m.Index)
				for !c.Done {
					if err := c.Next(ChunkCells); err != nil {
						t.Fatal(err)
					}
					for i := range c.N {
						if got := string(c.Text[c.Start[i]:c.End[i]]); got != want[at] {
							t.Fatalf("from cell %d on: cell %d is %s, want %s", m.Index, at, got, want[at])
						}
						at++
					}
				}
				if at != len(want) {
					t.Fatalf("from cell %d on: %d cells, want %d", m.Index, at, len(want))
				}
			}
		})
	}
}
