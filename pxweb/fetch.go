package pxweb

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// fetcher fetches one query.
type fetcher struct {
	s    *server
	q    *Query
	job  *job
	pool axisPool

	todo     []box // what is still to be asked for, next first
	parts    []*part
	cells    int64 // of the query
	done     int64 // cells that are here
	requests int
	reused   int
	warned   bool // that the server gives less than it says
}

// run fetches the query, with the parts that are saved in a folder unless it is to be
// fetched afresh.
func (f *fetcher) run(ctx context.Context, cache string, fresh bool) (*Result, error) {
	if err := f.s.ready(ctx); err != nil {
		return nil, err
	}
	edition := f.q.Table.Updated
	if isNow(edition, f.s.pace.now()) {
		edition = ""
	}
	whole := f.s.dataRequest(f.q, f.q.all(), jsonStat)
	key := append([]byte(f.s.dataURL(f.q.Table)+"\n"+f.s.lang+"\n"+edition+"\n"), whole.body...)
	var err error
	if f.job, err = openJob(cache, hostOf(f.s.anyBase()), key, fresh); err != nil {
		return nil, err
	}
	r, err := f.fetch(ctx)
	if err != nil {
		return nil, errors.Join(err, f.job.close())
	}
	r.job, r.Requests, r.Reused = f.job, f.requests, f.reused
	return r, nil
}

// maxChanges is how often a table that changed on the way is fetched anew.
const maxChanges = 2

func (f *fetcher) fetch(ctx context.Context) (*Result, error) {
	for changes := 0; ; changes++ {
		err := f.all(ctx)
		if err == nil {
			return newResult(f.q, f.parts)
		}
		if !errors.Is(err, ErrChanged) || changes == maxChanges {
			return nil, err
		}
		f.s.warn("the table was updated meanwhile: it is fetched anew")
		if err := f.job.clear(); err != nil {
			return nil, err
		}
	}
}

// plan begins anew with the plan of the limits that are known now.
func (f *fetcher) plan() error {
	p, err := f.q.Plan(f.s.limits().Cells)
	if err != nil {
		return err
	}
	f.todo, f.parts, f.pool, f.cells, f.done, f.reused = slices.Clone(p.boxes), nil, axisPool{}, p.Cells, 0, 0
	return nil
}

// all gets all parts, from the disk or the server.
func (f *fetcher) all(ctx context.Context) error {
	if err := f.plan(); err != nil {
		return err
	}
	for len(f.todo) > 0 {
		if err := ctx.Err(); err != nil {
			return err // parts from the disk ask for nothing that would end with it
		}
		f.s.tell(Event{Parts: len(f.parts) + len(f.todo), PartsDone: len(f.parts), Cells: f.cells, CellsDone: f.done})
		b := f.todo[0]
		p, err := f.part(ctx, b)
		if err != nil {
			if err = f.smaller(b, err); err != nil {
				return err
			}
			continue
		}
		f.todo = f.todo[1:]
		f.parts = append(f.parts, p)
		f.done += b.cells(f.q)
		if f.learnMetric(p) {
			if err := f.plan(); err != nil {
				return err
			}
			continue
		}
		if err := f.sameEdition(); err != nil {
			return err
		}
	}
	f.s.tell(Event{Parts: len(f.parts), PartsDone: len(f.parts), Cells: f.cells, CellsDone: f.done})
	return f.confirm(ctx)
}

// part gets a part.
func (f *fetcher) part(ctx context.Context, b box) (*part, error) {
	r := f.s.dataRequest(f.q, b, jsonStat)
	file := f.job.file(r.body)
	if p, err := readPart(file, f.q, b, f.pool); err == nil {
		f.reused++
		return p, nil
	}
	if err := f.ask(ctx, b, r, file); err != nil {
		return nil, err
	}
	p, err := readPart(file, f.q, b, f.pool)
	if err != nil {
		_ = os.Remove(file)
		return nil, err
	}
	return p, nil
}

// fewCells is the size below which a part is not made smaller for being slow.
const fewCells = 20_000

