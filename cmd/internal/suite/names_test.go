package suite

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// A long name means one thing among the commands that read tables, and one among
// those that write them: the same kind of flag with the same help text, its default
// aside. Letters are the reference's, tool by tool, and may differ.

// apart are the names that mean something else in a command, as "command --name", with
// the reason. Where the reference has the name for two things both stay.
var apart = map[string]string{
	"jsonstat2csv --unit":          "the reference's: the separator inside of units, elsewhere a switch for units",
	"jsonstat2arrow --compression": "each format has its own",
	"jsonstat2arrobj --by":         "the same in other words: members, where tables have columns",
	"jsonstat2objarr --by":         "the same in other words: members, where tables have columns",
	"jsonstat2arrobj --vlabel":     "the reference's: only with labels as names",
	"jsonstat2objarr --vlabel":     "the reference's: only with labels as names",
	"jsonstat2arrobj --slabel":     "the reference's: only with labels as names",
	"jsonstat2objarr --slabel":     "the reference's: only with labels as names",
	"jsonstatdice --filter":        "the reference's: several categories of a dimension",
	"jsonstatdice --drop":          "the reference's: a switch for what --filter selects",
	"jsonstat2px --encoding":       "code pages of all offices, and no UTF-16",
	"jsonstatdice --keep":          "its own help explains criteria",
	"jsonstatdice --ovalue":        "the reference's: without --modify",
	"jsonstatdice --ostatus":       "the reference's: without --modify",
}

// The readers of tables. What some of them cannot have is said in words.
var (
	tableReaders = []string{"arrow2jsonstat", "csv2jsonstat", "parquet2jsonstat", "sdmx2jsonstat", "xlsx2jsonstat"}
	textReaders  = []string{"csv2jsonstat", "sdmx2jsonstat"}
	dateReaders  = []string{"arrow2jsonstat", "csv2jsonstat", "parquet2jsonstat", "xlsx2jsonstat"} // SDMX has codes of periods
	gridReaders  = []string{"csv2jsonstat", "xlsx2jsonstat"}
)

// words are the names that say how a table is read, and who has them.
var words = map[string][]string{
	// What the columns are.
	"value": tableReaders, "status": tableReaders, "status-suffix": tableReaders, "dimension": tableReaders,
	"label-column": tableReaders, "ignore": tableReaders, "by": tableReaders, "stub": tableReaders,
	"metric": tableReaders, "content": tableReaders,
	// What is said of the cube.
	"role": tableReaders, "label": tableReaders, "source": tableReaders, "updated": tableReaders,
	"describe": tableReaders, "head": tableReaders,
	// Where the table is.
	"header": gridReaders, "sheet": {"xlsx2jsonstat"},
	// How text is read.
	"decimal": tableReaders, "thousands": tableReaders, "na": tableReaders, "texts": tableReaders, "periods": dateReaders,
	"separator": textReaders, "encoding": {"csv2jsonstat", "px2jsonstat", "sdmx2jsonstat"}, "sniff": {"csv2jsonstat"}, // SDMX-CSV says its separator
	// See before, decide again.
	"explain": tableReaders, "plan": tableReaders,
}

// The writers of tables, and of JSON-stat.
var (
	jsonWriters   = []string{"jsonstat2array", "jsonstat2arrobj", "jsonstat2objarr", "jsonstat2object"}
	objectWriters = []string{"jsonstat2arrobj", "jsonstat2objarr"}
	typedWriters  = []string{"jsonstat2arrow", "jsonstat2parquet"}
	tableWriters  = slices.Concat(jsonWriters, typedWriters, []string{"jsonstat2csv", "jsonstat2xlsx"})
	pivotWriters  = slices.Concat(objectWriters, []string{"jsonstat2csv", "jsonstat2xlsx"})
	cubeWriters   = []string{"jsonstat2jsonstat", "jsonstatdice", "jsonstatslice"}
	allWriters    = append(slices.Concat(tableWriters, cubeWriters), "jsonstat2px")
)

// writerWords are the names that say how a table is written, and who has them.
var writerWords = map[string][]string{
	// Which cells.
	"keep": allWriters, "omit": allWriters, "all-cells": allWriters,
	"non-missing": tableWriters, "non-empty": tableWriters,
	// What the table looks like.
	"by": pivotWriters, "drop": pivotWriters, "drop-constant": tableWriters,
	"stub": {"jsonstat2px", "jsonstat2xlsx"}, "heading": {"jsonstat2px", "jsonstat2xlsx"},
	"field": tableWriters, "content": tableWriters, "dates": append([]string{"jsonstat2xlsx"}, typedWriters...),
	"compression": typedWriters,
	"status-text": slices.Concat(jsonWriters, []string{"jsonstat2csv", "jsonstat2xlsx"}), "lang": slices.Concat(jsonWriters, []string{"jsonstat2csv", "jsonstat2xlsx"}),
	// How text is written.
	"encoding": {"jsonstat2csv", "jsonstat2px"}, "input-encoding": allWriters,
	"separator": {"jsonstat2csv"}, "decimal": {"jsonstat2csv"}, "na": {"jsonstat2csv"}, "eol": {"jsonstat2csv"}, "bom": {"jsonstat2csv"},
	"package": {"jsonstat2csv"}, "csvw": {"jsonstat2csv"},
}

