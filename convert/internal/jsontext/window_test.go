package jsontext

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// sizes of windows: one that holds all, and one that holds next to nothing.
func sizes(t *testing.T, f func(t *testing.T)) {
	for _, size := range []int{Size, 3} {
		t.Run(fmt.Sprint("window of ", size), func(t *testing.T) {
			defer func(n int) { Size = n }(Size)
			Size = size
			f(t)
		})
	}
}

// read lists the scalars of a text with their paths.
func read(w *Window, path string, into *[]string) error {
	c, err := w.Peek()
	switch {
	case err != nil:
		return err
	case c == '{':
		return w.Members(func(name string) error { return read(w, path+"/"+strings.Clone(name), into) })
	case c == '[':
		return w.Elements(func(i int) error { return read(w, fmt.Sprint(path, "/", i), into) })
	}
	token, err := w.Scalar()
	*into = append(*into, path+" "+string(token))
	return err
}

func TestWindow(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"a number", ` -12.50e+3 `, []string{" -12.50e+3"}},
		{"words", `[true,false,null]`, []string{"/0 true", "/1 false", "/2 null"}},
		{"nothing inside", "{ }", nil},
		{"nested", `{"a":[1,{"b c":"d"},[]],"":2}`, []string{"/a/0 1", `/a/1/b c "d"`, "/ 2"}},
		{"escapes stay in tokens", `["\u00e5\"\\","å"]`, []string{`/0 "\u00e5\"\\"`, `/1 "å"`}},
		{"escapes in names", `{"\u00e5\n":1}`, []string{"/å\n 1"}},
		{"white space", "\t[ 1 ,\r\n2 ]\n", []string{"/0 1", "/1 2"}},
		{"a byte order mark", "\ufeff[1]", []string{"/0 1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sizes(t, func(t *testing.T) {
				w := New(strings.NewReader(tt.text))
				require.NoError(t, w.Start())
				var got []string
				require.NoError(t, read(w, "", &got))
				require.Equal(t, tt.want, got)
				c, err := w.Peek()
				require.NoError(t, err)
				require.Zero(t, c, "something is left")
			})
		})
	}
}

func TestWindowFaults(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		at         int64
		says       string
		err        error
	}{
		{"cut off in an array", `[1,`, 3, "cut off", jsonstat.ErrSyntax},
		{"cut off in a string", `["ab`, 4, "cut off", jsonstat.ErrSyntax},
		{"no colon", `{"a" 1}`, 5, `unexpected '1', expected ':'`, jsonstat.ErrSyntax},
		{"no comma", `[1 2]`, 3, `unexpected '2', expected a comma or ']'`, jsonstat.ErrSyntax},
		{"a name that is no string", `{1:2}`, 1, "expected a string", jsonstat.ErrSyntax},
		{"a control character", "[\"a\nb\"]", 1, "control character", jsonstat.ErrSyntax},
		{"a wrong escape", `["\x"]`, 1, "wrong escape", jsonstat.ErrSyntax},
		{"a word", `[nul]`, 1, `"nul" is no JSON value`, jsonstat.ErrSyntax},
		{"a number", `[01]`, 1, `"01" is no JSON value`, jsonstat.ErrSyntax},
		{"NaN", `[NaN]`, 1, "NaN and Infinity are not JSON", jsonstat.ErrNaN},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sizes(t, func(t *testing.T) {
				w := New(strings.NewReader(tt.text))
				require.NoError(t, w.Start())
				var got []string
				err := read(w, "", &got)
				require.ErrorIs(t, err, tt.err)
				require.ErrorContains(t, err, tt.says)
				var e *jsonstat.Error
				require.True(t, errors.As(err, &e))
				require.Equal(t, tt.at, e.Offset)
			})
		})
	}
}

// TestWindowSkips: what is passed over is counted, and the next byte is right.
func TestWindowSkips(t *testing.T) {
	sizes(t, func(t *testing.T) {
		const text = `{"a":[[1,"]}"],[2,{"b":"\"["}]],"n":-1,"s":"x","end":true}`
		w := New(strings.NewReader(text))
		require.NoError(t, w.Start())
		var names []string
		var counts []Counts
		require.NoError(t, w.Members(func(name string) error {
			names = append(names, strings.Clone(name))
			n, err := w.Skip()
			counts = append(counts, n)
			return err
		}))
		require.Equal(t, []string{"a", "n", "s", "end"}, names)
		require.Equal(t, Counts{Arrays: [5]int64{0, 1, 2}, Objects: [5]int64{3: 1}}, counts[0])

		at := int64(strings.Index(text, "[[1"))
		require.NoError(t, w.Goto(at))
		require.Equal(t, at, w.Offset())
		piece, err := w.Read(at, at+4)
		require.NoError(t, err)
		require.Equal(t, "[[1,", string(piece))
	})
}

// TestWindowGoto goes to places in memory and elsewhere: what is there is the same,
// and what is in memory is not read again.
func TestWindowGoto(t *testing.T) {
	const text = "abcdefghijklmnopqrstuvwxyz"
	src := &countingReader{ReadSeeker: strings.NewReader(text)}
	w := NewSize(src, 8)
	r := rand.New(rand.NewPCG(3, 3))
	for range 1000 {
		at := r.IntN(len(text) + 1)
		inside := !w.astray && w.base <= int64(at) && int64(at) < w.base+int64(w.end)
		before := src.reads
		if err := w.Goto(int64(at)); err != nil {
			t.Fatal(err)
		}
		c, err := w.Peek()
		if err != nil {
			t.Fatal(err)
		}
		if at < len(text) && c != text[at] || at == len(text) && c != 0 {
			t.Fatalf("at %d is %q", at, c)
		}
		if inside && src.reads > before {
			t.Fatalf("%d was in memory", at)
		}
		switch r.IntN(4) {
		case 0:
			if b, err := w.Read(2, 5); err != nil || string(b) != "cde" {
				t.Fatalf("%q, %v", b, err)
			}
		case 1:
			w.Advance(min(r.IntN(3), len(w.Rest())))
			if c, err = w.Peek(); err != nil || w.Offset() < int64(len(text)) && c != text[w.Offset()] {
				t.Fatalf("at %d is %q, %v", w.Offset(), c, err)
			}
		}
	}
}

type countingReader struct {
	io.ReadSeeker
	reads int
}

func (r *countingReader) Read(p []byte) (int, error) {
	r.reads++
	return r.ReadSeeker.Read(p)
}
