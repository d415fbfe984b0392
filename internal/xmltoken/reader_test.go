package xmltoken

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// tokens reads a document as text: for each tag the text in front of it, its name and its
// attributes.
func tokens(r io.Reader) (string, error) {
	x := NewReader(r)
	var out strings.Builder
	for {
		err := x.Next()
		if err == io.EOF {
			return out.String(), nil
		}
		if err != nil {
			return out.String(), err
		}
		text, err := AppendText(nil, x.Text())
		if err != nil {
			return out.String(), err
		}
		name, empty := x.Name()
		fmt.Fprintf(&out, "%s<%s", text, name)
		x.Attributes(func(name, value []byte) { fmt.Fprintf(&out, " %s=%s", name, value) })
		if empty {
			out.WriteString(" /")
		}
		out.WriteByte('>')
	}
}

// documents are XML as programs write it, and as none should.
var documents = []struct{ name, text, want, err string }{
	{"elements", `<a><b>x</b><c/></a>`, `<a><b>x</b><c /></a>`, ""},
	{"attributes", `<a b="1" c='2'	x:d = "3"/>`, `<a b=1 c=2 d=3 />`, ""},
	{"attributes as they are written", `<a b="&lt;'>" c='"'/>`, `<a b=&lt;'> c=" />`, ""},
	{"attributes without a value", `<a b c=1 d="2">`, `<a>`, ""},
	{"an attribute that does not end", `<a b="1" c='2>`, ``, "inside of a tag"},
	{"prefixes", `<x:a r:id="1"><x:b/></x:a>`, `<a id=1><b /></a>`, ""},
	{"white space", "<?xml version=\"1.0\"?>\n<a\n b='1' >\n </a >", "\n<a b=1>\n </a>", ""},
	{"a byte order mark", "\ufeff<a>x</a>", "\ufeff<a>x</a>", ""},
	{"comments", `<a>x<!-- <b> > -- >-->y</a>`, `<a>xy</a>`, ""},
	{"short comments", `<a>x<!----><!--> <b> --><!---><c>---><!-- -- -->y</a>`, `<a>xy</a>`, ""},
	{"instructions", `<?xml version="1.0"?><a>x<?b c>d?>y<??>z<?> <b> ?></a>`, `<a>xyz</a>`, ""},
	{"quotes in instructions and comments", `<?note it's ?><a><?note 5" ?>x<!-- it's 5" -->y</a>`, `<a>xy</a>`, ""},
	{"CDATA", `<a>x<![CDATA[<&amp;>]] >]]>y</a>`, `<a>x<&amp;>]] >y</a>`, ""},
	{"entities", `<a>&lt;&#65;&#x42;&amp;lt;</a>`, `<a><AB&lt;</a>`, ""},
	{"tags that do not match", `<a></b>`, `<a></b>`, ""},
	{"a tag without a name", `<></>`, `<>< />`, ""},
	{"no tags", "a > b", "", ""},
	{"nothing", "", "", ""},

	{"cut off in a tag", `<a><b c="`, "", "it ends inside of a tag"},
	{"cut off in a comment", `<a><!-- b ->`, "", "it ends inside of a tag"},
	{"a short comment at the end", `<a/><!---->`, `<a />`, ""},
	{"cut off in a short comment", `<a><!-->`, "", "it ends inside of a tag"},
	{"cut off in a short comment of a document", `<a><!--></a>`, "", "it ends inside of a tag"},
	{"cut off in an instruction", `<a><?b c><d/></a>`, "", "it ends inside of a tag"},
	{"cut off in a short instruction", `<a><?>`, "", "it ends inside of a tag"},
	{"cut off in a mark", `<a><!`, "", "it ends inside of a tag"},
	{"a document type", `<!DOCTYPE x [<!ENTITY a "b">]><a/>`, "", "it declares a document type"},
	{"an unknown entity", `<a>&b;</a>`, "", `"&b;" is not a known entity`},
	{"not UTF-8", "<a>\xff</a>", "", "a text is not UTF-8"},
}

