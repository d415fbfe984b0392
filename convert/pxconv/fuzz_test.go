package pxconv_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/pxconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// FuzzRead holds that a file is refused, or makes a document that we read ourselves without
// a word.
func FuzzRead(f *testing.F) {
	text, err := os.ReadFile("../../testdata/boats.px")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		string(text), file(), file(`KEYS("port")=CODES`, "DATA=\"S\",1 2 3 \"N\",4 5 6;"), file(`TIMEVAL("year")=TLIST(A1,"2023"-"2025")`),
		file(`HIERARCHIES("port")="N","N":"S"`, `CELLNOTE("*","2024")="x"`, `DATANOTECELL("*","*")="e"`), file(`NOTE="a#b##c"`, `META-ID("port","North")="x,y"`),
		"\xff\xfeS\x00", "DATA=", `STUB="a";DATA=1`,
	} {
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, rounded bool) {
		ds, done, err := pxconv.Read(strings.NewReader(text), &pxconv.Options{Rounded: rounded, Warn: func(w pxconv.Warning) { _ = w.String() }})
		if err != nil {
			_ = err.Error()
			return
		}
		defer done()
		if ds.Len() > 1<<20 {
			return
		}
		var b bytes.Buffer
		if err := ds.Write(&b, nil); err != nil {
			t.Fatal(err)
		}
		doc, err := jsonstat.Parse(b.Bytes())
		if err != nil {
			t.Fatalf("%v: %s", err, &b)
		}
		again, err := doc.Dataset(0)
		if err != nil {
			t.Fatalf("%v: %s", err, &b)
		}
		if again.Len() != ds.Len() {
			t.Fatalf("%d cells became %d", ds.Len(), again.Len())
		}
	})
}

// FuzzCells holds that cells between others are read as they are alone.
func FuzzCells(f *testing.F) {
	for _, seed := range []string{"1 2 3 4 5 6 ;", "1,2;3:4\t5\n6", `"." .. "-" -5 +3 "7"`, "1\u00a02 3 4 5 6", "1.50 -0 1e5 007 .5 5-;;"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cells string) {
		small, _, err := readFile(file("DATA="+cells), pxconv.Options{})
		// The same cells behind more than a window of blanks.
		large, _, err2 := readFile(file("DATA="+strings.Repeat(" ", 200_000)+cells), pxconv.Options{})
		if (err == nil) != (err2 == nil) || small != large {
			t.Fatalf("%v, %v\n%s\n%s", err, err2, small, large)
		}
	})
}
