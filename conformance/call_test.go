package conformance_test

import (
	"bytes"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A csvCall is a call of jsonstat2csv with the flags of the reference. A text
// that is empty is a flag that is not given.
type csvCall struct {
	rich, status, fid, cid, big bool

	na, column, decimal, unit string
	vlabel, slabel, by        string
	drop                      []string
	alsoBy                    []string // --by given again

	// given are flags whose value is more than the text above: it replaces
	// what the reference's library is told. The command line of the reference
	// makes a number of what looks like one, for instance.
	given map[string]any
	// naSet says that na was given, also if it is empty.
	naSet bool
}

// A flagValue is a flag of a call with its value; a boolean has none.
type flagValue struct {
	letter, name, value string
	bool                bool
}

// flags are the flags of a call in one order.
func (c csvCall) flags() []flagValue {
	var list []flagValue
	for _, b := range []struct {
		letter, name string
		on           bool
	}{{"r", "rich", c.rich}, {"s", "status", c.status}, {"f", "fid", c.fid}, {"o", "cid", c.cid}, {"b", "big", c.big}} {
		if b.on {
			list = append(list, flagValue{b.letter, b.name, "", true})
		}
	}
	for _, v := range [][3]string{
		{"n", "na", c.na}, {"c", "column", c.column}, {"d", "decimal", c.decimal}, {"u", "unit", c.unit},
		{"v", "vlabel", c.vlabel}, {"l", "slabel", c.slabel}, {"y", "by", c.by}, {"p", "drop", strings.Join(c.drop, ",")},
	} {
		if v[2] != "" || (v[0] == "n" && c.naSet) {
			list = append(list, flagValue{v[0], v[1], v[2], false})
		}
	}
	for _, id := range c.alsoBy {
		list = append(list, flagValue{"y", "by", id, false})
	}
	return list
}

// String is the call as one would type it into a shell.
func (c csvCall) String() string {
	line := "jsonstat2csv"
	letters := ""
	for _, f := range c.flags() {
		if f.bool {
			letters += f.letter
		}
	}
	if letters != "" {
		line += " -" + letters
	}
	for _, f := range c.flags() {
		if !f.bool {
			line += " -" + f.letter + " " + shellQuote(f.value)
		}
	}
	return line + " in.json out.csv"
}

// shellQuote quotes a word for a shell if it needs it.
func shellQuote(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:,%+@", r)
	}
	switch {
	case strings.ContainsAny(word, "\n\r\t"):
		return "$'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(word) + "'"
	case word != "" && strings.TrimFunc(word, plain) == "":
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// suite are the options that the reference command makes of the call.
func (c csvCall) suite() map[string]any {
	o := map[string]any{
		"rich": c.rich, "status": c.status, "array": c.big, "field": "label", "content": "label",
		"separator": "|", "na": "n/a", "delimiter": ",", "vlabel": "Value", "slabel": "Status", "drop": []string{},
	}
	if c.fid {
		o["field"] = "id"
	}
	if c.cid {
		o["content"] = "id"
	}
	for name, v := range map[string]string{
		"na": c.na, "delimiter": c.column, "decimal": c.decimal, "separator": c.unit,
		"vlabel": c.vlabel, "slabel": c.slabel, "by": c.by,
	} {
		if v != "" {
			o[name] = v
		}
	}
	if len(c.drop) > 0 {
		o["drop"] = c.drop
	}
	if len(c.alsoBy) > 0 {
		o["by"] = append([]string{c.by}, c.alsoBy...) // what the command line makes of it
	}
	for name, v := range c.given {
		o[name] = v
	}
	return o
}

// options are the same call on our side, for a call that is not rich.
func (c csvCall) options() *convert.CSVOptions {
	o := &convert.CSVOptions{
		Separator: c.column, Decimal: c.decimal, NA: c.missing(),
		Status: c.status, ValueName: c.vlabel, StatusName: c.slabel,
	}
	if c.fid {
		o.Field = convert.ID
	}
	if c.cid {
		o.Content = convert.ID
	}
	if c.by != "" {
		o.By, o.Status = append([]string{c.by}, c.alsoBy...), false
	}
	o.Drop = c.drop
	return o
}

func (c csvCall) missing() *string {
	if c.na == "" && !c.naSet {
		return nil
	}
	return &c.na
}

// ours runs the call on our side.
func (c csvCall) ours(ds *jsonstat.Dataset) (string, error) {
	var out bytes.Buffer
	var err error
	if c.rich {
		err = convert.WriteCSVStat(&out, ds, &convert.CSVStatOptions{
			Separator: c.column, Decimal: c.decimal, UnitSeparator: c.unit, NA: c.missing(),
		})
	} else {
		err = convert.WriteCSV(&out, ds, c.options())
	}
	return out.String(), err
}

// The marks of a call, with their defaults filled in.

func (c csvCall) separator() string { return or(c.column, ",") }

func (c csvCall) mark() string {
	if c.column == ";" {
		return or(c.decimal, ",")
	}
	return or(c.decimal, ".")
}

func (c csvCall) valueName() string {
	if c.fid || c.rich {
		return "value"
	}
	return or(c.vlabel, "Value")
}

func (c csvCall) statusName() string {
	if c.fid || c.rich {
		return "status"
	}
	return or(c.slabel, "Status")
}

// or is a text or, if that is empty, another one.
func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
