package conformance_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/shapes"
)

// The tools whose output is JSON, or comes of CSV, are compared as parsed JSON:
// numbers as the doubles that JavaScript makes of them, members in any order.

// A toolCall is a call of a tool: what the reference's library is told, and what
// we do.
type toolCall struct {
	tool    string
	flags   string // as one would type them
	options map[string]any
	ours    func(d *document, w *bytes.Buffer) error

	has map[string]bool // the letters of flags, for differences
	tableFlags
}

func (c *toolCall) String() string {
	return strings.TrimSpace(c.tool + " " + c.flags)
}

// A toolComparison is a call on a document, on both sides.
type toolComparison struct {
	*document
	call      *toolCall
	ref, ours outcome
	where     string // the first place where parsed outputs differ
}

// A toolDifference is a [difference] of these tools. In a JSON table it is a rule
// of [tableModel]. Elsewhere an edit makes of the reference's output what is right.
// Without either it says why one side ends without output. Its exact outcome is
// pinned.
type toolDifference struct {
	name    string
	reason  string
	applies func(*toolComparison) bool
	edit    func(c *toolComparison, theirs *object)
	unlike  bool // it leaves nothing to compare
}

func compareTool(t testing.TB, r *reference, d *document, call *toolCall) *toolComparison {
	t.Helper()
	c := &toolComparison{document: d, call: call}
	out, rerr := r.run(t, call.tool, d.text, call.options)
	c.ref = outcome{out: out}
	if rerr != nil {
		c.ref = outcome{err: rerr.Message, crash: rerr.Crash, failed: true}
	}
	if d.cube != nil && c.asCSV().pollutes() {
		r.close()
	}
	var b bytes.Buffer
	if err := call.ours(d, &b); err != nil {
		c.ours = outcome{err: err.Error(), failed: true}
	} else {
		c.ours = outcome{out: b.String()}
	}
	return c
}

// judge says how the comparison ended and which differences explain it.
func (c *toolComparison) judge() (kind verdictKind, excuse, problem string) {
	differences, reading := toolDifferences, readingDifferences
	switch c.call.tool {
	case "csv2jsonstat":
		differences, reading = readTableDifferences, nil
	case "sdmx2jsonstat":
		differences, reading = sdmxDifferences, nil
	case "jsonstatdice", "jsonstatslice", "jsonstat2jsonstat":
		differences = append(slices.Clone(cubeDifferences), differences...)
	}
	fail := func(format string, args ...any) (verdictKind, string, string) {
		return mismatch, "", fmt.Sprintf(format, args...) + fmt.Sprintf("\nreference %.1500s\nours      %.1500s", c.ref, c.ours)
	}
	if c.ref.failed && c.ours.failed {
		return bothRefuse, "", ""
	}
	one := c.ref.failed || c.ours.failed
	if !one {
		if c.ref.out == c.ours.out {
			return same, "", ""
		}
		theirs, err := readJSON([]byte(c.ref.out))
		if err != nil {
			return fail("the reference does not write JSON: %v", err)
		}
		ours, err := readJSON([]byte(c.ours.out))
		if err != nil {
			return fail("we do not write JSON: %v", err)
		}
		if sameTree(theirs, ours) {
			return equal, "", ""
		}
		c.where = differAt(theirs, ours, "")
		if c.tabular() && c.cube != nil {
			kind, excuse, problem = c.judgeTable(theirs, ours)
		} else {
			kind, excuse, problem = c.judgeCube(differences, theirs, ours)
		}
		if kind != mismatch {
			return kind, excuse, problem
		}
	}
	if c.ref.failed || c.ours.failed || !c.tabular() && !writesCubes(c) {
		for _, d := range differences {
			if d.edit == nil && (one || d.unlike) && d.applies != nil && (c.cube != nil || !writesCubes(c)) && d.applies(c) {
				return listed, d.name, ""
			}
		}
	}
	// Where the two do not read the same document in the same way.
	for _, d := range reading {
		if d.applies != nil && (one || d.ends == unlike) && d.applies(c.asCSV()) {
			return listed, d.name, ""
		}
	}
	return fail("%s", problem)
}

// asCSV is the call as one of jsonstat2csv, for differences in reading.
func (c *toolComparison) asCSV() *comparison {
	call := csvCall{status: true, by: c.call.by, drop: c.call.drop, cid: c.call.has["c"]}
	return &comparison{document: c.document, call: call, ref: c.ref, ours: c.ours}
}

// tabular tells whether the output is a JSON table.
func (c *toolComparison) tabular() bool {
	return slices.Contains([]string{"jsonstat2array", "jsonstat2arrobj", "jsonstat2objarr", "jsonstat2object"}, c.call.tool)
}

// judgeTable holds both tables against the model.
func (c *toolComparison) judgeTable(theirs, ours any) (verdictKind, string, string) {
	m := newTableModel(c)
	want := m.tree()
	if !sameTree(want, ours) {
		return mismatch, "", "our table is not as the model has it, at " + differAt(want, ours, "") + "\nmodel     " + treeText(want)
	}
	var made []string
	for _, rule := range modelRules {
		m.rules[rule] = true
		next := m.tree()
		if !sameTree(next, want) {
			made = append(made, rule)
		}
		if want = next; sameTree(want, theirs) {
			return listed, strings.Join(made, "+"), ""
		}
	}
	return mismatch, "", "the reference's table is not as the model has it, at " + differAt(want, theirs, "") + "\nmodel     " + treeText(want)
}

