package sdmxconv

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/jsontext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// rows reads the members of an object of observations at the next byte. base is
// the position of the series.
func (f *filler) rows(base int64) error {
	w := f.w
	if err := w.Take('{'); err != nil {
		return err
	}
	for first := true; ; {
		n, err := f.row(w.Rest(), first, base)
		if err != nil {
			return err
		}
		if n > 0 {
			w.Advance(n)
			first = false
			continue
		}
		if n < 0 {
			w.Advance(-n)
			return nil
		}
		if err := w.More(); err != nil {
			return err
		}
	}
}

// row reads one observation from the start of b, with the comma in front of it,
// and returns its length: 0 if it does not end in b. The length of the end of the
// object is negative.
func (f *filler) row(b []byte, first bool, base int64) (int, error) {
	i := blank(b, 0)
	if i < len(b) && b[i] == '}' {
		return -(i + 1), nil
	}
	if !first {
		if i < len(b) && b[i] != ',' {
			return 0, f.at(i, "unexpected %q, expected a comma or the end of the observations", b[i])
		}
		i = blank(b, i+1)
	}
	if i >= len(b) {
		return 0, nil
	}
	if b[i] != '"' {
		return 0, f.at(i, "unexpected %q, expected the key of an observation", b[i])
	}
	key := i + 1
	pos, end := f.quick(b, key, base)
	for i = max(key, end); i < len(b) && b[i] != '"'; i++ {
		if b[i] == '\\' || b[i] < ' ' {
			return 0, f.at(i, "a key of indexes has no %q", b[i])
		}
	}
	closing := i
	if i = blank(b, i+1); i >= len(b) {
		return 0, nil
	}
	if b[i] != ':' {
		return 0, f.at(i, "unexpected %q, expected a colon", b[i])
	}
	if i = blank(b, i+1); i >= len(b) {
		return 0, nil
	}
	i, err := f.array(b, i)
	if i <= 0 || err != nil {
		return 0, err
	}
	if f.lengths {
		f.longest = max(f.longest, len(f.fields))
		return i, nil
	}
	if f.deletes {
		f.usual = nil
		return i, f.delete(b[key:closing], base)
	}
	if end < 0 {
		if pos, err = f.position(b[key:closing], base, "an observation"); err != nil {
			return 0, f.place(err, key)
		}
	}
	return i, f.place(f.observe(b, pos), key)
}

// quick is position for a key at index i that is as usual: of as many indexes as
// the one before. It returns the index of the closing quote, -1 for all other keys.
func (f *filler) quick(b []byte, i int, base int64) (int64, int) {
	for k, d := range f.usual {
		v, from := 0, i
		for ; i < len(b) && b[i]-'0' <= 9 && i < from+9; i++ {
			v = v*10 + int(b[i]-'0')
		}
		if i == from || i == len(b) || v >= d.size {
			return 0, -1
		}
		base += int64(v) * d.stride
		if k == len(f.usual)-1 {
			if b[i] != '"' {
				return 0, -1
			}
			return base, i
		}
		if b[i] != ':' {
			return 0, -1
		}
		i++
	}
	return 0, -1
}

// at is a fault at index i of the piece that is being read.
func (f *filler) at(i int, format string, args ...any) error {
	return &jsonstat.Error{Offset: f.w.Offset() + int64(i), Msg: fmt.Sprintf(format, args...), Err: jsonstat.ErrSyntax}
}

