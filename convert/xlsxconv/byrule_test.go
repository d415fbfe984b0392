package xlsxconv_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/xlsxconv"
)

// TestAskedByRule: any option that says how a table is read makes one of ours be read
// by rule, without what its hidden sheet holds; options that do not, do not, and those that
// say nothing to it are told.
func TestAskedByRule(t *testing.T) {
	const text = `{"version":"2.0","class":"dataset","note":["hidden"],"id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["x","y"]}}},"value":[1,2]}`
	book := write(t, dataset(t, text), &xlsxconv.Options{NoTitle: true})

	for _, tt := range []struct {
		name string
		o    xlsxconv.ReadOptions
		rule bool
		warn string
	}{
		{"nothing", xlsxconv.ReadOptions{}, false, ""},
		{"a label", xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Label: "L"}}, false, ""},
		{"texts", xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Texts: true}}, false, "how texts are read makes no difference: the workbook carries its cube"},
		{"a text for what is missing", xlsxconv.ReadOptions{TableOptions: convert.TableOptions{NA: []string{"-99"}}}, false, "how texts are read makes no difference: the workbook carries its cube"},
		{"a description", xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Description: []byte(`{"label":"L"}`)}}, false, "the description is not used: the file carries the head of its cube"},
		{"a text for what is missing, and the rule", xlsxconv.ReadOptions{TableOptions: convert.TableOptions{NA: []string{"-99"}}, Plain: true}, true, ""},
		{"the rule", xlsxconv.ReadOptions{Plain: true}, true, ""},
		{"a sheet", xlsxconv.ReadOptions{Sheet: "Data"}, true, ""},
		{"a header", xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Header: "1"}}, true, ""},
		{"a value column", xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Values: []string{"Value"}}}, true, ""},
		{"what cells hold", xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Content: convert.ID}}, true, ""},
		{"a wide table", xlsxconv.ReadOptions{TableOptions: convert.TableOptions{By: []string{"b"}, Stub: []string{"a"}}}, true, ""},
		{"a head", xlsxconv.ReadOptions{TableOptions: convert.TableOptions{Head: dataset(t, strings.Replace(text, `"note":["hidden"],`, "", 1))}}, true, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var warnings []string
			tt.o.Warn = func(m string) { warnings = append(warnings, m) }
			ds, err := xlsxconv.Read(bytes.NewReader(book), &tt.o)
			require.NoError(t, err)
			require.Equal(t, tt.rule, len(ds.Notes()) == 0)
			require.Equal(t, tt.warn, strings.Join(warnings, "\n"))
		})
	}
}
