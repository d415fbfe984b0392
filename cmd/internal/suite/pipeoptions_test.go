package suite

import (
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// toFile stands among options for an output that is a file.
const toFile = "(to a file)"

// optionFiles are the files that options name.
var optionFiles = map[string]string{
	"criteria.json": `{"Tid":"top(1)","Region":["0301"]}`,
	"about.json":    `{"label":"Described","note":["A remark."],"role":{"time":["Year"]}}`,
	"head.json": `{"version":"2.0","class":"dataset","label":"Head","id":["Port","Year"],"size":[2,2],"role":{"time":["Year"]},"value":[],` +
		`"dimension":{"Port":{"label":"Port","category":{"index":["North quay","South quay"]}},"Year":{"category":{"index":["2023","2024"]}}}}`,
	"plan.json":      `{"value":["Tonnes"],"dimension":["Port","Year"]}`,
	"structure.json": `{"meta":{"id":"s"},"data":{"dataflows":[],"dataStructures":[]}}`,
}

// flagValues are the values with which flags that take a text are tried, by the name
// of the flag; "command --flag" goes before "--flag". A flag that is not here fails the
// test: give it a value that it takes and one that it does not.
var flagValues = map[string][]string{
	"--dataset":                 {"0", "1", "Boats", "nosuch"},
	"--encoding":                {"iso-8859-1", "utf-8", "nosuch"},
	"--input-encoding":          {"iso-8859-1", "utf-8", "nosuch"},
	"jsonstat2csv --encoding":   {"iso-8859-1", "utf-16", "nosuch"},
	"--vlabel":                  {"Antall", ""},
	"--slabel":                  {"Merke"},
	"--lang":                    {"nb", "en", "xx"},
	"--by":                      {"Tid", "ContentsCode", "tid", "Nosuch"},
	"--partition":               {"Tid", "Region,Tid", "Nosuch", ""},
	"--edition":                 {"2026-11", ""},
	"--drop":                    {"Kjonn", "kjonn", "Tid", "Nosuch"},
	"--output":                  {"-"},
	"--prefix":                  {"p_"},
	"--na":                      {"", "-"},
	"--decimal":                 {","},
	"--thousands":               {".", ","},
	"--unit":                    {"/"},
	"--licence":                 {"CC BY 4.0"},
	"--attribution":             {"Invented Office"},
	"--filter":                  {"Tid=2024", "Tid=1999", "Nosuch=1"},
	"--keep":                    {"Tid=top(1)", "Region=03*", "Tid=1999"},
	"--omit":                    {"Tid=2024", "Region=0301/1103"},
	"--criteria":                {"criteria.json", "nosuch.json"},
	"--value":                   {"Tonnes", "value", "Nosuch"},
	"--status":                  {"Status", "Nosuch"},
	"--dimension":               {"Port", "Region", "Nosuch"},
	"--role":                    {"time=Year", "geo=Nosuch", "odd"},
	"--stub":                    {"Port", "Nosuch"},
	"--heading":                 {"Tid", "Region,Tid", "Nosuch"},
	"jsonstat2xlsx --stub":      {"Region", "Tid,ContentsCode", "Nosuch"},
	"--label":                   {"Title"},
	"--source":                  {"Office"},
	"--updated":                 {"2025-01-31", "odd"},
	"--describe":                {"about.json", "nosuch.json"},
	"--head":                    {"head.json", "nosuch.json"},
	"--sheet":                   {"Sheet1", "Nosuch"},
	"--header":                  {"1", "2", "x"},
	"--status-suffix":           {" Status", ""},
	"--label-column":            {"Port=Catch", "Nosuch=Port", "odd"},
	"--ignore":                  {"Status", "1", "Nosuch"},
	"--metric":                  {"m"},
	"--separator":               {";", `\t`, "pipe", ""},
	"--plan":                    {"plan.json", "about.json", "nosuch.json"},
	"--structure":               {"structure.json", "nosuch.json"},
	"jsonstat2csv --dataset":    {"0", "all", "Boats", "nosuch"},
	"csv2jsonstat --by":         {"Year", "Nosuch"},
	"xlsx2jsonstat --by":        {"Year", "Nosuch"},
	"--matrix":                  {"M1"},
	"--subject-code":            {"BE"},
	"--subject-area":            {"Population", ""},
	"--contents":                {"Persons"},
	"--units":                   {"number"},
	"--language":                {"no"},
	"--with":                    {"en=about.json", "odd", "xx=nosuch.json"},
	"px2jsonstat --keep":        {"year=top(1)", "Harbour=01", "Nosuch=1"},
	"px2jsonstat --omit":        {"Harbour=01/02", "Nosuch=1"},
	"px2jsonstat --lang":        {"sv", "en", "xx"},
	"px2jsonstat --zone":        {"Europe/Oslo", "+02:00", "Nowhere"},
	"sdmx2jsonstat --value":     {"OBS_VALUE", "Nosuch"},
	"sdmx2jsonstat --dimension": {"freq,port,TIME_PERIOD", "Nosuch"},
	"sdmx2jsonstat --dataset":   {"0", "1", "nosuch"},
}

// beside are the options that every other one is tried with as well, where a command
// has them.
var beside = [][]string{
	{"--status"}, {"--by=Tid"}, {"--rich"}, {"--unit"}, {"--meta"}, {"--bylabel", "--by=ContentsCode"}, {"--status", "--status-text=both"},
	{"--modify"}, {"--pivot"}, {"--quiet"}, {"--by=Year", "--stub=Port"}, {"--ovalue", "--ostatus"}, {"--from=csv"}, {"--plain"},
}

// notCrossed are the flags that say nothing of a file or mean the pipe itself.
var notCrossed = map[string]string{
	"stream": "is an error with the name of a file",
}

// optionLists are the calls of a command: without options and with each of its options
// with each of its values; and all of these beside the usual ones.
func optionLists(t *testing.T, c cli.Command) (single, both [][]string) {
	t.Helper()
	single = [][]string{nil}
	specs := map[string]cli.Spec{}
	for _, s := range c.AllFlags() {
		specs[s.Name] = s
	}
	for _, s := range c.AllFlags() {
		if notCrossed[s.Name] != "" {
			continue
		}
		single = append(single, valuesOf(t, c, s)...)
	}
	for _, extra := range beside {
		if !slices.ContainsFunc(extra, func(a string) bool { return !fits(specs, a) }) {
			for _, one := range single {
				both = append(both, slices.Concat(extra, one))
			}
		}
	}
	return single, both
}

// fits tells whether a command takes an option as it is written.
func fits(specs map[string]cli.Spec, option string) bool {
	name, value, given := strings.Cut(strings.TrimPrefix(option, "--"), "=")
	s, ok := specs[name]
	switch {
	case !ok || (s.Kind == cli.KindBool) == given:
		return false
	case s.Kind == cli.KindChoice:
		return slices.Contains(s.Values, value)
	}
	return true
}

// valuesOf are the ways in which an option is given.
func valuesOf(t *testing.T, c cli.Command, s cli.Spec) [][]string {
	t.Helper()
	var values []string
	switch s.Kind {
	case cli.KindBool:
		if s.Name == "force" {
			return [][]string{{"--force", toFile}}
		}
		return [][]string{{"--" + s.Name}}
	case cli.KindChoice:
		values = s.Values
	default:
		if values = flagValues[c.Name+" --"+s.Name]; values == nil {
			values = flagValues["--"+s.Name]
		}
	}
	if len(values) == 0 {
		t.Errorf("%s: there is no value to try --%s with: add it to flagValues", c.Name, s.Name)
	}
	var lists [][]string
	for _, v := range values {
		lists = append(lists, []string{"--" + s.Name + "=" + v})
	}
	return lists
}

// flagOf is the name of the flag in an option; what is not crossed counts as tried
// with all.
func flagOf(option string) string {
	if option == toFile {
		return ""
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(option, "--"), "=")
	return name
}

// TestFlagValues holds that the table names flags that are there.
func TestFlagValues(t *testing.T) {
	known := map[string]bool{}
	for _, c := range slices.Concat(readers(true), readers(false)) {
		for _, s := range c.AllFlags() {
			known["--"+s.Name], known[c.Name+" --"+s.Name] = true, true
		}
	}
	for name := range flagValues {
		if !known[name] {
			t.Errorf("no command takes %s", name)
		}
	}
	for name := range notCrossed {
		if !known["--"+name] {
			t.Errorf("no command takes --%s", name)
		}
	}
}
