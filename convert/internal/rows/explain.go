package rows

import "encoding/json"

// tell explains what was decided, or why it could not be, and warns.
func (m decider) tell(err error) error {
	if m.o.Explain != nil {
		m.o.Explain(m.explain(err))
	}
	if err != nil {
		return err
	}
	for _, w := range m.warnings {
		m.o.Doubtf(w.options, "%s", w.msg)
	}
	return nil
}

// explain is what was decided, or not: a plan that says it outright.
func (m decider) explain(err error) json.RawMessage {
	x := explained{Rows: m.n}
	for _, c := range m.columns {
		e := explainedColumn{Name: c.Name, Number: c.at + 1, Part: c.part.String(), Why: c.why.String(), Categories: c.size}
		if c.of >= 0 {
			e.Of = m.columns[c.of].name()
		}
		x.Columns = append(x.Columns, e)
	}
	if err != nil {
		x.Error = err.Error()
		x.Choice = m.choice
	} else {
		dims, values := m.dimensions(), m.of(Value)
		x.Cells = cells(dims, len(values))
		x.Choice = m.outright(dims, values)
	}
	text, err := json.Marshal(x)
	if err != nil {
		return nil // of texts and numbers, which make JSON
	}
	return text
}

// outright is a choice that leaves nothing to rules.
func (m decider) outright(dims, values []*column) Choice {
	c := Choice{Header: m.choice.Header, StatusSuffix: m.choice.StatusSuffix}
	c.Ignore = names(m.having(func(c *column) bool { return c.part == LeftOut && c.why != ByFormat }))
	for _, l := range m.of(Labels) {
		c.Labels = append(c.Labels, [2]string{m.columns[l.of].name(), l.name()})
	}
	if m.by {
		c.By, c.Stub = m.choice.By, names(dims)
	} else {
		c.Values, c.Dimensions = names(values), names(dims)
	}
	for _, s := range m.of(Status) {
		if s.of < 0 {
			c.Status = s.name()
		}
	}
	return c
}
