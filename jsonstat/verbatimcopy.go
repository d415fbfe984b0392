package jsonstat

import (
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// A dataset that was read as 2.0 is written by copying its text: the compact text of the
// tree, with the rows of cells copied from the document in between. So member order,
// unknown members and every token stay without a line of code for each. Members that are
// written anew, such as values in another form, are named by their tokens (memberWriter).

// memberWriter writes the value of a member of an object, after it called begin; if
// it does not, there is no such member.
type memberWriter func(begin func())

func requiredMember(write func()) memberWriter { return func(begin func()) { begin(); write() } }

// verbatim copies a value; instead of the members of objects whose values are at the
// tokens of other it calls what stands there.
func (e *writer) verbatim(from *source, n jsontoken.Node, other map[int]memberWriter) {
	t := n.T
	if n.IsCells() {
		e.section(from, n.Section())
		return
	}
	first, last := n.I, int(n.Token().Next)
	at := n.Token().Pos
	end := n.Token().End
	for k := first; k < last; k++ {
		tok := t.Tokens[k]
		switch write := other[k+1]; { // the value behind a name
		case tok.Kind == jsontoken.Cells:
			s := t.Sections[tok.Pos]
			e.str(t.String()[at:s.At])
			at = uint32(s.At)
			e.section(from, s)
		case write != nil:
			at = e.copyMember(t, at, k, write)
			k = int(t.Tokens[k+1].Next) - 1
		}
	}
	e.str(t.String()[at:end])
}

// copyMember copies the text from at on up to a member, given by the token of its name,
// and the member but for its value. It returns where the text goes on: behind the
// comma if the first member of the object is left out.
func (e *writer) copyMember(t *jsontoken.Tree, at uint32, name int, write memberWriter) uint32 {
	value := t.Tokens[name+1]
	from, end := value.Pos, value.End
	if value.Kind == jsontoken.Cells {
		from = uint32(t.Sections[value.Pos].At)
		end = from
	}
	front := t.Tokens[name].Pos
	first := at == front || t.Text[front-1] == '{'
	if !first {
		front-- // the comma comes with the member
	}
	e.str(t.String()[at:front])
	begun := false
	write(func() {
		begun = true
		e.str(t.String()[front:from])
	})
	if first && !begun && t.Text[end] == ',' {
		end++
	}
	return end
}

// section copies a row of cells from the text.
func (e *writer) section(from *source, s *window.Section) {
	r := jsontoken.NewReader(from.in.src, 0)
	r.NaN = from.nan
	c := jsontoken.NewCursor(r, s)
	opening, closing := byte('['), byte(']')
	if s.Object {
		opening, closing = '{', '}'
	}
	_ = e.w.WriteByte(opening)
	for first := true; !c.Done && e.err == nil; {
		if err := c.Next(window.ChunkCells); err != nil {
			e.fail(from.textError(err))
			return
		}
		for i := 0; i < c.N; {
			if !first {
				_ = e.w.WriteByte(',')
			}
			first = false
			i = e.copyRun(c, i)
		}
	}
	_ = e.w.WriteByte(closing)
}

// copyRun copies cells from number i on as long as no white space separates them, and
// returns the number of the next one. A text without white space, which most are, is
// copied in pieces of a chunk instead of cell by cell.
func (e *writer) copyRun(c *window.Cursor, i int) int {
	begin := c.Start
	if c.Object {
		begin = c.KeyStart
	}
	from := i
	for ; i < c.N; i++ {
		if i > from && begin[i] != c.End[i-1]+1 {
			break
		}
		if (c.Object && c.Start[i] != c.KeyEnd[i]+1) || (c.Kind[i] == jsontoken.Null && c.Text[c.Start[i]] != 'n') {
			break // white space inside, or NaN
		}
	}
	if i > from {
		_, _ = e.w.Write(c.Text[begin[from]:c.End[i-1]])
		return i
	}
	if c.Object {
		_, _ = e.w.Write(c.Text[c.KeyStart[i]:c.KeyEnd[i]])
		_ = e.w.WriteByte(':')
	}
	if c.Kind[i] == jsontoken.Null {
		e.str("null")
	} else {
		_, _ = e.w.Write(c.Text[c.Start[i]:c.End[i]])
	}
	return i + 1
}
