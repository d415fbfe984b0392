package rows

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// lay makes the axes: those of columns first, then those of headings. With a head they
// come in its order.
func (m *maker) lay() ([]*axis, error) {
	var axes []*axis
	for _, c := range m.dimensions() {
		a, err := m.ofColumn(c)
		if err != nil {
			return nil, err
		}
		axes = append(axes, a)
	}
	headings, err := m.headings()
	if err != nil {
		return nil, err
	}
	axes = append(axes, headings...)
	if m.o.Head != nil {
		if axes, err = m.asHead(axes); err != nil {
			return nil, err
		}
	}
	ids := map[string]bool{}
	for i, a := range axes {
		if ids[a.id] {
			return nil, &Error{Msg: fmt.Sprintf("two dimensions are called %q", a.id), Err: ErrColumn}
		}
		ids[a.id] = true
		if a.of != nil {
			m.across = append(m.across, i)
		}
	}
	return axes, nil
}

// ofColumn makes an axis of a column.
func (m *maker) ofColumn(c *column) (*axis, error) {
	if err := m.number(c); err != nil {
		return nil, err
	}
	a := &axis{id: c.name(), label: c.name(), column: c}
	if c.Dimension != "" {
		a.id, a.label = c.Dimension, c.Dimension
	}
	if c.Label != "" {
		a.label = c.Label
	}
	if l := m.owned(Labels)[c.at]; l != nil {
		a.labels = l
		a.label = l.name()
		if label, ok := strings.CutSuffix(a.label, " label"); ok && strings.EqualFold(label, a.id) {
			a.label = label // which is how it is written beside such an id
		}
	}
	if m.o.Content == layout.Both {
		if id, label, ok := splitBoth(a.id); ok {
			a.id, a.label = id, label
		}
	}
	if m.o.Head != nil {
		if err := m.fromHead(a); err != nil {
			return nil, err
		}
		if a.from != nil {
			return a, nil
		}
	}
	return a, m.categories(a)
}

// categories are those of a column, in the order in which they come up; the order that
// the description or the format gives goes before.
func (m *maker) categories(a *axis) error {
	c := a.column
	var order []string
	if m.about != nil {
		var err error
		if order, err = m.about.order(a.id); err != nil {
			return err
		}
		if len(order) > 0 && m.o.Content == layout.Both {
			m.o.Warnf("the order of categories that is described for %q counts only where cells hold ids alone", a.id)
			order = nil
		}
	}
	if len(order) == 0 {
		order = c.Order
	}
	a.described = len(order) > 0
	known := map[string]int32{}
	for _, id := range order {
		if _, ok := known[id]; !ok {
			known[id] = int32(len(a.texts))
			a.texts = append(a.texts, id)
		}
	}
	dict := c.entries()
	typed := len(order) > 0
	a.to = make([]int32, dict.len())
	for code := range a.to {
		text, kind := dict.cell(code)
		if kind == Null {
			a.to[code] = -1
			continue
		}
		typed = typed || kind != Plain
		if typed { // else no two entries have one text
			if k, ok := known[string(text)]; ok {
				a.to[code] = k
				continue
			}
		}
		known[string(text)] = int32(len(a.texts))
		a.to[code] = int32(len(a.texts))
		a.texts = append(a.texts, string(text))
	}
	if !m.twin { // it is told once for a table
		var first, second string
		if first, second, m.twin = twins(a.texts); m.twin {
			m.o.Warnf("%s: the categories %+q and %+q look the same, and are two", brief(a.id), first, second)
		}
	}
	switch {
	case a.labels != nil:
		var err error
		a.names, err = m.labelsIn(a.labels, a.column, a.to, len(a.texts))
		return err
	case m.o.Content == layout.Both:
		a.names = make([]string, len(a.texts))
		for i, text := range a.texts {
			id, label, ok := splitBoth(text)
			if !ok {
				place, err := m.placeOf(a.column, text)
				if err != nil {
					return err
				}
				return (&Error{Msg: fmt.Sprintf("category %q of dimension %q is not of the form [id] label", brief(text), a.id)}).at(place)
			}
			a.texts[i], a.names[i] = id, label
		}
	}
	return nil
}

