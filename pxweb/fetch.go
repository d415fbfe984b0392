package pxweb

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/jsonstat-go/toolkit/jsonstat"
	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// fetcher fetches one query.
type fetcher struct {
	s    *server
	q    *Query // its own: what answers teach of it is noted there
	job  *job
	pool axisPool

	todo     []box // what is still to be asked for, next first
	parts    []*part
	earlier  []int             // places of the parts that an earlier run had saved
	dates    map[stretch]dated // when parts were updated, by their contents
	began    time.Time         // when the first part was asked for
	cells    int64             // of the query
	done     int64             // cells that are here
	requests int               // for parts
	checked  int               // requests for parts that an earlier run had saved
	warned   bool              // that the server gives less than it says
}

func newFetcher(s *server, q *Query) *fetcher {
	own := *q
	return &fetcher{s: s, q: &own}
}

// PartsError is the error of a fetch that ended before all parts were there.
type PartsError struct {
	Parts, Done int  // requests of the plan, and those whose answers are there
	Kept        bool // the answers are saved, and the same call goes on with them
	Err         error
}

// Error is what went wrong.
func (e *PartsError) Error() string { return e.Err.Error() }

// Unwrap returns what went wrong.
func (e *PartsError) Unwrap() error { return e.Err }

// run fetches the query, with the parts that are saved in a folder unless it is to be
// fetched afresh.
func (f *fetcher) run(ctx context.Context, cache string, fresh bool) (*Result, error) {
	if _, err := f.s.ready(ctx); err != nil {
		return nil, err
	}
	if err := f.open(cache, fresh); err != nil {
		return nil, err
	}
	r, err := f.fetch(ctx, cache)
	if err != nil {
		kept := f.job.kept() && !errors.Is(err, ErrChanged)
		err = &PartsError{Parts: len(f.parts) + len(f.todo), Done: len(f.parts), Kept: kept, Err: err}
		if cerr := f.job.close(); cerr != nil {
			err = errors.Join(err, cerr)
		}
		return nil, err
	}
	r.job, r.Requests, r.Reused, r.Checked = f.job, f.requests, len(f.earlier), f.checked
	return r, nil
}

// open opens the folder for the parts of the query, which are of one edition of the table.
func (f *fetcher) open(cache string, fresh bool) (err error) {
	at, t := f.s.at(), f.q.Table
	whole := f.s.dataRequest(f.q, f.q.all())
	key := append([]byte(f.s.dataURL(t)+"\n"+at.lang+"\n"+t.sign+"\n"+whole.URL+"\n"), whole.Body...)
	if f.job, err = openJob(cache, transport.HostOf(at.anyBase()), key, fresh); err != nil {
		return err
	}
	if err := f.job.ofEdition(t.date()); err != nil {
		return errors.Join(&saveError{err}, f.job.close())
	}
	return nil
}

// maxChanges is how often a table that changed on the way is fetched anew.
const maxChanges = 2

func (f *fetcher) fetch(ctx context.Context, cache string) (*Result, error) {
	for changes := 0; ; changes++ {
		err := f.all(ctx)
		if err == nil {
			return newResult(f.q, f.parts)
		}
		if !errors.Is(err, ErrChanged) || changes == maxChanges {
			return nil, err
		}
		f.s.warn("the table was updated meanwhile: it is fetched anew")
		if err := f.renew(ctx, cache); err != nil {
			return nil, err
		}
	}
}

// renew begins anew with the table as it is now: what was selected is held against it once
// more, for it may have a new period.
func (f *fetcher) renew(ctx context.Context, cache string) error {
	t := f.q.Table
	if f.q.again != nil && t.sign != "" {
		fresh, err := f.s.table(ctx, cmp.Or(t.Path, t.ID))
		if err == nil {
			fresh, err = f.s.complete(ctx, fresh)
		}
		if err != nil {
			return err
		}
		q, err := f.q.again(fresh)
		if err != nil {
			return err
		}
		own := *q
		f.q = &own
	}
	if err := f.job.remove(); err != nil {
		return err
	}
	return f.open(cache, false)
}

// plan begins anew with the plan of the limits that are known now.
func (f *fetcher) plan() error {
	p, err := f.s.plan(f.q)
	if err != nil {
		return err
	}
	f.todo, f.parts, f.pool, f.cells, f.done = slices.Clone(p.boxes), nil, axisPool{}, p.Cells, 0
	f.earlier, f.dates = nil, nil
	return nil
}

