package columnar

import (
	"strings"
	"testing"
)

// TestAuto holds the type that Auto gives, by the longest number and the kinds of
// values, and what texts of such a column stand for.
func TestAuto(t *testing.T) {
	for _, tt := range []struct {
		values string
		want   ValueType
		kinds  string // of a column of texts
	}{
		{`[1,null,3]`, Int64, ""},
		{`[1,2.5,3]`, Float64, ""},
		{`[1,2e0,3]`, Int64, ""},
		{`[1,2.50e1,3]`, Int64, ""},
		{`[1,2.55e1,3]`, Float64, ""},
		{`[1,2e-1,3]`, Float64, ""},
		{`[999999999999999999,1,1]`, Int64, ""},
		{`[9223372036854775807,-9223372036854775808,1]`, Int64, ""},
		{`[9223372036854775808,1,1]`, Float64, ""},
		{`[1,-9223372036854775809,1]`, Float64, ""},
		{`[10000000000000000000,1,1]`, Float64, ""},
		{`[null,null,null]`, Float64, ""},
		{`[1,"few",3]`, UTF8, "number text"},
		{`["a","b","c"]`, UTF8, "text"},
		{`["1","-","true"]`, UTF8, "text"},
		{`[true,null,false]`, UTF8, "boolean"},
		{`[true,1,"x"]`, UTF8, "number text boolean"},
		{`[1,"2","x"]`, UTF8, "json"},
		{`[1,"-2.5e3",1]`, UTF8, "json"},
		{`[1,"2.",1]`, UTF8, "number text"},
		{`[1,"+2",1]`, UTF8, "number text"},
		{`[1,"",1]`, UTF8, "number text"},
		{`[1,"02",1]`, UTF8, "number text"},
		{`[true,"false",true]`, UTF8, "json"},
		{`[true,"False",true]`, UTF8, "text boolean"},
	} {
		t.Run(tt.values, func(t *testing.T) {
			var warnings []string
			table, err := New(parsed(t, strings.TrimSuffix(oneDimension, `"value":`)+`"value":`+tt.values+"}"), Options{Type: Auto, Warn: func(m string) { warnings = append(warnings, m) }})
			if err != nil {
				t.Fatal(err)
			}
			kinds := ""
			for _, k := range table.Columns[len(table.Columns)-1].Keys {
				if k.Name == KeyValues {
					kinds = k.Value
				}
			}
			if table.Type != tt.want || kinds != tt.kinds || (tt.kinds == "json") != (len(warnings) > 0) {
				t.Errorf("the type is %s of %q, want %s of %q (%q)", table.Type, kinds, tt.want, tt.kinds, warnings)
			}
		})
	}
}
