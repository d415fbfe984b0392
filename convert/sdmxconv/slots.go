package sdmxconv

// slots are what stands in the array of an observation.
type slots struct {
	list       []slot
	cells      []int // by measure: its slot, -1 if it has none
	others     []int // the slots of columns
	columns    []*column
	status     int // -1 if there is none
	attributes int // the first slot that is no measure
	empty      int // attributes that list no values
}

// slot is a place in the array of an observation: of a measure, of the status, or
// of a column; none of them if it is to be passed over.
type slot struct {
	measure *measure
	column  *column
}

// newSlots lays out the array of an observation. It makes the columns of the attributes,
// and that of the status.
func newSlots(s *structure, status *statusColumn) slots {
	p := slots{cells: make([]int, s.cells()), status: -1}
	for i := range p.cells {
		p.cells[i] = -1
	}
	for i := range s.measures {
		m := &s.measures[i]
		if m.cell >= 0 {
			p.cells[m.cell] = len(p.list)
			p.list = append(p.list, slot{measure: m})
		} else {
			p.add(m.column)
		}
	}
	p.attributes = len(p.list)
	k := statusOf(s.attributes.observation)
	for i := range s.attributes.observation {
		a := &s.attributes.observation[i]
		if a.coded && len(a.values) == 0 {
			p.empty++
		}
		if i != k {
			p.add(newColumn(a))
			continue
		}
		*status, p.status = newStatusColumn(a), len(p.list)
		p.list = append(p.list, slot{})
	}
	return p
}

func (p *slots) add(c *column) {
	p.others, p.columns = append(p.others, len(p.list)), append(p.columns, c)
	p.list = append(p.list, slot{column: c})
}

// leaveOut takes the attributes without values out of the array.
func (p *slots) leaveOut(status *statusColumn) {
	var kept []slot
	p.others = p.others[:0]
	for k, s := range p.list {
		switch {
		case s.column != nil && s.column.coded && len(s.column.values) == 0 && k >= p.attributes:
			continue
		case k == p.status && status.coded && len(status.values) == 0:
			p.status = -1
			continue
		case k == p.status:
			p.status = len(kept)
		case s.column != nil:
			p.others = append(p.others, len(kept))
		}
		kept = append(kept, s)
	}
	p.list = kept
}