// judgeCube edits the reference's document.
func (c *toolComparison) judgeCube(differences []toolDifference, theirs, ours any) (verdictKind, string, string) {
	if writesCubes(c) && c.cube == nil {
		return mismatch, "", "at " + c.where
	}
	tree, ok := theirs.(*object)
	if !ok {
		return mismatch, "", "the reference does not write an object"
	}
	var made []string
	before := treeText(tree)
	for _, d := range differences {
		if d.edit == nil || d.applies != nil && !d.applies(c) {
			continue
		}
		d.edit(c, tree)
		if after := treeText(tree); after != before {
			made, before = append(made, d.name), after
		}
		if c.where = differAt(tree, ours, ""); c.where == "" && sameTree(tree, ours) {
			return listed, strings.Join(made, "+"), ""
		}
	}
	if c.where == "" {
		return listed, strings.Join(append(made, "member-order"), "+"), ""
	}
	return mismatch, "", "at " + c.where + "\nwith " + strings.Join(made, ", ") + " made " + treeText(tree)
}

// differAt is a JSON Pointer to the first difference, "" if there is none.
func differAt(a, b any, at string) string {
	if at == "" {
		at = "/"
	}
	switch x := a.(type) {
	case *object:
		y, ok := b.(*object)
		if !ok {
			return at
		}
		for _, name := range x.names {
			if !y.has(name) {
				return at + name + " (missing in ours)"
			}
			if where := differAt(x.get(name), y.get(name), at+name+"/"); where != "" {
				return where
			}
		}
		for _, name := range y.names {
			if !x.has(name) {
				return at + name + " (missing in the reference)"
			}
		}
		return ""
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return at
		}
		for i := range x {
			if where := differAt(x[i], y[i], at+strconv.Itoa(i)+"/"); where != "" {
				return where
			}
		}
		return ""
	}
	x, isX := a.(json.Number)
	y, isY := b.(json.Number)
	if isX && isY && jsNumber(x.String()) == jsNumber(y.String()) {
		return ""
	}
	if a != b {
		return at
	}
	return ""
}

// TestTools crosses the options of the tools over documents: ours, those of the
// corpus if there is one, and cubes made at random.
func TestTools(t *testing.T) {
	r := startReference(t)
	counts := map[string]int{}
	total := 0
	run := func(t *testing.T, d *document, calls []*toolCall) {
		reports := 0
		for _, call := range calls {
			c := compareTool(t, r, d, call)
			kind, excuse, problem := c.judge()
			total++
			if excuse != "" {
				counts[excuse]++
			}
			if kind != mismatch {
				continue
			}
			if reports++; reports <= maxReports {
				t.Errorf("%s: %s\n%s\ndocument: %.4000s", d.name, call, problem, d.text)
			}
		}
	}
	files := func(t *testing.T, folder string) {
		for _, name := range documentFiles(t, folder) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			d := newDocument(name, text)
			rng := rand.New(rand.NewPCG(5, 5))
			calls := pick(rng, toolCalls(d, rng), callsWorth(d, 150))
			t.Run(filepath.Base(name), func(t *testing.T) { run(t, d, calls) }) // those of a name are told apart by a number
		}
	}
	t.Run("testdata", func(t *testing.T) { files(t, "../testdata") })
	t.Run("corpus", func(t *testing.T) {
		folder := os.Getenv("JSONSTAT_CORPUS")
		if folder == "" {
			t.Skip("real documents are left out: JSONSTAT_CORPUS is not set")
		}
		files(t, folder)
	})
	t.Run("shapes", func(t *testing.T) {
		for _, shape := range shapes.All() {
			d := newDocument(shape.Name+": "+shape.Shows, []byte(shape.JSON))
			rng := rand.New(rand.NewPCG(5, 5))
			t.Run(shape.Name, func(t *testing.T) { run(t, d, pick(rng, toolCalls(d, rng), callsWorth(d, 40))) })
		}
	})
	t.Run("random", func(t *testing.T) {
		cubes := *seeds
		if testing.Short() {
			cubes = min(cubes, 30)
		}
		for seed := range cubes {
			rng := rand.New(rand.NewPCG(seed, 9))
			text, from := randomDocument(rng, seed)
			d := newDocument(fmt.Sprintf("%s with seed %d", from, seed), text)
			t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) { run(t, d, pick(rng, toolCalls(d, rng), callsWorth(d, 40))) })
		}
	})
	var names []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		names = append(names, fmt.Sprintf("%6d %s", counts[name], name))
	}
	t.Logf("%d calls compared; excused by listed differences:\n%s", total, strings.Join(names, "\n"))
}

// full asks for all calls: go test ./conformance -full -timeout 5h.
var full = flag.Bool("full", false, "make all calls on each document, of which those of the corpus are more")

// callsWorth is how many calls are made on a document, out of n on a small one:
// the reference takes seconds for a large one.
func callsWorth(d *document, n int) int {
	cells := int64(0)
	if d.ds != nil {
		cells = d.ds.Len()
	}
	if *full {
		switch {
		case cells > 50000:
			return 2
		case cells > 5000:
			return 20
		}
		return 1 << 20
	}
	switch {
	case cells > 20000 || mostCategories(d) > 2000: // the reference looks for each from the first
		return 1
	case len(d.text) > 100<<10 || cells > 2000:
		return min(n, 8)
	}
	return n
}

// mostCategories is the size of the largest dimension of a document.
func mostCategories(d *document) int {
	most := 0
	if d.ds != nil {
		for _, dim := range d.ds.Dimensions() {
			most = max(most, dim.Len())
		}
	}
	return most
}

// pick picks n of the calls.
func pick(rng *rand.Rand, calls []*toolCall, n int) []*toolCall {
	rng.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
	return calls[:min(n, len(calls))]
}
