package parquetconv_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/parquet-go/parquet-go"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// dirOf is a folder of files.
func dirOf(files map[string][]byte) fstest.MapFS {
	dir := fstest.MapFS{}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: text}
	}
	return dir
}

// TestPartitionsComeBack: a folder is the dataset that it was, whatever dimensions make the
// parts. A part alone is a cube of its category, of the values that it has there.
func TestPartitionsComeBack(t *testing.T) {
	cubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
		dims := ds.Dimensions()
		if len(dims) < 1 || !ds.HasCells() || ds.Len() == 0 || ds.Len() > 2_000 || ds.Shape()[0] > 30 {
			return
		}
		last := dims[len(dims)-1]
		for _, o := range []*parquetconv.Options{
			{Type: parquetconv.UTF8},
			{Type: parquetconv.UTF8, Field: convert.Label, Content: convert.ID, Partition: []string{last.ID()}},
			{Type: parquetconv.UTF8, Field: convert.Both, Content: convert.Columns, Dates: true, Partition: []string{last.ID(), dims[0].ID()}},
			{Type: parquetconv.UTF8, Content: convert.Label, Partition: []string{}, SafeNames: true},
		} {
			if len(o.Partition) > 0 && last.Len() > 30 || len(o.Partition) == 2 && len(dims) == 1 {
				continue
			}
			tables, head, err := folderOf(t, ds, o)
			if err != nil { // two categories whose folders have one name, as far as this test knows
				return
			}
			for name := range tables {
				if !fs.ValidPath(name) {
					return
				}
			}
			files := dirOf(tables)
			files[parquetconv.HeadName] = &fstest.MapFile{Data: head}
			var warnings []string
			warn := func(text string) { warnings = append(warnings, text) }
			back, err := parquetconv.ReadPartitions(files, said(convert.TableOptions{Warn: warn}))
			if err != nil {
				t.Fatal(err)
			}
			if len(warnings) > 0 {
				t.Errorf("the warnings are %q", warnings)
			}
			same(t, ds, back)
			for name, table := range tables {
				alone := readBack(t, table, &parquetconv.ReadOptions{Path: "some/where/" + name, Beside: head})
				checkPart(t, name, ds, alone)
				break
			}
		}
	})
}

// checkPart: a part has the cells that the whole dataset has for its categories.
func checkPart(t *testing.T, name string, whole, part *jsonstat.Dataset) {
	t.Helper()
	at := make([]int, len(whole.Dimensions()))
	for pos := range part.Len() {
		for i, k := range part.Shape().Coords(pos, nil) {
			at[i] = whole.Dimensions()[i].Index(part.Dimensions()[i].CategoryID(k))
		}
		got, err := part.AtPosition(pos)
		if err != nil {
			t.Fatal(err)
		}
		there, err := whole.Shape().Position(at...)
		if err != nil {
			t.Fatal(err)
		}
		want, err := whole.AtPosition(there)
		if err != nil {
			t.Fatal(err)
		}
		if got.Missing() != want.Missing() || !got.Missing() && got.Text != want.Text && got.Float64() != want.Float64() {
			t.Fatalf("%s alone has %q in cell %d, want %q", name, got.Text, pos, want.Text)
		}
	}
}

