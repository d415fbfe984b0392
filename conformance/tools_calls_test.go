package conformance_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// toolCalls are calls of all tools that make sense for a document.
func toolCalls(d *document, rng *rand.Rand) []*toolCall {
	var calls []*toolCall
	for _, letters := range subsets("sfc") {
		for _, f := range []tableFlags{{}, {vlabel: "Figure", slabel: "Mark"}} {
			calls = append(calls, plainCall("jsonstat2array", letters, f, convert.WriteArray), plainCall("jsonstat2object", letters, f, convert.WriteObject))
		}
	}
	for _, tool := range []struct {
		name  string
		write tableWriter
	}{{"jsonstat2arrobj", convert.WriteArrObj}, {"jsonstat2objarr", convert.WriteObjArr}} {
		for _, letters := range subsets("sfcumk") {
			calls = append(calls, objectCall(tool.name, letters, tableFlags{}, tool.write))
		}
		for _, letters := range subsets("sfkm") {
			calls = append(calls, objectCall(tool.name, letters, tableFlags{vlabel: "Figure", slabel: "Mark"}, tool.write))
		}
		calls = append(calls,
			objectCall(tool.name, "m", tableFlags{by: "no such dimension"}, tool.write),
			objectCall(tool.name, "lm", tableFlags{prefix: "X_"}, tool.write),
			objectCall(tool.name, "kf", tableFlags{vlabel: "value"}, tool.write))
		if d.ds == nil {
			continue
		}
		var constant []string
		for _, dim := range d.ds.Dimensions() {
			if dim.Len() == 1 {
				constant = append(constant, dim.ID())
			}
		}
		for _, dim := range d.ds.Dimensions() {
			for _, letters := range subsets("clmk") {
				calls = append(calls, objectCall(tool.name, letters, tableFlags{by: dim.ID()}, tool.write))
			}
			calls = append(calls,
				objectCall(tool.name, "sfum", tableFlags{by: dim.ID(), vlabel: "Figure"}, tool.write),
				objectCall(tool.name, "m", tableFlags{by: dim.ID(), drop: []string{"no such"}}, tool.write),
				objectCall(tool.name, "m", tableFlags{drop: []string{dim.ID()}}, tool.write),
				objectCall(tool.name, "l", tableFlags{by: dim.ID(), prefix: "X_"}, tool.write),
				objectCall(tool.name, "m", tableFlags{by: dim.ID(), prefix: "X_", drop: append(slices.Clone(constant), dim.ID())}, tool.write))
		}
	}
	calls = append(calls, filterCalls(d, rng)...)
	return calls
}

// subsets are all combinations of letters.
func subsets(letters string) []string {
	list := []string{""}
	for _, l := range letters {
		for _, s := range list[:len(list):len(list)] {
			list = append(list, s+string(l))
		}
	}
	return list
}

type tableWriter func(io.Writer, *jsonstat.Dataset, *convert.JSONOptions) error

func letterSet(letters string) map[string]bool {
	set := map[string]bool{}
	for _, l := range letters {
		set[string(l)] = true
	}
	return set
}

func onDataset(d *document, f func(ds *jsonstat.Dataset) error) error {
	switch {
	case d.err != nil:
		return d.err
	case d.ds == nil:
		return errors.New("the document is a dimension")
	}
	return f(d.ds)
}

// choose is the value of a flag of two.
func choose(on bool, yes, no string) string {
	if on {
		return yes
	}
	return no
}

// plainCall is a call of jsonstat2array or jsonstat2object.
func plainCall(tool, letters string, f tableFlags, write tableWriter) *toolCall {
	has := letterSet(letters)
	o := &convert.JSONOptions{Status: has["s"], ValueName: f.vlabel, StatusName: f.slabel}
	if has["f"] {
		o.Field = convert.ID
	}
	if has["c"] {
		o.Content = convert.ID
	}
	flags := dash(letters)
	for _, v := range [][2]string{{"v", f.vlabel}, {"l", f.slabel}} {
		if v[1] != "" {
			flags += " -" + v[0] + " " + shellQuote(v[1])
		}
	}
	return &toolCall{
		tool: tool, flags: flags, has: has, tableFlags: f,
		options: map[string]any{"vlabel": or(f.vlabel, "Value"), "slabel": or(f.slabel, "Status"), "status": has["s"], "content": choose(has["c"], "id", "label"), "field": choose(has["f"], "id", "label")},
		ours: func(d *document, w *bytes.Buffer) error {
			return onDataset(d, func(ds *jsonstat.Dataset) error { return write(w, ds, o) })
		},
	}
}

func dash(letters string) string {
	if letters == "" {
		return ""
	}
	return "-" + letters
}

// tableFlags are the flags with a value of jsonstat2arrobj and jsonstat2objarr.
type tableFlags struct {
	vlabel, slabel, by, prefix string
	drop                       []string
}

