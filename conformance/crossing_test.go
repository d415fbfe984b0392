package conformance_test

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/internal/shapes/atrandom"
)

// A tally counts what the comparisons of a test came to.
type tally struct {
	mu      sync.Mutex
	kinds   [mismatch + 1]int
	applied map[string]int
}

const (
	// maxReports is how many mismatches are printed of one document.
	maxReports = 3
	// maxPolluted is how often a document may spoil the reference, which then
	// has to start again.
	maxPolluted = 10
)

func (y *tally) add(v verdict) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.kinds[v.kind]++
	if y.applied == nil {
		y.applied = map[string]int{}
	}
	for _, name := range v.applied {
		y.applied[name]++
	}
}

func (y *tally) total() int {
	n := 0
	for _, k := range y.kinds {
		n += k
	}
	return n
}

func (y *tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d calls compared: %d with the same bytes, %d with the same but for listed differences, %d that a listed difference ends on one side, %d without output on either, %d beyond comparison, %d that differ",
		y.total(), y.kinds[same], y.kinds[equal], y.kinds[listed], y.kinds[bothRefuse], y.kinds[notComparing], y.kinds[mismatch])
	for _, name := range slices.Sorted(maps.Keys(y.applied)) {
		fmt.Fprintf(&b, "\n%6d %s", y.applied[name], name)
	}
	return b.String()
}

// run makes all calls on a document. Our side and the judge work while the
// reference is at the next call.
func (y *tally) run(t *testing.T, r *reference, d *document, calls []csvCall) {
	t.Helper()
	made := make(chan *comparison, 64)
	done := make(chan struct{})
	go func() {
		defer close(done)
		reports := 0
		for c := range made {
			c.ours = d.ours(c.call)
			v := c.judge()
			y.add(v)
			if v.kind != mismatch {
				continue
			}
			switch reports++; {
			case reports <= maxReports:
				t.Error(c.report(v))
			case reports == maxReports+1:
				t.Errorf("%s: further mismatches are not shown", d.name)
			}
		}
	}()
	defer func() {
		close(made)
		<-done
	}()
	polluted := 0
	for _, call := range calls {
		c := ask(t, r, d, call)
		made <- c
		if c.pollutes() {
			if polluted++; polluted == maxPolluted {
				break
			}
		}
	}
}

// TestCrossing crosses all CSV options over documents: ours, those of the
// corpus if there is one, and cubes made at random.
func TestCrossing(t *testing.T) {
	var all tally
	t.Run("documents", func(t *testing.T) {
		t.Run("testdata", func(t *testing.T) {
			t.Parallel()
			crossFiles(t, &all, "../testdata", !testing.Short())
		})
		t.Run("shapes", func(t *testing.T) {
			t.Parallel()
			r := startReference(t)
			for _, shape := range shapes.All() {
				t.Run(shape.Name, func(t *testing.T) {
					d := newDocument(shape.Name+": "+shape.Shows, []byte(shape.JSON))
					all.run(t, r, d, callsFor(d, rand.New(rand.NewPCG(1, 1)), false))
				})
			}
		})
		t.Run("corpus", func(t *testing.T) {
			folder := os.Getenv("JSONSTAT_CORPUS")
			if folder == "" {
				t.Skip("real documents are left out: JSONSTAT_CORPUS is not set")
			}
			t.Parallel()
			crossFiles(t, &all, folder, false)
		})
		t.Run("random", func(t *testing.T) {
			t.Parallel()
			crossRandom(t, &all)
		})
	})
	t.Log(&all)
}

// documentFiles are the JSON documents of a folder; with -full also those of the
// folders in it that are JSON-stat.
func documentFiles(t *testing.T, folder string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no documents in %s (%v)", folder, err)
	}
	if !*full {
		return files
	}
	err = filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(name) != ".json" || filepath.Dir(name) == filepath.Clean(folder) {
			return err
		}
		text, err := os.ReadFile(name)
		if newDocument(name, text).ds != nil {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func crossFiles(t *testing.T, all *tally, folder string, fully bool) {
	r := startReference(t)
	for _, name := range documentFiles(t, folder) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".json"), func(t *testing.T) {
			d := newDocument(name, text)
			fully := fully && !ask(t, r, d, csvCall{}).ref.failed
			all.run(t, r, d, callsFor(d, rand.New(rand.NewPCG(1, 1)), fully))
		})
	}
}

// seeds is how many cubes are made at random: go test ./conformance -seeds 5000.
var seeds = flag.Uint64("seeds", 150, "cross the options over so many random cubes")

// randomCalls is how many calls are made on each.
const randomCalls = 40

// randomDocument is a document of one of three kinds: with all that makes trouble,
// tame and of other forms, or as an office writes it.
func randomDocument(rng *rand.Rand, seed uint64) (text []byte, from string) {
	switch seed % 3 {
	case 0:
		return shapes.Random(seed), "the cube of shapes.Random"
	case 1:
		return atrandom.Office(rng), "the cube of atrandom.Office"
	}
	return atrandom.Cube(rng), "the cube of atrandom.Cube"
}

func crossRandom(t *testing.T, all *tally) {
	r := startReference(t)
	cubes := *seeds
	if testing.Short() {
		cubes = min(cubes, 40)
	}
	for seed := range cubes {
		rng := rand.New(rand.NewPCG(seed, 0))
		text, from := randomDocument(rng, seed)
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			d := newDocument(fmt.Sprintf("%s with seed %d", from, seed), text)
			calls := callsFor(d, rng, false)
			all.run(t, r, d, calls[:min(len(calls), randomCalls)])
		})
	}
}
