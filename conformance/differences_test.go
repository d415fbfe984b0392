package conformance_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A difference is a place where we do not do what the reference does, on
// purpose. Each has a row in docs/differences.md and, but for those of the
// command line, at least one pinned case with the exact outcome on both sides.
type difference struct {
	name   string
	reason string // the column "why" of the page

	// applies tells whether a call on a document meets the difference. It is
	// nil for those that only pinned cases or scripts show.
	applies func(*comparison) bool

	// ends says which side has output to compare.
	ends ending

	// edit makes of our table what the reference writes. Several may follow
	// each other, in the order of the list.
	edit func(*comparison, *table)
}

// An ending says who writes something where a difference is met.
type ending uint8

const (
	bothWrite ending = iota // and the edit makes our output theirs
	theyEnd                 // the reference writes nothing, we do
	weEnd                   // we write nothing, the reference does
	unlike                  // what the reference writes, if anything, has no sense
)

// differences is the whole list, in the order in which edits are made.
var differences = slices.Concat(readingDifferences, tableDifferences, pivotDifferences, richDifferences, callDifferences, frameDifferences)

// TestDifferencesPage holds docs/differences.md against the list: the same
// names, and the same reasons.
func TestDifferencesPage(t *testing.T) {
	page, err := os.ReadFile("../docs/differences.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for line := range strings.Lines(string(page)) {
		m := regexp.MustCompile(`^\| <a id="([a-z0-9-]+)"></a>(.*) \|$`).FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		if rows[m[1]] != nil {
			t.Errorf("docs/differences.md has two rows %q", m[1])
		}
		rows[m[1]] = strings.Split(m[2], " | ")
	}
	all := slices.Clone(differences)
	for _, d := range slices.Concat(toolDifferences, cubeDifferences, readTableDifferences, sdmxDifferences) {
		all = append(all, difference{name: d.name, reason: d.reason})
	}
	for _, d := range arrowDifferences {
		all = append(all, difference{name: d.name, reason: d.reason})
	}
	for _, d := range all {
		cells, ok := rows[d.name]
		delete(rows, d.name)
		switch {
		case !ok:
			t.Errorf("docs/differences.md has no row %q", d.name)
		case len(cells) != 4:
			t.Errorf("row %q of docs/differences.md has %d columns, not 4", d.name, len(cells))
		case cells[3] != d.reason:
			t.Errorf("docs/differences.md gives the reason %q for %q, the list %q", cells[3], d.name, d.reason)
		}
	}
	for name := range rows {
		t.Errorf("the row %q of docs/differences.md is not in the list", name)
	}
}

// TestPinnedDifferences asserts each difference as it is: what the reference
// makes of a small document, and what we make of it.
func TestPinnedDifferences(t *testing.T) {
	r := startReference(t)
	met := map[string]bool{}
	for _, p := range pinned {
		t.Run(p.name, func(t *testing.T) {
			met[p.name] = true
			c := compare(t, r, newDocument(p.name, []byte(p.doc)), p.call)
			if got := c.ref.String(); got != p.reference {
				t.Errorf("%s: the reference\n gives %s\n not   %s", p.call, got, p.reference)
			}
			if got := c.ours.String(); got != p.ours && !(c.ours.failed && strings.HasPrefix(got, p.ours)) {
				t.Errorf("%s: we\n give %s\n not  %s", p.call, got, p.ours)
			}
			v := c.judge()
			i := slices.IndexFunc(differences, func(d difference) bool { return d.name == p.name })
			switch {
			case i < 0:
				t.Errorf("no such difference is listed")
			case v.kind == mismatch:
				t.Errorf("%s", c.report(v))
			case differences[i].applies != nil && !slices.Contains(v.applied, p.name) && v.kind != bothRefuse:
				t.Errorf("%s: the difference is not met, but %v", p.call, v.applied)
			}
		})
	}
	for _, d := range differences {
		if !met[d.name] && d.applies != nil {
			t.Errorf("no case pins %s", d.name)
		}
	}
}

// A pin is a difference on a small document, with both outcomes as
// [outcome.String] has them; of an error of ours, how it begins.
type pin struct {
	name            string
	doc             string
	call            csvCall
	reference, ours string
}

// gzipped compresses a text.
func gzipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.String()
}
