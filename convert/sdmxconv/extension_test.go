package sdmxconv

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// readExt is an extension as whoever uses it would read it.
type readExt struct {
	Status struct{ Label map[string]string }
	SDMX   struct {
		Attributes map[string]json.RawMessage
		Label      map[string]map[string]string
		Name       map[string]string
	}
}

func readExtension(t testing.TB, ds *jsonstat.Dataset) *readExt {
	t.Helper()
	x := &readExt{}
	if raw := ds.Extension(); raw != nil {
		if err := json.Unmarshal(raw, x); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
	}
	return x
}

// attribute is the value of an attribute for an observation with the given
// categories, "" for none.
func (x *readExt) attribute(t testing.TB, ds *jsonstat.Dataset, id string, coords map[string]string) string {
	t.Helper()
	raw, ok := x.SDMX.Attributes[id]
	if !ok {
		return ""
	}
	var any map[string]json.RawMessage
	if json.Unmarshal(raw, &any) != nil {
		return said(t, raw) // a constant
	}
	if id, ok := any["id"]; ok {
		return said(t, id)
	}
	if any["dimensions"] != nil {
		var by struct {
			Dimensions []string
			Values     map[string]json.RawMessage
		}
		if err := json.Unmarshal(raw, &by); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
		var key []string
		for _, d := range by.Dimensions {
			key = append(key, coords[d])
		}
		return said(t, by.Values[strings.Join(key, ":")])
	}
	pos := make([]int, len(ds.Dimensions()))
	for i, d := range ds.Dimensions() {
		pos[i] = max(0, d.Index(coords[d.ID()]))
	}
	at, err := ds.Shape().Position(pos...)
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := any[strconv.FormatInt(at, 10)]; ok {
		return said(t, v)
	}
	return said(t, any["*"])
}

func said(t testing.TB, raw json.RawMessage) string {
	t.Helper()
	if raw == nil || string(raw) == "null" {
		return ""
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return string(raw)
	}
	return s
}
