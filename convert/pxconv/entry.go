package pxconv

import (
	"fmt"
	"strings"
)

// entry is one keyword of the head with all that belongs to it:
//
//	VALUENOTE[sv]("region","Oslo")="from 2024 on";
type entry struct {
	keyword string // in capitals
	lang    string // in small letters, "" if none is said
	sub     []string
	values  []item
	comma   bool   // one stands behind the last value
	raw     string // what stands behind the equals sign
	at      int    // which entry it is, from 0
	line    int
}

// item is a value of an entry.
type item struct {
	text   string
	quoted bool
}

// text is the first value.
func (e *entry) text() string {
	if len(e.values) == 0 {
		return ""
	}
	return e.values[0].text
}

// texts are all values.
func (e *entry) texts() []string {
	list := make([]string, len(e.values))
	for i, v := range e.values {
		list[i] = v.text
	}
	return list
}

// entryError is what is wrong with the text of an entry.
type entryError struct {
	keyword      string
	line, column int
	msg          string
}

// entryReader takes the text of a head apart.
type entryReader struct {
	text string
	pos  int
	line int // of pos
	from int // start of that line
	at   int
	warn func(kind WarningKind, keyword string, line int, format string, args ...any)
}

// all reads all entries. What cannot be read is left out.
func (r *entryReader) all() (entries []*entry, bad []entryError) {
	r.line = 1
	text := []byte(r.text)
	for {
		r.space()
		if r.pos >= len(r.text) {
			return entries, bad
		}
		end, kind := scanEntry(text, r.pos, true)
		body := end
		if kind == entryWhole {
			body--
		}
		p := &entryParser{text: r.text[r.pos:body], warn: r.warn, line: r.line}
		e, msg := p.parse()
		if kind == entryBroken && msg == "" {
			msg = "a quote is missing"
		}
		switch {
		case msg != "":
			line, column := r.place(r.pos + p.pos)
			bad = append(bad, entryError{e.keyword, line, column, msg})
		case e.keyword != "":
			e.at = r.at
			entries = append(entries, e)
		}
		r.at++
		r.move(end)
	}
}

// move moves on, and counts lines: those of CR alone too.
func (r *entryReader) move(to int) {
	for ; r.pos < to; r.pos++ {
		if c := r.text[r.pos]; c == '\n' || c == '\r' && (r.pos+1 >= len(r.text) || r.text[r.pos+1] != '\n') {
			r.line++
			r.from = r.pos + 1
		}
	}
}

// space passes over blanks.
func (r *entryReader) space() {
	to := r.pos
	for to < len(r.text) && (isBlank(r.text[to]) || r.text[to] == ';') {
		to++
	}
	r.move(to)
}

