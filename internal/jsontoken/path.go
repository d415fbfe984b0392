package jsontoken

import "strconv"

// PathAt goes from value to value up to an offset, or to where the text is wrong, and
// returns the way to the value that is being read there: names and indexes from the root
// on. A name or an item that is not complete is part of it; else it leads to what is
// around. What is read must not be longer than the offset says.
func (r *Reader) PathAt(off int64) []string {
	p := path{r: r, off: off}
	p.value()
	return p.steps()
}

// PathInside is PathAt for a text that begins with a value of an array or an object: the
// one at that index, or of that name.
func (r *Reader) PathInside(off int64, array bool, step string) []string {
	p := path{r: r, off: off, open: []level{{array: array, name: step}}}
	p.open[0].index, _ = strconv.Atoi(step)
	for more := p.value(); more; more = p.next(&p.open[0]) && p.value() {
	}
	return p.steps()
}

// path is the way to where a reader stands.
type path struct {
	r       *Reader
	off     int64
	open    []level
	between bool // it stands between two values, or in a name
}

// level is an open object or array, with the index or the name of what is read in it.
type level struct {
	array bool
	index int
	name  string
}

// ended tells whether the place was reached.
func (p *path) ended() bool { return p.r.Offset() >= p.off }

// value passes over a value. It reports false at the place that is looked for.
func (p *path) value() bool {
	c := p.r.Space()
	if p.ended() {
		return false
	}
	if c != '{' && c != '[' {
		kind, _, err := p.r.Token()
		return err == nil && (kind == String || !p.ended()) // nothing tells the end of a number
	}
	p.r.Pos++
	p.open = append(p.open, level{array: c == '[', index: -1})
	at := len(p.open) - 1
	if p.closed(at) {
		return true
	}
	for more := p.begin(&p.open[at]); more; more = p.next(&p.open[at]) {
		if !p.value() {
			return false
		}
		if p.closed(at) {
			return true
		}
	}
	return false
}

// closed passes over the bracket that closes the innermost array or object, if it is there.
func (p *path) closed(at int) bool {
	closing := byte('}')
	if p.open[at].array {
		closing = ']'
	}
	if p.r.Space() != closing || p.ended() {
		return false
	}
	p.r.Pos++
	p.open = p.open[:at]
	return true
}

// next passes over the comma behind a value and begins the next one.
func (p *path) next(l *level) bool {
	c := p.r.Space()
	if p.between = p.ended() || c != ','; p.between {
		return false
	}
	p.r.Pos++
	return p.begin(l)
}

// begin passes over what stands in front of a value: the name of a member.
func (p *path) begin(l *level) bool {
	if l.array {
		l.index++
		return true
	}
	p.between = true
	if c := p.r.Space(); c != '"' || p.ended() {
		return false
	}
	name, err := p.r.Str()
	if err != nil {
		return false
	}
	p.between, l.name = false, string(name)
	if c := p.r.Space(); c != ':' || p.ended() {
		return false
	}
	p.r.Pos++
	return true
}

func (p *path) steps() []string {
	open := p.open
	if p.between && len(open) > 0 {
		open = open[:len(open)-1]
	}
	var steps []string
	for _, l := range open {
		if l.array {
			steps = append(steps, strconv.Itoa(l.index))
		} else {
			steps = append(steps, l.name)
		}
	}
	return steps
}
