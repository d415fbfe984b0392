package cli

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// tiny is the smallest cube.
const tiny = `{"version":"2.0","class":"dataset","label":"Tiny","id":["d"],"size":[1],` +
	`"dimension":{"d":{"category":{"index":["a"],"label":{"a":"A"}}}},"value":[7]}`

// labels prints the label of the chosen dataset.
func labels(c *Context) error {
	ds, err := c.OpenDataset(jsonstat.NeedHead) // so that a pipe is looked at as a whole
	if err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, ds.Label())
	return err
}

func gzipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

func zstandard(text string) string {
	w, _ := zstd.NewWriter(nil)
	return string(w.EncodeAll([]byte(text), nil))
}

func TestOpenDataset(t *testing.T) {
	inFolder(t, map[string]string{"tiny.json": tiny, "tiny.json.gz": gzipped(tiny), "tiny.json.zst": zstandard(tiny)})
	before := runtime.NumGoroutine()
	for _, args := range []string{"tiny.json", "tiny.json.zst", "", "-", "-t", "--dataset 0 tiny.json", "tiny.json --dataset=Tiny"} {
		require.Equal(t, result{code: exitDone, out: "Tiny\n"}, runWith(sample(labels), tiny, words(args)...), args)
	}
	require.Equal(t, result{code: exitDone, out: "Tiny\n"}, runWith(sample(labels), zstandard(tiny)))
	require.Equal(t, result{code: exitDone, out: "Tiny\n"}, runWith(sample(labels), "", "tiny.json.gz"))
	until(func() bool { return runtime.NumGoroutine() <= before }) // one may take a moment to end
	require.LessOrEqual(t, runtime.NumGoroutine(), before)
}

// TestPackedInputErrors: what is wrong with compressed input is said in the same
// words for bytes as for documents, and an input that fails fails with its own
// error, also one that looks like an end.
func TestPackedInputErrors(t *testing.T) {
	text := strings.Repeat(tiny, 100)
	gz, zst := gzipped(text), zstandard(text)
	broken := errors.New("input/output error")
	for _, tt := range []struct {
		name  string
		stdin io.Reader
		want  string
	}{
		{"gzip cut", strings.NewReader(gz[:len(gz)-9]), "standard input: the gzip data is cut off"},
		{"gzip cut in its head", strings.NewReader(gz[:5]), "standard input: the gzip data is cut off"},
		{"no gzip", strings.NewReader("\x1f\x8bnonsense and more of it"), "standard input: bad gzip data: gzip: invalid header"},
		{"gzip with a wrong sum", strings.NewReader(gz[:len(gz)-8] + "12345678"), "standard input: bad gzip data: gzip: invalid checksum"},
		{"zstd cut", strings.NewReader(zst[:len(zst)-5]), "standard input: the zstd data is cut off"},
		{"gzip that fails", io.MultiReader(strings.NewReader(gz[:20]), iotest.ErrReader(broken)), "input/output error"},
		{"gzip that fails in its head", io.MultiReader(strings.NewReader(gz[:5]), iotest.ErrReader(broken)), "input/output error"},
		{"zstd that fails", io.MultiReader(strings.NewReader(zst[:20]), iotest.ErrReader(broken)), "input/output error"},
		{"gzip that fails like an end", io.MultiReader(strings.NewReader(gz[:20]), iotest.ErrReader(io.ErrUnexpectedEOF)), "unexpected EOF"},
		{"text that fails", io.MultiReader(strings.NewReader("ab"), iotest.ErrReader(broken)), "input/output error"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var errout safeBuffer
			code := Run(sample(copyInput), Env{Stdin: tt.stdin, Stdout: io.Discard, Stderr: &errout})
			require.Equal(t, exitFailed, code)
			require.Equal(t, "sample: "+tt.want+"\n", errout.String())
		})
	}
}

func TestOpenDatasetErrors(t *testing.T) {
	nan := strings.Replace(tiny, "7", "NaN", 1)
	latin := strings.Replace(tiny, "Tiny", "Bl\xe5", 1)
	tests := []struct {
		name  string
		stdin string
		args  string
		code  int
		want  string // a pattern
	}{
		{"empty", "", "", exitFailed, `^sample: standard input: .*empty.*\n$`},
		{"not JSON", "{", "", exitFailed, `^sample: standard input: .*\n$`},
		{"unknown dataset", tiny, "--dataset Tyni", exitCall, `^sample: standard input: there is no dataset "Tyni".*\nhint: datasets are: .*\n$`},
		{"NaN", nan, "", exitFailed, `^sample: standard input: .*NaN.*\nhint: --nan=null reads NaN and Infinity as missing values\n$`},
		{"NaN read as missing", nan, "--nan=null", exitDone, `^$`},
		{"NaN as something else", nan, "--nan=zero", exitCall, `^sample: --nan is null, not "zero"\n$`},
		{"encoding", latin, "", exitFailed, `^sample: standard input: .*UTF-8.*\nhint: if the text is in another encoding, name it: --input-encoding=iso-8859-1\n$`},
		{"encoding named", latin, "--input-encoding latin1", exitDone, `^$`},
		{"encoding unknown", tiny, "--input-encoding klingon", exitCall, `^sample: unknown encoding "klingon".*\n$`},
		{"encoding by its old name", latin, "--encoding latin1", exitCall, `^sample: --encoding is now --input-encoding\n$`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := runWith(sample(labels), tt.stdin, words(tt.args)...)
			require.Equal(t, tt.code, got.code, got.errout)
			require.Regexp(t, tt.want, got.errout)
		})
	}
}

