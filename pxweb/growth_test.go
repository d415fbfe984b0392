package pxweb

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/growth"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// manyByTwo is a query for a table of n values by two, and a box for each of them.
func manyByTwo(n int) (*Query, []box, error) {
	tab := &Table{API: V2, ID: "t"}
	for _, v := range []struct {
		id   string
		role jsonstat.Role
		size int
	}{{"a", "", n}, {"m", jsonstat.Metric, 2}} {
		spec := jsonstat.DimensionSpec{ID: v.id, Label: v.id, Role: v.role}
		for i := range v.size {
			spec.Categories = append(spec.Categories, jsonstat.Category{ID: strconv.Itoa(i), Label: "n" + strconv.Itoa(i)})
		}
		d, err := jsonstat.NewDimension(spec)
		if err != nil {
			return nil, nil, err
		}
		tab.Variables = append(tab.Variables, Variable{Code: v.id, Text: v.id, Dim: d})
	}
	boxes := make([]box, n)
	for i := range boxes {
		boxes[i] = box{{i, i + 1}, {0, 2}}
	}
	q, err := tab.Resolve(nil, nil)
	return q, boxes, err
}

// TestMergeGrowth unites n parts, each of which says something that no other does.
func TestMergeGrowth(t *testing.T) {
	about := func(i int) (more, dim string) {
		k := strconv.Itoa(i)
		notes := `"note":["first","note ` + k + `","last"],`
		return notes + `"link":{"related":[{"href":"https://example.org/` + k + `"}]},` +
				`"extension":{"noteMandatory":{"1":true},"tags":["all","tag ` + k + `"],"px":{"tableid":"t"}},`,
			notes + `"extension":{"noteMandatory":{"1":true},"refperiod":{"` + k + `":"r"},"show":"code"},"link":{"describedby":[{"extension":{"` + k + `":"urn:` + k + `"}}]},`
	}
	for name, form := range map[string]func(i int) string{
		"index as an object": func(i int) string {
			more, dim := about(i)
			return half(strconv.Itoa(i), more, dim, `"value":[1,2]`)
		},
		"index as an array": func(i int) string {
			more, dim := about(i)
			k := strconv.Itoa(i)
			return strings.Replace(half(k, more, dim, `"value":[1,null],"status":{"1":"s`+k+`"}`), `"index":{"`+k+`":0}`, `"index":["`+k+`"]`, 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			growth.Check(t, 200, func(n int) (func() error, error) {
				q, boxes, err := manyByTwo(n)
				if err != nil {
					return nil, err
				}
				dir := t.TempDir()
				for i := range n {
					text := strings.ReplaceAll(form(i), `"m":{"label":"m","category":{"index":{"1":0,"2":1}}}`, `"m":{"label":"m","category":{"index":{"0":0,"1":1}}}`)
					if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i)), []byte(text), 0o666); err != nil {
						return nil, err
					}
				}
				return func() error {
					pool := axisPool{}
					var parts []*part
					for i := range n {
						p, err := readPart(filepath.Join(dir, fmt.Sprint(i)), q, boxes[i], pool)
						if err != nil {
							return err
						}
						parts = append(parts, p)
					}
					r, err := newResult(q, parts)
					if err != nil {
						return err
					}
					return r.Write(io.Discard, nil)
				}, nil
			})
		})
	}
}
