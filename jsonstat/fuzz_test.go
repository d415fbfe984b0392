package jsonstat

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// most is how many cells a fuzzer looks at.
const most = 3000

// firstCells reads the first cells of a dataset; the rest is not looked at.
func firstCells(ds *Dataset, statuses bool) (list []readCell, err error) {
	if ds.Len() > 1<<40 && !ds.Cells().Info().Sparse && ds.HasCells() {
		return nil, nil // filled up on request: that takes a while
	}
	cur, err := ds.Cells().Cursor(statuses)
	if err != nil {
		return nil, err
	}
	defer cur.Close()
	for len(list) < most {
		k, err := cur.Next()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return list, err
		}
		words := ds.Cells().Statuses()
		for i := range k.Len() {
			c := readCell{pos: k.Position(i), kind: k.Kinds[i], token: string(k.Token(i))}
			if c.kind == Missing {
				c.token = ""
			}
			if k.Status != nil {
				c.status = words[k.Status[i]]
			}
			if c.pos < 0 || c.pos >= ds.Len() || (len(list) > 0 && list[len(list)-1].pos >= c.pos) {
				panic("a position is out of order or out of the cube")
			}
			list = append(list, c)
		}
	}
	return list[:most], nil
}

// FuzzRead reads anything, by all ways, and writes what could be read.
func FuzzRead(f *testing.F) {
	for i, text := range fuzzTexts() {
		f.Add([]byte(text), uint8(0))
		f.Add([]byte(text), uint8(i))
	}
	f.Add([]byte(units("\ufeff"+streamTexts[0], true)), uint8(0))
	f.Add([]byte("<html><title>503</title></html>"), uint8(0))
	f.Add([]byte(testDocument("hvs", 5, "[1,NaN,-Infinity]", "")), uint8(255))
	f.Fuzz(checkAnything)
}

// checkAnything reads a text with options that the bits of flags choose.
func checkAnything(t *testing.T, text []byte, flags uint8) {
	o := Options{Strict: flags&1 != 0, NaNAsNull: flags&2 != 0, Pad: flags&4 != 0}
	doc, err := o.Parse(text)
	stream := o
	stream.Stream = true
	stream.Need = []Need{0, NeedStatus, NeedHead, 0}[flags>>3&3]
	checkSameInStream(t, stream, text, doc, err)
	if err != nil {
		return
	}
	defer doc.Close()
	checkWritten(t, o, text, doc)
	_, _ = doc.Dimension()
	for i := range doc.Len() {
		ds, err := doc.Dataset(i)
		if err != nil {
			continue
		}
		list, err := firstCells(ds, true)
		if err != nil {
			continue
		}
		if _, err := ds.Cells().Facts(); err != nil {
			t.Fatal(err)
		}
		for k := 0; k < len(list); k += 1 + len(list)/10 {
			c, err := ds.AtPosition(list[k].pos)
			if err != nil || c.Kind != list[k].kind || c.Status != list[k].status {
				t.Fatalf("AtPosition(%d) = %+v, %v, want %+v", list[k].pos, c, err, list[k])
			}
		}
		checkWrittenAgain(t, o, ds, list)
	}
}

// fuzzTexts are where the fuzzer and TestReadMutated begin.
func fuzzTexts() []string {
	texts := append([]string{
		`{"a":{"dimension":{"id":["d","e"],"size":[1,2],"role":{"time":["e"]},"d":{"category":{"index":{"x":0}}},"e":{"label":"E","category":{"index":{"y":1,"z":0},"label":{"y":"Y"}}}},"value":[ 1.0,null ],"status":["a","b"]},"b":[1, 2]}`,
		`{"version":"2.0","class":"collection","link":{"item":[` + testDocument("vhs", 2, "[1 , 2.0]", "") + `,{"class":"dataset","href":"x"}]}}`,
		`{"version":"2.0","class":"dimension","label":"d","category":{"index":["a"],"label":{"a":"\u0041"},"unit":{"a":{"decimals":1}}},"x":[1.0 ]}`,
		"[ " + testDocument("hvs", 2, "[1 , 2.0]", "") + " ]", `{"jsonrpc":"2.0","id":1,"result": ` + testDocument("hvs", 2, `{"0" : 1e3}`, "") + "}",
		`{"version":"2.0","class":"error","error":[{"status":"404","label":"gone"}]}`, testDocument("hvs", 5, "[1,2,3]", `{"value":["a"]}`),
		testDocument("hsv", 5, `{"4":1,"0":2,"4":3}`, `{"3":"b","1":"a","1":"c"}`),
		`{"0":"","id":[],"dimension":{},"value":[0]}`, `{"version":"","class":"","id":["d"],"size":[],"dimension":{"d":{"category":{"index":["","0"]}}},"value":[0,null]}`,
	}, streamTexts...)
	eachDocument(7, 3, func(_, text string, _ []testCell) { texts = append(texts, text) })
	return texts
}