// TestPartAlone: the head that lies above a part is narrowed to what the folders name.
// Without one the rows are a table as any, of ids.
func TestPartAlone(t *testing.T) {
	tables, head, err := folderOf(t, parsed(t, yearly), nil)
	if err != nil {
		t.Fatal(err)
	}
	table := tables["year_part=2024/part-0.parquet"]
	for _, at := range []string{"year_part=2024/part-0.parquet", "/data/x=1/other/year_part=2024/renamed.parquet", "edition=3/year_part=2024/part-0.parquet"} {
		got := document(t, readBack(t, table, &parquetconv.ReadOptions{Path: at, Beside: head}))
		if !strings.Contains(got, `"size":[1,2]`) || !strings.HasSuffix(got, `"value":[3.5,4],"status":{"1":"p"}}`) {
			t.Errorf("in %s it is %s", at, got)
		}
	}
	_, err = parquetconv.Read(bytes.NewReader(table), &parquetconv.ReadOptions{Path: "year_part=2023/x.parquet", Beside: head})
	if want := `row group 1, row 1: there is no category "2024" in dimension "year"`; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("in the folder of another the error is %v", err)
	}
	var warnings []string
	ds := readBack(t, table, said(convert.TableOptions{Warn: func(text string) { warnings = append(warnings, text) }}))
	if got := document(t, ds); !strings.Contains(got, `"id":["year","port"],"size":[1,2]`) || !strings.HasSuffix(got, `"value":[3.5,4],"status":{"1":"p"}}`) {
		t.Errorf("without the head it is %s", got)
	}
	if len(warnings) != 1 || !strings.HasPrefix(warnings[0], "_head.json, which has the head of the cube, is not beside the parts") {
		t.Errorf("the warnings are %q", warnings)
	}
}