// place gives an error its place.
func (f *filler) place(err error, i int) error {
	if e, ok := err.(*jsonstat.Error); ok && e.Offset < 0 {
		e.Offset = f.w.Offset() + int64(i)
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

// array finds the elements of the array at index i, or null, and returns the
// index behind it: 0 if it does not end in b.
func (f *filler) array(b []byte, i int) (int, error) {
	f.fields = f.fields[:0]
	if b[i] == 'n' {
		if len(b)-i < 4 {
			return 0, nil
		}
		if string(b[i:i+4]) == "null" {
			return i + 4, nil
		}
	}
	if b[i] != '[' {
		return 0, f.at(i, "unexpected %q, expected an array", b[i])
	}
	i = blank(b, i+1)
	if i < len(b) && b[i] == ']' {
		return i + 1, nil
	}
	for i < len(b) {
		from := i
		k, end, err := f.element(b, i)
		if end <= 0 || err != nil {
			return 0, err
		}
		f.fields = append(f.fields, field{k, from, end})
		if i = blank(b, end); i >= len(b) {
			return 0, nil
		}
		switch b[i] {
		case ']':
			return i + 1, nil
		case ',':
			i = blank(b, i+1)
		default:
			return 0, f.at(i, "unexpected %q, expected a comma or the end of an array", b[i])
		}
	}
	return 0, nil
}

// element is the kind of the value at index i and the index behind it, 0 if it
// does not end in b.
func (f *filler) element(b []byte, i int) (kind, int, error) {
	switch c := b[i]; {
	case c == '"':
		for k := i + 1; k < len(b); k++ {
			switch {
			case b[k] == '\\':
				k++
			case b[k] == '"':
				if token := b[i : k+1]; !utf8.Valid(token) {
					return 0, 0, &jsonstat.Error{Offset: f.w.Offset() + int64(i), Msg: "a text is not UTF-8: the message has another encoding", Err: jsonstat.ErrEncoding}
				}
				return text, k + 1, nil
			case b[k] < ' ':
				return 0, 0, f.at(k, "a control character in a string")
			}
		}
		return 0, 0, nil
	case c == '[' || c == '{':
		depth := 0
		for k := i; k < len(b); k++ {
			switch b[k] {
			case '"':
				_, end, err := f.element(b, k)
				if end <= 0 || err != nil {
					return 0, 0, err
				}
				k = end - 1
			case '[', '{':
				depth++
			case ']', '}':
				if depth--; depth == 0 {
					if !json.Valid(b[i : k+1]) {
						return 0, 0, f.at(i, "an array or object is not valid")
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
		return 0, 0, f.at(i, "unexpected %q, expected a value", c)
	case c-'0' <= 9, c == '-' && k > i+1 && b[i+1]-'0' <= 9:
		return number, k, nil // its users look at it more closely
	case string(token) == "null":
		return null, k, nil
	case string(token) == "true", string(token) == "false":
		return boolean, k, nil
	case jsontext.IsNaN(token):
		return 0, 0, &jsonstat.Error{Offset: f.w.Offset() + int64(i), Msg: "NaN and Infinity are not JSON", Err: jsonstat.ErrNaN}
	}
	return 0, 0, f.at(i, "%q is no JSON value", brief(string(token)))
}

// position is what a key says.
func (f *filler) position(key []byte, base int64, what string) (int64, error) {
	f.indexes = f.indexes[:0]
	v, n := 0, 0
	for i := 0; i <= len(key); i++ {
		switch {
		case i < len(key) && key[i]-'0' <= 9 && n < 9:
			v, n = v*10+int(key[i]-'0'), n+1
		case (i == len(key) || key[i] == ':') && n > 0:
			f.indexes = append(f.indexes, v)
			v, n = 0, 0
		case (i == len(key) || key[i] == ':'):
			f.indexes = append(f.indexes, -1)
		default:
			return 0, f.badKey(key, what, "it is no list of indexes with colons between them")
		}
	}
	plan := f.plan(len(f.indexes))
	if plan == nil {
		if f.plan(0) != nil && len(f.indexes) == 1 && f.indexes[0] <= 0 {
			return base, nil // a level without dimensions
		}
		return 0, f.badKey(key, what, fmt.Sprintf("it is of length %d, but there are %s", len(f.indexes), f.planNames()))
	}
	f.usual = plan
	for i, d := range plan {
		k := f.indexes[i]
		switch {
		case k < 0 && !f.deletes:
			return 0, f.badKey(key, what, fmt.Sprintf("the index of dimension %q is missing", brief(d.id)))
		case k >= d.size:
			return 0, f.badKey(key, what, fmt.Sprintf("there is no value %d of dimension %q, which has %d", k, brief(d.id), d.size))
		}
		base += int64(k) * d.stride
	}
	return base, nil
}

func (f *filler) badKey(key []byte, what, why string) error {
	return &jsonstat.Error{Offset: -1, Msg: fmt.Sprintf("key %q of %s does not fit the structure: %s", brief(string(key)), what, why), Err: ErrNotSDMX}
}

func (f *filler) planNames() string {
	if len(f.plans) == 0 || len(f.plans[0]) == 0 {
		return "no dimensions at its level"
	}
	var ids []string
	for _, d := range f.plans[0] {
		ids = append(ids, d.id)
	}
	return fmt.Sprintf("%d dimensions (%s)", len(ids), brief(strings.Join(ids, ", ")))
}