// labelsIn are the labels of n ids, as numbers of the texts of their column lead to
// them: the first one of each that comes up.
func (m *maker) labelsIn(labels, ids *column, to []int32, n int) ([]string, error) {
	names := make([]string, n)
	if err := m.number(labels); err != nil {
		return nil, err
	}
	others, otherRow, other := int64(0), int64(0), ""
	err := m.each([]*column{ids, labels}, func(first int64, codes [][]int32) (bool, error) {
		before, beforeLabel := int32(-1), int32(-1)
		for row, code := range codes[0] {
			if code == before && codes[1][row] == beforeLabel {
				continue
			}
			before, beforeLabel = code, codes[1][row]
			k := to[code]
			if k < 0 {
				continue
			}
			text, _ := labels.entries().cell(int(beforeLabel))
			switch {
			case len(text) == 0: // it says nothing of the id
			case names[k] == "":
				names[k] = string(text)
			case names[k] != string(text):
				if others++; others == 1 {
					otherRow, other = first+int64(row), string(text)
				}
			}
		}
		return true, nil
	})
	if err != nil || others == 0 {
		return names, err
	}
	place, err := m.where(otherRow, labels.at)
	if err != nil {
		return nil, err
	}
	if others == 1 {
		m.o.Warnf("a label is not the one that its id had before, %q in %s: the first one counts", brief(other), place)
	} else {
		m.o.Warnf("%d labels are not those that their ids had before, such as %q in %s: the first one of each id counts", others, brief(other), place)
	}
	return names, nil
}

// headings makes axes of the headers of several value columns.
func (m *maker) headings() ([]*axis, error) {
	values := m.of(Value)
	if !m.by {
		if len(values) < 2 {
			return nil, nil
		}
		a := &axis{id: "measure", metric: true}
		if m.o.Metric != "" {
			a.id = m.o.Metric
		}
		a.label = a.id
		for i, c := range values {
			a.texts, a.of = append(a.texts, c.name()), append(a.of, int32(i))
			if c.Label != "" && c.Label != c.name() {
				a.names = append(a.names, c.Label)
			}
		}
		if len(a.names) < len(a.texts) {
			a.names = nil
		}
		return []*axis{a}, nil
	}
	parts, err := m.headingParts(values)
	if err != nil {
		return nil, err
	}
	var axes []*axis
	for k, id := range m.choice.By {
		a := &axis{id: id, label: id}
		var known map[string]int // the categories by what headings may call them
		if m.o.Head != nil {
			_, from, err := m.o.Head.FindDimension(id)
			if err != nil {
				return nil, err
			}
			a.from, a.label = from, from.Label()
			a.texts, known = categoryIDs(from), knownTexts(from)
		} else {
			if m.about != nil {
				order, err := m.about.order(id)
				if err != nil {
					return nil, err
				}
				a.texts = order
			}
			known = numbered(a.texts)
		}
		for i := range values {
			text := parts[i][k]
			n, ok := known[text]
			switch {
			case ok:
			case a.from != nil:
				_, err := a.from.Category(text)
				return nil, (&Error{Msg: err.Error(), Err: err}).at(m.headerPlace())
			default:
				n = len(a.texts)
				known[text] = n
				a.texts = append(a.texts, text)
			}
			a.of = append(a.of, int32(n))
		}
		axes = append(axes, a)
	}
	seen := map[string]int{}
	for i, c := range values {
		key := ""
		for _, a := range axes {
			key += fmt.Sprint(a.of[i], " ")
		}
		if k, ok := seen[key]; ok {
			return nil, (&Error{Msg: fmt.Sprintf("columns %q and %q are the same category", values[k].name(), c.name())}).at(m.headerPlace())
		}
		seen[key] = i
	}
	return axes, nil
}

// headingParts are what the headers of value columns say of each dimension of headings.
func (m *maker) headingParts(values []*column) ([][]string, error) {
	var parts [][]string
	var wrong *Error
	if m.o.Head == nil {
		parts, wrong = headingParts(values, m.choice.By, func(first, second string) {
			m.o.Doubtf([]string{"Head"}, "the headings can be split in several ways, of which one has periods: it is taken, such as %s and %s", brief(first), brief(second))
		})
	} else {
		var dims []*jsonstat.Dimension
		for _, id := range m.choice.By {
			_, d, err := m.o.Head.FindDimension(id)
			if err != nil {
				return nil, err
			}
			dims = append(dims, d)
		}
		parts, wrong = headParts(values, dims)
	}
	if wrong != nil {
		return nil, wrong.at(m.headerPlace())
	}
	return parts, nil
}