// switches are the words that take no value.
var switches = []string{"texts", "sniff", "non-missing", "non-empty", "all-cells", "dates", "bom", "drop-constant", "package", "csvw"}

// aside is what may differ in a help text.
var aside = regexp.MustCompile(` \(default: [^()]*(\([^()]*\)[^()]*)*\)$`)

// meaning is what a flag means, as text.
func meaning(s cli.Spec) string {
	kind := map[cli.Kind]string{cli.KindBool: "switch", cli.KindString: "text", cli.KindStrings: "texts", cli.KindChoice: "choice"}[s.Kind]
	return fmt.Sprintf("%s %s: %s", kind, s.Value, aside.ReplaceAllString(s.Help, ""))
}

// goneNames are the names that are gone in a command.
func goneNames(c cli.Command) []string {
	var names []string
	for _, s := range c.GoneNames() {
		names = append(names, s.Name)
	}
	return names
}

// faults finds what is wrong with the names of some commands, as "command --name".
// The meaning of a name is that of the first command for which no exception stands.
func faults(commands []cli.Command, excepted []string) map[string]string {
	type use struct{ command, meaning string }
	standard := map[string]use{}
	for _, c := range commands {
		for _, s := range c.AllFlags() {
			if _, ok := standard[s.Name]; !ok && !slices.Contains(excepted, c.Name+" --"+s.Name) {
				standard[s.Name] = use{c.Name, meaning(s)}
			}
		}
	}
	found := map[string]string{}
	olds := map[string]use{} // what old names stand for
	for _, c := range commands {
		for _, s := range c.AllFlags() {
			if want, ok := standard[s.Name]; ok && meaning(s) != want.meaning {
				found[c.Name+" --"+s.Name] = fmt.Sprintf("it is\n\t%s\nand in %s\n\t%s", meaning(s), want.command, want.meaning)
			}
			for _, old := range s.Old {
				stands := use{c.Name, "an old name of --" + s.Name}
				if other, ok := standard[old]; ok {
					found[c.Name+" --"+old] = fmt.Sprintf("it is %s, and in %s\n\t%s", stands.meaning, other.command, other.meaning)
				}
				if other, ok := olds[old]; ok && other.meaning != stands.meaning {
					found[c.Name+" --"+old] = fmt.Sprintf("it is %s, and in %s %s", stands.meaning, other.command, other.meaning)
				}
				olds[old] = stands
			}
		}
	}
	return found
}

// missing finds which words the commands do not have that should, as "command --name". A
// name that is gone counts: it is free again one release later.
func missing(commands []cli.Command, words map[string][]string) map[string]string {
	found := map[string]string{}
	for name, those := range words {
		for _, c := range commands {
			if !slices.Contains(those, c.Name) || slices.Contains(goneNames(c), name) {
				continue
			}
			flags := c.AllFlags()
			i := slices.IndexFunc(flags, func(s cli.Spec) bool { return s.Name == name })
			switch {
			case i < 0:
				found[c.Name+" --"+name] = "it is not there"
			case (flags[i].Kind == cli.KindBool) != slices.Contains(switches, name):
				found[c.Name+" --"+name] = "it takes a value where it should not, or the other way round"
			}
		}
	}
	return found
}

// report tells of faults without an exception, and of exceptions without a fault.
func report(t *testing.T, found map[string]string, exceptions []string) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(found)) {
		if !slices.Contains(exceptions, key) {
			t.Errorf("%s: %s", key, found[key])
		}
	}
	for _, key := range exceptions {
		if found[key] == "" {
			t.Errorf("%s: an exception without need", key)
		}
	}
}

// exceptions are those of apart that stand for any of some commands.
func exceptions(commands []cli.Command) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(apart)), func(key string) bool {
		name, _, _ := strings.Cut(key, " ")
		return !slices.ContainsFunc(commands, func(c cli.Command) bool { return c.Name == name })
	})
}

// whose are commands by what their names begin or end with.
func whose(is func(name string) bool) []cli.Command {
	return slices.DeleteFunc(Commands(), func(c cli.Command) bool { return !is(c.Name) })
}

