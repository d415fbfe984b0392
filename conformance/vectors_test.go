package conformance_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A vector is a document and what readers should make of it, see
// vectors/README.md.
type vector struct {
	File       string
	Shows      string
	Covers     []string
	Lenient    expectation
	Strict     expectation
	Official   []finding
	Deliberate string

	Datasets   int
	Cube       *vectorCube
	Dimension  []string
	References []string
	Updated    string

	path string
	text []byte
}

type expectation struct {
	Class    string
	At       *string
	Byte     *int64
	Warnings []warning
}

type warning struct{ Kind, At string }

type finding struct{ Rule, Code, Severity, At string }

// vectorCube is what the first dataset of a vector holds.
type vectorCube struct {
	ID          []string
	Size        []int
	Rows        [][]any // a category of each dimension, the value, perhaps the status
	Stored      *int64
	Labels      map[string][]string
	Titles      map[string]string
	Roles       map[jsonstat.Role][]string
	Units       map[string]map[string]vectorUnit
	Coordinates map[string]map[string][2]json.Number
	Children    map[string]map[string][]string
	Notes       map[string]map[string][]string
}

type vectorUnit struct {
	Decimals                *int
	Label, Symbol, Position string
}

// covered is a line of vectors/coverage.json.
type covered struct{ Is, Code, Severity, None string }

// readStrictly decodes a file of the vectors; a misspelt member is an error.
func readStrictly(t *testing.T, name string, to any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("vectors", name))
	require.NoError(t, err)
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	dec.DisallowUnknownFields()
	require.NoError(t, dec.Decode(to), name)
}

func readVectors(t *testing.T) []*vector {
	t.Helper()
	var all []*vector
	readStrictly(t, "vectors.json", &all)
	for _, v := range all {
		v.path = filepath.Join("vectors", "documents", v.File)
		var err error
		v.text, err = os.ReadFile(v.path)
		require.NoError(t, err)
	}
	return all
}

// eachVector runs a test for each vector.
func eachVector(t *testing.T, f func(t *testing.T, v *vector)) {
	for _, v := range readVectors(t) {
		t.Run(v.File, func(t *testing.T) { f(t, v) })
	}
}

// TestVectorsCoverage holds that every member of the format, every rule and
// every quirk of documents has its vectors, and that the data agree with
// themselves.
func TestVectorsCoverage(t *testing.T) {
	var list map[string]covered
	readStrictly(t, "coverage.json", &list)
	by := map[string][]*vector{}
	files := map[string]bool{}
	for _, v := range readVectors(t) {
		require.False(t, files[v.File], "%s stands twice in vectors.json", v.File)
		files[v.File] = true
		require.NotEmpty(t, v.Shows, v.File)
		require.NotEmpty(t, v.Covers, v.File)
		for _, c := range v.Covers {
			require.Contains(t, list, c, "%s covers what coverage.json does not list", v.File)
			by[c] = append(by[c], v)
		}
		checkData(t, v, list)
	}
	folder, err := os.ReadDir("vectors/documents")
	require.NoError(t, err)
	for _, f := range folder {
		require.True(t, files[f.Name()], "documents/%s is not in vectors.json", f.Name())
	}
	for _, name := range slices.Sorted(maps.Keys(list)) {
		if none := list[name].None; none != "" {
			require.Empty(t, by[name], "%s has a vector, though %s", name, none)
			continue
		}
		require.NotEmpty(t, by[name], "%s (%s) has no vector", name, list[name].Is)
		rule, isRule := strings.CutPrefix(name, "rule.")
		if !isRule && !strings.HasPrefix(name, "must.") {
			continue
		}
		if !isRule {
			rule = "STRUCT"
		}
		wrong := func(v *vector) bool {
			return slices.ContainsFunc(v.Official, func(f finding) bool { return f.Rule == rule })
		}
		require.True(t, slices.ContainsFunc(by[name], wrong), "%s has no vector that just breaks it", name)
		require.True(t, slices.ContainsFunc(by[name], func(v *vector) bool { return !wrong(v) }), "%s has no vector that just keeps it", name)
	}
}

