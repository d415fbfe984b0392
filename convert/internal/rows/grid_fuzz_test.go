package rows

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// FuzzGrid holds of any table that it becomes a cube or an error of our own, and that the
// decision, said outright, makes the same cube.
func FuzzGrid(f *testing.F) {
	for _, tt := range gridTests {
		f.Add(tt.text, tt.sheet, strings.Join(tt.o.By, ","))
	}
	for _, tt := range rules() {
		f.Add(tt.text, false, "")
	}
	f.Fuzz(func(t *testing.T, text string, sheet bool, by string) {
		if len(text) > 4<<10 {
			return
		}
		made := makeCSV
		if sheet {
			made = makeSheet
		}
		var o Options
		if by != "" {
			o.By = strings.Split(by, ",")
		}
		var plan json.RawMessage
		o.Explain = func(p json.RawMessage) { plan = p }
		ds, _, err := made(text, o)
		if err != nil {
			return
		}
		again, _, err := made(text, Options{Plan: plan})
		if err != nil {
			t.Fatalf("with %s: %v", plan, err)
		}
		if a, b := written(t, ds), written(t, again); a != b {
			t.Errorf("the cube is\n%s, with %s\n%s", a, plan, b)
		}
	})
}

// written is a cube as JSON, or why it cannot be.
func written(t *testing.T, ds *jsonstat.Dataset) string {
	t.Helper()
	var b strings.Builder
	if err := ds.Write(&b, nil); err != nil && !errors.Is(err, jsonstat.ErrLimit) {
		t.Fatal(err)
	}
	return b.String()
}
