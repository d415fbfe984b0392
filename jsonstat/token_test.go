package jsonstat

import (
	"fmt"
	"slices"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/near"
)

// TestSetToken holds the cells that come of values as they stand in JSON, where all
// cells have room and where only those have it that are set.
func TestSetToken(t *testing.T) {
	for _, tt := range []struct{ token, want string }{
		{`12.50`, "12.50 number"}, {`-0`, "-0 number"}, {`1E3`, "1E3 number"}, {`"few"`, "few text"}, {`""`, " text"}, {`"\"\u00e5"`, "\"å text"},
		{`true`, "true boolean"}, {`false`, "false boolean"}, {`null`, " missing"}, {``, " missing"},
		{`"`, "error"}, {`x`, "error"}, {`nul`, "error"}, {`TRUE`, "error"}, {`01`, "error"}, {`1.`, "error"}, {`{}`, "error"},
	} {
		for name, v := range map[string]*Values{"dense": NewValues(2), "sparse": NewSparseValues()} {
			v.SetFloat64(0, 1)
			err := v.SetToken(1, []byte(tt.token))
			if (err != nil) != (tt.want == "error") {
				t.Errorf("%s, %s: %v", tt.token, name, err)
			}
			if err != nil {
				continue
			}
			c, err := built(t, 2, v).AtPosition(1)
			kind := map[Kind]string{Number: "number", NumberRaw: "number", Text: "text", True: "boolean", False: "boolean", Missing: "missing"}[c.Kind]
			if got := c.Text + " " + kind; got != tt.want || err != nil {
				t.Errorf("%s, %s: it is %q, want %q (%v)", tt.token, name, got, tt.want, err)
			}
		}
	}
	v := NewValues(1)
	for text, want := range map[string]string{"few": `"few" is not a number`, "12345678901234567890123456789012345678901x": `"1234567890123456789012345678901234567890…" is not a number`} {
		if err := v.SetNumber(0, text); err == nil || err.Error() != want {
			t.Errorf("SetNumber: %v, want %s", err, want)
		}
		if err := v.SetNumberToken(0, []byte(text)); err == nil || err.Error() != want {
			t.Errorf("SetNumberToken: %v, want %s", err, want)
		}
	}
}

// TestCountFacts holds what is counted of values of each kind.
func TestCountFacts(t *testing.T) {
	v := NewValues(8)
	for i, token := range []string{"12", "-3.5", "null", `"a"`, "true", "false", "12345.0", "1e9"} {
		if err := v.SetToken(int64(i), []byte(token)); err != nil {
			t.Fatal(err)
		}
	}
	want := Facts{Stored: 8, Missing: 1, Numbers: 4, Texts: 1, Booleans: 2, Whole: false, Digits: 10}
	if got, err := CountFacts(v.Cells()); err != nil || got != want {
		t.Errorf("the facts are %+v, want %+v (%v)", got, want, err)
	}
	if got, err := v.Cells().Facts(); err != nil || got != want {
		t.Errorf("the facts that cells know are %+v, want %+v (%v)", got, want, err)
	}
}

// TestNearLabels: those that have the text as a label stand first among near misses,
// as many as there is room for.
func TestNearLabels(t *testing.T) {
	for _, tt := range []struct {
		ask  string
		ids  []string
		want []string
	}{
		{"North", []string{"N1", "nort", "S2"}, []string{"N1", "nort"}},
		{"NORTH", []string{"N1", "nort", "S2"}, []string{"N1", "nort"}},
		{"south", []string{"N1", "N2", "soutx"}, []string{"soutx"}},
	} {
		spec := DimensionSpec{ID: "port"}
		for _, id := range tt.ids {
			label := "other " + id
			if id == "N1" {
				label = "North"
			}
			spec.Categories = append(spec.Categories, Category{ID: id, Label: label})
		}
		d, err := NewDimension(spec)
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Category(tt.ask)
		unknown, ok := err.(*UnknownError)
		if !ok || !slices.Equal(unknown.Near, tt.want) {
			t.Errorf("near %q is %v, want %q", tt.ask, err, tt.want)
		}
	}
	spec := DimensionSpec{ID: "many"}
	for i := range 2 * near.Most {
		spec.Categories = append(spec.Categories, Category{ID: fmt.Sprint("c", i), Label: "Same"})
	}
	d, err := NewDimension(spec)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Category("same")
	if unknown, ok := err.(*UnknownError); !ok || len(unknown.Near) != near.Most || unknown.Near[0] != "c0" || unknown.Near[near.Most-1] != fmt.Sprint("c", near.Most-1) {
		t.Errorf("of many of one label: %v", err)
	}
}