// checkData holds what is said of a vector against itself.
func checkData(t *testing.T, v *vector, list map[string]covered) {
	t.Helper()
	classes := []string{"ok", "syntax", "structure", "semantics"}
	require.Contains(t, classes, v.Lenient.Class, v.File)
	require.Contains(t, classes, v.Strict.Class, v.File)
	require.Empty(t, v.Strict.Warnings, v.File)
	if v.Lenient.Class != "ok" {
		require.Equal(t, v.Lenient, v.Strict, "%s: what a lenient reader refuses a strict one refuses too, for the same", v.File)
		require.Nil(t, v.Cube, v.File)
	} else {
		require.Equal(t, v.Datasets > 0, v.Cube != nil, "%s: the cells of its first dataset", v.File)
	}
	refused := false
	for _, f := range v.Official {
		rule := list["rule."+f.Rule]
		require.Equal(t, rule, covered{rule.Is, f.Code, f.Severity, ""}, "%s: rule %s", v.File, f.Rule)
		refused = refused || f.Severity == "error"
	}
	require.Equal(t, refused != (v.Strict.Class != "ok"), v.Deliberate != "", "%s: where the strict reader and the official rules differ, and only there, the reason stands in \"deliberate\"", v.File)
}

// An reading is what a reader made of a document.
type reading struct {
	doc      *jsonstat.Document
	datasets []*jsonstat.Dataset
	cells    []map[int64]jsonstat.Cell // of the first categories of each dataset
	seen     []int64                   // how many cells came up
	dim      *jsonstat.Dimension
	err      error
}

// maxSeen is how many cells of a vector are kept.
const maxSeen = 5000

// A way to read a document.
type way struct {
	name string
	opts jsonstat.Options
	open func(jsonstat.Options, *vector) (*jsonstat.Document, error)
}

// ways are all ways in which a document comes to a reader.
func ways(strict bool) []way {
	file := func(o jsonstat.Options, v *vector) (*jsonstat.Document, error) { return o.Open(v.path) }
	memory := func(o jsonstat.Options, v *vector) (*jsonstat.Document, error) { return o.Parse(v.text) }
	pipe := func(o jsonstat.Options, v *vector) (*jsonstat.Document, error) {
		return o.Read(iotest.HalfReader(bytes.NewReader(v.text)))
	}
	drops := func(o jsonstat.Options, v *vector) (*jsonstat.Document, error) {
		return o.Read(iotest.OneByteReader(bytes.NewReader(v.text)))
	}
	o := jsonstat.Options{Strict: strict}
	all := []way{{"a file", o, file}, {"memory", o, memory}, {"a pipe", o, pipe}}
	for _, need := range []jsonstat.Need{0, jsonstat.NeedStatus, jsonstat.NeedHead} {
		o.Stream, o.Need = true, need
		all = append(all, way{"a stream", o, pipe}, way{"a stream of single bytes", o, drops})
	}
	return all
}

// read reads all of a document.
func (w way) read(t *testing.T, v *vector) *reading {
	t.Helper()
	out := &reading{}
	out.doc, out.err = w.open(w.opts, v)
	if out.err != nil {
		return out
	}
	t.Cleanup(func() { require.NoError(t, out.doc.Close()) })
	if out.doc.Class() == jsonstat.ClassDimension {
		out.dim, out.err = out.doc.Dimension()
		return out
	}
	for i := range out.doc.Len() {
		ds, err := out.doc.Dataset(i)
		if err != nil {
			out.err = err
			return out
		}
		cells, n := map[int64]jsonstat.Cell{}, int64(0)
		for obs, err := range ds.Observations() {
			if err != nil {
				out.err = err
				return out
			}
			if n++; n <= maxSeen {
				cells[obs.Position()] = obs.Cell()
			}
		}
		out.datasets, out.cells, out.seen = append(out.datasets, ds), append(out.cells, cells), append(out.seen, n)
	}
	return out
}

// messageCode is an official code at the end of a message.
var messageCode = regexp.MustCompile(`\(([A-Z_]{8,})\)`)

// classOf is the class of failure of an error, as vectors/README.md has it.
func classOf(err error) string {
	var server *jsonstat.ServerError
	var at *jsonstat.Error
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, jsonstat.ErrSyntax):
		return "syntax"
	case errors.As(err, &server) && server.Page != "":
		return "syntax"
	case errors.As(err, &server):
		return "structure"
	case !errors.As(err, &at), !errors.Is(err, jsonstat.ErrSize) && !errors.Is(err, jsonstat.ErrNotJSONStat) && !errors.Is(err, jsonstat.ErrNoData):
		return "syntax" // of the decompressor
	case errors.Is(err, jsonstat.ErrSize), messageCode.MatchString(at.Msg), strings.Contains(at.Msg, "has the roles"):
		return "semantics"
	}
	return "structure"
}