// all gets all parts, from the disk or the server.
func (f *fetcher) all(ctx context.Context) error {
	if err := f.plan(); err != nil {
		return err
	}
	f.began = f.s.calls.Now()
	if why := cmp.Or(f.job.why, f.s.calls.Alone()); why != nil && len(f.todo) > 1 {
		f.s.warn("nothing can be saved for other runs, neither parts nor the times of calls: %v", why)
		f.job.why = nil
	}
	for len(f.todo) > 0 {
		if err := ctx.Err(); err != nil {
			return err // parts from the disk ask for nothing that would end with it
		}
		f.tell()
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
	f.tell()
	return f.confirm(ctx)
}

// tell tells how far it has come.
func (f *fetcher) tell() {
	f.s.tell(Event{Table: f.q.Table.ID, Parts: len(f.parts) + len(f.todo), PartsDone: len(f.parts), Cells: f.cells, CellsDone: f.done})
}

// part gets a part.
func (f *fetcher) part(ctx context.Context, b box) (*part, error) {
	r := f.s.dataRequest(f.q, b)
	file := f.job.file(r.Body)
	if p, err := readPart(file, f.q, b, f.pool); err == nil {
		f.earlier = append(f.earlier, len(f.parts))
		return p, nil
	}
	err := f.ask(ctx, b, r, file)
	if isNo(err) && f.q.saved != "" {
		// The server knows the query and does not answer it: its codes are asked for.
		f.q.saved = ""
		return f.part(ctx, b)
	}
	if err != nil {
		return nil, err
	}
	f.requests++
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
func (f *fetcher) ask(ctx context.Context, b box, r transport.Request, file string) error {
	r.Worked = len(f.parts) > 0
	r.Max = 256<<20 + 100*b.cells(f.q)
	if _, _, ok := f.q.halve(b); ok && b.cells(f.q) >= fewCells {
		r.Less = true
	}
	return f.s.call(ctx, r, func(resp *http.Response, body io.Reader) error {
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
	slow := e.Kind == ErrServer || e.Kind == ErrOffline && transport.IsTimeout(e.Err)
	n := b.cells(f.q)
	switch {
	case e.Kind == ErrTooLarge && n > 1:
		limit := max(1, min(n, f.s.limits().Cells)/2)
		if limit >= n {
			return err
		}
		words := e.Status != http.StatusForbidden || transport.TooLarge(e.Status, e.Message, http.MethodGet)
		if cfg := f.s.at().config; cfg != nil && n < cfg.MaxCells/8 && !words {
			return err // it is not the cells that somebody on the way does not like
		}
		f.s.learn(func(at *site) { at.limit = limit })
		if !f.warned {
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
	if f.dates == nil {
		f.dates = map[stretch]dated{}
	}
	contents := stretch{}
	for i := range f.q.Chosen {
		if f.q.isMetric(i) {
			contents = last.box[i]
		}
	}
	if before, ok := f.dates[contents]; ok && !before.same(last.date()) {
		return ErrChanged
	}
	f.dates[contents] = last.date()
	return nil
}

// longRun is how long a fetch may take until its first part is asked for again at the end.
const longRun = 10 * time.Minute

// confirm looks, when all parts are there, for signs that they are not of one edition. Dates
// of parts with the same contents were compared already. Of parts of an earlier run the first
// and the last are asked for again: if the bytes are the same the others are taken for good.
// So is the first part where contents have different dates, which may be meant, or after
// a long run. In the end the metadata are read again.
func (f *fetcher) confirm(ctx context.Context) error {
	t, at := f.q.Table, f.s.at()
	trusted := !t.date().saysNothing() && at.host.Dated
	n := len(f.earlier)
	var ask []*part
	switch {
	case n > 0 && !trusted:
		ask = append(ask, f.parts[f.earlier[0]])
		if n > 1 {
			ask = append(ask, f.parts[f.earlier[n-1]])
		}
	case len(f.parts) > 1 && (f.datesDiffer() || !trusted && f.s.calls.Now().Sub(f.began) > longRun):
		ask = append(ask, f.parts[0])
	}
	for _, p := range ask {
		if err := f.again(ctx, p); err != nil {
			return err
		}
	}
	if len(f.parts) == 1 || t.sign == "" {
		return nil
	}
	return f.sameMetadata(ctx)
}

// datesDiffer tells whether parts with other contents have other dates.
func (f *fetcher) datesDiffer() bool {
	for _, d := range f.dates {
		if !d.same(f.parts[0].date()) {
			return true
		}
	}
	return false
}

// sameMetadata reads the metadata again. Where they are others each time they are read they
// are no sign.
func (f *fetcher) sameMetadata(ctx context.Context) error {
	t := f.q.Table
	read := func() (*Table, error) { return f.s.table(ctx, cmp.Or(t.Path, t.ID)) }
	now, err := read()
	if err == nil && now.sign != t.sign {
		var again *Table
		if again, err = read(); err == nil && again.sign != now.sign {
			return nil
		}
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		f.s.warn("whether the table was updated meanwhile cannot be told: %v", err)
		return nil
	case now.sign != t.sign || !now.date().same(t.date()):
		return ErrChanged
	}
	return nil
}

// again asks for a part that an earlier run had saved, and compares.
func (f *fetcher) again(ctx context.Context, p *part) error {
	file := p.file + ".again.tmp"
	defer os.Remove(file)
	if err := f.ask(ctx, p.box, f.s.dataRequest(f.q, p.box), file); err != nil {
		return err
	}
	f.checked++
	fresh, err := readPart(file, f.q, p.box, f.pool)
	if err != nil {
		return err
	}
	same, err := p.same(fresh)
	if err == nil && !same {
		err = ErrChanged
	}
	return err
}
