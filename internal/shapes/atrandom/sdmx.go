package atrandom

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// A message is a message of one data set by its parts: what random ones are
// made of.
type message struct {
	Version2   bool
	Structure  *structure
	Header     map[string]any
	Rows       map[string]any // observations or series
	Series     bool
	Action     string
	Attributes []any
}

type structure struct {
	Name       string
	DataSet    []map[string]any
	Series     []map[string]any
	Obs        []map[string]any
	Attributes map[string]any
}

// text writes the message.
func (m *message) text() []byte {
	s := map[string]any{
		"dimensions": map[string]any{"dataSet": m.Structure.DataSet, "series": m.Structure.Series, "observation": m.Structure.Obs},
		"attributes": m.Structure.Attributes,
	}
	if m.Structure.Name != "" {
		s["name"] = m.Structure.Name
	}
	set := map[string]any{"action": m.Action}
	if m.Series {
		set["series"] = m.Rows
	} else {
		set["observations"] = m.Rows
	}
	message := map[string]any{"header": m.Header, "structure": s, "dataSets": []any{set}}
	if m.Version2 {
		message = map[string]any{"meta": m.Header, "data": map[string]any{"structures": []any{s}, "dataSets": []any{set}}}
	}
	text, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	return text
}

// SDMX makes an SDMX-JSON message that the JavaScript reference can read, more
// often than not.
func SDMX(r *rand.Rand) []byte { return randomMessage(r).text() }

func randomMessage(r *rand.Rand) *message {
	m := &message{Version2: r.IntN(3) == 0, Series: r.IntN(2) == 0, Action: "Information", Rows: map[string]any{}}
	m.Header = map[string]any{"id": "x", "prepared": "2025-01-01T00:00:00Z", "sender": map[string]any{"id": "S", "name": "Sender"}}
	if r.IntN(2) == 0 {
		m.Header["links"] = []any{map[string]any{"rel": "request", "href": "https://example.org/data"}}
	}
	m.Structure = &structure{Name: "Label", DataSet: []map[string]any{}, Series: []map[string]any{}, Obs: []map[string]any{}}
	dim := func(id string, n int) map[string]any {
		var values []any
		for i := range n {
			values = append(values, map[string]any{"id": id + strconv.Itoa(i), "name": fmt.Sprintf("Category %d", i)})
		}
		return map[string]any{"id": id, "name": "Dimension " + id, "values": values}
	}
	sizes := map[bool][]int{}
	add := func(series bool, to *[]map[string]any, id string) {
		n := 1 + r.IntN(3)
		*to = append(*to, dim(id, n))
		sizes[series] = append(sizes[series], n)
	}
	if m.Series {
		for i := range 1 + r.IntN(2) {
			add(true, &m.Structure.Series, "S"+strconv.Itoa(i))
		}
	}
	for i := range 1 + r.IntN(2) {
		add(false, &m.Structure.Obs, "O"+strconv.Itoa(i))
	}
	for i := range r.IntN(2) {
		m.Structure.DataSet = append(m.Structure.DataSet, dim("D"+strconv.Itoa(i), 1))
	}
	m.Structure.Obs[0]["role"] = "TIME_PERIOD"
	if len(m.Structure.Obs) > 1 && r.IntN(2) == 0 {
		m.Structure.Obs[1]["role"] = "REF_AREA"
	}
	attributes := []any{}
	status := -1
	for i := range r.IntN(3) {
		if status < 0 && r.IntN(2) == 0 {
			status = i
			attributes = append(attributes, map[string]any{"id": "OBS_STATUS", "name": "Status", "values": []any{map[string]any{"id": "A", "name": "Normal"}, map[string]any{"id": "M", "name": "Missing"}}})
			continue
		}
		attributes = append(attributes, map[string]any{"id": "X" + strconv.Itoa(i), "name": "Extra", "values": []any{map[string]any{"id": "x", "name": "Ex"}}})
	}
	m.Structure.Attributes = map[string]any{"dataSet": []any{}, "series": []any{}, "observation": attributes}
	array := func() []any {
		list := []any{any(r.IntN(1000))}
		if r.IntN(5) == 0 {
			list[0] = nil
		}
		for i := range attributes {
			switch {
			case r.IntN(4) == 0:
				list = append(list, nil)
			case i == status:
				list = append(list, r.IntN(2))
			default:
				list = append(list, 0)
			}
		}
		return list
	}
	each(sizes[m.Series], r, func(key string) {
		if !m.Series {
			m.Rows[key] = array()
			return
		}
		inside := map[string]any{}
		each(sizes[false], r, func(key string) { inside[key] = array() })
		m.Rows[key] = map[string]any{"attributes": []any{}, "observations": inside}
	})
	if r.IntN(2) == 0 {
		m.embellish(r)
	}
	return m
}

