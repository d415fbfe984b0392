package sdmxconv

import (
	"encoding/json"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// members is a JSON object that is being written.
type members struct {
	names  []string
	values []json.RawMessage
}

func (o *members) add(name string, value json.RawMessage) {
	if value != nil {
		o.names, o.values = append(o.names, name), append(o.values, value)
	}
}

func (o *members) text(name, value string) {
	if value != "" {
		o.add(name, json.RawMessage(quote(value)))
	}
}

// json writes the object. Values of the same name become an array.
func (o *members) json() json.RawMessage {
	if len(o.names) == 0 {
		return nil
	}
	first := make(map[string]int, len(o.names))
	same := make([][]json.RawMessage, len(o.names)) // values by the first place of their name
	for i, name := range o.names {
		k, met := first[name]
		if !met {
			k = i
			first[name] = i
		}
		same[k] = append(same[k], o.values[i])
	}
	b := []byte{'{'}
	for i, values := range same {
		if len(values) == 0 {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(jsonstat.AppendQuoted(b, o.names[i]), ':')
		if len(values) == 1 {
			b = append(b, values[0]...)
			continue
		}
		b = append(b, '[')
		for k, v := range values {
			if k > 0 {
				b = append(b, ',')
			}
			b = append(b, v...)
		}
		b = append(b, ']')
	}
	return append(b, '}')
}
