package main

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
)

func rowsOf(t *testing.T, text string) []*Row {
	t.Helper()
	rows, err := parseRows(text)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestJudge(t *testing.T) {
	old := Outcome{Exit: "0", Errors: "1: a, a\n", Stdout: []byte("1,2\n"), Requests: "GET /x\n"}
	with := func(change func(o *Outcome)) *Outcome {
		o := old
		change(&o)
		return &o
	}
	failed := &Outcome{Exit: "1", Errors: "jsonstat2csv: no\n"}
	errors := with(func(o *Outcome) { o.Errors = "1: b, b\n" })
	for _, c := range []struct {
		name     string
		rows     string
		old, new *Outcome
		want     string // same, meant or different
	}{
		{"the same", "", &old, &old, "same"},
		{"an exit status", "", &old, with(func(o *Outcome) { o.Exit = "1" }), "different"},
		{"a blank in an error", "", &old, with(func(o *Outcome) { o.Errors += " " }), "different"},
		{"an output", "", &old, with(func(o *Outcome) { o.Stdout = []byte("1,3\n") }), "different"},
		{"a request more", "", &old, with(func(o *Outcome) { o.Requests += "GET /y\n" }), "different"},
		{"a file that is left", "", &old, with(func(o *Outcome) { o.Files = []output{{name: "out.csv"}} }), "different"},
		{"the output in a file", "", &old, with(func(o *Outcome) { o.Stdout, o.Files = nil, []output{{name: "out.csv", text: old.Stdout}} }), "different"},
		{"a file that is gone", "", with(func(o *Outcome) { o.Files = []output{{name: "x", text: []byte("is gone\n")}} }), with(func(o *Outcome) { o.Files = []output{{name: "x", gone: true}} }), "different"},
		{"a row that says so", row(), &old, errors, "meant"},
		{"a row that is of another command", row("command jsonstat2array", "example pipe shapes/dense jsonstat2array"), &old, errors, "different"},
		{"a row for other options", row("options --by*", "example pipe shapes/dense jsonstat2csv --by=x"), &old, errors, "different"},
		{"a row for other documents", row("document vectors/*", "example pipe vectors/x jsonstat2csv"), &old, errors, "different"},
		{"a row that explains half of it", row(), &old, with(func(o *Outcome) { o.Errors, o.Exit = "1: b, b\n", "1" }), "different"},
		{"a row that explains all places or none", row(), &old, with(func(o *Outcome) { o.Errors = "1: b, a\n" }), "different"},
		{"two rows that explain it together", row() + "\n" + row(`errors `, `output "2" -> "3"`), &old, with(func(o *Outcome) { o.Errors, o.Stdout = "1: b, b\n", []byte("1,3\n") }), "meant"},
		{"a row that is not needed does no harm", row() + "\n" + row(`errors "b" -> "c"`), &old, errors, "meant"},
		{"a pattern", row(`errors /(\w), (\w)/ -> "$2; $1"`), &old, with(func(o *Outcome) { o.Errors = "1: a; a\n" }), "meant"},
		{"a pattern for the new text", row(`errors /a, a/ -> /[0-9][0-9]/`), &old, with(func(o *Outcome) { o.Errors = "1: 17\n" }), "meant"},
		{"a pattern for the new text that it does not match", row(`errors /a, a/ -> /[0-9][0-9]/`), &old, with(func(o *Outcome) { o.Errors = "1: x\n" }), "different"},
		{"lines that come in addition", row("errors ", `output /(?m)^1,2$/ -> /(?m)^(0,.*\n)*1,2$/`), &old, with(func(o *Outcome) { o.Stdout = []byte("0,7\n0,8\n1,2\n") }), "meant"},
		{"lines that come in addition and are others", row("errors ", `output /(?m)^1,2$/ -> /(?m)^(0,.*\n)*1,2$/`), &old, with(func(o *Outcome) { o.Stdout = []byte("0,7\n1,8\n1,2\n") }), "different"},
		{"a failure less", row("exit 1 -> 0", `errors "jsonstat2csv: no\n" -> ""`, `output "" -> *`), failed, with(func(o *Outcome) { o.Errors, o.Requests = "", "" }), "meant"},
		{"a failure more", row("exit 0 -> 1", `errors "1: a, a\n" -> "jsonstat2csv: no\n"`, `output * -> ""`, `requests "GET /x\n" -> ""`), &old, failed, "meant"},
		{"a failure more by a pattern", row("exit 0 -> 1", `errors * -> /(?s)\A\w+: n.*\z/`, `output * -> ""`, `requests "GET /x\n" -> ""`), &old, failed, "meant"},
		{"a failure more by a pattern that it does not match", row("exit 0 -> 1", `errors * -> /(?s)\A\w+: y.*\z/`, `output * -> ""`, `requests "GET /x\n" -> ""`), &old, failed, "different"},
		{"words where there were none", row("errors ", `output "" -> /[0-9],[0-9]\n/`), with(func(o *Outcome) { o.Stdout = nil }), &old, "meant"},
		{"words where there were others", row("errors ", `output "" -> /[0-9],[0-9]\n/`), with(func(o *Outcome) { o.Stdout = []byte("x") }), &old, "different"},
		{"a failure less of many", row("exit 1 -> 0", `errors /: n/ -> *`, `output "" -> *`), failed, with(func(o *Outcome) { o.Errors, o.Requests = "a warning", "" }), "meant"},
		{"a failure less that said something else", row("exit 1 -> 0", `errors /: y/ -> *`, `output "" -> *`), failed, with(func(o *Outcome) { o.Errors, o.Requests = "a warning", "" }), "different"},
		{"rows that find nothing do not count", strings.Repeat(row(`errors "z" -> "y"`)+"\n", maxRows) + row(), &old, errors, "meant"},
		{"a failure more that says something else", row("exit 0 -> 1", `errors "1: a, a\n" -> "jsonstat2csv: nope\n"`, `output * -> ""`, `requests "GET /x\n" -> ""`), &old, failed, "different"},
	} {
		t.Run(c.name, func(t *testing.T) {
			run, err := parseRun("pipe shapes/dense jsonstat2csv --status")
			if err != nil {
				t.Fatal(err)
			}
			v := judge(run, c.old, c.new, rowsOf(t, c.rows))
			got := "different"
			switch {
			case v.same:
				got = "same"
			case v.rows != nil:
				got = "meant"
			}
			if got != c.want {
				t.Errorf("the outcomes are %s, want %s", got, c.want)
			}
		})
	}
}

// manyKinds are runs that differ in seven ways, twice in each.
func manyKinds() []result {
	var list []result
	for i := range 14 {
		letter := string(rune('a' + i/2))
		list = append(list, result{run: Run{Mode: "pipe", Document: "shapes/" + strconv.Itoa(i), Command: "jsonstat2csv"}, old: &Outcome{Errors: letter}, new: &Outcome{Errors: letter + letter}})
	}
	return list
}

// A report counts what rows match, and says which do so no longer, or too often.
func TestReport(t *testing.T) {
	old, new := &Outcome{Exit: "0", Errors: "a"}, &Outcome{Exit: "0", Errors: "b"}
	same := func(n int) []result {
		var list []result
		for range n {
			list = append(list, result{run: Run{Mode: "pipe", Document: "shapes/x", Command: "jsonstat2csv"}, old: old, new: old})
		}
		return list
	}
	differs := func(document, command string) result {
		return result{run: Run{Mode: "pipe", Document: document, Command: command, Options: []string{"--status"}}, old: old, new: new}
	}
	example, another := differs("shapes/dense", "jsonstat2csv"), differs("shapes/other", "jsonstat2csv")
	for _, c := range []struct {
		name, rows string
		results    []result
		want       string // in the report
		same       bool
	}{
		{"all is the same", "", same(3), "3 runs are the same", true},
		{"a difference", "", []result{example}, "pipe shapes/dense jsonstat2csv --status\n  errors at byte 0\n    old \"a\"\n    new \"b\"\njsonstat2csv: 1 of 1 runs differ in 1 ways\n1 of 1 runs differ", false},
		{"many alike", "", []result{example, another, example, another}, "and 2 more like these", false},
		{"what is printed of many kinds", "", manyKinds(), "jsonstat2csv: 14 of 14 runs differ in 7 ways\n14 of 14 runs differ", false},
		{"a difference that is meant", row(), []result{example}, "meant: 1 of 1 runs: because", true},
		{"a row that its example does not meet", row(), append(same(300), another), "same.differences:1: the row no longer matches its example: pipe shapes/dense", false},
		{"a row that matches two of a hundred", row(), append(same(198), example, another), "same.differences:1: the row matches 2 of 200 runs", true},
		{"a row that matches more", row(), append(same(197), example, another), "same.differences:1: the row matches 2 of 199 runs, more than one in 100", false},
		{"a row that says why", row("why-so-many it is everywhere"), append(same(10), example, another), "meant: 2 of 12 runs", true},
		{"what the old side does not repeat", "", []result{{run: example.run, old: old, new: new, unsure: true}}, "not compared, since the old side does not repeat it: pipe shapes/dense", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := rowsOf(t, c.rows)
			r := newReport(rows, "")
			for _, res := range c.results {
				r.add(res)
			}
			r.checkRows(rowExamples(rows, "*"))
			var b bytes.Buffer
			r.print(&b)
			has := strings.Contains(b.String(), c.want)
			if c.name == "a row that matches two of a hundred" {
				has = !has
			}
			if !has || r.same() != c.same {
				t.Errorf("same is %v and the report\n%s", r.same(), b.String())
			}
		})
	}
}
