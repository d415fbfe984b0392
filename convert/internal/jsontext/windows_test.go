package jsontext

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// allSizes are windows of each small size, and one that holds all.
func allSizes(t *testing.T, f func(t *testing.T)) {
	defer func(n int) { Size = n }(Size)
	for _, Size = range []int{1, 2, 3, 4, 5, 7, 8, 16, 1000} {
		t.Run(fmt.Sprint("window of ", Size), f)
	}
}

// TestWindowSizes: the text is the same in a window of any size, whether it is read
// or passed over.
func TestWindowSizes(t *testing.T) {
	const text = " {\"a\\u0041\": [ -1.5e3 , \"x\\\"y\\\\\" , {} , [ ] , [[[[[{\"k\":{}}]]],[[{}],{}]]] ] , \"\" : {\"b\":null , \"c\":true} }  "
	want := []string{"/aA/0 -1.5e3", `/aA/1 "x\"y\\"`, "//b null", "//c true"}
	counts := []Counts{{Arrays: [5]int64{0, 1, 2, 1, 2}, Objects: [5]int64{2: 1}}, {Objects: [5]int64{1: 1}}}
	allSizes(t, func(t *testing.T) {
		w := New(strings.NewReader(text))
		require.NoError(t, w.Start())
		var got []string
		require.NoError(t, read(w, "", &got))
		require.Equal(t, want, got)
		require.Equal(t, int64(len(text)-2), w.Offset())

		require.NoError(t, w.Start())
		var skipped []Counts
		require.NoError(t, w.Members(func(string) error {
			n, err := w.Skip()
			skipped = append(skipped, n)
			return err
		}))
		require.Equal(t, counts, skipped)
		c, err := w.Peek()
		require.NoError(t, err)
		require.Zero(t, c)
	})
}

// TestWindowPieces holds the text that a window shows, and where it is behind it.
func TestWindowPieces(t *testing.T) {
	defer func(n int) { Size = n }(Size)
	Size = 4
	w := New(strings.NewReader("abcdefghij"))
	require.NoError(t, w.Start())
	require.Equal(t, "abcd", string(w.Rest()))
	w.Advance(3)
	require.Equal(t, int64(3), w.Offset())
	require.NoError(t, w.More())
	require.Equal(t, "defg", string(w.Rest()))
	require.NoError(t, w.More(), "what is not passed over stays, and there is more room")
	require.Equal(t, "defghij", string(w.Rest()))
	require.NoError(t, w.Goto(8))
	require.Equal(t, int64(8), w.Offset())
	if len(w.Rest()) == 0 { // the window began anew there, or showed the place already
		require.NoError(t, w.More())
	}
	require.Equal(t, "ij", string(w.Rest()))
	require.ErrorIs(t, w.More(), jsonstat.ErrSyntax)
	require.Equal(t, int64(10), w.Offset())
}

