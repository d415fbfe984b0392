package sdmxconv

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/jsontext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// scanner reads the series and observations of a message in place: keys, and the elements
// of arrays. What it read last lies in its fields until more is read.
type scanner struct {
	w *jsontext.Window
	keys

	b      []byte  // a piece of the message, with what was read last at its start
	from   int64   // where it stands in the message
	fields []field // of the array that was read last

	key    struct{ from, to int } // of the observation that was read last
	pos    int64                  // its position
	placed bool                   // else the key is not as usual, and its position is not known

	first bool // no observation was read yet of those that belong together
}

// field is an element of an array, by its place in the piece.
type field struct {
	kind     kind
	from, to int
}

// token is an element of the array that was read last.
func (s *scanner) token(v field) []byte { return s.b[v.from:v.to] }

// goTo goes to a place in the message.
func (s *scanner) goTo(offset int64) error { return s.w.Goto(offset) }

// offset is where the next byte stands.
func (s *scanner) offset() int64 { return s.w.Offset() }

// skip passes over the next value.
func (s *scanner) skip() error {
	_, err := s.w.Skip()
	return err
}

// series goes through the object of series at the next byte. read reads each of them.
func (s *scanner) series(read func(key string) error) error { return s.w.Members(read) }

// parts goes through the parts of the series at the next byte: its observations,
// attributes and annotations. read reads each of them.
func (s *scanner) parts(read func(name string) error) error {
	return s.w.Members(func(name string) error {
		c, err := s.w.Peek()
		switch {
		case err != nil:
			return err
		case c == '{' && name == observationsPart, c == '[' && (name == attributesPart || name == annotationsPart):
			return read(name)
		}
		return s.skip()
	})
}

// The parts of a series.
const (
	observationsPart = "observations"
	attributesPart   = "attributes"
	annotationsPart  = "annotations"
)

// array reads the array at the next byte.
func (s *scanner) array() error {
	for {
		s.b, s.from = s.w.Rest(), s.w.Offset()
		n, err := s.elements(s.b, 0)
		if err != nil {
			return err
		}
		if n > 0 {
			s.w.Advance(n)
			return nil
		}
		if err := s.w.More(); err != nil {
			return err
		}
	}
}

// open begins to read the object of observations at the next byte.
func (s *scanner) open() error {
	s.first = true
	return s.w.Take('{')
}

// next reads the next observation, if there is one more. base is the position of the
// series.
func (s *scanner) next(base int64) (bool, error) {
	for {
		s.b, s.from = s.w.Rest(), s.w.Offset()
		n, err := s.row(s.b, base)
		if err != nil {
			return false, err
		}
		if n > 0 {
			s.w.Advance(n)
			s.first = false
			return true, nil
		}
		if n < 0 {
			s.w.Advance(-n)
			return false, nil
		}
		if err := s.w.More(); err != nil {
			return false, err
		}
	}
}

// row reads one observation from the start of b, with the comma in front of it,
// and returns its length: 0 if it does not end in b. The length of the end of the
// object is negative.
func (s *scanner) row(b []byte, base int64) (int, error) {
	i := blank(b, 0)
	if i < len(b) && b[i] == '}' {
		return -(i + 1), nil
	}
	if !s.first {
		if i < len(b) && b[i] != ',' {
			return 0, s.at(i, "unexpected %q, expected a comma or the end of the observations", b[i])
		}
		i = blank(b, i+1)
	}
	if i >= len(b) {
		return 0, nil
	}
	if b[i] != '"' {
		return 0, s.at(i, "unexpected %q, expected the key of an observation", b[i])
	}
	key := i + 1
	pos, end := s.quick(b, key, base)
	for i = max(key, end); i < len(b) && b[i] != '"'; i++ {
		if b[i] == '\\' || b[i] < ' ' {
			return 0, s.at(i, "a key of indexes has no %q", b[i])
		}
	}
	closing := i
	if i = blank(b, i+1); i >= len(b) {
		return 0, nil
	}
	if b[i] != ':' {
		return 0, s.at(i, "unexpected %q, expected a colon", b[i])
	}
	if i = blank(b, i+1); i >= len(b) {
		return 0, nil
	}
	s.key.from, s.key.to, s.pos, s.placed = key, closing, pos, end >= 0
	return s.elements(b, i)
}

