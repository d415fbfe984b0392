package pxserver

import "slices"

// mostDefault is how many values of a variable the default selection takes.
const mostDefault = 1500

// defaultSelection is what the server chooses where nothing was asked for: of many
// variables the first contents and the newest period by two others, so that it fits on a
// screen. Code lists that the query names are chosen from.
func defaultSelection(t *Table, q *query2) *query2 {
	d := &defaults{t: t, lists: map[int]string{}, query2: &query2{Placement: &placement{Heading: []string{}, Stub: []string{}}}}
	for _, s := range q.Selection {
		if k := t.variable2(s.VariableCode); k >= 0 {
			d.lists[k] = s.CodeList
		}
	}
	contents := slices.IndexFunc(t.Variables, func(v Variable) bool { return v.Kind == Contents })
	time := slices.IndexFunc(t.Variables, func(v Variable) bool { return v.Kind == Time })
	var others, mandatory, rest []int
	for i := range t.Variables {
		if i == contents || i == time {
			continue
		}
		others = append(others, i)
		if !t.Variables[i].Elimination || d.lists[i] != "" {
			mandatory = append(mandatory, i)
		} else {
			rest = append(rest, i)
		}
	}
	switch {
	case contents < 0 || time < 0:
		d.plain()
	case len(others) == 0:
		d.two(contents, time)
	case len(others) == 1:
		d.three(contents, time, others[0])
	default:
		d.many(contents, time, mandatory, rest)
	}
	if q.Placement != nil {
		d.Placement = q.Placement
	}
	return d.query2
}

// defaults is a default selection that is being made.
type defaults struct {
	*query2
	t     *Table
	lists map[int]string
}

func (d *defaults) codes(i int) []string {
	v := &d.t.Variables[i]
	return v.choice(v.list2(d.lists[i])).codes
}

func (d *defaults) add(i int, codes []string, place *[]string) {
	code := d.t.Variables[i].Code
	d.Selection = append(d.Selection, select2{VariableCode: code, CodeList: d.lists[i], ValueCodes: codes[:min(mostDefault, len(codes))]})
	if place != nil {
		*place = append(*place, code)
	}
}

func (d *defaults) heading(i int, codes []string) { d.add(i, codes, &d.Placement.Heading) }
func (d *defaults) stub(i int, codes []string)    { d.add(i, codes, &d.Placement.Stub) }

// newest are the last n periods.
func (d *defaults) newest(i, n int) []string {
	codes := d.codes(i)
	return codes[max(0, len(codes)-n):]
}

// plain is for a table that lacks time or contents: all that fits.
func (d *defaults) plain() {
	from := len(d.t.Variables) - d.t.heading()
	for i := range d.t.Variables {
		codes := d.codes(i)
		if d.t.Variables[i].Kind == Time {
			codes = d.newest(i, 13)
		}
		if i < from {
			d.stub(i, codes)
		} else {
			d.heading(i, codes)
		}
	}
}

func (d *defaults) two(contents, time int) {
	if codes := d.codes(contents); len(codes) < 6 {
		d.heading(contents, codes)
		d.stub(time, d.newest(time, 13))
	} else {
		d.stub(contents, codes)
		d.heading(time, d.newest(time, 13))
	}
}

func (d *defaults) three(contents, time, other int) {
	if codes := d.codes(contents); len(codes) == 1 {
		d.heading(contents, codes)
		d.heading(time, d.newest(time, 13))
		d.stub(other, d.codes(other))
		return
	}
	d.heading(time, d.newest(time, 1))
	d.pair(contents, other)
}

// pair puts the variable with more values into the stub and the other one into the
// heading.
func (d *defaults) pair(a, b int) {
	if len(d.codes(a)) <= len(d.codes(b)) {
		a, b = b, a
	}
	d.stub(a, d.codes(a))
	d.heading(b, d.codes(b))
}

func (d *defaults) many(contents, time int, mandatory, rest []int) {
	d.heading(contents, d.codes(contents)[:1])
	d.heading(time, d.newest(time, 1))
	switch len(mandatory) {
	case 0:
		d.pair(rest[0], rest[len(rest)-1])
		rest = rest[1 : len(rest)-1]
	case 1:
		d.pair(mandatory[0], rest[len(rest)-1])
		rest = rest[:len(rest)-1]
	default:
		last := len(mandatory) - 1
		for _, i := range mandatory[1:last] {
			d.heading(i, d.codes(i)[:1])
		}
		d.pair(mandatory[0], mandatory[last])
	}
	for _, i := range rest {
		d.add(i, []string{}, nil)
	}
}
