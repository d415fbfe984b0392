package conformance_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// csvFlags is a call of jsonstat2csv, in terms of the reference's flags.
type csvFlags struct {
	rich, status, fid, cid   bool
	na, column, decimal      string // "" is not given
	unit, vlabel, slabel, by string
	drop                     []string
}

// String is the call as one would type it.
func (f csvFlags) String() string {
	var b strings.Builder
	for name, set := range map[string]bool{"r": f.rich, "s": f.status, "f": f.fid, "o": f.cid} {
		if set {
			b.WriteString(name)
		}
	}
	letters := []byte(b.String())
	slices.Sort(letters)
	s := "jsonstat2csv"
	if len(letters) > 0 {
		s += " -" + string(letters)
	}
	for _, v := range [][2]string{{"n", f.na}, {"c", f.column}, {"d", f.decimal}, {"u", f.unit}, {"v", f.vlabel}, {"l", f.slabel}, {"y", f.by}, {"p", strings.Join(f.drop, ",")}} {
		if v[1] != "" {
			s += fmt.Sprintf(" -%s %q", v[0], v[1])
		}
	}
	return s
}

// suite are the options that the reference command makes of the call.
func (f csvFlags) suite() map[string]any {
	o := map[string]any{"rich": f.rich, "status": f.status, "field": "label", "content": "label", "separator": "|", "na": "n/a", "delimiter": ",", "vlabel": "Value", "slabel": "Status", "drop": []string{}}
	if f.fid {
		o["field"] = "id"
	}
	if f.cid {
		o["content"] = "id"
	}
	for name, v := range map[string]string{"na": f.na, "delimiter": f.column, "decimal": f.decimal, "separator": f.unit, "vlabel": f.vlabel, "slabel": f.slabel, "by": f.by} {
		if v != "" {
			o[name] = v
		}
	}
	if len(f.drop) > 0 {
		o["drop"] = f.drop
	}
	return o
}

// ours runs the same call on our side.
func (f csvFlags) ours(ds *jsonstat.Dataset) (string, error) {
	var out bytes.Buffer
	var na *string
	if f.na != "" {
		na = &f.na
	}
	if f.rich {
		err := convert.WriteCSVStat(&out, ds, &convert.CSVStatOptions{Separator: f.column, Decimal: f.decimal, UnitSeparator: f.unit, NA: na})
		return out.String(), err
	}
	o := &convert.CSVOptions{Separator: f.column, Decimal: f.decimal, NA: na, Status: f.status, ValueName: f.vlabel, StatusName: f.slabel}
	if f.fid {
		o.Field = convert.ID
	}
	if f.cid {
		o.Content = convert.ID
	}
	if f.by != "" {
		o.By, o.Drop = []string{f.by}, f.drop
	}
	err := convert.WriteCSV(&out, ds, o)
	return out.String(), err
}

// csvCalls crosses the options. Each pivots by each dimension in turn.
func csvCalls(ds *jsonstat.Dataset) []csvFlags {
	calls := []csvFlags{{}}
	cross := func(vary func(csvFlags) []csvFlags) {
		var all []csvFlags
		for _, f := range calls {
			all = append(all, f)
			all = append(all, vary(f)...)
		}
		calls = all
	}
	cross(func(f csvFlags) []csvFlags { f.status = true; return []csvFlags{f} })
	cross(func(f csvFlags) []csvFlags { f.fid = true; return []csvFlags{f} })
	cross(func(f csvFlags) []csvFlags { f.cid = true; return []csvFlags{f} })
	cross(func(f csvFlags) []csvFlags { f.na = ":"; return []csvFlags{f} })
	cross(func(f csvFlags) []csvFlags {
		a, b, c, d := f, f, f, f
		a.column = ";"
		b.column = "\t"
		c.column, c.decimal = ";", "."
		d.column, d.decimal = "|", ","
		return []csvFlags{a, b, c, d}
	})
	cross(func(f csvFlags) []csvFlags { f.vlabel, f.slabel = "Cell's worth", "Mark"; return []csvFlags{f} })
	cross(func(f csvFlags) []csvFlags {
		var more []csvFlags
		r := f
		r.rich = true
		more = append(more, r)
		r.unit = "/"
		more = append(more, r)
		var single []string
		for _, d := range ds.Dimensions() {
			if d.Len() == 1 {
				single = append(single, d.ID())
			}
		}
		for _, d := range ds.Dimensions() {
			if d.Len() > 200 {
				continue
			}
			p := f
			p.by = d.ID()
			more = append(more, p)
			p.drop = slices.DeleteFunc(slices.Clone(single), func(id string) bool { return id == p.by })
			if len(p.drop) > 0 {
				more = append(more, p)
			}
		}
		return more
	})
	return calls
}

func TestExplore(t *testing.T) {
	r := startReference(t)
	files, _ := filepath.Glob(filepath.Join(os.Getenv("JSONSTAT_CORPUS"), "*.json"))
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > 50000 {
			continue
		}
		doc, err := jsonstat.Parse(text)
		if err != nil || doc.Len() == 0 {
			continue
		}
		ds, err := doc.Dataset(0)
		if err != nil {
			t.Error(f, err)
			continue
		}
		n, bad := 0, 0
		for _, call := range csvCalls(ds) {
			n++
			want, rerr := r.run(t, "jsonstat2csv", text, call.suite())
			got, err := call.ours(ds)
			if rerr != nil || err != nil {
				t.Logf("%s %s: %v | %v", filepath.Base(f), call, rerr, err)
				bad++
			} else if got != want && got != want+"\n" {
				bad++
				if bad < 4 {
					t.Logf("%s %s: differ\n%s", filepath.Base(f), call, firstDiff(got, want))
				}
			}
			if bad > 10 {
				break
			}
		}
		t.Log(filepath.Base(f), n, bad)
	}
}

func firstDiff(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			w := "<end>"
			if i < len(b) {
				w = b[i]
			}
			return fmt.Sprintf("line %d\n ours %.300q\n node %.300q", i+1, a[i], w)
		}
	}
	return fmt.Sprintf("ours ends at line %d, node at %d", len(a), len(b))
}
