package pxconv

import (
	"strings"
)

// contacts are those of all contents, each once: split at "##", or, where two upright
// strokes end each, with eight parts.
func (f *file) contacts() []byte {
	seen := map[string]bool{}
	var list [][]byte
	for i := range f.infos {
		e := f.infos[i].contact
		if e == nil || seen[e.text()] {
			continue
		}
		seen[e.text()] = true
		if list == nil {
			list = [][]byte{}
		}
		for _, c := range f.contactsOf(e) {
			if !seen[string(c)] {
				seen[string(c)] = true
				list = append(list, c)
			}
		}
	}
	if list == nil {
		return nil
	}
	return array(list, func(c []byte) []byte { return c })
}

func (f *file) contactsOf(e *entry) [][]byte {
	text := e.text()
	var list [][]byte
	if strings.Contains(text, "||") {
		for part := range strings.SplitSeq(text, "||") {
			if part = strings.TrimSpace(part); part != "" {
				parts := strings.Split(part, "#")
				if len(parts) < 8 {
					f.warn(WarnValue, e.keyword, e.line, "a contact has %d of the eight parts", len(parts))
				}
				list = append(list, contactOf(parts, part))
			}
		}
		return list
	}
	for part := range strings.SplitSeq(text, "##") {
		if part != "" {
			var o object
			o.text("raw", part)
			list = append(list, o.json())
		}
	}
	return list
}

// contactOf is a contact of eight parts: first and last name, prefix, phone, mail,
// organization, department, unit.
func contactOf(parts []string, raw string) []byte {
	var o object
	if len(parts) < 8 {
		o.text("raw", raw)
		return o.json()
	}
	name := parts[0] + " " + parts[1]
	raw = name + ", " + parts[5] + "#" + parts[2] + " " + parts[3]
	if parts[4] != "" {
		raw += "#" + parts[4]
	}
	o.raw("name", quote(strings.TrimSpace(name)))
	o.raw("organization", quote(parts[5]))
	o.raw("phone", quote(parts[3]))
	o.raw("mail", quote(parts[4]))
	o.text("raw", raw)
	return o.json()
}
