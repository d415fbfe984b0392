package conformance_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// clientsDir holds the programs that read and write typed tables, once "npm ci" ran
// there.
const clientsDir = "clients"

// clients is the process that runs them. One serves all tests.
var clients struct {
	once sync.Once
	mu   sync.Mutex
	err  error
	in   io.WriteCloser
	out  *bufio.Reader
}

// client calls a program with arguments and reads its answer. Where the programs are
// not installed the test is skipped, or failed if the environment says that it must
// run.
func client(t testing.TB, call string, args map[string]any, answer any) {
	t.Helper()
	if fault := askClient(t, call, args, answer); fault != "" {
		t.Fatalf("%s: %s", call, fault)
	}
}

// askClient is client where a program may well refuse: what it says is returned.
func askClient(t testing.TB, call string, args map[string]any, answer any) (fault string) {
	t.Helper()
	clients.once.Do(startClients)
	if clients.err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(clients.err)
		}
		t.Skip(clients.err)
	}
	request := map[string]any{"call": call}
	for k, v := range args {
		request[k] = v
	}
	line, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	clients.mu.Lock()
	defer clients.mu.Unlock()
	if _, err := clients.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	reply, err := clients.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("%s: the clients are gone: %v", call, err)
	}
	var r struct {
		Out   json.RawMessage
		Fault string
	}
	if err := json.Unmarshal(reply, &r); err != nil {
		t.Fatalf("%s: %v in %.200q", call, err, reply)
	}
	if r.Fault != "" {
		return r.Fault
	}
	if answer != nil {
		dec := json.NewDecoder(bytes.NewReader(r.Out))
		dec.UseNumber()
		if err := dec.Decode(answer); err != nil {
			t.Fatalf("%s: %v in %.200q", call, err, r.Out)
		}
	}
	return ""
}

func startClients() {
	if _, err := exec.LookPath("node"); err != nil {
		clients.err = fmt.Errorf("not tried with real clients: no node on the PATH")
		return
	}
	if _, err := os.Stat(filepath.Join(clientsDir, "node_modules", ".package-lock.json")); err != nil {
		clients.err = fmt.Errorf("not tried with real clients: run npm ci in conformance/clients")
		return
	}
	cmd := exec.Command("node", "clients.mjs")
	cmd.Dir = clientsDir
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		clients.err = err
		return
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		clients.err = err
		return
	}
	clients.in, clients.out, clients.err = in, bufio.NewReaderSize(out, 1<<20), cmd.Start()
	kill := time.AfterFunc(9*time.Minute, func() { _ = cmd.Process.Kill() }) // it ends with its input, at the latest with us
	_ = kill
}

// clientTable is a table as a client sees it.
type clientTable struct {
	Columns []clientColumn
	Keys    map[string]string
	Rows    [][]any
	Groups  int
}

type clientColumn struct {
	Name       string
	Type       string
	Ordered    bool
	Nullable   bool
	Keys       map[string]string
	Categories []string
}

// column is the number of the column of that name.
func (c *clientTable) column(t testing.TB, name string) int {
	t.Helper()
	for i, col := range c.Columns {
		if col.Name == name {
			return i
		}
	}
	t.Fatalf("there is no column %q: %v", name, c.Columns)
	return -1
}

// clientCubes are documents that the clients are shown: one of our testdata and
// awkward ones, none of them large.
func clientCubes(t *testing.T, f func(t *testing.T, ds *jsonstat.Dataset)) {
	texts := map[string]string{}
	var names []string
	for _, name := range []string{"oslo"} {
		text, err := os.ReadFile(filepath.Join("..", "testdata", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		names, texts[name] = append(names, name), string(text)
	}
	for _, doc := range shapes.Cubes() {
		names, texts[doc.Name] = append(names, doc.Name), doc.JSON
	}
	for seed := range uint64(8) {
		name := fmt.Sprintf("random-%d", seed)
		names, texts[name] = append(names, name), string(shapes.Random(seed))
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			doc, err := jsonstat.Parse([]byte(texts[name]))
			if err != nil {
				t.Skip(err)
			}
			ds, err := doc.Dataset(0)
			if err != nil {
				t.Skip(err)
			}
			if ds.Len() > 50_000 {
				t.Skip("too large for a client that writes JSON")
			}
			f(t, ds)
		})
	}
}

// wantCell is a cell of a cube as a client should see it: value and status, nil if
// they are not there.
type wantCell struct {
	coords []int
	value  any
	status any
}

// wantCells are all cells of a cube, texts as they are. Values are float64, or texts
// where the cube has some.
func wantCells(t testing.TB, ds *jsonstat.Dataset) []wantCell {
	t.Helper()
	facts, err := ds.Cells().Facts()
	if err != nil {
		t.Fatal(err)
	}
	if !ds.HasCells() {
		return nil
	}
	list := make([]wantCell, ds.Len())
	for pos := range list {
		c, err := ds.AtPosition(int64(pos))
		if err != nil {
			t.Fatal(err)
		}
		w := &list[pos]
		w.coords = ds.Shape().Coords(int64(pos), nil)
		if c.Status != "" {
			w.status = c.Status
		}
		switch {
		case c.Missing():
		case facts.Texts+facts.Booleans == 0:
			w.value = c.Float64()
		case c.Kind == jsonstat.Number || c.Kind == jsonstat.NumberRaw:
			w.value = string(jsonstat.AppendNumber(nil, []byte(c.Text)))
		default:
			w.value = c.Text
		}
	}
	return list
}

