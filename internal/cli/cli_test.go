package cli

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the files of expected output")

// asProcess makes the test binary a command: it runs Main with the table below
// instead of the tests, so that signals and real pipes can be tested.
const asProcess = "JSONSTAT_CLI_TEST_PROCESS"

func TestMain(m *testing.M) {
	if os.Getenv(asProcess) != "" {
		Main(processCommand())
	}
	os.Exit(m.Run())
}

// sample is a table with a flag of every kind, shaped like jsonstat2csv. Some flags
// had other names before, and some names are gone; no golden file shows them.
func sample(run func(*Context) error) Command {
	return Command{
		Name:        "sample",
		Summary:     "turn a thing into another",
		Description: "The input is a thing.\nIt may be large.\n\nThe output is another thing.",
		Args:        InputOutput,
		Examples: []Example{
			{Line: "sample in.json out.csv", Text: "The plain case, with a text that is long enough to need a second line in the help."},
			{Line: "cat in.json | sample -t -c ';' | head"},
		},
		Flags: []Flag{
			Bool{Name: "status", Old: []string{"marks", "with-status"}, Short: 's', Help: "add statuses"},
			Bool{Name: "fid", Short: 'f', Help: "ids in the header"},
			Bool{Name: "cid", Short: 'o', Help: "ids in the cells"},
			Bool{Name: "big", Short: 'b', Help: "does nothing"},
			Bool{Name: "binary", Short: '0', Help: "a letter that is a digit"},
			String{Name: "na", Old: []string{"absent"}, Short: 'n', Default: "n/a", Help: "text of a missing value"},
			String{Name: "column", Short: 'c', Value: "SEP", Default: ",", Help: "separator of the columns"},
			String{Name: "vlabel", Short: 'v', Value: "NAME", Default: "Value", Help: "header of the values"},
			Strings{Name: "by", Old: []string{"across"}, Short: 'y', Value: "DIM", Help: "turn the categories of a dimension into columns"},
			Choice{Name: "content", Old: []string{"cells"}, Values: []string{"id", "label", "both", "columns"}, Default: "label", Group: "Beyond the reference", Help: "what cells say of a category"},
			Bool{Name: "rich", Short: 'r', Group: "Beyond the reference", Help: "write the rich form, which has a description so long that it has to be continued on a second line of the help text"},
			Gone{Name: "upright", Say: "--content label"},
			Gone{Name: "wide", Say: "--by"},
		},
		ReadsJSONStat: true,
		Run:           run,
	}
}

// copyInput is the simplest command: the output is the input.
func copyInput(c *Context) error {
	r, err := c.Input()
	if err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return err
}

// result is how a run ended.
type result struct {
	code        int
	out, errout string
}

// runWith runs a command on a text as standard input.
func runWith(cmd Command, stdin string, args ...string) result {
	var out, errout safeBuffer
	code := Run(cmd, Env{Args: args, Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errout})
	return result{code, out.String(), errout.String()}
}

// safeBuffer is a buffer for several goroutines.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// inFolder makes a fresh folder the current one and fills it.
func inFolder(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
}

// listed are the names in the current folder, hidden ones too.
func listed(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(b)
}

// golden compares a text with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	require.Equal(t, readFile(t, path), got)
}
