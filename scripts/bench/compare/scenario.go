package main

import (
	"fmt"
	"strconv"
	"strings"
)

// A scenario is a call of a program that is timed.
type scenario struct {
	name  string
	about string
	tool  string   // a command, or "merge" of scripts/bench
	in    string   // name of an input, "" for none
	args  []string // behind input and output
	pipe  bool     // the input comes through a pipe, the output goes to standard output
	table *table   // what merge puts together
	often int      // as many times the runs; 0 is 1
}

// A table of pxserver, and how it is cut into parts.
type table struct {
	regions int // of 2,000 cells each
	cells   int // most of a part
	parts   int
}

// fewer is a table of a twentieth of the parts.
func (t table) fewer() *table { return &table{t.regions / 20, t.cells, t.parts / 20} }

const filterMark = "{filter}" // stands for criteria that keep half of the regions

// scenarios are all that there are, but for those of the start-up. Short says that
// the script is being tried and figures do not matter.
func scenarios(short bool) []scenario {
	list := []scenario{
		{name: "jsonstat2csv", about: "labels and statuses", in: "doc.json", args: []string{"--status"}},
		{name: "jsonstat2csv-pipe", about: "the same from pipe to pipe", in: "doc.json", args: []string{"--status"}, pipe: true},
		{name: "jsonstat2csv-by", about: "a column for each year", in: "doc.json", args: []string{"--by", "Tid"}},
		{name: "jsonstat2csv-sparse10", about: "10 dimensions of 10, 1,000 values, --non-missing", in: "sparse10.json", args: []string{"--non-missing"}, often: 4},
		{name: "jsonstat2csv-sparse2", about: "2 dimensions of 100,000, 1,000 values, --non-missing", in: "sparse2.json", args: []string{"--non-missing"}},
		{name: "csv2jsonstat", about: "the table of jsonstat2csv", in: "doc.csv"},
		{name: "jsonstat2xlsx", about: "a row for each cell", in: "doc.json", args: []string{"--split"}},
		{name: "xlsx2jsonstat", about: "that workbook", in: "doc.xlsx"},
		{name: "jsonstat2arrow", about: "an IPC file", in: "doc.json"},
		{name: "arrow2jsonstat", about: "that file", in: "doc.arrow"},
		{name: "jsonstat2parquet", about: "compressed with zstd", in: "doc.json"},
		{name: "parquet2jsonstat", about: "that file", in: "doc.parquet"},
		{name: "sdmx2jsonstat", about: "SDMX-JSON, flat", in: "sdmx-flat.json"},
		{name: "sdmx2jsonstat-series", about: "SDMX-JSON in series", in: "sdmx-series.json"},
		{name: "sdmx2jsonstat-csv", about: "SDMX-CSV", in: "sdmx.csv"},
		{name: "px2jsonstat", about: "a PX file", in: "doc.px"},
		{name: "px2jsonstat-marks", about: "a PX file with marks", in: "marks.px"},
		{name: "jsonstat2px", about: "a PX file, in the order of the document", in: "doc.json", args: []string{"--stub", "Region,Kjonn,Alder,ContentsCode", "--heading", "Tid"}},
		{name: "jsonstat2px-turned", about: "years down the side", in: "doc.json", args: []string{"--stub", "Tid,Alder,ContentsCode,Kjonn", "--heading", "Region"}},
		{name: "jsonstatdice", about: "all of the document", in: "doc.json"},
		{name: "jsonstatdice-filter", about: "every second region", in: "doc.json", args: []string{"--filter", filterMark}},
		{name: "jsonstatslice", about: "one year", in: "doc.json", args: []string{"-f", "Tid=2024"}},
		{name: "jsonstat2jsonstat", about: "values and statuses as objects", in: "doc.json", args: []string{"-mos"}},
		{name: "jsonstat2arrobj", about: "with statuses", in: "doc.json", args: []string{"--status"}},
		{name: "jsonstat2objarr", about: "with statuses", in: "doc.json", args: []string{"--status"}},
		{name: "jsonstat2array", about: "with statuses", in: "doc.json", args: []string{"--status"}},
		{name: "jsonstat2object", about: "with statuses", in: "doc.json", args: []string{"--status"}},
		{name: "merge", about: "2 million cells in 1,000 saved parts, one after the other", table: &table{1000, 2000, 1000}},
		{name: "merge-across", about: "200,000 cells in 1,000 saved parts, cut along two variables", table: &table{100, 200, 1000}},
	}
	for i := range list {
		s := &list[i]
		s.tool, _, _ = strings.Cut(s.name, "-")
		if short && s.table != nil {
			s.table = s.table.fewer()
		}
	}
	return list
}

