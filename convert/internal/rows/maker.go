package rows

import "github.com/jsonstat-go/toolkit/jsonstat"

// maker makes the cube of a table.
type maker struct {
	decider
	about  *description // nil if none was given
	file   *description // what the file says of itself; nil for nothing
	axes   []*axis
	across []int // numbers of the axes that the value columns make
	twin   bool  // it was told that two categories look the same
}

// newMaker takes what is said before the rows come: a maker without a table, and how
// its cells are read.
func newMaker(f Format, o *Options) (*maker, numbers, error) {
	n := numbers{decimal: o.Decimal, thousands: o.Thousands, texts: o.Texts}
	if n.decimal == "" && n.thousands == "." {
		n.decimal = ","
	}
	n.either, n.open = f.Comma && n.decimal == "", f.Open && n.decimal == "" && n.thousands == ""
	choice, err := o.Choice()
	if err != nil {
		return nil, n, err
	}
	for _, text := range o.NA {
		if n.na == nil {
			n.na = map[string]bool{}
		}
		n.na[string(trim([]byte(text)))] = true
	}
	own := *o
	m := &maker{decider: newDecider(&decision{o: &own, choice: choice})}
	if o.Head != nil {
		own.Head, m.names, err = PlainHead(o.Head)
		return m, n, err
	}
	if m.about, err = readDescription(o.Description); err != nil {
		return nil, n, err
	}
	if m.about != nil {
		m.described = m.about.dimensions
	}
	m.file, err = readDescription(f.About)
	return m, n, err
}

// An axis is a dimension of the cube in the making, and where its categories come from:
// a column, the headings of the value columns, or nothing but the head.
type axis struct {
	id, label string
	column    *column // nil for headings and constants
	labels    *column // of its labels, nil for none
	from      *jsonstat.Dimension
	to        []int32  // category by number of the column's texts, -1 for none
	of        []int32  // category of each value column, of headings
	texts     []string // ids of the categories
	names     []string // their labels, where something says them
	metric    bool
	described bool // the order of the categories is
}

// called is what a message calls an axis by.
func (a *axis) called() string {
	if a.column != nil {
		return a.column.name()
	}
	return a.id
}
