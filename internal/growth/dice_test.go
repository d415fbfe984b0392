package growth_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/growth"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// named is a dataset of n categories with labels of their own, or the same.
func named(n int, label func(i int) string) string {
	return one(n, `,"label":`+object(n, func(i int) string { return id(i) + `:"` + label(i) + `"` }), array(n, number), "")
}

func own(i int) string { return "Label " + number(i) }

func TestDice(t *testing.T) {
	join := func(n int, item func(i int) string) string {
		return "a=" + strings.ReplaceAll(list(n, item), ",", "/")
	}
	for _, tt := range []struct {
		name   string
		spec   func(n int) string // in the grammar, or as JSON
		labels bool
	}{
		{"ids", func(n int) string { return join(n/2, func(i int) string { return "c" + number(2*i) }) }, false},
		{"ids in quotes", func(n int) string { return join(n/2, func(i int) string { return `"c` + number(2*i) + `"` }) }, false},
		{"labels", func(n int) string { return join(n/2, func(i int) string { return own(2 * i) }) }, true},
		{"criteria", func(n int) string { return list(n/2, func(i int) string { return "a=c" + number(2*i) }) }, false},
		{"globs", func(n int) string { return join(n/2, func(i int) string { return "c" + number(n/2+i) + "*" }) }, false},
		{"globs of labels", func(n int) string { return join(n/2, func(i int) string { return "label " + number(n/2+i) + "*" }) }, true},
		{"ranges", func(n int) string {
			return join(n/2, func(i int) string { return "c" + number(i) + "..c" + number(n-2-i) })
		}, false},
		{"tops", func(n int) string { return join(n/2, func(i int) string { return "top(" + number(i+1) + ")" }) }, false},
		{"JSON", func(n int) string {
			return `{"a":{"omit":` + array(n/2, func(i int) string { return id(2 * i) }) + `}}`
		}, false},
		{"JSON criteria", func(n int) string { return array(n/2, func(i int) string { return `["a",[` + id(2*i) + `]]` }) }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			growth.Check(t, 2000, func(n int) (func() error, error) {
				ds, err := open(jsonstat.Options{}, named(n, own))
				text := tt.spec(n)
				read := dice.Parse
				if text[0] != 'a' {
					read = func(text string) (*dice.Spec, error) { return dice.ParseJSON([]byte(text)) }
				}
				return func() error {
					spec, err := read(text)
					if err != nil {
						return err
					}
					spec.Labels = tt.labels
					cut, err := spec.Apply(ds)
					if err == nil && cut.Len() == ds.Len() {
						err = fmt.Errorf("all is kept")
					}
					if err != nil {
						return err
					}
					return cut.Write(io.Discard, nil)
				}, err
			})
		})
	}
}

// TestDiceOfShapes cuts documents that have much of everything.
func TestDiceOfShapes(t *testing.T) {
	for _, s := range rich() {
		if s.name == "dimensions" {
			continue // there is nothing to cut
		}
		t.Run(s.name, func(t *testing.T) {
			growth.Check(t, size(s.shape), func(n int) (func() error, error) {
				ds, err := open(jsonstat.Options{}, s.text(n))
				return func() error {
					d := ds.Dimensions()[0]
					var ids []string
					for i := 0; i < d.Len(); i += 2 {
						ids = append(ids, d.CategoryID(i))
					}
					spec := dice.Spec{Criteria: []dice.Criterion{{Dimension: d.ID(), Select: dice.IDs(ids...)}}}
					cut, err := spec.Apply(ds)
					if err != nil {
						return err
					}
					return cut.Write(io.Discard, nil)
				}, err
			})
		})
	}
}

// TestJoin joins n parts, each with something of its own, and reads the cells of the
// whole, and of each part once more.
func TestJoin(t *testing.T) {
	for _, tt := range []struct {
		name string
		part func(i int) string
	}{
		{"dense", func(i int) string {
			return dataset(`["a","b"]`, `[1,2]`, `{"a":{"category":{"index":[`+id(i)+`]}},"b":{"category":{"index":["x","y"]}}}`, `[1,2]`, "")
		}},
		{"sparse", func(i int) string {
			return dataset(`["b","a"]`, `[2,1]`, `{"a":{"category":{"index":[`+id(i)+`]}},"b":{"category":{"index":["x","y"]}}}`, `{"1":2}`, `,"status":{"1":"s`+number(i)+`"}`)
		}},
		{"heads", func(i int) string {
			more := func(name string) string {
				return `,"note":["all","note ` + number(i) + `"],"link":{"describedby":[{"extension":{` + id(i) + `:"urn"}}],"related":[{"href":"https://example.org/` + number(i) + `"}]},` +
					`"extension":{"noteMandatory":{"1":true},"refperiod":{` + id(i) + `:"r"},"` + name + number(i) + `":1},"` + name + number(i) + `":{"a":1}`
			}
			return dataset(`["a","b"]`, `[1,2]`, `{"a":{"label":"A","category":{"index":[`+id(i)+`],"m`+number(i)+`":1}`+more("x")+`},"b":{"category":{"index":["x","y"]}}}`, `[1,2]`, more("y"))
		}},
		{"periods", func(i int) string {
			ends := `,"extension":{"elimination":true,"firstPeriod":` + id(i) + `,"lastPeriod":` + id(i) + `}`
			return dataset(`["a"]`, `[1]`, `{"a":{"category":{"index":[`+id(i)+`]}`+ends+`}}`, `[1]`, ends)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			growth.Check(t, 300, func(n int) (func() error, error) {
				parts := make([]*jsonstat.Dataset, n)
				for i := range parts {
					var err error
					if parts[i], err = open(jsonstat.Options{}, tt.part(i)); err != nil {
						return nil, err
					}
				}
				return func() error {
					whole, err := dice.Join("a", parts...)
					if err != nil {
						return err
					}
					if err := whole.Write(io.Discard, nil); err != nil {
						return err
					}
					for pos := range whole.Len() {
						if _, err := whole.AtPosition(pos); err != nil {
							return err
						}
					}
					return nil
				}, nil
			})
		})
	}
	t.Run("pieces", func(t *testing.T) {
		growth.Check(t, 300, func(n int) (func() error, error) {
			head, err := open(jsonstat.Options{}, one(n, "", "[]", ""))
			if err != nil {
				return nil, err
			}
			piece, err := open(jsonstat.Options{}, one(1, "", "[1]", ""))
			if err != nil {
				return nil, err
			}
			pieces := make([]*jsonstat.Dataset, n)
			for i := range pieces {
				pieces[i] = piece
			}
			return func() error {
				whole, err := dice.Concat(head, pieces...)
				if err != nil {
					return err
				}
				return whole.Write(io.Discard, nil)
			}, nil
		})
	})
}
