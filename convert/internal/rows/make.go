package rows

import "github.com/jsonstat-go/toolkit/jsonstat"

// Make reads a table and makes its cube. Errors are an [*Error], or what the source
// gave.
func Make(src Source, f Format, o *Options) (*jsonstat.Dataset, error) {
	m, n, err := newMaker(f, o)
	if err != nil {
		return nil, err
	}
	t, err := collect(src, n)
	if err != nil {
		return nil, err
	}
	defer t.close()
	m.table = t
	t.apart(o)
	if o.Periods != "" && o.Head == nil {
		if err := toPeriods(t.columns, o.Periods); err != nil {
			return nil, err
		}
	}
	if t.n == 0 && o.Head == nil {
		return nil, &Error{Sheet: t.headerPlace().Sheet, Msg: "the table has a header but no rows", Err: ErrEmpty}
	}
	if err := t.someColumns(); err != nil {
		return nil, err
	}
	t.forms = f
	err = m.decide()
	if otherwise(t, m.candidates()) {
		m.keyed, m.warnings = false, nil
		err = m.decide()
	}
	if err := m.tell(err); err != nil {
		return nil, err
	}
	if m.axes, err = m.lay(); err != nil {
		return nil, err
	}
	return fill(m)
}
