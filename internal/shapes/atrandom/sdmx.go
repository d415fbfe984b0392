package atrandom

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
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
	return m
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