// starting is the scenario of a command's start-up.
func starting(tool string) scenario {
	return scenario{name: "start " + tool, tool: tool, args: []string{"--version"}, pipe: true, often: 4}
}

// choose finds the scenarios of some names: all if there are none, or "all";
// "start" is that of every command.
func choose(list []scenario, names, commands []string) ([]scenario, error) {
	if len(names) == 0 {
		names = []string{"all"}
	}
	var chosen []scenario
	starts := func() {
		for _, c := range commands {
			chosen = append(chosen, starting(c))
		}
	}
next:
	for _, name := range names {
		switch name {
		case "all":
			chosen = append(chosen, list...)
			starts()
			continue
		case "start":
			starts()
			continue
		}
		for _, s := range list {
			if s.name == name {
				chosen = append(chosen, s)
				continue next
			}
		}
		return nil, fmt.Errorf("there is no scenario %q", name)
	}
	return chosen, nil
}

// An input is made once for both sides, by gen or by a command from doc.json.
type input struct {
	name string
	gen  []string
	tool string
	args []string
}

// inputs are all that there are, in an order in which they can be made.
func inputs(cells int) []input {
	n := strconv.Itoa(cells)
	return []input{
		{name: "doc.json", gen: []string{"-cells", n}},
		{name: "sparse10.json", gen: []string{"-shape", "sparse10"}},
		{name: "sparse2.json", gen: []string{"-shape", "sparse2"}},
		{name: "sdmx-flat.json", gen: []string{"-shape", "sdmx-flat", "-cells", n}},
		{name: "sdmx-series.json", gen: []string{"-shape", "sdmx-series", "-cells", n}},
		{name: "sdmx.csv", gen: []string{"-shape", "sdmx-csv", "-cells", n}},
		{name: "doc.px", gen: []string{"-shape", "px", "-cells", n}},
		{name: "marks.px", gen: []string{"-shape", "px-marks", "-cells", n}},
		{name: "doc.csv", tool: "jsonstat2csv", args: []string{"--status"}},
		{name: "doc.xlsx", tool: "jsonstat2xlsx", args: []string{"--split"}},
		{name: "doc.arrow", tool: "jsonstat2arrow"},
		{name: "doc.parquet", tool: "jsonstat2parquet"},
	}
}

// needed are the inputs that some scenarios read, and doc.json for those that are
// made of it.
func needed(list []input, chosen []scenario) []input {
	want := map[string]bool{}
	for _, s := range chosen {
		want[s.in] = true
	}
	for _, in := range list {
		if want[in.name] && in.tool != "" {
			want["doc.json"] = true
		}
	}
	var some []input
	for _, in := range list {
		if want[in.name] {
			some = append(some, in)
		}
	}
	return some
}

// tools are the commands that scenarios and their inputs call, each once.
func tools(chosen []scenario, made []input) []string {
	var list []string
	seen := map[string]bool{"": true}
	add := func(tool string) {
		if !seen[tool] {
			seen[tool] = true
			list = append(list, tool)
		}
	}
	for _, s := range chosen {
		add(s.tool)
	}
	for _, in := range made {
		add(in.tool)
	}
	return list
}
