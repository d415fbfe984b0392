package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// serverOf is the server of a mode.
func serverOf(mode string) string {
	name, _, _ := strings.Cut(mode, "+")
	return name
}

// faultsOf are the faults of a mode.
func faultsOf(mode string) map[int]string {
	faults := map[int]string{}
	for _, f := range strings.Split(mode, "+")[1:] {
		what, at, _ := strings.Cut(f, "@")
		n, err := strconv.Atoi(at)
		if err != nil {
			panic(fmt.Sprintf("fault %q has no number", f)) // a mistake in the list above
		}
		faults[n] = what
	}
	return faults
}

// A pxCall is a call of pxfetch, or several in turn parted by "&&".
type pxCall struct {
	mode string
	line string
}

func (c pxCall) run() Run {
	words, err := splitWords(c.line)
	if err != nil {
		panic(err) // a mistake in the list below
	}
	return Run{Mode: c.mode, Document: "-", Command: pxfetch, Options: words}
}

func (c pxCall) has(f Flag) bool { return c.run().has(f) }

// pxRuns are the runs of pxfetch: all of its calls, in the sample as well.
func pxRuns() []Run {
	var runs []Run
	for _, c := range pxCalls() {
		runs = append(runs, c.run())
	}
	return runs
}

// pxFiles are the files that the calls find.
func pxFiles() map[string][]byte {
	return map[string][]byte{
		"frozen.json": []byte(`{"queryObj": {"query": [{"code": "Tid", "selection": {"filter": "item", "values": ["2024", "2025"]}}],
 "response": {"format": "json-stat2"}}, "tableIdForQuery": "05839"}`),
		"query1.json": []byte(`{"query":[{"code":"Region","selection":{"filter":"all","values":["03*"]}},{"code":"Tid","selection":{"filter":"top","values":["2"]}}],"response":{"format":"json-stat2"}}`),
		"query2.json": []byte(`{"selection":[{"variableCode":"Region","valueCodes":["0301","11*"]},{"variableCode":"Tid","valueCodes":["[RANGE(2020,2022)]","TOP(1)"]},{"variableCode":"ContentsCode","valueCodes":["*"]}]}`),
		"bad.json":    []byte(`{"hello": 1}`),
		"old.json":    []byte(`{"version":"2.0","class":"dataset","updated":"2000-01-01T00:00:00Z","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[1]}`),
		"recent.json": []byte(`{"version":"2.0","class":"dataset","updated":"2999-01-01T00:00:00Z","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[1]}`),
		"there.json":  []byte("this was there before\n"),
	}
}

