package pxconv

import (
	"container/heap"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cellMarks reads DATANOTECELL in the language that is read.
func (f *file) cellMarks(s *statuses) []cellMark {
	var list []cellMark
	for _, e := range f.entries {
		if e.keyword != "DATANOTECELL" || f.langOf(e) != f.lang {
			continue
		}
		if len(e.sub) > len(f.variables) {
			f.lost(e, "it has %d parts for %d variables", len(e.sub), len(f.variables))
			continue
		}
		m := cellMark{values: make([]int, len(f.variables)), text: e.text()}
		known := true
		for i, v := range f.variables {
			m.values[i] = -1
			if i >= len(e.sub) || e.sub[i] == "*" {
				continue
			}
			if m.values[i] = f.codeOrText(v, e.sub[i]); m.values[i] < 0 {
				f.lost(e, "there is no value %q of %q", e.sub[i], f.name(v, f.lang))
				known = false
				break
			}
		}
		if known && m.text != "" {
			s.id(m.text)
			list = append(list, m)
		}
	}
	return list
}

// codeOrText is the place of a value by its code, else its text; -1 if there is none.
func (f *file) codeOrText(v *variable, text string) int {
	if v.byCode == nil {
		v.byCode = make(map[string]int, len(v.codes))
		for i, code := range v.codes {
			v.byCode[code] = i
		}
	}
	if i, ok := v.byCode[text]; ok {
		return i
	}
	return f.value(v, f.lang, text)
}

// next is the first cell from a position on that a mark is on, -1 if there is none. coords
// is room for the place of a cell.
func (m *cellMark) next(pos int64, shape jsonstat.Shape, coords []int) int64 {
	rest := pos
	for d := len(shape) - 1; d >= 0; d-- {
		coords[d] = int(rest % int64(shape[d]))
		rest /= int64(shape[d])
	}
	if rest > 0 {
		return -1
	}
	for d, value := range m.values {
		if value < 0 || coords[d] == value {
			continue
		}
		if coords[d] > value { // the next one is in a later row of an outer dimension
			for d--; d >= 0 && (m.values[d] >= 0 || coords[d]+1 == shape[d]); d-- {
			}
			if d < 0 {
				return -1
			}
			coords[d]++
		} else {
			coords[d] = value
		}
		for d++; d < len(shape); d++ {
			coords[d] = max(0, m.values[d])
		}
		break
	}
	pos = 0
	for d, x := range coords {
		pos = pos*int64(shape[d]) + int64(x)
	}
	return pos
}

// markCursor goes through the cells that marks are on.
type markCursor struct {
	say    *statuses
	coords []int
	next   []int64 // by mark
	queue  []int   // a heap of marks by their next cell
	joined map[[2]int32]int32
}

func newMarkCursor(s *statuses) *markCursor {
	m := &markCursor{say: s, coords: make([]int, len(s.shape)), next: make([]int64, len(s.notes)), joined: map[[2]int32]int32{}}
	m.seek(0)
	return m
}

// Len, Less, Swap, Push and Pop make it a heap.
func (m *markCursor) Len() int { return len(m.queue) }

func (m *markCursor) Less(i, j int) bool {
	a, b := m.queue[i], m.queue[j]
	return m.next[a] < m.next[b] || m.next[a] == m.next[b] && a < b
}

func (m *markCursor) Swap(i, j int) { m.queue[i], m.queue[j] = m.queue[j], m.queue[i] }

func (m *markCursor) Push(x any) { m.queue = append(m.queue, x.(int)) }

func (m *markCursor) Pop() any {
	n := len(m.queue) - 1
	x := m.queue[n]
	m.queue = m.queue[:n]
	return x
}

// seek moves to the cells from a position on.
func (m *markCursor) seek(from int64) {
	m.queue = m.queue[:0]
	for i := range m.say.notes {
		if m.next[i] = m.say.notes[i].next(from, m.say.shape, m.coords); m.next[i] >= 0 {
			m.queue = append(m.queue, i)
		}
	}
	heap.Init(m)
}

// fill puts the marks on numbers among the cells from position first on. A cell with two
// marks has both, one under the other.
func (m *markCursor) fill(first int64, ids []int32, kinds []jsonstat.Kind) {
	end := first + int64(len(ids))
	for len(m.queue) > 0 && m.next[m.queue[0]] < end {
		i := m.queue[0]
		if at := m.next[i] - first; at >= 0 && kinds[at] != jsonstat.Missing {
			ids[at] = m.join(ids[at], m.say.id(m.say.notes[i].text))
		}
		if m.next[i] = m.say.notes[i].next(m.next[i]+1, m.say.shape, m.coords); m.next[i] < 0 {
			heap.Pop(m)
		} else {
			heap.Fix(m, 0)
		}
	}
}

// join is the status of a cell that has another mark as well.
func (m *markCursor) join(have, more int32) int32 {
	if have == 0 {
		return more
	}
	key := [2]int32{have, more}
	id, ok := m.joined[key]
	if !ok {
		id = m.say.id(m.say.list[have] + "\r\n" + m.say.list[more])
		m.joined[key] = id
	}
	return id
}

// newStatuses are those of a file.
func (f *file) newStatuses() *statuses {
	s := &statuses{list: []string{""}, ids: map[string]int32{"": 0}}
	for mark := 1; mark < markCount; mark++ {
		dots, keyword := ".......", "DATASYMBOL"+itoa(mark)
		switch mark {
		case nilMark:
			dots, keyword = "-", "DATASYMBOLNIL"
		case sumMark:
			keyword = "DATASYMBOLSUM"
		default:
			dots = dots[:mark]
		}
		text := f.text(keyword)
		if text == "" {
			text = dots
		}
		s.marks[mark] = s.id(text)
	}
	for _, v := range f.variables {
		s.shape = append(s.shape, v.len())
	}
	s.notes = f.cellMarks(s)
	return s
}
