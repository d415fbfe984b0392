package jsonstat

import (
	"cmp"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// MaxUnsorted is the most entries of a sparse row that may stand out of order:
// they are sorted in memory, 16 bytes each.
const MaxUnsorted = 16 << 20

// textCells are the cells of a document, read from its text: the sections that the
// pre-scan found, and what is known of them. decode_cells.go makes them; a [textCursor]
// reads them, as often as it is asked for.
//
// Keys of a sparse row mostly ascend, and are then read in order. If they do not, all
// positions are sorted in memory (16 bytes each, at most [MaxUnsorted]) with the offsets of
// their values, and the cursor jumps from value to value.
type textCells struct {
	*source
	*findings
	n             int64
	value         *window.Section // nil: no data
	status        *window.Section // nil: none, or the same for all
	words         *window.Words
	defaultStatus int32 // status of every cell without one of its own
	streamed      bool  // the values are read from the stream, once
	valueNode     jsontoken.Node
	statusNode    jsontoken.Node

	entries  []entry // of an unsorted sparse value
	statuses []entry // of an unsorted sparse status; off is the status
}

// entry is a sparse cell: its position and the offset of its token, or its status number.
type entry struct{ pos, off int64 }

func (c *textCells) Info() CellsInfo {
	return CellsInfo{
		Sparse:    c.value != nil && c.value.Object,
		HasStatus: c.status != nil || c.defaultStatus != 0,
		Default:   c.defaultStatus,
		Once:      c.streamed,

		DenseStatus: c.status != nil && !c.status.Object && c.status.Count == c.n,
	}
}

func (c *textCells) Statuses() []string { return c.words.List }

func (c *textCells) Facts() (Facts, error) {
	if c.value == nil {
		return Facts{Whole: true}, nil
	}
	if c.streamed {
		return Facts{}, ErrConsumed
	}
	s := c.value
	return Facts{
		Stored: s.Count, Missing: s.Kinds[jsontoken.Null], Numbers: s.Kinds[jsontoken.Number] + s.Kinds[jsontoken.Raw],
		Texts: s.Kinds[jsontoken.String], Booleans: s.Kinds[jsontoken.True] + s.Kinds[jsontoken.False], Whole: s.Whole, Digits: s.Digits,
	}, nil
}

// sortValues makes the index of an unsorted sparse value.
func (c *textCells) sortValues() (err error) {
	if c.entries == nil {
		c.entries, err = c.sortRow(c.value, c.valueNode, func(cur *window.Cursor, i int) (int64, error) {
			return cur.Offset(i), nil
		})
	}
	return err
}

// sortStatuses makes the index of unsorted sparse statuses, which keeps their numbers.
func (c *textCells) sortStatuses() (err error) {
	if c.statuses == nil && c.status != nil && c.status.Object && c.status.Unsorted {
		c.statuses, err = c.sortRow(c.status, c.statusNode, func(cur *window.Cursor, i int) (int64, error) {
			id, err := statusID(c.words, cur.Kind[i], cur.Text[cur.Start[i]:cur.End[i]])
			return int64(id), err
		})
	}
	return err
}

// sortRow reads all entries of a sparse row and sorts them by position. Of
// several for one position the last one in the text is kept.
func (c *textCells) sortRow(s *window.Section, n jsontoken.Node, what func(*window.Cursor, int) (int64, error)) ([]entry, error) {
	if s.Count > MaxUnsorted {
		return nil, c.errorAt(n, ErrLimit, "%d sparse cells are out of order: at most %d are sorted; write them in ascending order", s.Count, MaxUnsorted)
	}
	entries := make([]entry, 0, s.Count)
	cur := jsontoken.NewCursor(c.reader(), s)
	for !cur.Done {
		if err := cur.Next(window.ChunkCells); err != nil {
			return nil, c.textError(err)
		}
		for i, pos := range cur.Pos[:cur.N] {
			if pos < 0 || pos >= c.n {
				continue
			}
			v, err := what(cur, i)
			if err != nil {
				return nil, c.textError(err)
			}
			entries = append(entries, entry{pos, v})
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(a.pos, b.pos) })
	kept := entries[:0]
	for i, e := range entries {
		if i+1 < len(entries) && entries[i+1].pos == e.pos {
			c.warn(WarnRepeated, n, "position %d occurs twice: the last one counts", e.pos)
			continue
		}
		kept = append(kept, e)
	}
	if c.refused != nil {
		return nil, c.refused
	}
	return kept, nil
}