// TestEditions: of several one has to be named, and one alone is the folder.
func TestEditions(t *testing.T) {
	ds := parsed(t, yearly)
	tables, head, err := folderOf(t, ds, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := fstest.MapFS{}
	add := func(edition string) {
		for name, table := range tables {
			dir[edition+"/"+name] = &fstest.MapFile{Data: table}
		}
		dir[edition+"/_head.json"] = &fstest.MapFile{Data: head}
	}
	add("edition=2026-10")
	back, err := parquetconv.ReadPartitions(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, ds, back)
	add("edition=2026-11")
	_, err = parquetconv.ReadPartitions(dir, nil)
	if want := "the folder holds 2 editions, each a cube of its own: read one of edition=2026-10, edition=2026-11"; err == nil || err.Error() != want {
		t.Errorf("the error is %v", err)
	}
}

// sale is a row of a table that never was a cube.
type sale struct {
	Shop   string   `parquet:"shop"`
	Amount *float64 `parquet:"amount,optional"`
}

func sales(t *testing.T, shops string) []byte {
	t.Helper()
	var list []sale
	for i, shop := range strings.Fields(shops) {
		amount := float64(i) + 0.5
		list = append(list, sale{shop, &amount})
	}
	return fileFrom(t, list...)
}

// TestFoldersOfOthers: folders that other programs wrote are read by the rules of all
// tables, with the names of folders in front of the other columns.
func TestFoldersOfOthers(t *testing.T) {
	type other struct {
		Amount *float64 `parquet:"amount,optional"`
		Shop   string   `parquet:"shop"`
	}
	amount := 7.5
	for _, tt := range []struct {
		name  string
		path  string
		files map[string][]byte
		want  string
	}{
		{"two levels, codes", "", map[string][]byte{
			"kommune=0301/aar=2023/part-0.snappy.parquet": sales(t, "a b"), "kommune=0301/aar=2024/part-0.snappy.parquet": sales(t, "a b"),
			"kommune=1103/aar=2023/part-0.snappy.parquet": sales(t, "b a"), "_SUCCESS": nil, "kommune=0301/aar=2023/.part-0.snappy.parquet.crc": []byte("x"), "_temporary/0/x.parquet": []byte("x"),
		}, "kommune: 0301 1103, aar: 2023 2024, shop: a b, 8 cells"},
		{"numbers in names go up", "", map[string][]byte{"month=10/data_0.parquet": sales(t, "a"), "month=9/data_0.parquet": sales(t, "a"), "month=1/data_10.parquet": sales(t, "c"), "month=1/data_9.parquet": sales(t, "b")},
			"month: 1 9 10, shop: b c a, 9 cells"},
		{"encoded names", "", map[string][]byte{"a%2Fb=Gamle%20Oslo%2C%20%C3%B8st/x.parq": sales(t, "a"), "a%2Fb=100%/x.parq": sales(t, "a")}, "a/b: 100% Gamle Oslo, øst, shop: a, 2 cells"},
		{"files without an ending", "", map[string][]byte{"year=2023/000000_0": sales(t, "a"), "year=2023/000001_0": sales(t, "b")}, "year: 2023, shop: a b, 2 cells"},
		{"no names at all", "", map[string][]byte{"x.parquet": sales(t, "a"), "y.parquet": sales(t, "b")}, "shop: a b, 2 cells"},
		{"columns in another order", "", map[string][]byte{"y=1/x.parquet": sales(t, "a"), "y=2/x.parquet": fileFrom(t, other{&amount, "a"})}, "y: 1 2, shop: a, 2 cells"},
		{"above the folder", "in/year=2023", map[string][]byte{"m=1/x.parquet": sales(t, "a"), "m=2/x.parquet": sales(t, "a")}, "year: 2023, m: 1 2, shop: a, 2 cells"},
		{"the column is in the files too", "", map[string][]byte{"shop=a/x.parquet": sales(t, "a"), "shop=b/x.parquet": sales(t, "b")}, "shop: a b, 2 cells"},
		{"nothing", "", map[string][]byte{"_SUCCESS": nil}, "error the folder holds no Parquet file"},
		{"another format", "", map[string][]byte{"y=1/a.parquet": sales(t, "a"), "y=2/b.parquet": []byte("shop,amount")}, "error y=2/b.parquet: the input does not begin with PAR1: not a Parquet file"},
		{"a column less", "", map[string][]byte{"y=1/a.parquet": sales(t, "a"), "y=2/b.parquet": fileFrom(t, struct {
			Shop string `parquet:"shop"`
		}{"a"})}, `error y=2/b.parquet: there is no column "amount", which y=1/a.parquet has`},
		{"a column more", "", map[string][]byte{"y=2/b.parquet": sales(t, "a"), "y=1/a.parquet": fileFrom(t, struct {
			Shop string `parquet:"shop"`
		}{"a"})}, `error y=2/b.parquet: there is a column "amount", which y=1/a.parquet does not have`},
		{"another type", "", map[string][]byte{"y=1/a.parquet": sales(t, "a"), "y=2/b.parquet": fileFrom(t, struct {
			Shop   string `parquet:"shop"`
			Amount string `parquet:"amount"`
		}{"a", "b"})}, `error y=2/b.parquet: column "amount" is of type STRING, and in y=1/a.parquet of type DOUBLE`},
		{"other folders", "", map[string][]byte{"x=1/a.parquet": sales(t, "a"), "y=2/b.parquet": sales(t, "a")}, `error y=2/b.parquet: its folders are the columns ["y"], and those of x=1/a.parquet ["x"]`},
		{"a row twice", "", map[string][]byte{"y=1/a.parquet": sales(t, "a b"), "y=1/b.parquet": sales(t, "c b")}, `error y=1/b.parquet, row group 1, row 2: the categories 1, b have a row already, in y=1/a.parquet, row group 1, row 2`},
		{"a null", "", map[string][]byte{"y=1/a.parquet": sales(t, "a b"), "y=__HIVE_DEFAULT_PARTITION__/b.parquet": sales(t, "c b")}, `error y=__HIVE_DEFAULT_PARTITION__/b.parquet, row group 1, row 1: `},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ds, err := parquetconv.ReadPartitions(dirOf(tt.files), &parquetconv.ReadOptions{Path: tt.path})
			got := ""
			if err != nil {
				got = "error " + err.Error()
			} else {
				got = shapeOf(ds)
			}
			if got != tt.want && !(strings.HasSuffix(tt.want, ": ") && strings.HasPrefix(got, tt.want)) {
				t.Errorf("it is %s\nwant  %s", got, tt.want)
			}
		})
	}
}