// fromHead looks an axis up in the head: by what its format says, by id or by label.
func (m *maker) fromHead(a *axis) error {
	head := m.o.Head
	id := a.id
	if m.forms.HasHead || a.column.Name == "" && a.column.Dimension == "" {
		id = a.column.Dimension
	}
	_, from, err := head.FindDimension(id)
	if err != nil {
		for _, h := range head.Dimensions() {
			if isOf(id, h) || h.Label() == a.label {
				if from != nil {
					return (&Error{Msg: fmt.Sprintf("two dimensions have the label %q: name the column by its id", a.label)}).at(m.headerPlace())
				}
				from = h
			}
		}
	}
	if from == nil {
		return (&Error{Msg: fmt.Sprintf("column %q is no dimension of the head: %v", a.id, err), Err: ErrColumn}).at(m.headerPlace())
	}
	a.from, a.id, a.label = from, from.ID(), from.Label()
	var known map[string]int
	if a.column.Known == nil {
		known = knownTexts(from)
	} else {
		known = numbered(a.column.Known)
	}
	dict := a.column.entries()
	a.to = make([]int32, dict.len())
	unknown := false
	for code := range a.to {
		text, kind := dict.cell(code)
		k, ok := known[string(text)]
		if !ok || kind == Null {
			k = -1
			unknown = unknown || kind != Null
		}
		a.to[code] = int32(k)
	}
	a.texts = categoryIDs(from)
	if unknown && a.column.Known == nil {
		m.stripped(a)
	}
	return m.contradiction(a)
}

// contradiction is the error for a row in which a column of labels, which the head does not
// need, says another category than that of the ids.
func (m *maker) contradiction(a *axis) error {
	l := a.labels
	if l == nil || l.why != ByHead {
		return nil
	}
	if err := m.number(l); err != nil {
		return err
	}
	known := knownTexts(a.from)
	says := make([]int32, l.entries().len()) // by number of the text: the category, -1 for none
	for code := range says {
		says[code] = -1
		if text, kind := l.entries().cell(code); kind != Null {
			if k, ok := known[string(text)]; ok {
				says[code] = int32(k)
			}
		}
	}
	row := int64(-1)
	id, label := int32(0), int32(0)
	err := m.each([]*column{a.column, l}, func(first int64, codes [][]int32) (bool, error) {
		for i, code := range codes[0] {
			if k := says[codes[1][i]]; k >= 0 && a.to[code] >= 0 && k != a.to[code] {
				row, id, label = first+int64(i), code, codes[1][i]
				return false, nil
			}
		}
		return true, nil
	})
	if err != nil || row < 0 {
		return err
	}
	place, err := m.where(row, l.at)
	if err != nil {
		return err
	}
	one, _ := a.column.entries().cell(int(id))
	other, _ := l.entries().cell(int(label))
	return (&Error{Msg: fmt.Sprintf("columns %q and %q are the same dimension %q, and say %q and %q", a.column.name(), l.name(), a.from.ID(), brief(string(one)), brief(string(other)))}).at(place)
}

// stripped takes codes of a column that lack the zeros in front for those of the head that
// have them: somebody read them as numbers.
func (m *maker) stripped(a *axis) {
	bare := make(map[string]int32, len(a.texts))
	for i, id := range a.texts {
		short := strings.TrimLeft(id, "0")
		if short == "" && len(id) > 1 {
			short = "0"
		}
		if len(short) == len(id) {
			continue
		}
		if _, ok := bare[short]; ok {
			bare[short] = -1
		} else {
			bare[short] = int32(i)
		}
	}
	to := slices.Clone(a.to)
	dict := a.column.entries()
	example := ""
	for code, k := range to {
		text, kind := dict.cell(code)
		if k >= 0 || kind == Null {
			continue
		}
		found, ok := bare[string(text)]
		if !ok || found < 0 || strings.Trim(string(text), "0123456789") != "" {
			continue // an error says so
		}
		if to[code] = found; example == "" {
			example = fmt.Sprintf("%s is taken for %s", text, a.texts[found])
		}
	}
	if example == "" {
		return
	}
	a.to = to
	m.o.Warnf("the codes of %q have lost the zeros in front, as where they are read as numbers: %s", brief(a.id), example)
}

// asHead puts axes in the order of the head, with those of one category that have no
// column.
func (m *maker) asHead(axes []*axis) ([]*axis, error) {
	var all []*axis
	of := make(map[*jsonstat.Dimension][]*axis, len(axes))
	for _, a := range axes {
		of[a.from] = append(of[a.from], a)
	}
	for _, h := range m.o.Head.Dimensions() {
		mine := of[h]
		switch {
		case len(mine) > 1:
			return nil, (&Error{Msg: fmt.Sprintf("columns %q and %q are the same dimension %q", mine[0].called(), mine[1].called(), h.ID())}).at(m.headerPlace())
		case len(mine) == 1:
			all = append(all, mine[0])
		case h.Len() == 1:
			all = append(all, &axis{id: h.ID(), label: h.Label(), from: h, texts: []string{h.CategoryID(0)}})
		default:
			return nil, (&Error{Msg: fmt.Sprintf("no column is dimension %q of the head, which has %d categories", h.ID(), h.Len()), Err: ErrColumn}).at(m.headerPlace())
		}
	}
	return all, nil
}
