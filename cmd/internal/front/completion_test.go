package front

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// completesBy are what values of flags are completed with, by what the help shows of them.
var completesBy = map[string]cli.Completes{
	"FILE": cli.Files, "CRITERIA": cli.Criteria, "DIM": cli.Dimensions, "DIM,...": cli.Dimensions, "DIM=CAT,...": cli.Pairs, "NAME[=VALUE]": cli.Options,
}

// TestTablesSayHowTheyComplete holds that no command forgets to say what its flags are
// completed with.
func TestTablesSayHowTheyComplete(t *testing.T) {
	var check func(commands []cli.Command)
	check = func(commands []cli.Command) {
		for _, cmd := range commands {
			check(cmd.Commands)
			for _, s := range cmd.AllFlags() {
				if want := completesBy[s.Value]; want != s.Complete && (want != 0 || s.Name != "dataset") {
					t.Errorf("%s: --%s takes %s, and completes %d, not %d", cmd.Name, s.Name, s.Value, s.Complete, want)
				}
			}
			text := string(cmd.Args)
			if _, ok := cmd.Formats.(cli.Endings); strings.Contains(text, "input") && !ok {
				t.Errorf("%s: its formats do not say how files end that it reads", cmd.Name)
			}
			if strings.Contains(text, "folder") && cmd.Operands["folder"] != cli.Folders {
				t.Errorf("%s: its argument is not completed with folders", cmd.Name)
			}
		}
	}
	check([]cli.Command{Command()})
}

// offered is what is offered for a line, without what is said about it.
func offered(t *testing.T, line string) string {
	t.Helper()
	var out, errout bytes.Buffer
	code := cli.Run(Command(), cli.Env{
		Args: []string{"--complete", "fish", line}, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errout,
		Getenv: func(name string) string { return map[string]string{"JSONSTAT_DEBUG": "1"}[name] }, // without time limit
	})
	text, ok := strings.CutSuffix(out.String(), ":\n")
	if code != 0 || errout.Len() > 0 || !ok {
		t.Fatalf("%s: exit status %d: %s%s", line, code, out.String(), errout.String())
	}
	var words []string
	for line := range strings.Lines(text) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// TestConvertCompletes has files of all formats that convert reads.
func TestConvertCompletes(t *testing.T) {
	testdata, err := filepath.Abs("../../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.CopyFS(".", os.DirFS(testdata)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, line, want string }{
		{"formats in", "jsonstat convert --from x", "xlsx"},
		{"formats out", "jsonstat convert --to=ar", "--to=arrow --to=arrobj --to=array"},
		{"files", "jsonstat convert o", "oslo.arrow oslo.json oslo.parquet"},
		{"files of one command", "jsonstat from-arrow ", "oslo.arrow polars-lz4.arrow sales.arrow sdmx/ tables/"},
		{"any file, if there is no other", "jsonstat csv RE", "README.md"},

		{"JSON-stat", "jsonstat convert oslo.json --keep ", "Region= Tid="},
		{"its categories", "jsonstat convert oslo.json --omit Region=030101/", "Region=030101/030102 Region=030101/030103"},
		{"one of several", "jsonstat convert energy-collection.json --dataset 1 --keep ", "year="},
		{"its name", "jsonstat convert energy-collection.json --dataset https://example.org/energy/p", "https://example.org/energy/prices.json"},
		{"CSV", "jsonstat convert catch.csv --keep ", "Port= Year="},
		{"its categories", "jsonstat convert catch.csv --keep Port=Nor", `Port="North quay"`},
		{"with options of its reader", "jsonstat convert wide.csv --in by=Y --keep ", "Port= Y="},
		{"where they are needed and missing", "jsonstat convert wide.csv --keep ", ""},
		{"a workbook", "jsonstat convert catch.xlsx --keep Y", "Year="},
		{"Arrow", "jsonstat convert oslo.arrow --keep Tid=2", "Tid=2023 Tid=2024 Tid=2025"},
		{"Parquet", "jsonstat convert oslo.parquet --keep R", "Region="},
		{"SDMX", "jsonstat convert sdmx/series.json --keep POR", "PORT="},
		{"a format that is said", "jsonstat convert --from csv catch.csv --keep P", "Port="},
		{"what cannot be read", "jsonstat convert README.md --keep ", ""},

		{"options of the reader", "jsonstat convert catch.csv --in stat", "status= status-suffix="},
		{"of one that is said", "jsonstat convert --from xlsx - --in she", "sheet="},
		{"by the ending", "jsonstat convert nofile.parquet --in des", "describe="},
		{"of JSON-stat", "jsonstat convert oslo.json --in ", "dataset= strict nan= pad input-encoding="},
		{"of nothing", "jsonstat convert --in ", ""},
		{"files of an option", "jsonstat convert catch.csv --in describe=boats.j", "describe=boats.json"},
		{"options of the writer", "jsonstat convert oslo.json x.parquet --out comp", "compression="},
		{"their values", "jsonstat convert oslo.json x.parquet --out compression=z", "compression=zstd"},
		{"of an output with a flag", "jsonstat convert oslo.json --output x.xlsx --out pi", "pivot"},
		{"of one that is said", "jsonstat convert oslo.json - --to arrobj --out pre", "prefix="},
		{"not how it reads", "jsonstat convert oslo.json x.csv --out stri", ""},
		{"dimensions for it", "jsonstat convert oslo.json x.csv --out by=", "by=Region by=Tid"},
		{"dimensions that a reader makes", "jsonstat convert catch.csv x.json --to arrobj --out by=P", "by=Port"},
		{"of nothing that is known", "jsonstat convert oslo.json --out ", ""},

		{"a single command", "jsonstat jsonstat2xlsx oslo.json --drop ", "Region Tid"},
		{"a table with two sides", "jsonstat xlsx oslo.json --heading Region,", "Region,Tid"},
		{"criteria of a writer", "jsonstat parquet oslo.json --omit Tid=2025,Re", "Tid=2025,Region="},
		{"one without quotes", "jsonstat slice oslo.json -f Tid=2024,Region=03010", "Tid=2024,Region=030101 Tid=2024,Region=030102 Tid=2024,Region=030103"},
		{"fetch", "jsonstat fetch get 05839 --api ", "auto 1 2"},
		{"a query", "jsonstat fetch convert boats.j", "boats.json"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := offered(t, tt.line); got != tt.want {
				t.Errorf("%s: %q, want %q", tt.line, got, tt.want)
			}
		})
	}
}