// TestVectorsRead reads each vector in all ways, leniently and strictly.
func TestVectorsRead(t *testing.T) {
	eachVector(t, func(t *testing.T, v *vector) {
		for _, strict := range []bool{false, true} {
			want := v.Lenient
			if strict {
				want = v.Strict
			}
			for _, w := range ways(strict) {
				if t.Failed() {
					return // the other ways say the same
				}
				out := w.read(t, v)
				what := w.name
				if strict {
					what += ", strictly"
				}
				checkVerdict(t, what, out, want)
				if out.err != nil || want.Class != "ok" {
					if out.err != nil && want.Class == "semantics" {
						checkCode(t, v, out.err)
					}
					continue
				}
				checkContent(t, what, v, out)
				if !strict && !streams(out) {
					checkWarnings(t, what, out.doc, want.Warnings)
				}
			}
		}
	})
}

// checkVerdict holds what came of reading against what should.
func checkVerdict(t *testing.T, what string, out *reading, want expectation) {
	t.Helper()
	got := classOf(out.err)
	if got == "ok" && streams(out) && want.At != nil && strings.HasPrefix(*want.At, "/status") {
		return // nobody asked for the statuses
	}
	if got != want.Class {
		t.Errorf("from %s: %s, want %s: %v", what, got, want.Class, out.err)
		return
	}
	var at *jsonstat.Error
	if !errors.As(out.err, &at) {
		return
	}
	if want.At != nil && at.Pointer != *want.At {
		t.Errorf("from %s: the failure is at %q, want %q: %v", what, at.Pointer, *want.At, out.err)
	}
	if want.Byte != nil && at.Offset != *want.Byte {
		t.Errorf("from %s: the failure is at byte %d, want %d: %v", what, at.Offset, *want.Byte, out.err)
	}
}

// checkCode holds that a message says the official code of what it is about.
func checkCode(t *testing.T, v *vector, err error) {
	t.Helper()
	code := ""
	if m := messageCode.FindStringSubmatch(err.Error()); m != nil {
		code = m[1]
	}
	for _, f := range v.Official {
		if f.Code == code {
			return
		}
	}
	if code != "" || len(v.Official) > 0 {
		t.Errorf("the message has the code %q, which is none of %v: %v", code, v.Official, err)
	}
}

func checkWarnings(t *testing.T, what string, doc *jsonstat.Document, want []warning) {
	t.Helper()
	got := map[warning]bool{}
	for _, w := range doc.Warnings() {
		got[warning{string(w.Kind), w.Pointer}] = true
	}
	for _, w := range want {
		if !got[w] {
			t.Errorf("from %s: no warning %v", what, w)
		}
		delete(got, w)
	}
	for _, w := range doc.Warnings() {
		if got[warning{string(w.Kind), w.Pointer}] {
			t.Errorf("from %s: the warning %s at %q: %s", what, w.Kind, w.Pointer, w.Msg)
		}
	}
}

// checkContent holds what was read against what the document holds.
func checkContent(t *testing.T, what string, v *vector, out *reading) {
	t.Helper()
	if v.Dimension != nil {
		require.NotNil(t, out.dim, "from %s: it is a dimension", what)
		require.Equal(t, v.Dimension, idsOf(out.dim))
		return
	}
	require.Len(t, out.datasets, v.Datasets, "from %s", what)
	var refs []string
	for _, r := range out.doc.References() {
		refs = append(refs, r.Href)
	}
	require.Equal(t, v.References, refs, "from %s: responses that the document refers to", what)
	if v.Datasets == 0 {
		return
	}
	ds := out.datasets[0]
	if v.Updated != "" && !streams(out) {
		require.Equal(t, v.Updated, ds.Updated())
	}
	if diff := cmp.Diff(v.Cube.head(ds), headOf(ds, v.Cube)); diff != "" {
		t.Errorf("from %s: the head is another one (-want +got)\n%s", what, diff)
		return
	}
	stored := ds.Len()
	if v.Cube.Stored != nil {
		stored = *v.Cube.Stored
	}
	if ds.Cells().Info().Sparse && v.Cube.Stored == nil {
		stored = out.seen[0] // there may be statuses beside the values
	}
	require.Equal(t, stored, out.seen[0], "from %s: cells that are there", what)
	statuses := withStatuses(ds)
	for _, row := range v.Cube.Rows {
		if !ds.HasCells() {
			t.Fatalf("from %s: there are no cells", what)
		}
		pos, want := cellOf(t, ds, row)
		got := out.cells[0][pos]
		if len(row) == len(v.Cube.ID)+1 || !statuses {
			got.Status, want.Status = "", ""
		}
		require.Equal(t, want, canonical(got), "from %s: the cell %v", what, row)
	}
}

