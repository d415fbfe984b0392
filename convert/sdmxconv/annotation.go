package sdmxconv

import "encoding/json"

// annotation is one that a message lists; what it is about has its place in the list.
type annotation struct {
	id, kind, title, text, value texts

	raw string // all of it, as it stands in the message
}

// said is what an annotation says.
func (a *annotation) said(l *language) string {
	for _, t := range []*texts{&a.text, &a.title, &a.value, &a.kind, &a.id} {
		if text := l.name(*t); text != "" {
			return text
		}
	}
	return brief(a.raw)
}

// annotationsOf are the annotations at some places of all, nil if there are none.
func annotationsOf(places []int, all []annotation, l *language) json.RawMessage {
	b := []byte{'['}
	for _, k := range places {
		if k < 0 || k >= len(all) {
			continue
		}
		a := &all[k]
		var o members
		o.text("type", l.name(a.kind))
		o.text("title", l.name(a.title))
		o.text("text", l.name(a.text))
		o.text("value", l.name(a.value))
		if len(b) > 1 {
			b = append(b, ',')
		}
		if len(o.names) == 0 {
			o.text("id", a.said(l))
		}
		b = append(b, o.json()...)
	}
	if len(b) == 1 {
		return nil
	}
	return append(b, ']')
}