// value is a JSON value with its members in order, to be mutated.
type value struct {
	text  string // of a scalar
	open  byte   // [ or {
	names []string
	items []*value
}

// readValue reads the next value.
func readValue(dec *json.Decoder) *value {
	token, err := dec.Token()
	if err != nil {
		panic(err)
	}
	open, ok := token.(json.Delim)
	if !ok {
		text, _ := json.Marshal(token)
		return &value{text: string(text)}
	}
	v := &value{open: byte(open)}
	for dec.More() {
		if v.open == '{' {
			name, _ := dec.Token()
			text, _ := json.Marshal(name)
			v.names = append(v.names, string(text))
		}
		v.items = append(v.items, readValue(dec))
	}
	_, _ = dec.Token()
	return v
}

func (v *value) String() string {
	if v.open == 0 {
		return v.text
	}
	parts := make([]string, len(v.items))
	for i, item := range v.items {
		if parts[i] = item.String(); v.open == '{' {
			parts[i] = v.names[i] + ":" + parts[i]
		}
	}
	return string(v.open) + strings.Join(parts, ",") + string(v.open+2)
}

// all lists a value and what is in it.
func (v *value) all() []*value {
	list := []*value{v}
	for _, item := range v.items {
		list = append(list, item.all()...)
	}
	return list
}

func (v *value) clone() *value {
	c := &value{text: v.text, open: v.open, names: slices.Clone(v.names)}
	for _, item := range v.items {
		c.items = append(c.items, item.clone())
	}
	return c
}

// mutate changes something: it moves, repeats, removes or replaces a value, or
// changes a name.
func (v *value) mutate(r *rand.Rand) {
	all := v.all()
	at := all[r.IntN(len(all))]
	scalars := []string{"null", "0", "1", "2", "3", "7", "-1", "1.0", `"2"`, "true", `"d"`, `"a"`, `"0"`, "[]", "{}", `"dataset"`, `"collection"`, "[1,2]", `{"0":5}`, "1e3", "NaN"}
	if len(at.items) == 0 {
		if *at = (value{text: scalars[r.IntN(len(scalars))]}); r.IntN(3) == 0 {
			*at = *all[r.IntN(len(all))].clone()
		}
		return
	}
	i := r.IntN(len(at.items))
	switch r.IntN(6) {
	case 0: // remove
		at.items = slices.Delete(slices.Clone(at.items), i, i+1)
		if at.names != nil {
			at.names = slices.Delete(slices.Clone(at.names), i, i+1)
		}
	case 1, 2: // repeat or swap
		k := r.IntN(len(at.items))
		if r.IntN(2) == 0 {
			at.items = append(slices.Clone(at.items), at.items[i].clone())
			if at.names != nil {
				at.names = append(slices.Clone(at.names), at.names[i])
			}
			k = len(at.items) - 1
		}
		at.items[i], at.items[k] = at.items[k], at.items[i]
		if at.names != nil {
			at.names[i], at.names[k] = at.names[k], at.names[i]
		}
	case 3: // rename
		if at.names != nil {
			names := []string{`"value"`, `"status"`, `"measure"`, `"id"`, `"size"`, `"role"`, `"dimension"`, `"class"`, `"version"`, `"category"`, `"index"`, `"label"`, `"extension"`, `"link"`, `"item"`, `"jsonrpc"`, `"result"`, `"error"`, `"dataset"`, `"note"`, `"0"`, `"x"`, `"\u0076alue"`}
			at.names[i] = names[r.IntN(len(names))]
		}
	default: // replace, by a scalar or by something from elsewhere
		at.items[i] = &value{text: scalars[r.IntN(len(scalars))]}
		if r.IntN(2) == 0 {
			at.items[i] = all[r.IntN(len(all))].clone()
		}
	}
}

// TestReadMutated reads documents whose parts were moved about, which a fuzzer
// of bytes rarely does.
func TestReadMutated(t *testing.T) {
	r := rand.New(rand.NewPCG(64, 62))
	texts := fuzzTexts()
	for i := range scaled(2000) {
		dec := json.NewDecoder(strings.NewReader(texts[i%len(texts)]))
		dec.UseNumber()
		v := readValue(dec)
		for range 1 + r.IntN(3) {
			v.mutate(r)
			if len(v.all()) > 10_000 {
				break
			}
		}
		flags := uint8(r.IntN(256))
		text := v.String()
		func() {
			defer func() {
				if t.Failed() {
					t.Logf("flags %d: %s", flags, text)
				}
			}()
			checkAnything(t, []byte(text), flags)
		}()
	}
}

