package dice

import (
	"fmt"
	"strconv"
	"strings"
)

// Parse reads a spec in the grammar of the package. An empty text is the whole cube.
func Parse(text string) (*Spec, error) {
	spec := &Spec{}
	if text == "" {
		return spec, nil
	}
	p := &parser{text: text}
	for {
		c, err := p.readCriterion()
		if err != nil {
			return nil, err
		}
		spec.Criteria = append(spec.Criteria, c)
		if p.isAtEnd() {
			return spec, nil
		}
		p.at++ // the comma
	}
}

// ParseSelectors reads what may stand behind the equals sign of a criterion.
func ParseSelectors(text string) ([]Selector, error) {
	p := &parser{text: text}
	list, err := p.readSelectors("")
	return list, p.checkEnd(err)
}

// parseSelection reads the same into a criterion, a code list in front of it included.
func parseSelection(text string, c *Criterion) error {
	p := &parser{text: text}
	return p.checkEnd(p.readSelection(c))
}

// checkEnd is an error if something follows.
func (p *parser) checkEnd(err error) error {
	if err == nil && !p.isAtEnd() {
		err = fmt.Errorf("%q: what follows the comma is a criterion, not a category; put quotes around categories with an equals sign", p.text)
	}
	return err
}

// parser reads a text from at on, by recursive descent without a tokenizer: which signs
// separate depends on where the parser is. A comma ends a category and, if another
// criterion follows, the criterion too. So behind each comma the parser looks ahead for an
// equals sign in front of the next comma:
//
//	Region=0301,1103,Tid=top(5)
//	           ^ 1103 has no equals sign: another category of Region
//	                ^ Tid= has one: another criterion
//
// Every selector also keeps what was written (Selector.Written), since an id may look like
// an expression, and only the dataset can say which it is.
type parser struct {
	text string
	at   int
}

func (p *parser) isAtEnd() bool { return p.at >= len(p.text) }

// skipSpaces passes over spaces.
func (p *parser) skipSpaces() {
	for !p.isAtEnd() && p.text[p.at] == ' ' {
		p.at++
	}
}

func isQuote(b byte) bool { return b == '"' || b == '\'' }

// readCriterion reads a criterion up to the comma behind it, or the end.
func (p *parser) readCriterion() (Criterion, error) {
	from := p.at
	name, quoted, err := p.readName("=")
	if err != nil {
		return Criterion{}, err
	}
	if p.isAtEnd() {
		return Criterion{}, fmt.Errorf("%q has no equals sign: a criterion is dimension=category/category", p.text[from:])
	}
	raw := ""
	if !quoted {
		raw, name = name, strings.TrimSpace(name)
	}
	if name == "" && !quoted {
		return Criterion{}, fmt.Errorf("%q has no dimension in front of the equals sign", p.text[from:])
	}
	p.at++
	c := Criterion{Dimension: name, raw: raw}
	err = p.readSelection(&c)
	return c, err
}

// codeList is the beginning of categories of a code list: its kind, as either version of
// PxWeb's interface writes it, and its name, in quotes if that holds separators.
var codeList = lazyRegexp(`(?i)^ *(agg_single|agg_all|agg|vs)([:_])("(?:[^"]|"")*"|'(?:[^']|'')*'|[^:/,="']*)(:|[/,]|$)`)

// readCodeList reads the name of a code list in front of categories, "" if there is none.
// ok is false if no category follows it.
func (p *parser) readCodeList() (name string, ok bool) {
	m := codeList().FindStringSubmatch(p.text[p.at:])
	if m == nil || m[2] == "_" && m[4] != ":" {
		return "", false // agg_x may be any id
	}
	name = m[3]
	if name != "" && isQuote(name[0]) {
		name = strings.ReplaceAll(name[1:len(name)-1], name[:1]+name[:1], name[:1])
	}
	if name == "" {
		return "", false
	}
	p.at += len(m[0])
	if m[4] != ":" {
		p.at -= len(m[4])
	}
	return strings.ToLower(m[1]) + ":" + name, m[4] == ":"
}

// readSelection reads what a criterion selects. What begins like the name of a code list
// is read without it as well: it may be an id.
func (p *parser) readSelection(c *Criterion) error {
	literal := *p
	name, follows := p.readCodeList()
	var err error
	if name == "" {
		c.Select, err = p.readSelectors("")
		return err
	}
	c.literal, _ = literal.readSelectors("")
	if c.CodeList = name; !follows {
		return nil // no values follow it
	}
	c.Select, err = p.readSelectors(name)
	return err
}

// readName reads a name, perhaps in quotes, up to one of the stop signs or the end.
func (p *parser) readName(stops string) (text string, quoted bool, err error) {
	from := p.at
	p.skipSpaces()
	if !p.isAtEnd() && isQuote(p.text[p.at]) {
		if text, err = p.readQuoted(); err != nil {
			return "", true, err
		}
		p.skipSpaces()
		if !p.isAtEnd() && strings.IndexByte(stops, p.text[p.at]) < 0 {
			return "", true, fmt.Errorf("%q: %q follows the quotes; quotes go around a whole name, and inside them they are written twice", p.text, p.text[p.at:])
		}
		return text, true, nil
	}
	n := strings.IndexAny(p.text[from:], stops)
	if n < 0 {
		n = len(p.text) - from
	}
	p.at = from + n
	return p.text[from:p.at], false, nil
}

// readQuoted reads a text in quotes, in which the quote itself is written twice.
func (p *parser) readQuoted() (string, error) {
	from, sign := p.at, p.text[p.at]
	var b strings.Builder
	for p.at++; !p.isAtEnd(); p.at++ {
		if p.text[p.at] != sign {
			b.WriteByte(p.text[p.at])
			continue
		}
		if p.at++; p.isAtEnd() || p.text[p.at] != sign {
			return b.String(), nil
		}
		b.WriteByte(sign)
	}
	return "", fmt.Errorf("%q: the quotes are not closed", p.text[from:])
}

