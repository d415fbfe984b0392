package conformance_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/sdmxconv"
	"github.com/jsonstat-go/toolkit/internal/shapes/atrandom"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// sdmxCall is a call of sdmx2jsonstat: letters are o and s.
func sdmxCall(letters string) *toolCall {
	has := letterSet(letters)
	return &toolCall{
		tool: "sdmx2jsonstat", flags: dash(letters), has: has, options: map[string]any{"ovalue": has["o"], "ostatus": has["s"]},
		ours: func(d *document, w *bytes.Buffer) error {
			sets, err := sdmxconv.Read(bytes.NewReader(d.text), nil)
			if err != nil {
				return err
			}
			if len(sets) != 1 {
				return fmt.Errorf("there are %d datasets", len(sets))
			}
			o := &jsonstat.WriteOptions{Values: jsonstat.Dense, Statuses: jsonstat.Dense}
			if has["o"] {
				o.Values = jsonstat.Sparse
			}
			if has["s"] {
				o.Statuses = jsonstat.Sparse
			}
			return sets[0].Write(w, o)
		},
	}
}

// TestSDMX compares messages on both sides: random ones, and those in testdata.
func TestSDMX(t *testing.T) {
	r := startReference(t)
	counts := map[string]int{}
	total := 0
	run := func(t *testing.T, name string, text []byte) {
		d := &document{name: name, text: text}
		for _, letters := range subsets("os") {
			call := sdmxCall(letters)
			c := compareTool(t, r, d, call)
			kind, excuse, problem := c.judge()
			if total++; excuse != "" {
				counts[excuse]++
			}
			if kind == mismatch {
				t.Errorf("%s: %s\n%s\nmessage: %.3000s", name, call, problem, text)
				return
			}
		}
	}
	files, err := filepath.Glob("../testdata/sdmx/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no messages", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(name), func(t *testing.T) { run(t, name, text) })
	}
	t.Run("random", func(t *testing.T) {
		n := *seeds
		if testing.Short() {
			n = min(n, 50)
		}
		for seed := range n {
			text := atrandom.SDMX(rand.New(rand.NewPCG(seed, 12)))
			t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) { run(t, fmt.Sprintf("random message %d", seed), text) })
		}
	})
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		lines = append(lines, fmt.Sprintf("%6d %s", counts[name], name))
	}
	t.Logf("%d calls compared; excused by listed differences:\n%s", total, strings.Join(lines, "\n"))
}
