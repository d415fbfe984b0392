package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// row is a whole row, with other lines in the place of those that begin alike or
// behind them.
func row(lines ...string) string {
	all := []string{"command jsonstat2csv", `errors "a" -> "b"`, "example pipe shapes/dense jsonstat2csv --status", "why because"}
	for _, l := range lines {
		key, value, _ := strings.Cut(l, " ")
		replaced := false
		for i, was := range all {
			if strings.HasPrefix(was, key+" ") {
				all[i], replaced = l, true
				if value == "" {
					all[i] = "# left out"
				}
			}
		}
		if !replaced {
			all = append(all, l)
		}
	}
	return strings.Join(all, "\n") + "\n"
}

func TestParseRows(t *testing.T) {
	rows, err := parseRows("# a head\n\n" + row() + "\n\n# another\n" + row("options *--status*", `output /x(\d)\/y/ -> "$1"`, "exit 1 -> 0", "why-so-many all have it"))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 {
		t.Fatalf("there are %d rows, want 2", len(rows))
	}
	r := rows[1]
	if r.Line != 10 || r.Options != "*--status*" || r.Document != "*" || r.Why != "because" || r.WhySoMany != "all have it" || len(r.Changes) != 3 {
		t.Errorf("the second row is %+v", r)
	}
	if got := r.Example.String(); got != "pipe shapes/dense jsonstat2csv --status" {
		t.Errorf("its example is %q", got)
	}
	if !r.Changes[1].oldPattern.MatchString("x7/y") {
		t.Error("its pattern does not match x7/y")
	}
}

func TestParseRowsErrors(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no command", row("command "), "2: the row has no command"},
		{"no change", row("errors "), "1: the row changes nothing"},
		{"no reason", row("why "), "1: the row has no reason"},
		{"no example", row("example "), "1: the row has no example"},
		{"a key that is none", row("reason x"), `5: there is no key "reason"`},
		{"a key twice", row() + "why again\n", `5: "why" stands twice`},
		{"a key without a value", row() + "options\n", `5: "options" has no value`},
		{"the line counts from the top", "\n\n" + row("reason x"), `7: there is no key "reason"`},
		{"an example of another command", row("example pipe shapes/dense jsonstat2array"), "1: the example is none"},
		{"an example with other options", row("options *--by*"), "1: the example is none"},
		{"an example of another document", row("document vectors/*"), "1: the example is none"},
		{"an example in a mode that is none", row("example tube shapes/dense jsonstat2csv"), `3: there is no mode "tube"`},
		{"an example of the corpus", row("example pipe damaged/cut-1/corpus/x.json jsonstat2csv"), "3: the example is of the corpus"},
		{"no arrow", row(`errors "a" "b"`), "2: errors is a change"},
		{"a text without quotes", row(`errors a -> b`), "2: a side of a change is"},
		{"a text without an end", row(`errors "a -> b`), "2: a side of a change is"},
		{"nothing changes", row(`errors "a" -> "a"`), "2: the change changes nothing"},
		{"more behind it", row(`errors "a" -> "b" "c"`), "2: there is more behind the change"},
		{"a pattern without an end", row(`errors /a -> "b"`), "2: the pattern has no end"},
		{"a pattern that is none", row(`errors /(/ -> "b"`), "2: error parsing regexp"},
		{"a pattern of nothing", row(`errors /a*/ -> "b"`), "2: the pattern matches the empty text"},
		{"a pattern on the right alone", row(`errors "a" -> /b/`), "2: a pattern on the right needs one on the left"},
		{"an exit status that does not change", row("exit 1 -> 1"), "5: exit is a change"},
		{"an exit status that is none", row("exit ok -> 1"), "5: exit is a change"},
		{"anything new without an exit", row(`errors "" -> *`), `1: "-> *" is for runs`},
		{"anything new after success", row(`errors "" -> *`, "exit 0 -> 1"), `1: "-> *" is for runs`},
		{"anything old without an exit", row(`errors * -> ""`), `1: "* ->" is for runs`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := parseRows(c.text)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("the error is %v, want %q", err, c.want)
			}
		})
	}
}

// The list that stands in the repository can be read.
func TestReadRows(t *testing.T) {
	if _, err := readRows(filepath.Join("..", "..", "same.differences")); err != nil {
		t.Error(err)
	}
	name := filepath.Join(t.TempDir(), "same.differences")
	if err := os.WriteFile(name, []byte(row("reason x")), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := readRows(name); err == nil || !strings.HasPrefix(err.Error(), "same.differences:5: ") {
		t.Errorf("the error is %v, want the file and the line", err)
	}
}
