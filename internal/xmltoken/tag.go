package xmltoken

import "bytes"

// Text is what stands between the tag and the one before it, as it is written: see
// [AppendText]. It is valid until the next call of Next, as all that is told of a tag.
func (x *Reader) Text() []byte { return x.text }

// Name is the name of the tag without its prefix, with a slash in front if it ends
// an element. empty tells whether the element ends with it.
func (x *Reader) Name() (name []byte, empty bool) {
	tag := x.tag
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		tag, empty = tag[:n-1], true
	}
	prefix := -1
	for i, c := range tag {
		if c <= ' ' {
			tag = tag[:i]
			break
		}
		if c == ':' {
			prefix = i
		}
	}
	switch {
	case prefix < 0:
		return tag, empty
	case tag[0] == '/':
		x.name = append(append(x.name[:0], '/'), tag[prefix+1:]...)
		return x.name, empty
	}
	return tag[prefix+1:], empty
}

// Attributes calls f with each attribute of the tag, values as they are written.
// Of names the prefix is taken off.
func (x *Reader) Attributes(f func(name, value []byte)) {
	tag := x.tag
	from := 0
	for i := 0; i < len(tag); i++ {
		switch c := tag[i]; {
		case c <= ' ' || c == ':':
			from = i + 1
			continue
		case c != '=':
			continue
		}
		name := tag[from:i]
		if len(name) == 0 {
			name = apart(tag[:i])
		}
		for i++; i < len(tag) && tag[i] <= ' '; i++ {
		}
		if i >= len(tag) || (tag[i] != '"' && tag[i] != '\'') {
			return
		}
		quote, value := tag[i], tag[i+1:]
		n := 0
		for n < len(value) && value[n] != quote {
			n++
		}
		if n == len(value) {
			return
		}
		f(name, value[:n])
		i += n + 1
		from = i + 1
	}
}

// apart is the name of an attribute that has blanks between it and the sign behind it.
func apart(tag []byte) []byte {
	const blanks = " \t\r\n"
	name := bytes.TrimRight(tag, blanks)
	return name[bytes.LastIndexAny(name, blanks+":")+1:]
}

// AttributeTexts are the attributes of the tag by name, values as the texts that they
// stand for.
func (x *Reader) AttributeTexts() (map[string]string, error) {
	all := map[string]string{}
	var wrong error
	x.Attributes(func(name, value []byte) {
		text, err := AppendText(nil, value)
		if all[string(name)] = string(text); err != nil {
			wrong = err
		}
	})
	return all, wrong
}