func objectCall(tool, letters string, f tableFlags, write tableWriter) *toolCall {
	has := letterSet(letters)
	o := &convert.JSONOptions{
		Table:  convert.Table{Drop: f.drop},
		Status: has["s"], Unit: has["u"], Meta: has["m"], Comma: has["k"], ByLabel: has["l"], Prefix: f.prefix,
		ValueName: f.vlabel, StatusName: f.slabel,
	}
	options := map[string]any{
		"vlabel": "Value", "slabel": "Status", "status": has["s"], "content": choose(has["c"], "id", "label"), "field": choose(has["f"], "label", "id"),
		"unit": has["u"], "meta": has["m"], "bylabel": has["l"], "comma": has["k"],
	}
	flags := dash(letters)
	add := func(letter, name, value string) {
		if value != "" {
			options[name] = value
			flags += " -" + letter + " " + shellQuote(value)
		}
	}
	add("v", "vlabel", f.vlabel)
	add("a", "slabel", f.slabel)
	add("b", "by", f.by)
	add("p", "prefix", f.prefix)
	options["drop"] = f.drop
	if f.by != "" {
		o.By = []string{f.by}
		has["b"] = true
	}
	if len(f.drop) > 0 {
		flags += " -d " + shellQuote(strings.Join(f.drop, ","))
	} else {
		options["drop"] = nil
	}
	if has["f"] {
		o.Field = convert.Label
	}
	if has["c"] {
		o.Content = convert.ID
	}
	return &toolCall{tool: tool, flags: flags, options: options, has: has, tableFlags: f, ours: func(d *document, w *bytes.Buffer) error {
		return onDataset(d, func(ds *jsonstat.Dataset) error { return write(w, ds, o) })
	}}
}

// filterCalls are calls of the tools that write JSON-stat.
func filterCalls(d *document, rng *rand.Rand) []*toolCall {
	var calls []*toolCall
	filters := [][]string{nil}
	if d.ds != nil && d.ds.Len() > 0 {
		for range 4 {
			var filter []string
			for _, dim := range d.ds.Dimensions() {
				if rng.IntN(2) == 0 || dim.Len() > 1000 {
					continue
				}
				var ids []string
				for i := range dim.Len() {
					if rng.IntN(3) == 0 {
						ids = append(ids, dim.CategoryID(i))
					}
				}
				if len(ids) == 0 {
					ids = []string{dim.CategoryID(rng.IntN(dim.Len()))}
				}
				if len(ids) == dim.Len() && len(ids) > 1 {
					ids = ids[1:] // something must be left to drop
				}
				rng.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
				if text := dim.ID() + strings.Join(ids, ""); strings.ContainsAny(text, `,=/"'*? ()`) || strings.Contains(text, "..") {
					continue // the grammar has more to say about these
				}
				filter = append(filter, dim.ID()+"="+strings.Join(ids, "/"))
			}
			if filter != nil {
				filters = append(filters, filter)
			}
		}
	}
	for _, filter := range filters {
		for _, letters := range subsets("dos") {
			calls = append(calls, diceCall(strings.Join(filter, ","), letters))
		}
		single := make([]string, len(filter))
		for i, c := range filter {
			single[i], _, _ = strings.Cut(c, "/")
		}
		for _, letters := range subsets("mos") {
			calls = append(calls, sliceCall("jsonstatslice", strings.Join(single, ","), letters), sliceCall("jsonstat2jsonstat", strings.Join(single, ","), letters))
		}
	}
	return calls
}

func withFilter(filter, letters string) string {
	if filter == "" {
		return dash(letters)
	}
	return dash(letters) + " -f " + shellQuote(filter)
}

// diceCall is a call of jsonstatdice. What we do is what its command does.
func diceCall(filter, letters string) *toolCall {
	has := letterSet(letters)
	options := map[string]any{"drop": has["d"], "ovalue": has["o"], "ostatus": has["s"]}
	if filter != "" {
		options["filter"] = filter
		has["f"] = true
	}
	return &toolCall{tool: "jsonstatdice", flags: withFilter(filter, letters), options: options, has: has, ours: func(d *document, w *bytes.Buffer) error {
		spec, err := dice.Parse(filter)
		if err != nil {
			return err
		}
		for i := range spec.Criteria {
			spec.Criteria[i].Omit = has["d"]
		}
		return onDataset(d, func(ds *jsonstat.Dataset) error {
			sub, err := spec.Apply(ds)
			if err != nil {
				return err
			}
			return writeCube(w, ds, sub, filter != "", has["o"], has["s"])
		})
	}}
}

