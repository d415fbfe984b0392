package pxserver

import "slices"

// A grid is an extract as a sheet or a page shows it: the heading's categories above, the
// stub's at the left. Its figures come row by row from a walk.
type grid struct {
	e       *extract
	name    naming
	stub    []int
	heading []int
	columns int // of figures
}

// gridOf needs the stub's axes before the heading's, as place and move order them.
func gridOf(e *extract, name naming) *grid {
	g := &grid{e: e, name: name, columns: 1}
	g.stub, g.heading = e.sides()
	for _, i := range g.heading {
		g.columns *= len(e.axes[i].picks)
	}
	return g
}

// A span is a text above some columns.
type span struct {
	text  string
	width int
}

// heads are the rows of the heading.
func (g *grid) heads() (rows [][]span) {
	width := g.columns
	for _, i := range g.heading {
		picks := g.e.axes[i].picks
		width /= len(picks)
		var row []span
		for range g.columns / (width * len(picks)) {
			for _, p := range picks {
				row = append(row, span{g.name(p, g.e.lang), width})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// labels are the stub's texts of the row at which a walk stands; begins is the first of
// them that is not as in the row before, of which at are the positions.
func (g *grid) labels(w *walk, before []int) (texts []string, begins int) {
	begins = -1
	for k, i := range g.stub {
		texts = append(texts, g.name(g.e.axes[i].picks[w.at[i]], g.e.lang))
		if begins < 0 && (before == nil || before[i] != w.at[i]) {
			begins = k
		}
	}
	return texts, max(begins, 0)
}

// rows calls for each row with its labels, the figures of which are to be read by f: it
// must call next as often as there are columns.
func (g *grid) rows(f func(texts []string, begins int, w *walk, next func())) {
	w := newWalk(g.e)
	more := w.next()
	var before []int
	for more {
		texts, begins := g.labels(w, before)
		before = slices.Clone(w.at)
		f(texts, begins, w, func() { more = w.next() })
	}
}
