package arrowconv_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
)

// TestFolder: files of a folder are one table, with a column that the names of folders
// make; what is wrong with one is said of it.
func TestFolder(t *testing.T) {
	const head = `{"version":"2.0","class":"dataset","id":["port","year"],"size":[2,2],"dimension":{"port":{"category":{"index":["01","02"]}},"year":{"category":{"index":["2023","2024"]}}}`
	part := func(values string) *fstest.MapFile {
		text := strings.Replace(head, `["port","year"],"size":[2,2],"dimension":{"port":{"category":{"index":["01","02"]}},`, `["year"],"size":[2],"dimension":{`, 1)
		table := written(t, parsed(t, text+`,"value":`+values+"}"), nil)
		return &fstest.MapFile{Data: table}
	}
	for _, tt := range []struct {
		name string
		dir  fstest.MapFS
		want string // the cells in order, or the error
	}{
		{"two parts", fstest.MapFS{"port=01/a.arrow": part(`[1,2]`), "port=02/a.arrow": part(`[3,4]`)}, "01 2023 1, 01 2024 2, 02 2023 3, 02 2024 4"},
		{"the head lies in it", fstest.MapFS{"_head.json": {Data: []byte(head + "}")}, "port=02/a.feather": part(`[3,4]`), "port=01/a.feather": part(`[1,2]`), "_SUCCESS": {}},
			"01 2023 1, 01 2024 2, 02 2023 3, 02 2024 4"},
		{"a part is cut short", fstest.MapFS{"port=01/a.arrow": part(`[1,2]`), "port=02/a.arrow": {Data: part(`[3,4]`).Data[:100]}}, "port=02/a.arrow: "},
		{"other columns", fstest.MapFS{"a.arrow": part(`[1,2]`), "b.arrow": {Data: written(t, parsed(t, head+`,"value":[1,2,3,4]}`), nil)}}, `b.arrow: there is a column "port", which a.arrow does not have`},
		{"a cell twice", fstest.MapFS{"a.arrow": part(`[1,2]`), "b.arrow": part(`[1,2]`)}, "b.arrow, row 1: the categories 2023 have a row already"},
		{"nothing", fstest.MapFS{"x.txt/y": {}, "_b.arrow": part(`[1,2]`)}, "y: the input is empty"},
		{"nothing at all", fstest.MapFS{"_b.arrow": part(`[1,2]`)}, "the folder holds no Arrow file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := &arrowconv.ReadOptions{TableOptions: convert.TableOptions{Warn: func(string) {}}}
			ds, err := arrowconv.ReadFolder(tt.dir, o)
			if err != nil {
				if !strings.Contains(err.Error(), tt.want) {
					t.Errorf("the error is %v, want %s", err, tt.want)
				}
				return
			}
			var cells []string
			for c, err := range ds.Observations() {
				if err != nil {
					t.Fatal(err)
				}
				text := ""
				for i := range ds.Dimensions() {
					text += c.Category(i).ID + " "
				}
				cells = append(cells, text+c.Text())
			}
			if got := strings.Join(cells, ", "); got != tt.want {
				t.Errorf("it is %s, want %s", got, tt.want)
			}
		})
	}
}
