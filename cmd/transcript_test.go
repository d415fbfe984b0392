package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// session is what docs/transcript.md shows: what somebody does who has a file and does not
// know what it is. A line that begins with "$ " is a command, with "! " one that fails;
// all else is text of the page.
const session = `# A session

What one types, and what comes: this page is written by a test, with the small documents of
testdata and, for what is fetched, the practice server of ` + "`pxfetch serve`" + `.

$ jsonstat

What is this file?

$ jsonstat testdata/oslo.json

A workbook, CSV, Parquet of it; the endings say which:

$ jsonstat convert testdata/oslo.json oslo.xlsx
$ jsonstat convert testdata/oslo.json oslo.csv
$ jsonstat convert testdata/oslo.json oslo.parquet
$ head -4 oslo.csv

A column for each year, separated by semicolons; then the latest two years alone:

$ jsonstat csv testdata/oslo.json --by Tid -c ';'
$ jsonstat dice testdata/oslo.json --keep 'Tid=top(2)' | jsonstat csv - -

Back from the workbook, with all that was said of the table:

$ jsonstat convert oslo.xlsx again.json
$ jsonstat jsonstat testdata/oslo.json same.json
$ cmp again.json same.json

A table that could mean two things is not guessed. What settles it is said, and pasted:

$ head -3 testdata/tables/measures.csv
! jsonstat convert testdata/tables/measures.csv boats.json
$ jsonstat convert testdata/tables/measures.csv boats.json --in value=boats,crew
$ jsonstat csv boats.json | head -3

From an office, in one line:

$ jsonstat fetch get 05839 -s Region=0301 -s 'Tid=top(2)' -s Kjonn=1 -s 'Alder=030' | jsonstat csv

Old scripts go on as they are, by links that are called as the single commands:

$ mkdir bin && jsonstat links bin | head -3
$ bin/jsonstat2csv testdata/oslo.json | head -2
`

// TestTranscript holds that docs/transcript.md is what the session prints; -update writes
// it.
func TestTranscript(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "testdata"), os.DirFS("../testdata")); err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	fence := "" // the mark of the open block
	to := func(mark string) {
		if fence == mark {
			return
		}
		if fence != "" {
			page.WriteString("```\n")
		}
		switch fence = mark; mark {
		case "$ ":
			page.WriteString("```sh\n")
		case "! ":
			page.WriteString("\n<!-- fails -->\n```sh\n")
		}
	}
	for line := range strings.Lines(session) {
		mark := line[:min(2, len(line))]
		if mark != "$ " && mark != "! " {
			to("")
			page.WriteString(line)
			continue
		}
		if fence == "! " && mark == "$ " {
			to("")
			page.WriteString("\n")
		}
		to(mark)
		command := strings.TrimSpace(line[2:])
		out, err := inFolder(dir, command)
		if (err != nil) != (mark == "! ") {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		page.WriteString("$ " + command + "\n" + strings.TrimRight(out, "\n"))
		if out != "" {
			page.WriteString("\n")
		}
	}
	to("")
	const file = "../docs/transcript.md"
	if *update {
		if err := os.WriteFile(file, []byte(page.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if shown, err := os.ReadFile(file); err != nil || string(shown) != page.String() {
		t.Errorf("%s is not what the session prints (%v): write it anew with -update\n%s", file, err, page.String())
	}
}
