package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func zipped(t *testing.T, method uint16, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// How a workbook is packed does not count, what is in it does.
func TestZip(t *testing.T) {
	one, _ := readable(zipped(t, zip.Deflate, "a.xml", "<a/>", "b.bin", "\xff"))
	other, _ := readable(zipped(t, zip.Store, "b.bin", "\xff", "a.xml", "<a/>"))
	if one != other || one != "-- part a.xml\n<a/>\n-- part b.bin\n\"\\xff\"\n" {
		t.Errorf("the workbooks are\n%s\n%s", one, other)
	}
	for name, z := range map[string][]byte{"another part": zipped(t, zip.Deflate, "a.xml", "<a/>", "c.bin", "\xff"), "another text": zipped(t, zip.Deflate, "a.xml", "<b/>", "b.bin", "\xff")} {
		if text, _ := readable(z); text == one {
			t.Errorf("%s does not show", name)
		}
	}
}

func testdata(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Who made a Parquet file does not count, every other byte does.
func TestParquet(t *testing.T) {
	for _, name := range []string{"oslo.parquet", "sales.parquet"} {
		content := testdata(t, name)
		text, places, err := parquetText(content)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"footer.schema[0].name = ", "footer.row_groups[0].columns[0].meta.path_in_schema[0] = ", "group[0].column[0].page[0].bytes = ", ".meta.statistics."} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not show in %s:\n%s", want, name, text)
			}
		}
		if strings.Contains(text, "data_page_offset") || !strings.Contains(places, "data_page_offset") {
			t.Errorf("%s: places show in the wrong text", name)
		}
		creator := bytes.LastIndex(content, []byte("jsonstat-go version"))
		if creator < 0 {
			creator = bytes.LastIndex(content, []byte("DuckDB"))
		}
		if creator < 0 {
			t.Fatalf("%s does not say who made it", name)
		}
		unseen := 0
		for i := range content {
			b := bytes.Clone(content)
			b[i] ^= 0x20
			changed, changedPlaces := readable(b)
			if changed != text || changedPlaces != places {
				continue
			}
			if unseen++; i < creator || i > creator+200 {
				t.Errorf("%s: a change of byte %d of %d does not show", name, i, len(content))
			}
		}
		if unseen < 5 {
			t.Errorf("%s: %d bytes do not show: created_by should not", name, unseen)
		}
	}
}

func TestArrow(t *testing.T) {
	for _, name := range []string{"oslo.arrow", "sales.arrow"} {
		content := testdata(t, name)
		text, err := arrowText(content)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"footer.schema.field[0].dictionary = ", "message[1].dictionary = ", ".node[0] = ", ".buffer[1] = ", "footer.schema.field[0] = ", "footer.batches = 1"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not show in %s:\n%s", want, name, text)
			}
		}
		if _, rest := readable(content); rest != string(content) {
			t.Errorf("%s: not all bytes count", name)
		}
	}
	if text, _ := arrowText(testdata(t, "oslo.arrow")); !strings.Contains(text, "message[0].schema.field[0] = ") || !strings.Contains(text, `.metadata["jsonstat.`) {
		t.Errorf("the keys of oslo.arrow do not show:\n%s", text)
	}
}

// What cannot be taken apart is compared as it is, and nothing panics.
func TestReadableDamaged(t *testing.T) {
	for _, name := range []string{"oslo.arrow", "oslo.parquet", "catch.xlsx"} {
		content := testdata(t, name)
		for i := 0; i < len(content); i += 1 + len(content)/400 {
			readable(content[:i])
			b := bytes.Clone(content)
			b[i] ^= 0xff
			readable(b)
		}
	}
	a, _ := readable([]byte("PAR1 and no more"))
	b, _ := readable([]byte("PAR1 and no less"))
	if a == b || !strings.HasPrefix(a, "not readable: ") {
		t.Errorf("texts are %q and %q", a, b)
	}
}

func TestClean(t *testing.T) {
	s := scrubber{folder: "/tmp/x", servers: []string{"127.0.0.1:4711"}}
	for text, want := range map[string]string{
		"open /tmp/x/here/a: no":                                "open FOLDER/here/a: no",
		"GET http://127.0.0.1:4711/a":                           "GET http://SERVER/a",
		"write .jsonstat2csv-0123abcd.tmp: full":                "write .jsonstat2csv-########.tmp: full",
		"read tcp 127.0.0.1:50000->127.0.0.1:4711: reset":       "read tcp 127.0.0.1:#->SERVER: reset",
		"panic: x\n\ngoroutine 1 [running]:\nmain.main()\n0xc0": "panic: x\n\ngoroutine ...\n",
		"warning: a": "warning: a",
	} {
		if got := s.clean(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestChanged(t *testing.T) {
	before := map[string][]byte{"in": []byte("1"), "over": []byte("1"), "gone": []byte("1")}
	after := map[string][]byte{"in": []byte("1"), "over": []byte("2"), "new/": nil, "new/part": []byte("3")}
	var got []string
	for _, f := range changed(before, after) {
		text := f.name + "=" + string(f.text)
		if f.gone {
			text = f.name + " is gone"
		}
		got = append(got, text)
	}
	if want := "new/= new/part=3 over=2 gone is gone"; strings.Join(got, " ") != want {
		t.Errorf("the changes are %q, want %q", strings.Join(got, " "), want)
	}
}
