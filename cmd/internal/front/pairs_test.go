package front

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/cmd/internal/source"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/internal/shapes"
)

// ended is how a command ended.
type ended struct {
	code int
	out  []byte
	said string
}

// run runs a command in this process, with a text as standard input.
func run(cmd cli.Command, stdin []byte, args ...string) ended {
	var out, said bytes.Buffer
	code := cli.Run(cmd, cli.Env{Args: args, Stdin: bytes.NewReader(stdin), Stdout: &out, Stderr: &said})
	return ended{code, out.Bytes(), said.String()}
}

// inputs are the formats that are converted from, each with the command that makes a file
// of it of a JSON-stat document.
var inputs = []struct {
	from, ending, writer string
	args                 []string
}{
	{"jsonstat", ".json", "", nil},
	{"csv", ".csv", "jsonstat2csv", []string{"--cid", "--fid", "--status"}},
	{"csv-stat", ".jsv", "jsonstat2csv", []string{"--rich"}},
	{"xlsx", ".xlsx", "jsonstat2xlsx", nil},
	{"arrow", ".arrow", "jsonstat2arrow", nil},
	{"parquet", ".parquet", "jsonstat2parquet", nil},
	{"px", ".px", "jsonstat2px", nil},
}

// byTwo is what the two single commands give in a pipe.
func byTwo(file, from, to string) ended {
	writer := writerOf(to)
	var options []string
	for _, o := range writer.options {
		options = append(options, "--"+o)
	}
	reader := readerOf(from)
	if reader.command == "" {
		return run(source.Program(writer.command), nil, append(options, file)...)
	}
	first := run(source.Program(reader.command), nil, file)
	if first.code != 0 || to == "jsonstat" {
		return first
	}
	return run(source.Program(writer.command), first.out, options...)
}

// samePairs holds that a file is converted to every format as by two commands.
func samePairs(t *testing.T, file, from string) {
	for _, to := range writtenNames() {
		want := byTwo(file, from, to)
		got := run(Command(), nil, "convert", file, "-", "--to", to)
		if got.code != want.code || !bytes.Equal(got.out, want.out) {
			t.Errorf("%s to %s: %s\nsays %s\nwant %s\nsays %s", filepath.Base(file), to, brief(got), got.said, brief(want), want.said)
		}
	}
}

// brief is how a run ended, in a few words.
func brief(e ended) string { return fmt.Sprintf("status %d, %d bytes", e.code, len(e.out)) }

// documents are those that are converted: the awkward shapes, and those of offices.
func documents(t *testing.T) map[string][]byte {
	docs := map[string][]byte{}
	for i, d := range shapes.All() {
		if testing.Short() && i%4 > 0 {
			continue
		}
		docs[d.Name] = []byte(d.JSON)
	}
	folder := os.Getenv("JSONSTAT_CORPUS")
	if folder == "" || testing.Short() {
		t.Log("without documents of offices: they are in the folder that JSONSTAT_CORPUS names, and left out with -short")
		return docs
	}
	const large = 300 << 10 // what more cells have to tell the tests of each format tell
	real := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		info, ierr := os.Stat(path)
		if err != nil || ierr != nil || !strings.HasSuffix(path, ".json") || info.Size() > large || real >= 40 && strings.Contains(path, "px") {
			return err
		}
		text, err := os.ReadFile(path)
		if err == nil && bytes.Contains(text, []byte(`"dimension"`)) && bytes.Contains(text, []byte(`"value"`)) {
			docs[fmt.Sprintf("real%d", real)] = text
			real++
		}
		return err
	})
	if err != nil || real < 20 {
		t.Fatalf("%d documents of offices, want 20: %v", real, err)
	}
	return docs
}

// TestPairs holds that convert gives what the command that reads the one format and the
// command that writes the other give together, byte for byte, or fails as they do.
func TestPairs(t *testing.T) {
	for name, text := range documents(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			document := filepath.Join(folder, "in.json")
			if err := os.WriteFile(document, text, 0o666); err != nil {
				t.Fatal(err)
			}
			for _, in := range inputs {
				file := filepath.Join(folder, "in"+in.ending)
				if in.writer != "" {
					made := run(source.Program(in.writer), nil, append(in.args, document)...)
					if made.code != 0 {
						continue // it cannot be had in that format
					}
					if err := os.WriteFile(file, made.out, 0o666); err != nil {
						t.Fatal(err)
					}
				}
				samePairs(t, file, in.from)
			}
		})
	}
}

// TestPairsOfSDMX holds the same of what is read alone.
func TestPairsOfSDMX(t *testing.T) {
	for _, name := range []string{"flat.json", "ids.csv", "labels.csv", "measures.json", "oldstyle.json", "series.json"} {
		samePairs(t, filepath.Join("..", "..", "..", "testdata", "sdmx", name), "sdmx")
	}
}
