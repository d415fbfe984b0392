package cli

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// archived is a zip archive with these members, each a name and a text.
func archived(t *testing.T, method uint16, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		m, err := w.CreateHeader(&zip.FileHeader{Name: members[i], Method: method})
		require.NoError(t, err)
		_, err = io.WriteString(m, members[i+1])
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.String()
}

// theLast are formats that read the last member of an archive.
type theLast struct{}

func (theLast) Missing(*Call, string) error { return nil }
func (theLast) Output(*Call, string) error  { return nil }
func (theLast) Input(_ *Call, first []byte, _ error) error {
	if bytes.HasPrefix(first, []byte("OTHER")) {
		return InputError(errors.New("this is the other one"))
	}
	return nil
}
func (theLast) Member(_ *Call, names []string) (int, error) {
	if len(names) == 0 {
		return 0, InputError(errors.New("it is empty"))
	}
	return len(names) - 1, nil
}

// TestMember reads a member of an archive, from a file and from a pipe.
func TestMember(t *testing.T) {
	long := strings.Repeat("a line of text\n", 50_000)
	one := archived(t, zip.Deflate, "a.txt", "no", "b.txt", long)
	password := []byte(archived(t, zip.Deflate, "a.txt", "text"))
	for _, sign := range []string{"PK\x03\x04", "PK\x01\x02"} { // the flags stand behind a version or two
		at := bytes.Index(password, []byte(sign)) + map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8}[sign]
		password[at] |= 1
	}
	method := func(n uint16) string {
		text := []byte(archived(t, zip.Store, "a.txt", "text"))
		binary.LittleEndian.PutUint16(text[bytes.Index(text, []byte("PK\x01\x02"))+10:], n)
		return string(text)
	}
	many := make([]string, 0, 60_000)
	for i := range 30_000 {
		many = append(many, fmt.Sprintf("folder/member-%d", i), "")
	}
	for _, tt := range []struct{ name, text, want, errs string }{
		{"one of two", one, long, ""},
		{"stored", archived(t, zip.Store, "a.txt", long), long, ""},
		{"compressed in itself", archived(t, zip.Store, "a.txt.gz", gzipped(long)), long, ""},
		{"an archive that is compressed", gzipped(one), long, ""},
		{"an empty member", archived(t, zip.Deflate, "a.txt", ""), "", ""},
		{"no archive", long, long, ""},
		{"no member", archived(t, zip.Deflate), "", "it is empty"},
		{"another format", archived(t, zip.Deflate, "a.bin", "OTHER thing"), "", "a.bin: this is the other one"},
		{"an archive in an archive", archived(t, zip.Store, "a.zip", one), "", "a.zip: this is a zip archive in a zip archive: unpack it first"},
		{"a password", string(password), "", "a.txt: it has a password in the zip archive: unpack it first"},
		{"Deflate64", method(9), "", "a.txt: it is compressed with Deflate64 in the zip archive, which is not read: unpack it first"},
		{"an unknown method", method(77), "", "a.txt: it is compressed with method 77 in the zip archive, which is not read: unpack it first"},
		{"cut off", one[:len(one)-30], "", "the zip archive is damaged or cut off: zip: not a valid zip file"},
		{"its first part alone", one[:60], "", "the zip archive is damaged or cut off: zip: not a valid zip file"},
		{"a member that is damaged", strings.Replace(archived(t, zip.Store, "a.txt", "a text"), "a text", "a next", 1), "", "a.txt: bad zip data: zip: checksum error"},
		{"too many members", archived(t, zip.Store, many...), "", "the zip archive has too many members to look at them all"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			temp := t.TempDir()
			t.Setenv("TMPDIR", temp)
			inFolder(t, map[string]string{"in": tt.text})
			cmd := sample(copyInput)
			cmd.Formats = theLast{}
			for name, got := range map[string]result{"in": runWith(cmd, "", "in"), "standard input": runWith(cmd, tt.text)} {
				if tt.errs == "" {
					require.Equal(t, result{code: exitDone, out: tt.want}, got)
				} else {
					require.Equal(t, result{code: exitFailed, errout: "sample: " + name + ": " + tt.errs + "\n"}, result{code: got.code, errout: got.errout})
				}
			}
			left, err := filepath.Glob(filepath.Join(temp, "*"))
			require.NoError(t, err)
			require.Empty(t, left)
		})
	}
}