// readSelector reads a category or an expression up to its separator, or the end.
func (p *parser) readSelectors(of string) ([]Selector, error) {
	var list []Selector
	for {
		if of != "" {
			look := *p
			if name, follows := look.readCodeList(); follows && name != of {
				return nil, fmt.Errorf("%q: categories of two code lists, %s and %s, are not one selection", p.text, of, name)
			} else if follows {
				p.at = look.at
			}
		}
		s, err := p.readSelector()
		if err != nil {
			return nil, err
		}
		list = append(list, s)
		if p.isAtEnd() || (p.text[p.at] == ',' && p.criterionFollows()) {
			return list, nil
		}
		p.at++ // the separator
	}
}

// criterionFollows tells whether another criterion follows the comma at which the parser
// is: whether an equals sign comes before the next comma.
func (p *parser) criterionFollows() bool {
	look := parser{p.text, p.at + 1}
	_, _, err := look.readName("=,")
	return err == nil && !look.isAtEnd() && look.text[look.at] == '='
}

// call is the beginning of an expression with arguments.
var call = lazyRegexp(`(?i)^ *(top|bottom|range|from|to) *\(`)

// readSelector reads a category or an expression up to its separator, or the end.
func (p *parser) readSelector() (Selector, error) {
	from := p.at
	if m := call().FindStringSubmatch(p.text[p.at:]); m != nil {
		p.at += len(m[0])
		s, err := p.readCall(strings.ToLower(m[1]))
		if err != nil {
			return Selector{}, err
		}
		if p.isAtEnd() || strings.IndexByte("/,", p.text[p.at]) >= 0 {
			s.Written = p.text[from:p.at]
			return s, nil
		}
		p.at = from // top(5)x is a name
	}
	text, quoted, err := p.readRangeEnd()
	if err != nil {
		return Selector{}, err
	}
	first := text
	if !quoted {
		if before, _, ok := strings.Cut(text, ".."); ok && strings.TrimSpace(text) != ".." {
			first, p.at = before, from+len(before)
		}
	}
	if strings.HasPrefix(p.text[p.at:], "..") && (quoted || first != text) {
		p.at += len("..")
		to, toQuoted, err := p.readRangeEnd()
		if err != nil {
			return Selector{}, err
		}
		if !quoted {
			first = strings.TrimSpace(first)
		}
		if !toQuoted {
			to = strings.TrimSpace(to)
		}
		if first == "" && to == "" {
			return Selector{}, fmt.Errorf("%q: a range has one end at least; all categories are *", p.text)
		}
		return Selector{Kind: Range, Text: first, To: to, Written: p.text[from:p.at]}, nil
	}
	switch {
	case quoted:
		return Selector{Kind: ID, Text: text}, nil
	case strings.TrimSpace(text) == "":
		return Selector{}, fmt.Errorf("%q: a category is missing; an empty id is written \"\"", p.text)
	case strings.ContainsAny(text, "*?"):
		return Selector{Kind: Glob, Text: strings.TrimSpace(text), Written: text}, nil
	}
	return Selector{Kind: ID, Text: strings.TrimSpace(text), Written: text}, nil
}

// readRangeEnd reads a name up to a separator, or a quoted one up to a separator or dots.
func (p *parser) readRangeEnd() (string, bool, error) {
	look := *p
	look.skipSpaces()
	if !look.isAtEnd() && isQuote(look.text[look.at]) {
		text, err := look.readQuoted()
		if err == nil && strings.HasPrefix(look.text[look.at:], "..") {
			p.at = look.at
			return text, true, nil
		}
	}
	return p.readName("/,")
}

// readCall reads the arguments of an expression, as 5,2 of top(5,2).
func (p *parser) readCall(name string) (Selector, error) {
	var args []string
	for {
		arg, quoted, err := p.readName(",)")
		if err != nil {
			return Selector{}, err
		}
		if !quoted {
			arg = strings.TrimSpace(arg)
		}
		args = append(args, arg)
		if p.isAtEnd() {
			return Selector{}, fmt.Errorf("%q: the parenthesis of %s( is not closed", p.text, name)
		}
		p.at++
		if p.text[p.at-1] == ')' {
			break
		}
	}
	wrong := func(right string) (Selector, error) {
		return Selector{}, fmt.Errorf("%q: %s(%s) is not understood: write %s, or quotes around it if it is a category", p.text, name, strings.Join(args, ","), right)
	}
	switch name {
	case "range":
		if len(args) != 2 || args[0] == "" || args[1] == "" {
			return wrong("range(from,to)")
		}
		return Selector{Kind: Range, Text: args[0], To: args[1]}, nil
	case "from", "to":
		if len(args) != 1 || args[0] == "" {
			return wrong(name + "(category)")
		}
		if name == "from" {
			return Selector{Kind: Range, Text: args[0]}, nil
		}
		return Selector{Kind: Range, To: args[0]}, nil
	}
	s := Selector{Kind: Top}
	if name == "bottom" {
		s.Kind = Bottom
	}
	var err error
	if s.N, err = strconv.Atoi(args[0]); err != nil || s.N < 1 || len(args) > 2 {
		return wrong(name + "(5) or " + name + "(5,1), with the number of categories and how many to pass over")
	}
	if len(args) == 2 {
		if s.Offset, err = strconv.Atoi(args[1]); err != nil || s.Offset < 0 {
			return wrong(name + "(5,1), with the number of categories and how many to pass over")
		}
	}
	return s, nil
}
