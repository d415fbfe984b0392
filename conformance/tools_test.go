package conformance_test

import (
	"bytes"
	"encoding/json"
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
	"github.com/jsonstat-go/toolkit/internal/shapes/atrandom"
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

// A toolDifference is a [difference] of these tools. Where it applies it either
// makes of the reference's output what is right, or excuses all that differs; its
// exact outcome is pinned.
type toolDifference struct {
	name    string
	reason  string
	applies func(*toolComparison) bool
	edit    func(c *toolComparison, theirs any)
}

func compareTool(t testing.TB, r *reference, d *document, call *toolCall) *toolComparison {
	t.Helper()
	c := &toolComparison{document: d, call: call}
	out, rerr := r.run(t, call.tool, d.text, call.options)
	c.ref = outcome{out: out}
	if rerr != nil {
		c.ref = outcome{err: rerr.Message, crash: rerr.Crash, failed: true}
	}
	var b bytes.Buffer
	if err := call.ours(d, &b); err != nil {
		c.ours = outcome{err: err.Error(), failed: true}
	} else {
		c.ours = outcome{out: b.String()}
	}
	return c
}

// judge says how the comparison ended and which difference excuses it.
func (c *toolComparison) judge() (kind verdictKind, excuse, problem string) {
	differences, reading := toolDifferences, readingDifferences
	switch c.call.tool {
	case "csv2jsonstat":
		differences, reading = readTableDifferences, nil
	case "sdmx2jsonstat":
		differences, reading = sdmxDifferences, nil
	}
	switch {
	case c.ref.failed && c.ours.failed:
		return bothRefuse, "", ""
	case !c.ref.failed && !c.ours.failed:
		if c.ref.out == c.ours.out {
			return same, "", ""
		}
		theirs, err := readJSON([]byte(c.ref.out))
		if err != nil {
			return mismatch, "", "the reference does not write JSON: " + err.Error()
		}
		ours, err := readJSON([]byte(c.ours.out))
		if err != nil {
			return mismatch, "", "we do not write JSON: " + err.Error() + ": " + c.ours.out
		}
		if c.where = differAt(theirs, ours, ""); c.where == "" {
			return equal, "", ""
		}
		var made []string
		for _, d := range differences {
			if d.edit != nil && d.applies(c) {
				d.edit(c, theirs)
				made = append(made, d.name)
			}
		}
		if c.where = differAt(theirs, ours, ""); c.where == "" {
			return listed, strings.Join(made, "+"), ""
		}
	}
	for _, d := range differences {
		if d.edit == nil && d.applies != nil && d.applies(c) {
			return listed, d.name, ""
		}
	}
	// Where the two do not read the same document in the same way.
	for _, d := range reading {
		if d.applies != nil && d.applies(&comparison{document: c.document, call: csvCall{status: true}, ref: c.ref, ours: c.ours}) {
			return listed, d.name, ""
		}
	}
	return mismatch, "", fmt.Sprintf("at %s\nreference %.600s\nours      %.600s", c.where, c.ref, c.ours)
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
				t.Errorf("%s: %s\n%s\ndocument: %.3000s", d.name, call, problem, d.text)
			}
		}
	}
	files := func(t *testing.T, pattern string) {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("there are no documents %s (%v)", pattern, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			d := newDocument(name, text)
			rng := rand.New(rand.NewPCG(5, 5))
			most := 150
			switch { // the reference takes seconds for large ones
			case d.ds != nil && d.ds.Len() > 20000:
				most = 1
			case len(text) > 100<<10 || d.ds != nil && d.ds.Len() > 2000:
				most = 8
			}
			calls := pick(rng, toolCalls(d, rng), most)
			t.Run(filepath.Base(name), func(t *testing.T) { run(t, d, calls) })
		}
	}
	t.Run("testdata", func(t *testing.T) { files(t, "../testdata/*.json") })
	t.Run("corpus", func(t *testing.T) {
		folder := os.Getenv("JSONSTAT_CORPUS")
		if folder == "" {
			t.Skip("real documents are left out: JSONSTAT_CORPUS is not set")
		}
		files(t, filepath.Join(folder, "*.json"))
	})
	t.Run("shapes", func(t *testing.T) {
		for _, shape := range shapes.All() {
			d := newDocument(shape.Name+": "+shape.Shows, []byte(shape.JSON))
			rng := rand.New(rand.NewPCG(5, 5))
			t.Run(shape.Name, func(t *testing.T) { run(t, d, pick(rng, toolCalls(d, rng), 40)) })
		}
	})
	t.Run("random", func(t *testing.T) {
		cubes := *seeds
		if testing.Short() {
			cubes = min(cubes, 30)
		}
		for seed := range cubes {
			rng := rand.New(rand.NewPCG(seed, 9))
			text := atrandom.Cube(rng)
			if seed%3 == 0 {
				text = shapes.Random(seed)
			}
			d := newDocument(fmt.Sprintf("random cube %d", seed), text)
			t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) { run(t, d, pick(rng, toolCalls(d, rng), 40)) })
		}
	})
	var names []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		names = append(names, fmt.Sprintf("%6d %s", counts[name], name))
	}
	t.Logf("%d calls compared; excused by listed differences:\n%s", total, strings.Join(names, "\n"))
}

// pick picks n of the calls.
func pick(rng *rand.Rand, calls []*toolCall, n int) []*toolCall {
	rng.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
	return calls[:min(n, len(calls))]
}