// place is the line and column of an offset behind pos.
func (r *entryReader) place(off int) (line, column int) {
	line, from := r.line, r.from
	for i := r.pos; i < min(off, len(r.text)); i++ {
		if r.text[i] == '\n' {
			line++
			from = i + 1
		}
	}
	return line, len([]rune(r.text[from:min(off, len(r.text))])) + 1
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// entryParser reads one entry.
type entryParser struct {
	text string
	pos  int
	line int
	warn func(kind WarningKind, keyword string, line int, format string, args ...any)
}

// parse reads the entry; what is wrong with it is at pos.
func (p *entryParser) parse() (e *entry, wrong string) {
	e = &entry{line: p.line}
	end := strings.IndexAny(p.text, `[(="`)
	if end < 0 {
		e.keyword = shorten(strings.TrimSpace(p.text))
		return e, "an equals sign is missing"
	}
	spelled := strings.Join(strings.Fields(p.text[:end]), "")
	e.keyword = strings.ToUpper(spelled)
	if spelled != e.keyword {
		p.warn(WarnCase, e.keyword, e.line, "the keyword is in small letters")
	}
	if spelled == "" {
		return e, "a keyword is missing"
	}
	p.pos = end
	for {
		p.space()
		if p.pos >= len(p.text) {
			return e, "an equals sign is missing"
		}
		switch p.text[p.pos] {
		case '[':
			if wrong := p.language(e); wrong != "" {
				return e, wrong
			}
		case '(':
			if wrong := p.subkeys(e); wrong != "" {
				return e, wrong
			}
		case '=':
			p.pos++
			e.raw = strings.TrimSpace(p.text[p.pos:])
			if e.keyword == "TIMEVAL" || e.keyword == "HIERARCHIES" {
				return e, "" // they have forms of their own
			}
			return e, p.values(e)
		default:
			return e, fmt.Sprintf("unexpected %q, expected an equals sign", p.text[p.pos:p.pos+1])
		}
	}
}

// language reads the language: [sv], or ["sv"].
func (p *entryParser) language(e *entry) (wrong string) {
	end := strings.IndexByte(p.text[p.pos:], ']')
	if end < 0 {
		return "the bracket behind the language is missing"
	}
	if e.sub != nil {
		p.warn(WarnOrder, e.keyword, e.line, "the language stands behind the subkey")
	}
	text := strings.TrimSpace(p.text[p.pos+1 : p.pos+end])
	if strings.HasPrefix(text, `"`) {
		p.warn(WarnOrder, e.keyword, e.line, "the language stands in quotes")
	}
	e.lang = strings.ToLower(strings.Trim(text, `"`))
	p.pos += end + 1
	return ""
}

// subkeys reads the subkeys: ("region","Oslo").
func (p *entryParser) subkeys(e *entry) (wrong string) {
	p.pos++
	e.sub = []string{}
	for {
		p.space()
		switch {
		case p.pos >= len(p.text):
			return "the bracket behind the subkey is missing"
		case p.text[p.pos] == ')':
			p.pos++
			return ""
		case p.text[p.pos] == ',':
			p.pos++
		case p.text[p.pos] == '"':
			text, wrong := p.str()
			if wrong != "" {
				return wrong
			}
			e.sub = append(e.sub, text)
		default:
			end := strings.IndexAny(p.text[p.pos:], ",)\"")
			if end <= 0 {
				return "the bracket behind the subkey is missing"
			}
			e.sub = append(e.sub, strings.TrimSpace(p.text[p.pos:p.pos+end]))
			p.pos += end
		}
	}
}

// values reads texts separated by commas.
func (p *entryParser) values(e *entry) (wrong string) {
	for first := true; ; first = false {
		p.space()
		switch {
		case p.pos >= len(p.text):
			if !first {
				e.comma = true
				p.warn(WarnEmpty, e.keyword, e.line, "a comma stands behind the last value")
			}
			return ""
		case p.text[p.pos] == '"':
			text, wrong := p.str()
			if wrong != "" {
				return wrong
			}
			e.values = append(e.values, item{text, true})
		default:
			end := strings.IndexAny(p.text[p.pos:], `,"`)
			if end < 0 {
				end = len(p.text) - p.pos
			}
			text := strings.Join(strings.Fields(p.text[p.pos:p.pos+end]), "") // blanks outside quotes mean nothing
			if text == "" || strings.Contains(text, "=") {
				return "unexpected " + shorten(p.text[p.pos:p.pos+max(1, end)]) + ", expected a value"
			}
			e.values = append(e.values, item{text, false})
			p.pos += end
		}
		p.space()
		if p.pos >= len(p.text) {
			return ""
		}
		if p.text[p.pos] != ',' {
			return "unexpected " + shorten(p.text[p.pos:]) + " behind a value, expected a comma or a semicolon"
		}
		p.pos++
	}
}

// str reads a string of one or several pieces.
func (p *entryParser) str() (text, wrong string) {
	var all strings.Builder // of several
	for pieces := 0; ; pieces++ {
		end := strings.IndexByte(p.text[p.pos+1:], '"')
		if end < 0 {
			return "", "the closing quote is missing"
		}
		piece := p.text[p.pos+1 : p.pos+1+end]
		switch pieces {
		case 0:
			text = piece
		case 1:
			all.WriteString(text)
			fallthrough
		default:
			all.WriteString(piece)
		}
		p.pos += end + 2
		at := p.pos
		p.space()
		if p.pos >= len(p.text) || p.text[p.pos] != '"' {
			p.pos = at
			if pieces > 0 {
				text = all.String()
			}
			return text, ""
		}
	}
}

func (p *entryParser) space() {
	for p.pos < len(p.text) && isBlank(p.text[p.pos]) {
		p.pos++
	}
}

// shorten bounds a text for a message.
func shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return text
}