// TestWindowFaultsExactly holds where a fault is and what is said of it, for each
// size of the window.
func TestWindowFaultsExactly(t *testing.T) {
	const cut = "the document ends too early: it is cut off"
	skip := func(w *Window) error { _, err := w.Skip(); return err }
	str := func(w *Window) error { _, err := w.Str(); return err }
	all := func(w *Window) error { var into []string; return read(w, "", &into) }
	for _, tt := range []struct {
		name, text string
		f          func(w *Window) error
		at         int64
		says       string
	}{
		{"nothing to read", "", all, 0, cut},
		{"blanks to read", "  ", all, 2, cut},
		{"nothing to pass over", " ", skip, 1, cut},
		{"an array that is cut off", `[1,[2]`, skip, 6, cut},
		{"an object that is cut off", `{"a":{}`, skip, 7, cut},
		{"a string that is cut off", `"ab`, skip, 3, cut},
		{"a string in an array that is cut off", `["ab`, skip, 4, cut},
		{"an escape that is cut off", `["ab\`, skip, 5, cut},
		{"a name that is cut off", `{"a`, all, 3, cut},
		{"a colon that is cut off", `{"a"`, all, 4, cut},
		{"a comma that is cut off", `[1`, all, 2, cut},
		{"a word that is none", `[nope]`, skip, 6, ""},
		{"a word alone", `nope`, skip, 0, `"nope" is no JSON value`},
		{"a word of 40 letters", strings.Repeat("a", 40), all, 0, `"` + strings.Repeat("a", 40) + `" is no JSON value`},
		{"a word of 41 letters", strings.Repeat("a", 41), all, 0, `"` + strings.Repeat("a", 40) + `…" is no JSON value`},
		{"something else", `[}`, all, 1, "unexpected '}', expected a value"},
		{"a comma too many", `[1,]`, all, 3, "unexpected ']', expected a value"},
		{"a comma too many in an object", `{"a":1,}`, all, 7, "unexpected '}', expected a string"},
		{"a number for a string", `7`, str, 0, "unexpected '7', expected a string"},
		{"no string", ``, str, 0, cut},
		{"a bracket of the other kind", `[1}`, all, 2, "unexpected '}', expected a comma or ']'"},
		{"the other bracket of the other kind", `{"a":1]`, all, 6, "unexpected ']', expected a comma or '}'"},
		{"the last control character", "\"a\x1f\"", str, 0, "a string is not closed, or has a control character or a wrong escape"},
		{"minus infinity", `-INF`, all, 0, "NaN and Infinity are not JSON"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			allSizes(t, func(t *testing.T) {
				w := New(strings.NewReader(tt.text))
				require.NoError(t, w.Start())
				err := tt.f(w)
				if tt.says == "" {
					require.NoError(t, err)
					require.Equal(t, tt.at, w.Offset())
					return
				}
				var e *jsonstat.Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, tt.says, e.Msg)
				require.Equal(t, tt.at, e.Offset)
			})
		})
	}
}

// TestQuoted holds which strings are whole, and what they say.
func TestQuoted(t *testing.T) {
	for _, tt := range []struct {
		text, want string
		n          int
	}{
		{`"a"b`, "a", 3}, {`""`, "", 2}, {`"`, "", 0}, {`"a`, "", 0}, {`"a\"`, "", 0}, {`"a\\"`, `a\`, 5}, {`"\""`, `"`, 4}, {"\" \"", " ", 3}, {`"\u00e5"`, "å", 8},
	} {
		got, n := quoted([]byte(tt.text))
		require.Equal(t, tt.want, string(got), tt.text)
		require.Equal(t, tt.n, n, tt.text)
	}
	for _, text := range []string{"\"a\x1f", "\"\n\"", `"\x"`} {
		got, n := quoted([]byte(text))
		require.Nil(t, got, text)
		require.Positive(t, n, text)
	}
}

// broken fails behind some bytes.
type broken struct {
	*strings.Reader
	left int
}

var errBroken = errors.New("the line is broken")

func (b *broken) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errBroken
	}
	n, err := b.Reader.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

// TestWindowReadErrors: an error of the reader comes out of whatever is being read.
func TestWindowReadErrors(t *testing.T) {
	const text = `{"a": [1, "two", true], "b": {"c": "d"}}`
	defer func(n int) { Size = n }(Size)
	Size = 1
	for left := range len(text) {
		for name, f := range map[string]func(w *Window) error{
			"read": func(w *Window) error { var into []string; return read(w, "", &into) },
			"skip": func(w *Window) error { _, err := w.Skip(); return err },
			"members": func(w *Window) error {
				return w.Members(func(string) error { _, err := w.Skip(); return err })
			},
		} {
			w := New(&broken{strings.NewReader(text), left})
			err := w.Start()
			if err == nil {
				err = f(w)
			}
			require.ErrorIs(t, err, errBroken, "%s, behind %d bytes", name, left)
		}
	}
	w := New(strings.NewReader("abc"))
	_, err := w.Read(1, 5)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	w = New(struct{ io.ReadSeeker }{strings.NewReader("[1]")})
	w.src = struct {
		io.Reader
		io.Seeker
	}{iotest.ErrReader(errBroken), strings.NewReader("")}
	_, err = w.Read(0, 1)
	require.ErrorIs(t, err, errBroken)
}

// TestIsScalar holds which bytes are of numbers and words.
func TestIsScalar(t *testing.T) {
	const those = "+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	for c := range 256 {
		require.Equal(t, c < 0x80 && strings.IndexByte(those, byte(c)) >= 0, IsScalar[c], "%q", byte(c))
	}
}