// at is a fault at index i of the piece that is being read.
func (s *scanner) at(i int, format string, args ...any) error {
	return &jsonstat.Error{Offset: s.from + int64(i), Msg: fmt.Sprintf(format, args...), Err: jsonstat.ErrSyntax}
}

// place gives an error its place.
func (s *scanner) place(err error, i int) error {
	if e, ok := err.(*jsonstat.Error); ok && e.Offset < 0 {
		e.Offset = s.from + int64(i)
	}
	return err
}

// blank passes over white space.
func blank(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// elements finds the elements of the array at index i, or null, and returns the
// index behind it: 0 if it does not end in b.
func (s *scanner) elements(b []byte, i int) (int, error) {
	s.fields = s.fields[:0]
	if b[i] == 'n' {
		if len(b)-i < 4 {
			return 0, nil
		}
		if string(b[i:i+4]) == "null" {
			return i + 4, nil
		}
	}
	if b[i] != '[' {
		return 0, s.at(i, "unexpected %q, expected an array", b[i])
	}
	i = blank(b, i+1)
	if i < len(b) && b[i] == ']' {
		return i + 1, nil
	}
	for i < len(b) {
		from := i
		k, end, err := s.element(b, i)
		if end <= 0 || err != nil {
			return 0, err
		}
		s.fields = append(s.fields, field{k, from, end})
		if i = blank(b, end); i >= len(b) {
			return 0, nil
		}
		switch b[i] {
		case ']':
			return i + 1, nil
		case ',':
			i = blank(b, i+1)
		default:
			return 0, s.at(i, "unexpected %q, expected a comma or the end of an array", b[i])
		}
	}
	return 0, nil
}

// element is the kind of the value at index i and the index behind it, 0 if it
// does not end in b.
func (s *scanner) element(b []byte, i int) (kind, int, error) {
	switch c := b[i]; {
	case c == '"':
		for k := i + 1; k < len(b); k++ {
			switch {
			case b[k] == '\\':
				k++
			case b[k] == '"':
				if token := b[i : k+1]; !utf8.Valid(token) {
					return 0, 0, &jsonstat.Error{Offset: s.from + int64(i), Msg: "a text is not UTF-8: the message has another encoding", Err: jsonstat.ErrEncoding}
				}
				return text, k + 1, nil
			case b[k] < ' ':
				return 0, 0, s.at(k, "a control character in a string")
			}
		}
		return 0, 0, nil
	case c == '[' || c == '{':
		depth := 0
		for k := i; k < len(b); k++ {
			switch b[k] {
			case '"':
				_, end, err := s.element(b, k)
				if end <= 0 || err != nil {
					return 0, 0, err
				}
				k = end - 1
			case '[', '{':
				depth++
			case ']', '}':
				if depth--; depth == 0 {
					if !json.Valid(b[i : k+1]) {
						return 0, 0, s.at(i, "an array or object is not valid")
					}
					if c == '{' {
						return object, k + 1, nil
					}
					return array, k + 1, nil
				}
			}
		}
		return 0, 0, nil
	}
	k := i
	for k < len(b) && jsontext.IsScalar[b[k]] {
		k++
	}
	if k == len(b) {
		return 0, 0, nil
	}
	token := b[i:k]
	switch c := b[i]; {
	case k == i:
		return 0, 0, s.at(i, "unexpected %q, expected a value", c)
	case c-'0' <= 9, c == '-' && k > i+1 && b[i+1]-'0' <= 9:
		return number, k, nil // its users look at it more closely
	case string(token) == "null":
		return null, k, nil
	case string(token) == "true", string(token) == "false":
		return boolean, k, nil
	case jsontext.IsNaN(token):
		return 0, 0, &jsonstat.Error{Offset: s.from + int64(i), Msg: "NaN and Infinity are not JSON", Err: jsonstat.ErrNaN}
	}
	return 0, 0, s.at(i, "%q is no JSON value", brief(string(token)))
}