// TestEncodingErrorIsNotToldByItsText: an input that fails is not the fault of the
// call, whatever words its error begins with.
func TestEncodingErrorIsNotToldByItsText(t *testing.T) {
	var errout safeBuffer
	code := Run(sample(labels), Env{Stdin: iotest.ErrReader(errors.New("unknown encoding of the tape")), Stdout: io.Discard, Stderr: &errout})
	require.Equal(t, exitFailed, code)
	require.Equal(t, "sample: unknown encoding of the tape\n", errout.String())
}

func TestDocumentErrorNamesTheFile(t *testing.T) {
	inFolder(t, map[string]string{"bad.json": "{"})
	got := runWith(sample(labels), "", "bad.json", "out.csv")
	require.Equal(t, exitFailed, got.code)
	require.Regexp(t, `^sample: bad\.json: .*\n$`, got.errout)
	require.Equal(t, []string{"bad.json"}, listed(t))
}

func TestStandardInputOnce(t *testing.T) {
	got := runWith(sample(func(c *Context) error {
		if _, err := c.OpenDocument(0); err != nil {
			return err
		}
		_, err := c.OpenDocument(0)
		return err
	}), tiny)
	require.Equal(t, result{exitFailed, "", "sample: standard input was read already\n"}, got)
}

func TestInput(t *testing.T) {
	inFolder(t, map[string]string{"in": "text", "in.gz": gzipped("text"), "in.zst": zstandard("text")})
	for _, name := range []string{"in", "in.gz", "in.zst"} {
		require.Equal(t, result{code: exitDone, out: "text"}, runWith(sample(copyInput), "", name), name)
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, result{code: exitDone, out: "text"}, runWith(sample(copyInput), string(b)), name)
	}
	require.Equal(t, result{code: exitDone}, runWith(sample(copyInput), ""), "nothing is nothing")
	require.Equal(t, result{code: exitDone, out: "(\xb5"}, runWith(sample(copyInput), "(\xb5"), "half a magic number")
}

func TestInputErrors(t *testing.T) {
	got := runWith(sample(copyInput), gzipped("text")[:15], "-", "-")
	require.Equal(t, result{exitFailed, "", "sample: standard input: the gzip data is cut off\n"}, got)

	var errout safeBuffer
	code := Run(sample(copyInput), Env{Stdin: iotest.ErrReader(errors.New("the line is dead")), Stdout: &safeBuffer{}, Stderr: &errout})
	require.Equal(t, exitFailed, code)
	require.Equal(t, "sample: the line is dead\n", errout.String())
}

func TestDatasetOfSeveral(t *testing.T) {
	second := strings.NewReplacer("Tiny", "Second", `"a"`, `"b"`).Replace(tiny)
	collection := `{"version":"2.0","class":"collection","link":{"item":[` + tiny + `,` + second + `]}}`
	inFolder(t, map[string]string{"two.json": collection})

	got := runWith(sample(labels), "", "two.json")
	require.Equal(t, exitDone, got.code)
	require.Equal(t, "Tiny\n", got.out)
	require.Regexp(t, `^sample: warning: the document holds 2 datasets, the first one is taken; .*Tiny, Second\n$`, got.errout)
	require.Equal(t, result{code: exitDone, out: "Tiny\n"}, runWith(sample(labels), "", "two.json", "--quiet"))
	require.Equal(t, result{code: exitDone, out: "Second\n"}, runWith(sample(labels), "", "two.json", "--dataset=Second"))
	require.Equal(t, result{code: exitDone, out: "Second\n"}, runWith(sample(labels), collection, "--dataset=1"))
}

// TestInputAtOffsets: a file can be read at places too, from which its reader goes on where
// it was. The progress counts that, and each byte once.
func TestInputAtOffsets(t *testing.T) {
	text := strings.Repeat("x", 500) + strings.Repeat("y", 500)
	inFolder(t, map[string]string{"in": text})
	var errout safeBuffer
	cmd := sample(func(c *Context) error {
		r, err := c.Input()
		if err != nil {
			return err
		}
		at, ok := r.(io.ReaderAt)
		require.True(t, ok)
		p := make([]byte, 10)
		n, err := at.ReadAt(p, 495)
		require.Equal(t, "xxxxxyyyyy", string(p[:n]))
		require.NoError(t, err)
		n, err = at.ReadAt(p, 995)
		require.Equal(t, "yyyyy", string(p[:n]))
		require.Equal(t, io.EOF, err)
		p = make([]byte, 700)
		for range 3 {
			if _, err := at.ReadAt(p, 100); err != nil {
				return err
			}
		}
		until(func() bool { return strings.Contains(errout.String(), "\rin 100% [") })
		all, err := io.ReadAll(r)
		require.Equal(t, text, string(all))
		return err
	})
	code := Run(cmd, Env{
		Args: []string{"in", "out"}, Stdin: strings.NewReader(""), Stdout: &safeBuffer{}, Stderr: &errout,
		Terminal: func(any) bool { return true }, progressDelay: 10 * time.Millisecond, progressWidth: 70,
	})
	require.Equal(t, exitDone, code, errout.String())
	require.Contains(t, errout.String(), "\rin 100% [")
}
