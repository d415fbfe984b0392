package pxconv

import (
	"encoding/json"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// object is a JSON object that is being written, member by member.
type object struct{ b []byte }

// raw adds a member; nil adds none.
func (o *object) raw(name string, value []byte) {
	if value == nil {
		return
	}
	if o.b == nil {
		o.b = []byte{'{'}
	} else {
		o.b = append(o.b, ',')
	}
	o.b = append(append(jsontoken.AppendString(o.b, name), ':'), value...)
}

// text adds a text, unless it is empty.
func (o *object) text(name, value string) {
	if value != "" {
		o.raw(name, quote(value))
	}
}

func (o *object) bool(name string, value bool) {
	o.raw(name, strconv.AppendBool(nil, value))
}

func (o *object) int(name string, value int) {
	o.raw(name, strconv.AppendInt(nil, int64(value), 10))
}

func (o *object) texts(name string, values []string) {
	o.raw(name, array(values, func(s string) []byte { return quote(s) }))
}

// json is the object, nil if it is empty.
func (o *object) json() json.RawMessage {
	if o.b == nil {
		return nil
	}
	return append(o.b[:len(o.b):len(o.b)], '}')
}

// array is an array of what f makes of the elements.
func array[T any](list []T, f func(T) []byte) []byte {
	b := []byte{'['}
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, f(v)...)
	}
	return append(b, ']')
}

func quote(text string) []byte { return jsontoken.AppendString(nil, text) }