// streams tells whether the cells came while they were read. What stands behind
// them is then not looked at, since nobody needs it.
func streams(out *reading) bool {
	return len(out.datasets) == 1 && out.datasets[0].Cells().Info().Once
}

// withStatuses tells whether statuses come with the cells: a stream that nobody needs
// them of passes over them.
func withStatuses(ds *jsonstat.Dataset) bool {
	return !ds.Cells().Info().Once || ds.Cells().Info().HasStatus
}

func idsOf(d *jsonstat.Dimension) []string {
	ids := []string{}
	for c := range d.Categories() {
		ids = append(ids, c.ID)
	}
	return ids
}

// canonical is a cell whose number is laid out as ECMAScript would.
func canonical(c jsonstat.Cell) jsonstat.Cell {
	if c.Kind == jsonstat.Number || c.Kind == jsonstat.NumberRaw {
		c.Kind, c.Text = jsonstat.Number, string(jsonstat.AppendNumber(nil, []byte(c.Text)))
	}
	return c
}

// cellOf reads a row of a vector.
func cellOf(t *testing.T, ds *jsonstat.Dataset, row []any) (pos int64, c jsonstat.Cell) {
	t.Helper()
	dims := ds.Dimensions()
	require.GreaterOrEqual(t, len(row), len(dims)+1, "%v", row)
	coords := make([]int, len(dims))
	for i, d := range dims {
		coords[i] = d.Index(row[i].(string))
		require.GreaterOrEqual(t, coords[i], 0, "%v is not in %q", row[i], d.ID())
	}
	pos, err := ds.Shape().Position(coords...)
	require.NoError(t, err)
	switch value := row[len(dims)].(type) {
	case nil:
		c.Kind = jsonstat.Missing
	case json.Number:
		c = canonical(jsonstat.Cell{Kind: jsonstat.Number, Text: value.String()})
	case string:
		c = jsonstat.Cell{Kind: jsonstat.Text, Text: value}
	case bool:
		c = jsonstat.Cell{Kind: jsonstat.False, Text: "false"}
		if value {
			c = jsonstat.Cell{Kind: jsonstat.True, Text: "true"}
		}
	case map[string]any: // a number that JSON parsers of other languages round
		c = jsonstat.Cell{Kind: jsonstat.Number, Text: value["number"].(string)}
	default:
		t.Fatalf("a value that is no cell: %v", value)
	}
	if len(row) > len(dims)+1 && row[len(dims)+1] != nil {
		c.Status = row[len(dims)+1].(string)
	}
	return pos, c
}

// headOf describes the head of a dataset by what the vector says of it.
func headOf(ds *jsonstat.Dataset, want *vectorCube) vectorCube {
	got := vectorCube{ID: []string{}, Size: []int{}}
	for _, d := range ds.Dimensions() {
		got.ID, got.Size = append(got.ID, d.ID()), append(got.Size, d.Len())
		if r := d.Role(); slices.Contains([]jsonstat.Role{jsonstat.Time, jsonstat.Geo, jsonstat.Metric}, r) && !ds.Cells().Info().Once {
			put(&got.Roles, r, append(got.Roles[r], d.ID()))
		}
		if want.Titles != nil {
			put(&got.Titles, d.ID(), d.Label())
		}
		for c := range d.Categories() {
			if want.Labels[d.ID()] != nil {
				put(&got.Labels, d.ID(), append(got.Labels[d.ID()], c.Label))
			}
			if u := c.Unit; want.Units != nil && u != nil && (u.Decimals != nil || u.Label != "" || u.Symbol != "" || u.Position != "") {
				deep(&got.Units, d.ID(), c.ID, vectorUnit{u.Decimals, u.Label, u.Symbol, u.Position})
			}
			if p := c.Coordinates; want.Coordinates != nil && p != nil {
				deep(&got.Coordinates, d.ID(), c.ID, [2]json.Number{p.Longitude, p.Latitude})
			}
			if want.Children != nil && c.Children != nil {
				deep(&got.Children, d.ID(), c.ID, c.Children)
			}
			if want.Notes != nil && c.Notes != nil {
				deep(&got.Notes, d.ID(), c.ID, c.Notes)
			}
		}
	}
	return got
}

// head is what headOf should give.
func (c vectorCube) head(ds *jsonstat.Dataset) vectorCube {
	c.Rows, c.Stored = nil, nil
	if ds.Cells().Info().Once {
		c.Roles = nil // they may stand behind the cells
	}
	return c
}

func put[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = v
}

func deep[V any](m *map[string]map[string]V, k1, k2 string, v V) {
	inner := (*m)[k1]
	put(&inner, k2, v)
	put(m, k1, inner)
}
