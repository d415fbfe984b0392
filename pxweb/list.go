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
	var levels, tops levelList
	var tables []Entry
	seen := map[string]bool{}
	isLevel := strings.Trim(path, "/") == ""
	err := s.tables(ctx, Search{Ended: true}, func(t *tableEntry) bool {
		for _, p := range t.Paths {
			if len(p) > 0 {
				tops.add(p[:1])
			}
			n, ok := p.below(path)
			isLevel = isLevel || ok
			switch {
			case !ok:
			case n == len(p):
				if !seen[t.ID] {
					seen[t.ID] = true
					h := t.hit()
					tables = append(tables, Entry{ID: h.ID, Type: "t", Text: h.Title, Updated: h.Updated, Ended: h.Ended, Path: h.Path})
				}
			default:
				levels.add(p[:n+1])
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
	if !isLevel {
		var ids []string
		top := tops.sorted()
		for _, e := range top {
			ids = append(ids, e.ID)
		}
		return nil, unknown("level", path, "", ids, func(i int) string { return top[i].Text })
	}
	return append(levels.sorted(), tables...), nil
}

// levelList are levels of version 2, each once.
type levelList struct {
	list []Entry
	seen map[string]bool // by path
}

// add adds the level to which a path leads.
func (k *levelList) add(p subjectPath) {
	path, l := p.String(), p[len(p)-1]
	if k.seen[path] {
		return
	}
	if k.seen == nil {
		k.seen = map[string]bool{}
	}
	k.seen[path] = true
	e := Entry{ID: l.ID, Type: "l", Text: transport.OneLine(cmp.Or(l.Label, l.ID)), Path: path}
	e.Ended = ended(e.Text)
	k.list = append(k.list, e)
}

// sorted are the levels by their ids: what servers tell to sort by is the title where files
// are behind them.
func (k *levelList) sorted() []Entry {
	slices.SortStableFunc(k.list, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
	return k.list
}