// pxCalls are the calls. {server} is the address of the server; without --host it
// is the one that the environment names. Every flag of every subcommand is in one
// of them.
func pxCalls() []pxCall {
	var calls []pxCall
	on := func(mode string, lines ...string) {
		for _, line := range lines {
			calls = append(calls, pxCall{mode, line})
		}
	}
	on("server+503@1", "get 03013 -s Tid=top(3) out.json")
	on("server+429@1", "get 03013 -s Tid=top(3) out.json")
	on("server+drop@2", "get 03013 --max-cells 100 out.json")
	on("server+page@1", "get 03013 -s Tid=top(3) out.json --api 1")
	on("server+404@2", "get 03013 --max-cells 100 out.json && get 03013 --max-cells 100 out.json", "get 03013 --max-cells=100 out.json && get 03013 --max-cells=100 --fresh out.json")
	on("server+404@1", "get 05839 -s Region=0301 -s Tid=2025 --api=1 out.json")
	on("small+503@2+drop@4", "get 03013 -s Tid=top(4) out.json")
	on("small", "get 03013 out.json", "get 03013 -s Tid=top(5) --api=1 out.json", "get 05839 --server-format csv out.csv", "get 05839 --default --dry-run", "get 07984 -s Region=0301,1103 -s Tid=*",
		"get 05839 -s Region=* -s Tid=top(20) --dry-run", "get 05839 -s Region=0301 -s Alder=* -s Tid=top(2)", "config")
	// Get.
	on("server",
		"get 05839 -s Region=0301,1103 -s Kjonn=* -s Tid=top(5) out.json", "get 05839 -s Region=0301,1103 -s Kjonn=* -s Tid=top(5) out.json --max-cells 3",
		"get 05839 --select=Region=0301 --select=Tid=top(2) out.json --api=1", "get 05839 -s Region=0301 -s Alder=agg:FemAarigGruppering:F00-04,F05-09 -s Tid=2024..2025",
		"get 05839 -s Region=agg:KommFylker -s Tid=2025", "get 05839 -s Region=agg:KommFylker:F-11 -s Tid=2025 --api 1", "get 05839 -s Region=vs:Kommuner -s Tid=2025",
		"get 05839 -s Region=03* -s Tid=top(2) a.json --query-out a.query.json && get 05839 -q a.query.json b.json && get 05839 --query=a.query.json --api=1",
		"get 05839 --dry-run --max-cells 5000", "get 05839 --dry-run", "get 05839 --dry-run --api=1", "get 05839 --yes --dry-run", "get 05839 --default", "get 05839 --default --api 1", "get 05839 --default --lang=en",
		"get 03013 -s Tid=top(1) --nil=0", "get 03013 -s Tid=top(1) --nil=none", "get 03013 -s Tid=top(1)", "get 03013 -s Tid=top(1) --api=1",
		"get 07984 -s Region=0301 -s Tid=top(1) --quiet", "get 07984 -s Region=0301 -s Tid=top(1)", "get 07984 -s Region=* -s Tid=* out.json --api=2", "get 07984 out.json --api=1", "get 04232 out.json", "get 12891 --api=1", "get 12891",
		"get 05839 -s Region=0301 -s Tid=2025 --server-format csv3 --api 1", "get 05839 -s Region=0301 -s Tid=2025 --server-format=px out.px", "get 05839 -s Region=0301 -s Tid=2025 --server-format csv", "get 05839 --server-format nonsense out.txt",
		"get 05839 -s Region=0301 -s Tid=2025 --server-format csv --stub Region,Tid --heading ContentsCode --format-params UseTexts out.csv", "get 05839 -s Region=0301 -s Tid=2025 --server-format=csv3 --api=2", "get 05839 -s Region=vs:Kommuner:0301 -s Tid=2025 --without-value-sets",
		"get -q frozen.json", "get 05839 -q query1.json", "get 05839 -q query2.json", "get 05839 -q query1.json --api=1", "get 05839 -q query2.json --api=1", "get 05839 -q bad.json", "get 05839 -q nofile.json",
		"get {server}/api/pxwebapi/v2/tables/05839/data?valueCodes[Tid]=top(2)&valueCodes[ContentsCode]=*&valueCodes[Region]=0301 out.json", "get {server}/api/v0/no/table/05839 -s Region=0301 -s Tid=2025", "get {server}/nowhere",
		"get {server}/api/pxwebapi/v2/tables/05839", "get 05839 -s Region=0301 -s Tid=2025 --output out.json", "get 05839 -s Region=0301 -s Tid=2025 --host={server} --lang en", "get 05839 -s Region=0301 -s Tid=2025 --stream", "get 05839 -s Region=0301 -s Tid=2025 -t out.json",
		"get 05839 -s Region=0301 -s Tid=2025 there.json", "get 05839 -s Region=0301 -s Tid=2025 there.json --force", "get 05839 -s Region=0301 -s Tid=2025 --wait-quiet", "get 05839 -s Region=0301 -s Tid=2025 --fresh",
		"get 03013 -s Tid=top(1) --since old.json", "get 03013 -s Tid=top(1) --since=recent.json", "get 03013 -s Tid=top(1) out.json && get 03013 -s Tid=top(1) --since out.json", "get 03013 -s Tid=top(1) --since=recent.json --api=1", "get 03013 --since=bad.json", "get 03013 -s Tid=top(1) out.json && get 03013 -s Tid=top(1) --since out.json --exit-code",
		"get 05839 -s Regoin=0301", "get 05839 -s Region=0302", "get 05839 -s Region=99*", "get 05839 -s Alder=agg:FemAarig:F00-04", "get 05839 -s Alder=agg:FemAarigGruppering:F00-05", "get 05839 -s Region=0301 --default",
		"get 05839 -s Region=0302 --api=1", "get 05839 -s Tid=2020..", "get 05839 -s Tid=..2011 -s Region=???1", "get 05839 -s Tid=bottom(2)", "get 05839 -s Tid=top(0)", "get 05839 -s Tid", "get 05839 --max-cells=x", "get 05839 --max-cells=1 -s Region=0301 -s Tid=2025",
		"get", "get 99999", "get 99999 --api 1", "get 05839 out.json extra", "get --host sbb 05839", "get 05839 --host=http://127.0.0.1:9", "get 05839 --api=3", "get 05839 --lang=xx", "gte 05839", "--lang en get 05839", "get 05839 nofolder/out.json",
	)
	// What tells about tables and servers.
	on("server",
		"search befolkning", "search --api 1 befolk* --filter title", "search --under be befolk*", "search --under=be --filter=title befolk* --max=1", "search zzzz", "search befolkning --json", "search --days 10000", "search --days=x", "search --ended", "search --max=0", "search --max=2 --lang=en", "search --ended --api=1 befolk*", "search --host={server} befolkning", "search",
		"list", "list be", "list be/be01", "list be --tables", "list be --json", "list --subjects --json", "list --subjects", "list nowhere", "list --api=1", "list be --api 1 --tables", "list --lang=en", "list --host={server} js", "list --subjects --lang=en",
		"meta 05839", "meta 05839 --api 1", "meta 07984", "meta 07984 --links", "meta 07984 --notes", "meta 07984 --json", "meta 07984 --lang=en --links", "meta 03013", "meta 04232", "meta 12891", "meta 99999", "meta 05839 --host {server}", "meta 05839 --host=http://127.0.0.1:9", "meta",
		"codes 05839 Alder agg:FemAarigGruppering", "codes 05839 Region --lang en", "codes 05839 Region --lang=en", "codes 12891 Etternavn --api 1", "codes 12891 Etternavn --api=2", "codes 05839 Regoin", "codes 05839 Alder agg:FemAarigGruppering --json", "codes 05839 Region --csv", "codes 05839 Region agg:nosuch", "codes 05839 Region vs:Kommuner --host={server}", "codes 05839",
		"config", "config --api=1", "config --hosts", "config --host={server}", "config --host=nosuch", "config --lang=en", "config extra",
	)
	// Queries.
	on("server",
		"query 05839 query.json && get 05839 -q query.json out.json", "query 05839", "query 05839 --output q.json", "query 07984 --api=1", "query 07984 --lang=en", "query 05839 there.json", "query 05839 there.json --force", "query 05839 --stream", "query 05839 --host={server}", "query 99999", "query",
		"query 05839 query.json && convert query.json --table 05839", "convert frozen.json --roll", "convert frozen.json", "convert frozen.json --roll --to address", "convert frozen.json --to=1", "convert frozen.json --to=2", "convert query2.json --table=05839 --to=1", "convert query1.json --table=05839 out.json",
		"convert query1.json", "convert query1.json --output q.json", "convert bad.json", "convert nofile.json", "convert query1.json --table=99999", "convert {server}/api/pxwebapi/v2/tables/05839/data?valueCodes[Tid]=top(2)", "convert frozen.json there.json --force", "convert frozen.json -t", "convert frozen.json --host={server} --lang=en --api=2",
	)
	// Services of Statistics Norway.
	on("server",
		"klass 131", "klass 131 --versions", "klass 131 --changes --from 2019-01-01 --to 2021-01-01", "klass 131 --changes --from=2019-01-01 --to=2021-01-01", "klass 131 --corresponds 104 --at 2024-06-01", "klass 131 --corresponds=104 --at=2024-06-01", "klass 131 --from 2018-01-01 --to 2025-01-01",
		"klass 131 --table 05839", "klass 131 --table=07984 --variable=Region", "klass 131 --table 05839 --variable=Kjonn", "klass 999", "klass 131 --at yesterday", "klass 104 --lang=en", "klass 131 --table=05839 --api=1", "klass 131 --at=2021-01-01 --host={server}", "klass 131 --changes", "klass",
		"vardok 1743 --lang en", "vardok 1743 --lang=nb", "vardok 1 --lang=nn", "vardok 1743", "vardok 999999", "vardok 2 --host={server}", "vardok",
		"dataset", "dataset 1082 out.json", "dataset 1082 --format csv", "dataset 1082 --output d.json", "dataset 1082 --format=json", "dataset 4711", "dataset 1082 --lang=en", "dataset 1082 --api=1 -t", "dataset 1082 there.json", "dataset 1082 there.json --force", "dataset --host={server}",
		"serve --check", "serve --check --port=0", "serve --check --max-cells=10", "serve --port=x", "serve --max-cells=x", "serve --check --calls 30 --window 10", "serve --check --calls=30 --window=10",
	)
	// What all have.
	on("server", "", "nosuch", "--help", "-h", "--version", "--man", "--quiet", "--completion=nosuch")
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		on("server", "--completion="+shell)
	}
	for _, sub := range []string{"get", "meta", "search", "list", "query", "codes", "config", "convert", "klass", "vardok", "dataset", "serve"} {
		on("server", sub+" --help", sub+" -h", sub+" --version", sub+" --man", sub+" --completion=bash", sub+" --completion=fish")
	}
	quiet := map[string]string{"meta": "05839", "search": "zzzz", "list": "be", "query": "05839", "codes": "05839 Kjonn", "config": "", "convert": "frozen.json", "klass": "131 --at=2024-01-01", "vardok": "1 --lang=nn", "dataset": "", "serve": "--check"}
	for _, sub := range []string{"meta", "search", "list", "query", "codes", "config", "convert", "klass", "vardok", "dataset", "serve"} {
		on("server", strings.TrimSpace(sub+" --quiet "+quiet[sub]))
	}
	return slices.Clip(calls)
}
