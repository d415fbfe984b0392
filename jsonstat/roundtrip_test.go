package jsonstat

import (
	"bytes"
	"strings"
	"testing"
)

// TestKept: a document comes back as it is when it is written from its parts: all of
// it, with other cells, its head alone, with its dimensions made anew.
func TestKept(t *testing.T) {
	const cells = `,"value":[1,2]}`
	doc := func(head string) string { return `{"version":"2.0","class":"dataset",` + head + cells }
	two := func(role string) string {
		return doc(`"role":` + role + `,"id":["born","lives"],"size":[1,2],"dimension":{"born":{"category":{"index":["x"]}},"lives":{"category":{"index":["n","s"]}}}`)
	}
	one := func(dimension string) string {
		return doc(`"role":{"metric":["what"]},"id":["what"],"size":[2],"dimension":{"what":{` + dimension + `}}`)
	}
	unit := func(unit string) string {
		return one(`"category":{"index":["a","b"],"unit":{"a":` + unit + `,"b":{}}}`)
	}
	for _, c := range []struct{ name, text string }{
		{"dimensions of a role in another order", two(`{"geo":["lives","born"]}`)},
		{"roles in another order", two(`{"metric":["born"],"time":["lives"]}`)},
		{"roles of their own first", two(`{"age":["lives"],"geo":["born"]}`)},
		{"empty texts of a unit", unit(`{"decimals":2,"symbol":"","position":"","label":""}`)},
		{"an empty label of a unit", unit(`{"decimals":0,"symbol":"%","label":""}`)},
		{"an empty symbol of a unit", unit(`{"label":"persons","base":"person","symbol":""}`)},
		{"an empty position of a unit", unit(`{"symbol":"%","position":""}`)},
		{"members of a unit that nobody knows", unit(`{"decimals":1,"label":"persons","position":"end","base":"person","multiplier":3,"type":""}`)},
		{"an empty label of a dimension", one(`"label":"","category":{"index":["a","b"]}`)},
		{"an empty address of a dimension", one(`"label":"What","href":"","category":{"index":["a","b"]}`)},
		{"an empty label of a category", one(`"category":{"index":["a","b"],"label":{"a":"","b":"B"}}`)},
		{"empty labels of all categories", one(`"category":{"index":["a","b"],"label":{"a":"","b":""}}`)},
		{"empty texts of the dataset", doc(`"href":"","label":"","source":"","updated":"","id":["what"],"size":[2],"dimension":{"what":{"category":{"index":["a","b"]}}}`)},
	} {
		parsed, err := Parse([]byte(c.text))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		ds, err := parsed.Dataset(0)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		rebuilt := ds.Head()
		rebuilt.Dimensions = nil
		for _, d := range ds.Dimensions() {
			again, err := NewDimension(d.Spec())
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			rebuilt.Dimensions = append(rebuilt.Dimensions, again)
		}
		for how, head := range map[string]Head{"as it is": ds.Head(), "with dimensions made anew": rebuilt, "united with itself": ds.Head().Unite(ds.Head())} {
			made, err := New(head, ds.Cells())
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			if got := written(t, made, nil); got != c.text {
				t.Errorf("%s, %s:\n%s\nis written\n%s", c.name, how, c.text, got)
			}
			var b bytes.Buffer
			if err := made.WriteHead(&b); err != nil {
				t.Fatal(err)
			}
			if want := strings.TrimSuffix(c.text, cells) + "}"; b.String() != want {
				t.Errorf("%s, %s: the head\n%s\nis written\n%s", c.name, how, want, b.String())
			}
		}
		explicit := strings.Replace(c.text, `"index":["a","b"]`, `"index":{"a":0,"b":1}`, 1)
		explicit = strings.NewReplacer(`"index":["x"]`, `"index":{"x":0},"label":{"x":"x"}`, `"index":["n","s"]`, `"index":{"n":0,"s":1},"label":{"n":"n","s":"s"}`).Replace(explicit)
		if !strings.Contains(explicit, `"label":{`) {
			explicit = strings.Replace(explicit, `"index":{"a":0,"b":1}`, `"index":{"a":0,"b":1},"label":{"a":"a","b":"b"}`, 1)
		}
		if got := written(t, ds, &WriteOptions{Explicit: true}); got != explicit {
			t.Errorf("%s, explicit:\n%s\nis written\n%s", c.name, explicit, got)
		}
	}
}

// TestRoleOrder has orders that do not fit the dimensions.
func TestRoleOrder(t *testing.T) {
	dimension := func(id string, role Role) *Dimension {
		d, err := NewDimension(DimensionSpec{ID: id, Role: role, Categories: []Category{{ID: "x"}}})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	dims := []*Dimension{dimension("a", Geo), dimension("b", Metric), dimension("c", Geo), dimension("d", ""), dimension("e", "own"), dimension("f", Time)}
	for _, c := range []struct {
		name  string
		order []RoleIDs
		want  string
	}{
		{"none", nil, `{"time":["f"],"geo":["a","c"],"metric":["b"],"own":["e"]}`},
		{"a dimension that is not there", []RoleIDs{{Geo, []string{"c", "z", "a"}}}, `{"geo":["c","a"],"time":["f"],"metric":["b"],"own":["e"]}`},
		{"one dimension only", []RoleIDs{{"own", []string{"e"}}, {Geo, []string{"c"}}}, `{"own":["e"],"geo":["c","a"],"time":["f"],"metric":["b"]}`},
		{"another role", []RoleIDs{{Metric, []string{"a", "d"}}, {Classification, []string{"d"}}}, `{"time":["f"],"geo":["a","c"],"metric":["b"],"own":["e"]}`},
		{"twice", []RoleIDs{{Geo, []string{"c", "c"}}, {Metric, []string{"b"}}, {Geo, []string{"a"}}}, `{"geo":["c","a"],"metric":["b"],"time":["f"],"own":["e"]}`},
	} {
		ds, err := New(Head{Dimensions: dims, RoleOrder: c.order}, Floats(1).Cells())
		if err != nil {
			t.Fatal(err)
		}
		_, role, _ := strings.Cut(written(t, ds, nil), `"role":`)
		role, _, _ = strings.Cut(role, `,"id":`)
		if role != c.want {
			t.Errorf("%s: the roles are %s, not %s", c.name, role, c.want)
		}
	}
}

// TestUnitSetAgain: a text of a unit takes the place of the empty one.
func TestUnitSetAgain(t *testing.T) {
	u := &Unit{Symbol: "%", Members: []Member{{"symbol", []byte(`""`)}, {"label", []byte(`""`)}}}
	text, err := u.MarshalJSON()
	if want := `{"symbol":"%","label":""}`; err != nil || string(text) != want {
		t.Errorf("the unit is %s, %v, not %s", text, err, want)
	}
}