// checkSameInStream reads a text that was read from memory as a stream as well.
func checkSameInStream(t *testing.T, o Options, text []byte, doc *Document, err error) {
	t.Helper()
	want, statusGone := []readCell(nil), bytes.Contains(text, []byte("stat"))
	if err == nil {
		var ds *Dataset
		if ds, err = doc.Dataset(0); err == nil {
			want, err = firstCells(ds, true)
		}
	}
	got, once := []readCell(nil), false
	other, serr := o.Read(iotest.HalfReader(bytes.NewReader(text)))
	if serr == nil {
		defer other.Close()
		var ds *Dataset
		if ds, serr = other.Dataset(0); serr == nil {
			once = ds.Cells().Info().Once
			got, serr = firstCells(ds, true)
		}
	}
	switch {
	case (err == nil) == (serr == nil):
	case err == nil && slices.ContainsFunc(doc.Warnings(), func(w WarningCount) bool { return w.Kind == WarnDuplicate }):
		return // of two members, of which the second lies behind the cells, a stream takes the first
	case once && serr != nil && (strings.Contains(serr.Error(), "occurs twice") || strings.Contains(serr.Error(), "something other")):
		return // seen too late
	case once && serr == nil && (o.Strict || statusGone || len(got) == most):
		return // what stands behind the cells is not looked at
	case err != nil && len(want) > 0:
		return
	default:
		t.Fatalf("from memory %v, from a stream (%+v) %v", err, o, serr)
	}
	if err != nil {
		return
	}
	if once && o.Need&NeedStatus == 0 {
		for i := range want {
			want[i].status = ""
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("from memory %+v, from a stream (%+v) %+v", want, o, got)
	}
}

// checkWritten writes a document: the same but for white space.
func checkWritten(t *testing.T, o Options, text []byte, doc *Document) {
	t.Helper()
	if !utf8.Valid(text) || o.NaNAsNull || !json.Valid(bytes.TrimPrefix(text, []byte("\ufeff"))) {
		return // of another encoding
	}
	var want, got bytes.Buffer
	if err := json.Compact(&want, bytes.TrimPrefix(text, []byte("\ufeff"))); err != nil {
		t.Fatal(err)
	}
	if err := doc.Write(&got); err != nil {
		t.Fatal(err)
	}
	if got.String() != want.String() {
		t.Fatalf("written as %s, want %s", got.String(), want.String())
	}
}

// checkWrittenAgain writes a dataset and reads it again: the same cells, of the
// same dimensions.
func checkWrittenAgain(t *testing.T, o Options, ds *Dataset, list []readCell) {
	t.Helper()
	o.Strict = false // what is kept as it was read is kept with its faults
	for _, opts := range []WriteOptions{{}, {Values: Dense, Statuses: Dense}, {Values: Sparse, Statuses: Sparse}} {
		if opts != (WriteOptions{}) && ds.Len() > most {
			continue
		}
		if facts, err := ds.Cells().Facts(); err != nil || (!ds.Cells().Info().Sparse && ds.Len() > facts.Stored+most && ds.HasCells()) {
			continue // filled up on request, to any length
		}
		var b bytes.Buffer
		if err := ds.Write(&b, &opts); err != nil {
			if errors.Is(err, ErrLimit) {
				continue
			}
			t.Fatalf("%+v: %v", opts, err)
		}
		if !json.Valid(b.Bytes()) {
			t.Fatalf("%+v: written as %s", opts, b.String())
		}
		doc, err := o.Parse(b.Bytes())
		if err != nil {
			t.Fatalf("%+v: written as %s, read again: %v", opts, b.String(), err)
		}
		again, err := doc.Dataset(0)
		if err != nil {
			t.Fatalf("%+v: written as %s, read again: %v", opts, b.String(), err)
		}
		if !slices.Equal(ds.Shape(), again.Shape()) {
			t.Fatalf("%+v: written as %s: %v cells, want %v", opts, b.String(), again.Shape(), ds.Shape())
		}
		for i, d := range ds.Dimensions() {
			if again := again.Dimensions()[i]; d.ID() != again.ID() || d.Label() != again.Label() || !slices.Equal(d.ids, again.ids) {
				t.Fatalf("%+v: written as %s: dimension %q is %q", opts, b.String(), d.ID(), again.ID())
			}
		}
		if !again.HasCells() {
			continue // a sparse row of nothing
		}
		got, err := firstCells(again, true)
		if err != nil {
			t.Fatalf("%+v: written as %s, read again: %v", opts, b.String(), err)
		}
		if info := ds.Cells().Info(); info.Default != 0 && (info.Sparse || again.Cells().Info().Sparse) {
			continue // cells that are not there have a status, but are not read
		}
		if got, want := present(got), present(list); !slices.Equal(got, want) {
			t.Fatalf("%+v: written as %s: the cells are %+v, want %+v", opts, b.String(), got, want)
		}
	}
}

// present leaves out cells without value and status.
func present(list []readCell) []readCell {
	var there []readCell
	for _, c := range list {
		if c.kind != Missing || c.status != "" {
			there = append(there, c)
		}
	}
	return there[:min(len(there), math.MaxInt16)]
}