// shapeOf are the categories of a dataset.
func shapeOf(ds *jsonstat.Dataset) string {
	var parts []string
	for _, d := range ds.Dimensions() {
		var ids []string
		for c := range d.Categories() {
			ids = append(ids, c.ID)
		}
		parts = append(parts, d.ID()+": "+strings.Join(ids, " "))
	}
	return strings.Join(parts, ", ") + ", " + fmt.Sprint(ds.Len()) + " cells"
}

// yearRow is a row of a part whose ports an engine has in the names of its folders.
type yearRow struct {
	Year  string  `parquet:"year"`
	Value float64 `parquet:"value"`
}

// TestPartNames: folders that say ids, labels, or both, as a program makes them of a
// column, are categories of a head that the files carry.
func TestPartNames(t *testing.T) {
	ds := parsed(t, `{"version":"2.0","class":"dataset","id":["port","year"],"size":[3,1],"dimension":{"port":{"label":"Port","category":{"index":["N","","S"],"label":{"N":"North","":"At sea","S":"South"}}},"year":{"category":{"index":["2024"]}}},"value":[1,2,3]}`)
	for _, names := range [][3]string{{"port=N", "port=__HIVE_DEFAULT_PARTITION__", "port=S"}, {"Port=North", "Port=At sea", "Port=South"}, {"port=North", "port=At%20sea", "port=South"}, {"port=[N] North", "port=[] At sea", "port=[S] South"}} {
		files := map[string][]byte{}
		for i := range names {
			files[names[i]+"/x.parquet"] = carrying(t, ds, yearRow{"2024", float64(i) + 1})
		}
		back, err := parquetconv.ReadPartitions(dirOf(files), nil)
		if err != nil {
			t.Errorf("%q: %v", names, err)
			continue
		}
		same(t, ds, back)
	}
}

// carrying is a file of rows that carries the head of a dataset.
func carrying[T any](t *testing.T, ds *jsonstat.Dataset, list ...T) []byte {
	t.Helper()
	var head, buf bytes.Buffer
	if err := ds.WriteHead(&head); err != nil {
		t.Fatal(err)
	}
	w := parquet.NewGenericWriter[T](&buf, parquet.KeyValueMetadata("jsonstat.head", head.String()))
	if _, err := w.Write(list); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestOtherHeads: of parts with heads that differ the first one counts, with one warning.
func TestOtherHeads(t *testing.T) {
	type row struct {
		Port  string  `parquet:"port"`
		Value float64 `parquet:"value"`
	}
	files := map[string][]byte{}
	for year, label := range map[string]string{"2023": "Old", "2024": "New"} {
		files["year="+year+"/part-0.parquet"] = carrying(t, parsed(t, strings.Replace(yearly, `"id":`, `"label":"`+label+`","id":`, 1)), row{"N1", 1})
	}
	var doubts []string
	ds, err := parquetconv.ReadPartitions(dirOf(files), said(convert.TableOptions{Doubt: func(text string, options []string) { doubts = append(doubts, text+" "+strings.Join(options, " ")) }}))
	if err != nil || ds.Label() != "Old" || !slices.Equal(doubts, []string{"the parts carry different heads: that of year=2023/part-0.parquet counts Head"}) {
		t.Errorf("%v, %q", err, doubts)
	}
}

// TestPassedOver: what lies beside the parts is named.
func TestPassedOver(t *testing.T) {
	var warnings []string
	_, err := parquetconv.ReadPartitions(dirOf(map[string][]byte{"y=1/a.parquet": sales(t, "a"), "README.md": []byte("text")}), said(convert.TableOptions{Warn: func(text string) { warnings = append(warnings, text) }}))
	if err != nil || !slices.Equal(warnings, []string{"1 of the files are passed over, since others are called .parquet: README.md"}) {
		t.Errorf("%v, %q", err, warnings)
	}
}
