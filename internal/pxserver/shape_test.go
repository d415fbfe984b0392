package pxserver

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A shape is what a JSON document looks like, whatever stands in it: which members its
// objects have and in which order, and of which types they are. What several elements of
// an array are, or several categories of a dimension, is merged into one. Words that
// clients go by are kept as they are, addresses without the server.
type shape struct {
	kinds   []string // of scalars: string, number, true or false, null, or a word
	members []string
	of      map[string]*shape
	element *shape // of an array, or of an object that is keyed by codes
	keyed   bool
}

// byCode are the members whose own members are called by codes of the table.
var byCode = map[string]bool{"dimension": true, "index": true, "label": true, "note": true, "unit": true, "status": true,
	"refperiod": true, "measuringType": true, "priceType": true, "adjustment": true, "basePeriod": true, "noteMandatory": true, "categoryNoteMandatory": true}

// words are the members whose texts are compared.
var words = map[string]bool{"version": true, "class": true, "rel": true, "hreflang": true, "language": true, "category": true, "timeUnit": true, "variableCode": true,
	"outputFormat": true, "show": true, "href": true, "tableId": true, "defaultDataFormat": true}

// problemWords are those of errors besides.
var problemWords = map[string]bool{"type": true, "title": true, "detail": true, "errors": true}

// changing are the parts of addresses that are not compared: the server, and the ids of
// tables, code lists and queries.
var changing = regexp.MustCompile(`^http://[^/]+|(savedqueries/|tables/|codeLists/)[^/?]+`)

// sometimes are members that a px file need not have and this server always has.
var sometimes = map[string]bool{"infofile": true, "tableid": true}

// shapeOf reads a document.
func shapeOf(text []byte) (*shape, error) {
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.UseNumber()
	var head struct{ Title, Status any }
	problem := json.Unmarshal(text, &head) == nil && head.Title != nil && head.Status != nil
	return readShape(d, "", problem)
}

func readShape(d *json.Decoder, name string, problem bool) (*shape, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	s := &shape{}
	switch token := token.(type) {
	case json.Delim:
		s.of = map[string]*shape{}
		s.keyed = token == '[' || byCode[name]
		for d.More() {
			member := name
			if token == '{' {
				key, err := d.Token()
				if err != nil {
					return nil, err
				}
				if member = key.(string); problem && name == "errors" {
					member = "errors: " + member
				}
			}
			value, err := readShape(d, member, problem)
			if err != nil {
				return nil, err
			}
			if sometimes[member] {
				continue
			}
			if s.keyed {
				s.element = merge(s.element, value)
			} else if s.of[member] = merge(s.of[member], value); !slices.Contains(s.members, member) {
				s.members = append(s.members, member)
			}
		}
		_, err = d.Token()
		return s, err
	case string:
		if words[name] || problem && (problemWords[name] || strings.HasPrefix(name, "errors: ")) {
			return &shape{kinds: []string{fmt.Sprintf("%q", strings.Replace(changing.ReplaceAllString(token, "$1"), "/tables/?", "/tables?", 1))}}, nil
		}
		return &shape{kinds: []string{"string"}}, nil
	case json.Number:
		if problem && name == "status" {
			return &shape{kinds: []string{token.String()}}, nil
		}
		return &shape{kinds: []string{"number"}}, nil
	case nil:
		return &shape{kinds: []string{"null"}}, nil
	default:
		return &shape{kinds: []string{"true or false"}}, nil
	}
}

// merge is a shape that both have.
func merge(a, b *shape) *shape {
	if a == nil || b == nil {
		if a == nil {
			return b
		}
		return a
	}
	m := &shape{keyed: a.keyed || b.keyed, element: merge(a.element, b.element), members: slices.Clone(a.members), of: map[string]*shape{}}
	m.kinds = append(slices.Clone(a.kinds), b.kinds...)
	slices.Sort(m.kinds)
	m.kinds = slices.Compact(m.kinds)
	for i, name := range b.members {
		if slices.Contains(m.members, name) {
			continue
		}
		at := len(m.members)
		if i > 0 {
			at = slices.Index(m.members, b.members[i-1]) + 1 // behind what it stands behind
		}
		m.members = slices.Insert(m.members, at, name)
	}
	for _, name := range m.members {
		m.of[name] = merge(a.of[name], b.of[name])
	}
	return m
}

// String is the shape as an indented text, so that a difference is a line.
func (s *shape) String() string {
	var b strings.Builder
	s.write(&b, "")
	return b.String()
}

func (s *shape) write(b *strings.Builder, indent string) {
	if s == nil {
		b.WriteString("nothing\n")
		return
	}
	b.WriteString(strings.Join(s.kinds, " or "))
	b.WriteByte('\n')
	if s.element != nil {
		b.WriteString(indent + "  each: ")
		s.element.write(b, indent+"  ")
	}
	for _, name := range s.members {
		b.WriteString(indent + "  " + name + ": ")
		s.of[name].write(b, indent+"  ")
	}
}

// differences are the lines of which each text has another.
func differences(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return "got\n" + strings.Join(a, "\n") + "\nwant\n" + strings.Join(b, "\n")
}

func TestShape(t *testing.T) {
	for _, c := range []struct{ name, a, b string }{
		{"values", `{"id":"a","size":[1,2]}`, `{"id":"b","size":[3]}`},
		{"codes", `{"dimension":{"A":{"label":"a","category":{"index":{"x":0}}}}}`, `{"dimension":{"B":{"label":"b","category":{"index":{"y":0,"z":1}}}}}`},
		{"members of some elements", `{"x":[{"a":1},{"a":1,"b":2}]}`, `{"x":[{"a":1,"b":2},{"a":3}]}`},
		{"servers", `{"href":"http://a:1/api/v2/tables/?lang=en"}`, `{"href":"http://b/api/v2/tables?lang=en"}`},
	} {
		a, err1 := shapeOf([]byte(c.a))
		b, err2 := shapeOf([]byte(c.b))
		if err1 != nil || err2 != nil || a.String() != b.String() {
			t.Errorf("%s: %v %v %s", c.name, err1, err2, differences(a.String(), b.String()))
		}
	}
	for _, c := range []struct{ name, a, b string }{
		{"order", `{"a":1,"b":2}`, `{"b":2,"a":1}`},
		{"types", `{"a":1}`, `{"a":"1"}`},
		{"null", `{"a":null}`, `{}`},
		{"an empty array", `{"a":[]}`, `{"a":[1]}`},
		{"texts of errors", `{"title":"a","status":400}`, `{"title":"b","status":400}`},
		{"names of fields", `{"title":"a","status":400,"errors":{"x":["c"]}}`, `{"title":"a","status":400,"errors":{"y":["c"]}}`},
		{"languages", `{"hreflang":"en"}`, `{"hreflang":"no"}`},
	} {
		a, _ := shapeOf([]byte(c.a))
		b, _ := shapeOf([]byte(c.b))
		if a.String() == b.String() {
			t.Errorf("%s: both are %s", c.name, a)
		}
	}
}
