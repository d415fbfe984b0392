package jsonstat_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// narrowDoc has everything that can be said of categories, in the way of PxWeb.
const narrowDoc = `{"version":"2.0","class":"dataset","id":["Region"],"size":[4],"role":{"geo":["Region"]},"dimension":{"Region":{"label":"region","note":["first","second"],
"extension":{"show":"code","elimination":true,"noteMandatory":{"0":true},"categoryNoteMandatory":{"1":{"0":true}},"refperiod":{"0":"a","1":"b","2":"c","3":"d"},"mixed":{"0":1,"other":2},"empty":{}},
"link":{"describedby":[{"extension":{"Region":"urn:ssb:classification:klass:131","0":"urn:ssb:conceptvariable:vardok:1","1":"urn:ssb:conceptvariable:vardok:2"},"x":1},{"extension":{"1":"urn:ssb:conceptvariable:vardok:3"}}],"related":[{"href":"https://example.org","extension":{"1":"kept"}}]},
"category":{"label":{"0":"All","2":"Two","1":"One"},"index":{"0":0,"1":1,"2":2,"3":3},
"unit":{"0":{"label":"zero"},"1":{"label":"one"}},"coordinates":{"1":[1,2],"2":[3.50,4]},"child":{"0":["1","2"],"1":["3"]},"note":{"1":["gone"],"2":["stays"]},"alt":{"1":"uno","2":"dos"}}}},
"value":[1,2,3,4]}`

func TestNarrow(t *testing.T) {
	doc, err := jsonstat.Parse([]byte(strings.ReplaceAll(narrowDoc, "\n", "")))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	d := ds.Dimension("Region")
	tests := []struct {
		name string
		keep []int
		want string
	}{
		{"two of four", []int{0, 2}, `{"label":"region","note":["first","second"],` +
			`"extension":{"show":"code","elimination":true,"noteMandatory":{"0":true},"refperiod":{"0":"a","2":"c"},"mixed":{"0":1,"other":2},"empty":{}},` +
			`"link":{"describedby":[{"extension":{"Region":"urn:ssb:classification:klass:131","0":"urn:ssb:conceptvariable:vardok:1"},"x":1}],"related":[{"href":"https://example.org","extension":{"1":"kept"}}]},` +
			`"category":{"index":{"0":0,"2":1},"label":{"0":"All","2":"Two"},"unit":{"0":{"label":"zero"}},"coordinates":{"2":[3.50,4]},"child":{"0":["2"]},"note":{"2":["stays"]},"alt":{"2":"dos"}}}`},
		{"one without label", []int{3}, `{"label":"region","note":["first","second"],` +
			`"extension":{"show":"code","elimination":true,"noteMandatory":{"0":true},"refperiod":{"3":"d"},"mixed":{"0":1,"other":2},"empty":{}},` +
			`"link":{"describedby":[{"extension":{"Region":"urn:ssb:classification:klass:131"},"x":1}],"related":[{"href":"https://example.org","extension":{"1":"kept"}}]},` +
			`"category":{"index":{"3":0},"label":{}}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := d.Narrow(tt.keep)
			require.NoError(t, err)
			head := ds.Head()
			head.Dimensions = []*jsonstat.Dimension{n}
			sub, err := jsonstat.New(head, nil)
			require.NoError(t, err)
			var b strings.Builder
			require.NoError(t, sub.Write(&b, nil))
			_, after, _ := strings.Cut(b.String(), `"dimension":{"Region":`)
			got, _, _ := strings.Cut(after, `},"value"`)
			require.Equal(t, tt.want, got)
			require.Equal(t, jsonstat.Geo, n.Role())
			require.Equal(t, len(tt.keep), n.Len())
		})
	}
	same, err := d.Narrow([]int{0, 1, 2, 3})
	require.NoError(t, err)
	require.Same(t, d, same)
	for _, keep := range [][]int{{1, 0}, {0, 0}, {-1}, {4}} {
		_, err := d.Narrow(keep)
		require.ErrorIs(t, err, jsonstat.ErrSize)
	}
}

// TestOwnExtensions: extensions made in Go that are written are narrowed and united as
// those of documents are, though no document could have them.
func TestOwnExtensions(t *testing.T) {
	deep := strings.Repeat("[", 1000) + strings.Repeat("]", 1000)
	for _, own := range []string{"\"a\":\"\xff\"", `"a":` + deep, "\"a\" : [ 1 ,\n2 ]"} {
		made := func(ids ...string) *jsonstat.Dimension {
			spec := jsonstat.DimensionSpec{ID: "d"}
			period := ""
			for i, id := range ids {
				spec.Categories = append(spec.Categories, jsonstat.Category{ID: id})
				if i > 0 {
					period += ","
				}
				period += `"` + id + `":"1"`
			}
			spec.Extension = json.RawMessage(`{` + own + `,"refperiod":{` + period + `}}`)
			d, err := jsonstat.NewDimension(spec)
			require.NoError(t, err)
			return d
		}
		written := func(d *jsonstat.Dimension) string {
			ds, err := jsonstat.New(jsonstat.Head{Dimensions: []*jsonstat.Dimension{d}}, nil)
			require.NoError(t, err)
			var b strings.Builder
			require.NoError(t, ds.Write(&b, nil))
			return strings.NewReplacer(" ", "", "\n", "").Replace(b.String())
		}
		narrow, err := made("x", "y").Narrow([]int{0})
		require.NoError(t, err)
		wide, err := made("x").Widen(made("y"))
		require.NoError(t, err)
		own = strings.NewReplacer(" ", "", "\n", "").Replace(own)
		require.Contains(t, written(made("x", "y")), own+`,"refperiod":{"x":"1","y":"1"}}`)
		require.Contains(t, written(narrow), own+`,"refperiod":{"x":"1"}}`)
		require.Contains(t, written(wide), own+`,"refperiod":{"x":"1","y":"1"}}`)
	}
}