// ask asks the server for a part and saves the answer.
func (f *fetcher) ask(ctx context.Context, b box, r request, file string) error {
	r.max = 256<<20 + 100*b.cells(f.q)
	if _, _, ok := f.q.halve(b); ok && b.cells(f.q) >= fewCells {
		r.few = 2
	}
	return f.s.call(ctx, r, func(resp *http.Response, body io.Reader) error {
		f.requests++
		if err := f.job.save(file, body); err != nil {
			return err
		}
		if err := checkAnswer(r, resp, file); err != nil {
			_ = os.Remove(file)
			return err
		}
		return nil
	})
}

// smaller makes less of what is asked for after an answer that says it was too
// much; other errors it returns.
func (f *fetcher) smaller(b box, err error) error {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	slow := e.Kind == ErrServer || e.Kind == ErrOffline && isTimeout(e.Err)
	n := b.cells(f.q)
	switch {
	case e.Kind == ErrTooLarge && n > 1:
		limit := max(1, min(n, f.s.limits().Cells)/2)
		if limit >= n {
			return err
		}
		words := e.Status != http.StatusForbidden || tooLarge(e.Status, e.Message, http.MethodGet)
		if cfg := f.s.config; cfg != nil && n < cfg.MaxCells/8 && !words {
			return err // it is not the cells that somebody on the way does not like
		}
		if f.s.limit = limit; !f.warned {
			f.warned = true
			f.s.warn("the server gives less cells at once than it says: smaller parts are asked for")
		}
		if len(f.parts) == 0 {
			return f.plan()
		}
	case slow && n >= fewCells:
		f.s.warn("the server does not manage %d cells at once: half of them are asked for", n)
	default:
		return err
	}
	var rest []box
	todo := f.todo
	if slow {
		first, second, ok := f.q.halve(b)
		if !ok {
			return err
		}
		rest, todo = append(rest, first, second), todo[1:]
	}
	for _, t := range todo {
		cut, ok := f.q.upTo(t, f.s.limits().Cells)
		if !ok {
			return err
		}
		rest = append(rest, cut...)
	}
	f.todo = rest
	return nil
}

// learnMetric notes which variable the contents are, which version 1 tells only
// with data. It reports true if the plan must be made anew for it.
func (f *fetcher) learnMetric(p *part) bool {
	if f.q.metric != "" || len(p.metric) != 1 {
		return false
	}
	f.q.metric = p.metric[0]
	i := f.q.find(f.q.metric)
	if i < 0 || len(f.q.Chosen[i].Codes) < 2 || f.q.Chosen[i].Variable.Role() == jsonstat.Metric {
		return false
	}
	return slices.ContainsFunc(f.todo, func(b box) bool { return b[i].len() == 1 }) || p.box[i].len() == 1
}

// sameEdition checks that the table did not change between the last part and those
// before. Parts with other contents may well be of another time.
func (f *fetcher) sameEdition() error {
	last := f.parts[len(f.parts)-1]
	for _, p := range f.parts[:len(f.parts)-1] {
		if p.updated != last.updated && f.sameContents(p, last) && !(isNow(p.updated, f.s.pace.now()) && isNow(last.updated, f.s.pace.now())) {
			return ErrChanged
		}
	}
	return nil
}

func (f *fetcher) sameContents(a, b *part) bool {
	for i := range f.q.Chosen {
		if f.q.isMetric(i) && a.box[i] != b.box[i] {
			return false
		}
	}
	return true
}

// confirm asks for one part again where all come from an earlier run and nothing
// tells whether the table is still the same.
func (f *fetcher) confirm(ctx context.Context) error {
	if f.reused < len(f.parts) || f.q.Table.Updated != "" && !isNow(f.q.Table.Updated, f.s.pace.now()) {
		return nil
	}
	last := f.parts[len(f.parts)-1]
	if err := f.ask(ctx, last.box, f.s.dataRequest(f.q, last.box, jsonStat), last.file); err != nil {
		return err
	}
	p, err := readPart(last.file, f.q, last.box, f.pool)
	if err != nil {
		return err
	}
	if p.updated != last.updated {
		return ErrChanged
	}
	f.parts[len(f.parts)-1] = p
	return nil
}