// TestWordsOfWriters holds that a name means one thing in the commands that write
// tables, and in those that write JSON-stat again, and that all of these have the words
// that say how, and no others.
func TestWordsOfWriters(t *testing.T) {
	writers := whose(func(name string) bool {
		return strings.HasPrefix(name, "jsonstat2") || slices.Contains(allWriters, name)
	})
	if len(writers) != len(allWriters) {
		t.Fatalf("there are %d commands, and the table of words knows %d", len(writers), len(allWriters))
	}
	excepted := exceptions(writers)
	found := faults(writers, excepted)
	maps.Copy(found, missing(writers, writerWords))
	for _, c := range writers {
		for _, s := range c.AllFlags() {
			if those, ok := writerWords[s.Name]; ok && !slices.Contains(those, c.Name) {
				found[c.Name+" --"+s.Name] = "the table of words does not say that it is there"
			}
		}
	}
	report(t, found, excepted)
}

// TestWordsOfReaders holds the same of the commands that read tables, and that they
// all have the words that say how.
func TestWordsOfReaders(t *testing.T) {
	readers := whose(func(name string) bool { return slices.Contains(tableReaders, name) })
	if len(readers) != len(tableReaders) {
		t.Fatalf("there are %d commands", len(readers))
	}
	excepted := exceptions(readers)
	found := faults(readers, excepted)
	maps.Copy(found, missing(readers, words))
	report(t, found, excepted)
}

// TestFaults holds what a fault of names is.
func TestFaults(t *testing.T) {
	unit := cli.Bool{Name: "unit", Help: "add the unit"}
	tests := []struct {
		name     string
		a, b     cli.Flag
		excepted []string
		want     []string
	}{
		{"the same", unit, unit, nil, nil},
		{"another name", unit, cli.String{Name: "na", Help: "text of a missing value"}, nil, nil},
		{"another letter", unit, cli.Bool{Name: "unit", Short: 'u', Help: "add the unit"}, nil, nil},
		{"another heading", unit, cli.Bool{Name: "unit", Group: "Rows", Help: "add the unit"}, nil, nil},
		{"another default", cli.String{Name: "na", Default: "n/a", Help: "text"}, cli.String{Name: "na", Help: "text (default: : (a colon) in a pivot)"}, nil, nil},
		{"a default in the middle", cli.String{Name: "na", Help: "text"}, cli.String{Name: "na", Help: "text (default: none) of a cell"}, nil, []string{"b --na"}},
		{"another kind", unit, cli.String{Name: "unit", Help: "add the unit"}, nil, []string{"b --unit"}},
		{"one text, and several", cli.String{Name: "na", Help: "text"}, cli.Strings{Name: "na", Help: "text"}, nil, []string{"b --na"}},
		{"another help", unit, cli.Bool{Name: "unit", Help: "write units apart"}, nil, []string{"b --unit"}},
		{"another value", cli.String{Name: "na", Help: "text"}, cli.String{Name: "na", Value: "MARK", Help: "text"}, nil, []string{"b --na"}},
		{"other choices", cli.Choice{Name: "field", Values: []string{"id"}, Help: "x"}, cli.Choice{Name: "field", Values: []string{"id", "both"}, Help: "x"}, nil, []string{"b --field"}},
		{"an exception is a fault all the same, but no measure", unit, cli.Bool{Name: "unit", Help: "x"}, []string{"a --unit"}, []string{"a --unit"}},
		{"an old name that is free", unit, cli.Bool{Name: "meta", Old: []string{"about"}, Help: "x"}, nil, nil},
		{"an old name of the same flag in both", cli.Bool{Name: "meta", Old: []string{"about"}, Help: "x"}, cli.Bool{Name: "meta", Old: []string{"about"}, Help: "x"}, nil, nil},
		{"an old name that is a flag elsewhere", unit, cli.Bool{Name: "meta", Old: []string{"unit"}, Help: "x"}, nil, []string{"b --unit"}},
		{"an old name for two flags", cli.Bool{Name: "meta", Old: []string{"about"}, Help: "x"}, cli.Bool{Name: "head", Old: []string{"about"}, Help: "x"}, nil, []string{"b --about"}},
		{"gone, a flag elsewhere", unit, cli.Gone{Name: "unit", Say: "--units"}, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := faults([]cli.Command{{Name: "a", Flags: []cli.Flag{tt.a}}, {Name: "b", Flags: []cli.Flag{tt.b}}}, tt.excepted)
			if got := slices.Sorted(maps.Keys(found)); !slices.Equal(got, tt.want) {
				t.Errorf("faults: %q, want %q", got, tt.want)
			}
		})
	}
}
