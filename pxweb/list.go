package pxweb

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// list lists what stands below a path: of version 1, whose levels can be walked, or by the
// paths that tables of version 2 have.
func (s *server) list(ctx context.Context, path string) ([]Entry, error) {
	at, err := s.find(ctx)
	if err != nil {
		return nil, err
	}
	if !at.host.has(V1) {
		return s.list2(ctx, path)
	}
	list, err := s.list1(ctx, path)
	if at.api == V2 && at.host.bare != "" && isNo(err) {
		return s.list2(ctx, path) // that it has version 1 was a guess
	}
	return list, err
}

// list2 lists the levels and tables below a path by what the tables of version 2, which has
// no levels of its own, tell of theirs.
func (s *server) list2(ctx context.Context, path string) ([]Entry, error) {
	var levels, tables []Entry
	seen := map[string]bool{}
	isLevel := strings.Trim(path, "/") == ""
	err := s.tables(ctx, Search{Ended: true}, func(t *tableEntry) bool {
		for _, p := range t.Paths {
			n, ok := p.below(path)
			isLevel = isLevel || ok
			switch {
			case !ok:
			case n == len(p):
				if !seen["t "+t.ID] {
					seen["t "+t.ID] = true
					h := t.hit()
					tables = append(tables, Entry{ID: h.ID, Type: "t", Text: h.Title, Updated: h.Updated, Ended: h.Ended, Path: h.Path})
				}
			case !seen["l "+p[:n+1].String()]:
				l := p[n]
				seen["l "+p[:n+1].String()] = true
				e := Entry{ID: l.ID, Type: "l", Text: transport.OneLine(cmp.Or(l.Label, l.ID)), Path: p[:n+1].String()}
				e.Ended = ended(e.Text)
				levels = append(levels, e)
			}
		}
		if len(t.Paths) == 0 && strings.Trim(path, "/") == "" {
			h := t.hit()
			tables = append(tables, Entry{ID: h.ID, Type: "t", Text: h.Title, Updated: h.Updated, Ended: h.Ended})
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	// By their ids: what servers tell to sort by is the title where files are behind them.
	slices.SortStableFunc(levels, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
	if !isLevel {
		top, err := s.list2(ctx, "")
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, e := range top {
			if e.Type == "l" {
				ids = append(ids, e.ID)
			}
		}
		return nil, unknown("level", path, "", ids, func(i int) string { return top[i].Text })
	}
	return append(levels, tables...), nil
}
