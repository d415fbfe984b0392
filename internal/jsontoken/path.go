package jsontoken

import "strconv"

// PathAt goes from value to value up to an offset, or to where the text is wrong, and
// returns the way to the value that is being read there: names and indexes from the root
// on. A name or an item that is not complete is part of it; else it leads to what is
// around. What is read must not be longer than the offset says.
func (r *Reader) PathAt(off int64) []string {
	p := path{r: r, off: off}
	p.passValue()
	return p.steps()
}

// PathInside is PathAt for a text that begins with a value of an array or an object: the
// one at that index, or of that name.
func (r *Reader) PathInside(off int64, array bool, step string) []string {
	p := path{r: r, off: off, open: []level{{array: array, name: step}}}
	p.open[0].index, _ = strconv.Atoi(step)
	for more := p.passValue(); more; more = p.passComma(&p.open[0]) && p.passValue() {
	}
	return p.steps()
}

// path is the way from the root to where a reader is: one level for each open object or
// array. Passing over values in order keeps it up to date.
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

// reachedEnd tells whether the place was reached.
func (p *path) reachedEnd() bool { return p.r.Offset() >= p.off }

// passValue passes over a value. It reports false at the offset that is looked for.
func (p *path) passValue() bool {
	c := p.r.Space()
	if p.reachedEnd() {
		return false
	}
	if c != '{' && c != '[' {
		kind, _, err := p.r.Token()
		return err == nil && (kind == String || !p.reachedEnd()) // nothing tells the end of a number
	}
	p.r.Pos++
	p.open = append(p.open, level{array: c == '[', index: -1})
	at := len(p.open) - 1
	if p.passClosing(at) {
		return true
	}
	for more := p.passName(&p.open[at]); more; more = p.passComma(&p.open[at]) {
		if !p.passValue() {
			return false
		}
		if p.passClosing(at) {
			return true
		}
	}
	return false
}

// passClosing passes over the bracket that closes the innermost array or object, if it
// is next.
func (p *path) passClosing(at int) bool {
	closing := byte('}')
	if p.open[at].array {
		closing = ']'
	}
	if p.r.Space() != closing || p.reachedEnd() {
		return false
	}
	p.r.Pos++
	p.open = p.open[:at]
	return true
}

// passComma passes over the comma behind a value and what is in front of the next one.
func (p *path) passComma(l *level) bool {
	c := p.r.Space()
	if p.between = p.reachedEnd() || c != ','; p.between {
		return false
	}
	p.r.Pos++
	return p.passName(l)
}

// passName passes over the name in front of the value of a member.
func (p *path) passName(l *level) bool {
	if l.array {
		l.index++
		return true
	}
	p.between = true
	if c := p.r.Space(); c != '"' || p.reachedEnd() {
		return false
	}
	name, err := p.r.Str()
	if err != nil {
		return false
	}
	p.between, l.name = false, string(name)
	if c := p.r.Space(); c != ':' || p.reachedEnd() {
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