// writeCube writes a cube in the forms that the commands choose.
func writeCube(w io.Writer, ds, sub *jsonstat.Dataset, filtered, ovalue, ostatus bool) error {
	form := func(sparse bool) jsonstat.Form {
		switch {
		case sparse:
			return jsonstat.Sparse
		case filtered:
			return jsonstat.Dense
		}
		return jsonstat.AsRead
	}
	opts := &jsonstat.WriteOptions{Values: form(ovalue), Statuses: form(ostatus), Explicit: true}
	if !filtered && ds.Cells().Info().Default != 0 {
		opts.Statuses = jsonstat.AsRead
	}
	return sub.Write(w, opts)
}

// sliceCall is a call of jsonstatslice or jsonstat2jsonstat.
func sliceCall(tool, filter, letters string) *toolCall {
	has := letterSet(letters)
	options := map[string]any{"modify": has["m"], "ovalue": has["o"], "ostatus": has["s"]}
	if filter != "" {
		options["filter"] = filter
		has["f"] = true
	}
	return &toolCall{tool: tool, flags: withFilter(filter, letters), options: options, has: has, ours: func(d *document, w *bytes.Buffer) error {
		var pairs []string
		if filter != "" {
			for _, c := range strings.Split(filter, ",") {
				dim, category, _ := strings.Cut(c, "=")
				pairs = append(pairs, dim, category)
			}
		}
		return onDataset(d, func(ds *jsonstat.Dataset) error {
			sub, err := dice.Slice(ds, pairs...)
			if err != nil {
				return err
			}
			opts := &jsonstat.WriteOptions{Explicit: true}
			form := func(sparse bool) jsonstat.Form {
				if sparse && has["m"] {
					return jsonstat.Sparse
				}
				return jsonstat.Dense
			}
			if has["m"] || len(pairs) > 0 {
				opts.Values, opts.Statuses = form(has["o"]), form(has["s"])
			}
			if len(pairs) == 0 && ds.Cells().Info().Default != 0 {
				opts.Statuses = jsonstat.AsRead
			}
			return sub.Write(w, opts)
		})
	}}
}

// readCalls are calls of csv2jsonstat, which reads a table and no cube.
func readCalls(text string) []*toolCall {
	var calls []*toolCall
	for _, letters := range subsets("os") {
		for _, label := range []string{"", "A label"} {
			calls = append(calls, readCall(letters, readFlags{label: label}))
		}
		calls = append(calls, readCall(letters, readFlags{separator: ";"}), readCall(letters, readFlags{separator: "\t"}))
	}
	header, _, _ := strings.Cut(text, "\n")
	for _, separator := range []string{",", ";"} {
		if first, rest, ok := strings.Cut(header, separator); ok && !strings.Contains(header, `"`) {
			second, _, _ := strings.Cut(rest, separator)
			calls = append(calls,
				readCall("", readFlags{separator: separator, vlabel: first}),
				readCall("os", readFlags{separator: separator, slabel: first}),
				readCall("", readFlags{separator: separator, vlabel: first, slabel: second}),
				readCall("", readFlags{separator: separator, slabel: "no such column"}))
		}
	}
	return append(calls, readCall("", readFlags{vlabel: "no such column"}),
		readCall("", readFlags{separator: ";", decimal: "."}), readCall("", readFlags{separator: "|", decimal: ","}), readCall("", readFlags{separator: "|"}))
}

// readFlags are the flags with a value of csv2jsonstat.
type readFlags struct{ separator, decimal, vlabel, slabel, label string }

func readCall(letters string, f readFlags) *toolCall {
	has := letterSet(letters)
	separator := or(f.separator, ",")
	decimal := or(f.decimal, choose(separator == ";", ",", "."))
	options := map[string]any{"slabel": or(f.slabel, "Status"), "delimiter": separator, "decimal": decimal, "ovalue": has["o"], "ostatus": has["s"]}
	flags := dash(letters)
	for _, v := range [][3]string{{"-a", "label", f.label}, {"-v", "vlabel", f.vlabel}, {"-l", "slabel", f.slabel}, {"-d", "decimal", f.decimal}} {
		if v[2] != "" {
			options[v[1]] = v[2]
			flags += " " + v[0] + " " + shellQuote(v[2])
		}
	}
	return &toolCall{tool: "csv2jsonstat", flags: flags + " -c " + shellQuote(separator), options: options, has: has, ours: func(d *document, w *bytes.Buffer) error {
		o := convert.TableOptions{Decimal: f.decimal, Label: f.label, Status: f.slabel}
		if f.vlabel != "" {
			o.Values = []string{f.vlabel}
		}
		ds, err := convert.ReadCSV(bytes.NewReader(d.text), &convert.ReadCSVOptions{TableOptions: o, Separator: separator})
		if err != nil {
			return err
		}
		opts := &jsonstat.WriteOptions{Values: jsonstat.Dense, Statuses: jsonstat.Dense}
		if has["o"] {
			opts.Values = jsonstat.Sparse
		}
		if has["s"] {
			opts.Statuses = jsonstat.Sparse
		}
		return ds.Write(w, opts)
	}}
}
