package arrowschema

import (
	"bytes"
	"encoding/base64"
	"math/rand/v2"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func table(t *testing.T, o columnar.Options) *columnar.Table {
	t.Helper()
	doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"dataset","label":"L","role":{"time":["y"]},"id":["d","y"],"size":[2,1],"dimension":{"d":{"category":{"index":["a","b"]}},"y":{"category":{"index":["2024"]}}},"value":[1,2],"status":{"0":"p"}}`))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	tab, err := columnar.New(ds, o)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestOf(t *testing.T) {
	s := Of(table(t, columnar.Options{Dates: true, Type: columnar.Int64}))
	var got []string
	for _, f := range s.Fields() {
		got = append(got, f.Name+" "+f.Type.String())
	}
	want := []string{"d dictionary<values=utf8, indices=int8, ordered=true>", "y date32", "status dictionary<values=utf8, indices=int8, ordered=false>", "value int64"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the fields differ (-want +got):\n%s", diff)
	}
	if Keys(s.Metadata())[columnar.KeyLabel] != "L" {
		t.Errorf("the keys are %v", s.Metadata())
	}
}

func TestIndex(t *testing.T) {
	for n, want := range map[int]arrow.DataType{0: arrow.PrimitiveTypes.Int8, 128: arrow.PrimitiveTypes.Int8, 129: arrow.PrimitiveTypes.Int16, 32768: arrow.PrimitiveTypes.Int16, 32769: arrow.PrimitiveTypes.Int32} {
		if got := index(n); got != want {
			t.Errorf("%d texts are numbered by %s, want %s", n, got, want)
		}
	}
}

// The keys of columns come back from the text that a Parquet file carries.
func TestEncode(t *testing.T) {
	text, err := Encode(table(t, columnar.Options{Content: 2}))
	if err != nil {
		t.Fatal(err)
	}
	whole, keys := Decode(text)
	if keys["y"].Keys[columnar.KeyRole] != "time" || keys["value"].Keys[columnar.KeyMeasure] != "true" || !keys["y"].Ordered || keys["d"].Keys == nil {
		t.Errorf("the keys are %v", keys)
	}
	if whole[columnar.KeyHead] == "" {
		t.Errorf("the table has the keys %v", whole)
	}
	for _, text := range []string{"", "!", base64.StdEncoding.EncodeToString([]byte("no schema at all"))} {
		if table, keys := Decode(text); len(table)+len(keys) > 0 {
			t.Errorf("%q has the keys %v and %v", text, table, keys)
		}
	}
}

// Damaged schemas are found out, or harmless.
func TestDecodeDamaged(t *testing.T) {
	text, err := Encode(table(t, columnar.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	lost := 0
	for range 3000 {
		b := bytes.Clone(whole)
		for range 1 + r.IntN(3) {
			b[r.IntN(len(b))] = byte(r.Uint32())
		}
		if _, columns := Decode(base64.StdEncoding.EncodeToString(b)); columns == nil {
			lost++
		}
	}
	if lost == 0 {
		t.Error("no damage was found")
	}
}
