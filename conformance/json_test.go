package conformance_test

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// An object is a JSON object as JavaScript holds it: members in the order of
// the text, but those whose name is an array index first, in ascending order.
type object struct {
	names  []string
	values map[string]any
	twice  bool         // some name stands twice
	text   []namedValue // all members, as they stand in the text
}

// A namedValue is a member of an object.
type namedValue struct {
	name  string
	value any
}

// get is a member, nil if it is null or not there. A nil object has no members.
func (o *object) get(name string) any {
	if o == nil {
		return nil
	}
	return o.values[name]
}

// object is a member that is an object, nil if it is none.
func (o *object) object(name string) *object {
	m, _ := o.get(name).(*object)
	return m
}

// array is a member that is an array, nil if it is none.
func (o *object) array(name string) []any {
	m, _ := o.get(name).([]any)
	return m
}

// has tells whether there is a member of that name.
func (o *object) has(name string) bool {
	if o == nil {
		return false
	}
	_, ok := o.values[name]
	return ok
}

// readJSON reads a text as JSON.parse does: of members of the same name the
// last value counts. Numbers keep their text.
func readJSON(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	v, err := readValue(d)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errNotJSON
	}
	return v, nil
}

var errNotJSON = &json.SyntaxError{}

func readValue(d *json.Decoder) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := readValue(d)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = d.Token()
		return list, err
	case json.Delim('{'):
		o := &object{values: map[string]any{}}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			v, err := readValue(d)
			if err != nil {
				return nil, err
			}
			key := name.(string)
			if _, twice := o.values[key]; twice {
				o.twice = true
			} else {
				o.names = append(o.names, key)
			}
			o.values[key] = v
			o.text = append(o.text, namedValue{key, v})
		}
		o.names = indexesFirst(o.names)
		_, err = d.Token()
		return o, err
	}
	return t, nil
}

// arrayIndex tells whether JavaScript takes the name of a property for an array
// index, and which.
func arrayIndex(name string) (uint64, bool) {
	n, err := strconv.ParseUint(name, 10, 32)
	return n, err == nil && n < 1<<32-1 && strconv.FormatUint(n, 10) == name
}

// indexesFirst brings names into the order in which JavaScript goes through the
// properties of an object that were added in the order given.
func indexesFirst(names []string) []string {
	order := keyOrder(names)
	sorted := make([]string, len(names))
	for i, k := range order {
		sorted[i] = names[k]
	}
	return sorted
}

// keyOrder is the order of indexesFirst as positions in names.
func keyOrder(names []string) []int {
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, isX := arrayIndex(names[a])
		y, isY := arrayIndex(names[b])
		switch {
		case isX && isY && x < y, isX && !isY:
			return -1
		case isX && isY && x > y, isY && !isX:
			return 1
		}
		return 0
	})
	return order
}

// jsString is what JavaScript makes of a value that it puts into a text. What
// is not there is undefined.
func jsString(v any) string {
	switch v := v.(type) {
	case undefined:
		return "undefined"
	case nil:
		return "null"
	case string:
		return v
	case json.Number:
		return jsNumber(string(v))
	case bool:
		return strconv.FormatBool(v)
	case []any:
		return "[array]"
	}
	return "[object Object]"
}

// undefined is a member that is not there.
type undefined struct{}

// jsNumber is a decimal number as JavaScript prints it: what a double holds.
func jsNumber(text string) string {
	f, _ := strconv.ParseFloat(text, 64) // out of range gives the infinities
	b, err := json.Marshal(f)            // which has ECMAScript's layout
	switch {
	case err != nil && f > 0:
		return "Infinity"
	case err != nil:
		return "-Infinity"
	case f == 0:
		return "0" // also -0
	}
	return string(b)
}

// keys are the names of an object, none of a nil one, as a copy.
func (o *object) keys() []string {
	if o == nil {
		return nil
	}
	return slices.Clone(o.names)
}

func (o *object) remove(name string) {
	o.names = slices.DeleteFunc(o.names, func(n string) bool { return n == name })
	delete(o.values, name)
}

// set changes a member that is there.
func (o *object) set(name string, v any) { o.values[name] = v }

// sameTree tells whether two values are the same JSON, with the members in the
// same order and numbers as doubles.
func sameTree(a, b any) bool {
	switch x := a.(type) {
	case *object:
		y, ok := b.(*object)
		if !ok || !slices.Equal(x.names, y.names) {
			return false
		}
		for _, name := range x.names {
			if !sameTree(x.get(name), y.get(name)) {
				return false
			}
		}
		return true
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !sameTree(x[i], y[i]) {
				return false
			}
		}
		return true
	}
	x, isX := a.(json.Number)
	y, isY := b.(json.Number)
	if isX && isY {
		return jsNumber(x.String()) == jsNumber(y.String())
	}
	return a == b
}

// text writes a value, for reports.
func treeText(v any) string {
	var b bytes.Buffer
	writeTree(&b, v)
	return b.String()
}

func writeTree(b *bytes.Buffer, v any) {
	switch v := v.(type) {
	case *object:
		b.WriteByte('{')
		for i, name := range v.names {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(quote(name) + ":")
			writeTree(b, v.get(name))
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			writeTree(b, item)
		}
		b.WriteByte(']')
	default:
		text, err := json.Marshal(v)
		if err != nil {
			text = []byte(jsString(v))
		}
		b.Write(text)
	}
}

// quote is a text in JSON.
func quote(text string) string { return string(jsonstat.AppendQuoted(nil, text)) }