// shownCells are all cells of a cube as a table shows them: texts that would be read as
// other values stand in quotes where one of them looks like a number or a boolean beside
// values that are.
func shownCells(t testing.TB, ds *jsonstat.Dataset) []wantCell {
	t.Helper()
	list := wantCells(t, ds)
	texts, others, doubt := map[int]string{}, false, false
	for pos := range list {
		c, err := ds.AtPosition(int64(pos))
		switch {
		case err != nil:
			t.Fatal(err)
		case c.Kind == jsonstat.Text:
			texts[pos] = c.Text
			doubt = doubt || c.Text != "null" && isJSONScalar(c.Text)
		default:
			others = others || !c.Missing()
		}
	}
	if !others || !doubt {
		return list
	}
	for pos, text := range texts {
		if strings.HasPrefix(text, `"`) || isJSONScalar(text) {
			list[pos].value = quoteAsJSON(t, text)
		}
	}
	return list
}

// isJSONScalar tells a text that is a number, a boolean or null as JSON writes it.
func isJSONScalar(text string) bool {
	return text != "" && !strings.ContainsAny(text, "\"[{ \t\r\n") && json.Valid([]byte(text))
}

func quoteAsJSON(t testing.TB, text string) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// sameValue compares a value with what a client wrote of it.
func sameValue(want, got any) bool {
	switch w := want.(type) {
	case nil:
		return got == nil
	case float64:
		switch g := got.(type) {
		case json.Number:
			f, err := g.Float64()
			return err == nil && f == w
		case map[string]any: // a BigInt
			return g["n"] == fmt.Sprintf("%.0f", w)
		case string: // a long number of DuckDB
			return g == fmt.Sprintf("%.0f", w)
		}
		return false
	}
	return want == got
}

// labelsOf are the texts by which a table calls the categories: labels, with the id
// where two are the same.
func labelsOf(d *jsonstat.Dimension) []string {
	often := map[string]int{}
	for i := range d.Len() {
		often[d.CategoryLabel(i)]++
	}
	texts := make([]string, d.Len())
	for i := range texts {
		texts[i] = d.CategoryLabel(i)
		if often[texts[i]] > 1 {
			texts[i] += " [" + d.CategoryID(i) + "]"
		}
	}
	return texts
}

// checkTable holds a table that a client read against the cube, cell by cell.
func checkTable(t *testing.T, ds *jsonstat.Dataset, table *clientTable, texts func(*jsonstat.Dimension) []string) {
	t.Helper()
	var names []string
	for _, c := range table.Columns {
		names = append(names, c.Name)
	}
	dims := len(ds.Dimensions())
	if len(names) != dims+2 || names[dims] != "status" || names[dims+1] != "value" {
		t.Fatalf("the columns are %q", names)
	}
	for i, d := range ds.Dimensions() {
		if names[i] != d.ID() && !strings.HasPrefix(names[i], d.ID()+" [") {
			t.Errorf("column %d is %q, want %q", i, names[i], d.ID())
		}
	}
	said := make([][]string, dims)
	for i, d := range ds.Dimensions() {
		said[i] = texts(d)
	}
	want := shownCells(t, ds)
	if len(want) != len(table.Rows) {
		t.Fatalf("there are %d rows for %d cells", len(table.Rows), len(want))
	}
	for r, w := range want {
		row := table.Rows[r]
		for i, k := range w.coords {
			if row[i] != said[i][k] {
				t.Fatalf("row %d: column %q is %v, want %q", r, names[i], row[i], said[i][k])
			}
		}
		if row[dims] != w.status {
			t.Fatalf("row %d: the status is %v, want %v", r, row[dims], w.status)
		}
		if !sameValue(w.value, row[dims+1]) {
			t.Fatalf("row %d: the value is %v, want %v", r, row[dims+1], w.value)
		}
	}
}

// headJSON is the head of a dataset as text.
func headJSON(t testing.TB, ds *jsonstat.Dataset) string {
	t.Helper()
	var buf bytes.Buffer
	if err := ds.WriteHead(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// sameCubes holds two datasets against each other: heads as text, cells as numbers.
func sameCubes(t *testing.T, want, got *jsonstat.Dataset) {
	t.Helper()
	if a, b := headJSON(t, want), headJSON(t, got); a != b {
		t.Errorf("the head is\n%s\nwant\n%s", b, a)
	}
	a, b := wantCells(t, want), wantCells(t, got)
	if len(a) != len(b) {
		t.Fatalf("there are %d cells, want %d", len(b), len(a))
	}
	for i := range a {
		if a[i].value != b[i].value || a[i].status != b[i].status {
			t.Fatalf("cell %d is %v %v, want %v %v", i, b[i].value, b[i].status, a[i].value, a[i].status)
		}
	}
}