// embellish adds a few of the things that real services write and the reference
// has no eyes for, or that it does not get over.
func (m *message) embellish(r *rand.Rand) {
	obs := m.Structure.Obs[r.IntN(len(m.Structure.Obs))]
	values := obs["values"].([]any)
	value := values[r.IntN(len(values))].(map[string]any)
	attributes := m.Structure.Attributes["observation"].([]any)
	for range 1 + r.IntN(3) {
		switch r.IntN(16) {
		case 0:
			value["description"] = "What it is"
		case 1:
			value["parent"] = values[0].(map[string]any)["id"]
		case 2:
			value["start"], value["end"] = "2024-01-01T00:00:00Z", "2024-12-31T00:00:00Z"
		case 3:
			value["names"] = map[string]any{"en": "In English", "fr": "En français"}
		case 4:
			delete(value, "name")
		case 5:
			delete(obs, "name")
		case 6:
			obs["roles"] = []any{"TIME_PERIOD"}
			delete(obs, "role")
		case 7:
			obs["description"] = "About the dimension"
		case 8:
			m.Header["prepared"] = []any{"2024-01-05T10:00:00", "2024-01-05", "2024-01-05T10:00:00.123+01:00"}[r.IntN(3)]
		case 9:
			m.Header["sender"] = []any{map[string]any{"id": "S"}, nil, map[string]any{"id": "S", "name": "Sender", "names": map[string]any{"en": "Sender"}}}[r.IntN(3)]
		case 10:
			m.Header["links"] = []any{map[string]any{"rel": []string{"self", "dataflow", "request"}[r.IntN(3)], "href": "https://example.org/x", "urn": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=OFFICE:FLOW(1.0)"}}
		case 11:
			m.Structure.Name = ""
		case 12:
			if len(attributes) > 0 {
				attributes[0].(map[string]any)["default"] = "A"
			}
		case 13:
			m.Structure.Attributes["dataSet"] = []any{map[string]any{"id": "UNIT", "name": "Unit", "values": []any{map[string]any{"id": "EUR", "name": "Euro"}}}}
		case 14:
			for _, list := range m.lists() {
				list[0] = []any{"12.5", "NaN", 1.50, nil, "few"}[r.IntN(5)]
			}
		case 15:
			if len(attributes) > 0 {
				statuses := attributes[r.IntN(len(attributes))].(map[string]any)
				statuses["id"] = "OBS_STATUS"
			}
		}
	}
}

// lists are the arrays of the observations.
func (m *message) lists() [][]any {
	var lists [][]any
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			if len(v) > 0 {
				lists = append(lists, v)
			}
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				if name != "attributes" {
					walk(v[name])
				}
			}
		}
	}
	walk(m.Rows)
	return lists
}

// each goes through some of the keys of a level.
func each(sizes []int, r *rand.Rand, f func(key string)) {
	keys := []string{""}
	for _, n := range sizes {
		var longer []string
		for _, k := range keys {
			for i := range n {
				longer = append(longer, strings.TrimPrefix(k+":"+strconv.Itoa(i), ":"))
			}
		}
		keys = longer
	}
	for _, k := range keys {
		if r.IntN(4) > 0 {
			f(k)
		}
	}
}
