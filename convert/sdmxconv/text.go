package sdmxconv

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// members is a JSON object that is being written.
type members struct {
	names  []string
	values []json.RawMessage
}

// add adds a member, without the white space of the message that its value may come from.
func (o *members) add(name string, value json.RawMessage) {
	if value == nil {
		return
	}
	var b bytes.Buffer
	if bytes.ContainsAny(value, " \t\r\n") && json.Compact(&b, value) == nil {
		value = b.Bytes()
	}
	o.names, o.values = append(o.names, name), append(o.values, value)
}

func (o *members) text(name, value string) {
	if value != "" {
		o.add(name, json.RawMessage(quote(value)))
	}
}

// json writes the object, nil if it is empty. Values of the same name become an array.
func (o *members) json() json.RawMessage {
	if len(o.names) == 0 {
		return nil
	}
	same := make(map[string][]json.RawMessage, len(o.names))
	for i, name := range o.names {
		same[name] = append(same[name], o.values[i])
	}
	b := []byte{'{'}
	for _, name := range o.names {
		values := same[name]
		if values == nil {
			continue // they were written
		}
		same[name] = nil
		b = jsontoken.AppendName(b, name)
		if len(values) == 1 {
			b = append(b, values[0]...)
		} else {
			b = append(b, arrayOf(values)...)
		}
	}
	return append(b, '}')
}

// arrayOf is a JSON array.
func arrayOf[T string | json.RawMessage](elements []T) json.RawMessage {
	b := []byte{'['}
	for _, e := range elements {
		b = append(jsontoken.AppendComma(b), e...)
	}
	return append(b, ']')
}

// quote is a text as JSON.
func quote(s string) string { return string(jsontoken.AppendString(nil, s)) }

// unquote is the text of a JSON value.
func unquote(token string) string {
	if strings.HasPrefix(token, `"`) {
		return string(jsonstat.AppendText(nil, []byte(token)))
	}
	return token
}

// digits reads a whole number of at most nine digits, -1 if it is none.
func digits[T string | []byte](s T) int {
	if len(s) == 0 || len(s) > 9 {
		return -1
	}
	v := 0
	for i := range len(s) {
		d := s[i] - '0'
		if d > 9 {
			return -1
		}
		v = v*10 + int(d)
	}
	return v
}

// brief shortens a text for a message.
func brief(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
