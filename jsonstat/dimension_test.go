package jsonstat

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
)

func sexes(t *testing.T) *Dimension {
	t.Helper()
	decimals := 0
	d, err := NewDimension(DimensionSpec{
		ID: "sex", Label: "Sex", Role: Metric, Href: "https://example.org/sex", Notes: []string{"a note"},
		Categories: []Category{
			{ID: "T", Label: "Total", Children: []string{"M", "F"}},
			{ID: "M", Label: "Male", Index: 77, Unit: &Unit{Label: "persons", Decimals: &decimals}},
			{ID: "F", Notes: []string{"another"}, Coordinates: &Coordinates{Longitude: "1.50", Latitude: "2"}},
		},
		Links:     []Link{{Rel: "describedby", Extension: json.RawMessage(`{"sex":"urn:ssb:classification:klass:2","M":"urn:ssb:conceptvariable:vardok:1"}`)}},
		Extension: json.RawMessage(`{"show":"value"}`),
		Members:   []Member{{"foreign", json.RawMessage("1")}}, CategoryMembers: []Member{{"odd", json.RawMessage("[]")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestNewDimension(t *testing.T) {
	d := sexes(t)
	equal(t, "id, label, role, href", []any{d.ID(), d.Label(), d.HasLabel(), d.Role(), d.Href()}, []any{"sex", "Sex", true, Metric, "https://example.org/sex"})
	equal(t, "ids and labels", ids(d)+": "+labels(d), "T M F: Total|Male|F")
	equal(t, "the length", d.Len(), 3)
	equal(t, "the notes", d.Notes(), []string{"a note"})
	equal(t, "units", []any{d.HasUnits(), d.CategoryUnit(0) == nil, d.CategoryUnit(1).Text()}, []any{true, true, "persons"})
	c, err := d.Category("F")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "a category", []any{c.Index, c.ID, c.Label, c.Notes, *c.Coordinates}, []any{2, "F", "F", []string{"another"}, Coordinates{"1.50", "2"}})
	equal(t, "its children", d.At(0).Children, []string{"M", "F"})
	equal(t, "places", []int{d.Index("T"), d.Index("F"), d.Index("f"), d.Index("")}, []int{0, 2, -1, -1})
	equal(t, "the extension", string(d.Extension()), `{"show":"value"}`)
	equal(t, "foreign members", d.Members()[0].Name, "foreign")
	_, err = d.Category("f")
	var unknown *UnknownError
	if !errors.As(err, &unknown) || unknown.Kind != "category" || unknown.In != "sex" || !slices.Equal(unknown.Near, []string{"F", "T", "M"}) {
		t.Errorf("an unknown category: %v", err)
	}
	for name, want := range map[string][]string{
		"male": {"M"}, "TOTAL": {"T"}, "t": {"T", "M", "F"}, "x": {"T", "M", "F"}, "no such": nil,
	} {
		_, err := d.Category(name)
		if !errors.As(err, &unknown) {
			t.Fatal(err)
		}
		equal(t, "near "+name, unknown.Near, want)
	}
	var found []string
	for _, u := range d.Identifiers() {
		found = append(found, u.Category+"="+u.String())
	}
	equal(t, "the identifiers", found, []string{"=urn:ssb:classification:klass:2", "M=urn:ssb:conceptvariable:vardok:1"})
}

func TestNewDimensionErrors(t *testing.T) {
	for _, c := range []struct {
		categories []Category
		words      string
	}{
		{[]Category{{ID: "a"}, {ID: "b"}, {ID: "a"}}, `category "a" is given twice`},
		{[]Category{{ID: "a", Children: []string{"b"}}}, `category "a" has an unknown child "b"`},
	} {
		if _, err := NewDimension(DimensionSpec{ID: "d", Categories: c.categories}); err == nil || !strings.Contains(err.Error(), c.words) || !strings.Contains(err.Error(), `"d"`) {
			t.Errorf("%v: %v", c.categories, err)
		}
	}
}

// TestNilDimension: what Dataset.Dimension gives for an unknown id can be asked.
func TestNilDimension(t *testing.T) {
	var d *Dimension
	equal(t, "texts", d.ID()+d.Label()+d.Href(), "")
	equal(t, "role", d.Role(), Classification)
	equal(t, "numbers", []int{d.Len(), d.Index("a"), len(d.Notes()), len(d.Links()), len(d.Members()), len(d.Identifiers()), len(d.Extension())}, []int{0, -1, 0, 0, 0, 0, 0})
	equal(t, "answers", []bool{d.HasLabel(), d.HasUnits(), d.HasHierarchy()}, []bool{false, false, false})
	for range d.Categories() {
		t.Error("nothing has a category")
	}
	if _, err := d.Category("a"); !errors.Is(err, ErrUnknown) {
		t.Errorf("a category of nothing: %v", err)
	}
	if s := d.Spec(); s.ID != "" || s.Categories != nil {
		t.Errorf("the spec of nothing: %+v", s)
	}
}

// TestSpec: taken apart and made again a dimension is written as before.
func TestSpec(t *testing.T) {
	text := func(d *Dimension) string {
		ds, err := New(Head{Dimensions: []*Dimension{d}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := ds.Write(&b, nil); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	again := func(d *Dimension) *Dimension {
		spec := d.Spec()
		spec.Categories = slices.Clone(spec.Categories)
		made, err := NewDimension(spec)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	d := sexes(t)
	equal(t, "built in Go", text(again(d)), text(d))
	for _, category := range []string{
		`"index":{"b":1,"a":0},"label":{"a":"a","b":"b"}`,
		`"index":["a","b"],"strange":{"x":[1.50]},"note":{"a":["n"]}`,
		`"label":{"a":"A"}`,
		`"index":["T","a"],"child":{"T":["a"]},"unit":{"a":{"base":"x","decimals":-1}},"coordinates":{"a":[1.0,2]}`,
	} {
		doc, err := Parse([]byte(`{"version":"2.0","class":"dimension","extension":{"a":1},"foreign":[1],"category":{` + category + `},"label":"D"}`))
		if err != nil {
			t.Fatal(err)
		}
		d, err := doc.Dimension()
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "read and made again", text(again(d)), text(d))
		if !strings.Contains(text(d), `"extension":{"a":1},"foreign":[1],"category":{`) {
			t.Errorf("the members are in another order: %s", text(d))
		}
	}
}

func TestUnitText(t *testing.T) {
	base := func(text string) []Member {
		return []Member{{"type", json.RawMessage("1")}, {"base", json.RawMessage(text)}}
	}
	for _, c := range []struct {
		unit *Unit
		want string
	}{
		{nil, ""},
		{&Unit{}, ""},
		{&Unit{Label: "NOK", Members: base(`"x"`)}, "NOK"},
		{&Unit{Members: base(`"personer"`)}, "personer"},
		{&Unit{Members: base(`2015`)}, ""},
	} {
		equal(t, "the text", c.unit.Text(), c.want)
	}
}
