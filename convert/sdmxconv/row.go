package sdmxconv

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// scanner reads the series and observations of a message in place: keys, and the elements
// of arrays. What it read last lies in its fields until more is read.
type scanner struct {
	r *jsontoken.Reader // whose mark stands in front of what was read last
	keys

	fields []field // of the array that was read last

	key    struct{ from, to int } // of the observation that was read last, behind the mark
	pos    int64                  // its position
	placed bool                   // else the key is not as usual, and its position is not known

	first bool // no observation was read yet of those that belong together
}

// field is an element of an array, by its place behind the mark.
type field struct {
	kind     kind
	from, to int
}

// token is an element of the array that was read last.
func (s *scanner) token(v field) []byte { return s.behind(v.from, v.to) }

// behind is a piece of what was read last.
func (s *scanner) behind(from, to int) []byte { return s.r.Buf[s.r.Mark+from : s.r.Mark+to] }

// offset is where the next byte stands.
func (s *scanner) offset() int64 { return s.r.Offset() }

// skip passes over the next value.
func (s *scanner) skip() error {
	_, err := s.r.Skip()
	return err
}

// series goes through the object of series at the next byte. read reads each of them.
func (s *scanner) series(read func(key string) error) error { return s.r.Members(read) }

// parts goes through the parts of the series at the next byte: its observations,
// attributes and annotations. read reads each of them.
func (s *scanner) parts(read func(name string) error) error {
	return s.r.Members(func(name string) error {
		c, err := s.r.Peek()
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
	s.r.Space()
	s.r.Mark = s.r.Pos
	return s.elements(s.r.Pos)
}

// open begins to read the object of observations at the next byte.
func (s *scanner) open() error {
	s.first = true
	return s.r.Take('{')
}

// next reads the next observation, if there is one more. base is the position of the
// series.
func (s *scanner) next(base int64) (bool, error) {
	r := s.r
	c := r.Space()
	if c == '}' {
		r.Pos++
		return false, nil
	}
	if !s.first {
		if c != ',' {
			return false, r.Unexpected(r.Pos, "a comma or the end of the observations")
		}
		r.Pos++
		c = r.Space()
	}
	if c != '"' {
		return false, r.Unexpected(r.Pos, "the key of an observation")
	}
	s.first = false
	r.Mark = r.Pos
	pos, end := s.quick(r.Buf[:r.End], r.Pos+1, base)
	s.pos, s.placed = pos, end >= 0
	if !s.placed {
		behind, _, err := r.Scalar(r.Pos)
		if err != nil {
			return false, err
		}
		end = behind - 1
	}
	s.key.from, s.key.to = 1, end-r.Mark
	i := end + 1
	if r.Buf[i] != ':' {
		if i = r.Blank(i); r.Buf[i] != ':' {
			return false, r.Unexpected(i, "a colon")
		}
	}
	if i++; r.Buf[i] != '[' {
		i = r.Blank(i)
	}
	return true, s.elements(i)
}

// elements reads the array at index i of the window, or null: its elements are fields.
func (s *scanner) elements(i int) error {
	r := s.r
	s.fields = s.fields[:0]
	if r.Buf[i] == 'n' {
		end, _, err := r.Scalar(i)
		r.Pos = end
		return err
	}
	if r.Buf[i] != '[' {
		return r.Unexpected(i, "an array")
	}
	if i++; r.Buf[i] <= ' ' {
		i = r.Blank(i)
	}
	if r.Buf[i] == ']' {
		r.Pos = i + 1
		return nil
	}
	for {
		from := i - r.Mark
		end, k := jsontoken.Plain(r.Buf, i)
		if c := r.Buf[end]; end > i && (c == ',' || c == ']') {
			s.fields = append(s.fields, field{kindOf(k), from, end - r.Mark})
			if c == ']' {
				r.Pos = end + 1
				return nil
			}
			if i = end + 1; r.Buf[i] <= ' ' {
				i = r.Blank(i)
			}
			continue
		}
		end, k, err := r.ValueAt(i)
		if err != nil {
			return err
		}
		s.fields = append(s.fields, field{kindOf(k), from, end - r.Mark})
		switch i = r.Blank(end); r.Buf[i] {
		case ']':
			r.Pos = i + 1
			return nil
		case ',':
			i = r.Blank(i + 1)
		default:
			return r.Unexpected(i, "a comma or the end of an array")
		}
	}
}

// at is a fault of what stands at a place behind the mark.
func (s *scanner) at(i int, format string, args ...any) error {
	return &jsonstat.Error{Offset: s.r.Base + int64(s.r.Mark+i), Msg: fmt.Sprintf(format, args...), Err: jsonstat.ErrSyntax}
}

// place gives an error a place behind the mark.
func (s *scanner) place(err error, i int) error {
	if e, ok := err.(*jsonstat.Error); ok && e.Offset < 0 {
		e.Offset = s.r.Base + int64(s.r.Mark+i)
	}
	return err
}