// TestTokens reads documents whole and byte by byte: borders of the window do not matter.
func TestTokens(t *testing.T) {
	for _, tt := range documents {
		t.Run(tt.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{"whole": strings.NewReader(tt.text), "bytes": iotest.OneByteReader(strings.NewReader(tt.text)), "with EOF": iotest.DataErrReader(strings.NewReader(tt.text))} {
				got, err := tokens(r)
				if tt.err != "" {
					require.ErrorContains(t, err, tt.err, name)
					require.ErrorAs(t, err, new(*Error), name)
					continue
				}
				require.NoError(t, err, name)
				require.Equal(t, tt.want, got, name)
			}
		})
	}
}

// TestLong reads what is longer than the window.
func TestLong(t *testing.T) {
	text := strings.Repeat("0123456789", 100_000)
	got, err := tokens(strings.NewReader(`<a>` + text + `</a>`))
	require.NoError(t, err)
	require.Equal(t, `<a>`+text+`</a>`, got)
	_, err = tokens(strings.NewReader(`<a>` + strings.Repeat("x", maxToken+1)))
	require.ErrorContains(t, err, "longer than 16 MB")
	_, err = tokens(iotest.ErrReader(io.ErrClosedPipe))
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

// TestReadErrors: an error of reading comes out as it is wherever it is met, also one that
// looks like an end, as flate has it for data that are cut off; and a reader that gives
// nothing is given up.
func TestReadErrors(t *testing.T) {
	const text = `<a>x<b c="d"/><!-- e --></a>`
	for at := range len(text) + 1 {
		for _, cause := range []error{io.ErrUnexpectedEOF, io.ErrClosedPipe} {
			_, err := tokens(io.MultiReader(strings.NewReader(text[:at]), iotest.ErrReader(cause)))
			require.Equal(t, cause, err, "at %d", at)
			_, err = tokens(iotest.DataErrReader(io.MultiReader(strings.NewReader(text[:at]), iotest.ErrReader(cause))))
			require.Equal(t, cause, err, "with data, at %d", at)
			require.Equal(t, cause, Elements(io.MultiReader(strings.NewReader(text[:min(at, len(text)-1)]), iotest.ErrReader(cause)), func([]byte, *Reader) error { return nil }))
		}
		_, err := tokens(io.MultiReader(strings.NewReader(text[:at]), nothing{}))
		require.Equal(t, io.ErrNoProgress, err, "at %d", at)
	}
	got, err := tokens(&seldom{r: strings.NewReader(text)})
	require.NoError(t, err)
	require.Equal(t, `<a>x<b c=d /></a>`, got)
}

// nothing gives nothing, and no error.
type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, nil }

// seldom gives a byte once in a while.
type seldom struct {
	r io.Reader
	n int
}

func (s *seldom) Read(p []byte) (int, error) {
	if s.n++; s.n%maxEmpty > 0 {
		return 0, nil
	}
	return s.r.Read(p[:1])
}

// TestAllocations: a document of any length costs the same.
func TestAllocations(t *testing.T) {
	read := func(n int) float64 {
		text := strings.Repeat(`<x:a b="1">text<c/>&amp;<!-- d --></x:a>`, n)
		var dst []byte
		return testing.AllocsPerRun(5, func() {
			x, sum := NewReader(strings.NewReader(text)), 0
			for x.Next() == nil {
				name, _ := x.Name()
				x.Attributes(func(name, value []byte) { sum += len(name) + len(value) })
				dst, _ = AppendText(dst[:0], x.Text())
				sum += len(name)
			}
		})
	}
	require.Equal(t, read(10), read(100_000))
}

// FuzzTokens reads anything: the same whole and byte by byte.
func FuzzTokens(f *testing.F) {
	for _, tt := range documents {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		whole, err := tokens(strings.NewReader(text))
		bytes, berr := tokens(iotest.OneByteReader(strings.NewReader(text)))
		require.Equal(t, whole, bytes)
		require.Equal(t, fmt.Sprint(err), fmt.Sprint(berr))
		_, _ = paths(text)
	})
}

func BenchmarkReader(b *testing.B) {
	text := strings.Repeat(`<row r="17"><c r="A17" s="2" t="s"><v>14</v></c><c r="B17"><v>136.5</v></c></row>`, 20_000)
	b.SetBytes(int64(len(text)))
	var dst []byte
	for b.Loop() {
		x, sum := NewReader(strings.NewReader(text)), 0
		for x.Next() == nil {
			name, _ := x.Name()
			x.Attributes(func(name, value []byte) { sum += len(value) })
			dst, _ = AppendText(dst[:0], x.Text())
			sum += len(name)
		}
	}
}
