package parquetconv_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// said are options.
func said(o convert.TableOptions) *parquetconv.ReadOptions {
	return &parquetconv.ReadOptions{TableOptions: o}
}

// fileFrom makes a file of Go values.
func fileFrom[T any](t *testing.T, rows ...T) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := parquet.NewGenericWriter[T](&buf)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// Columns of many types as dimensions: what their categories are called.
func TestDimensionTypes(t *testing.T) {
	type row struct {
		Text  string           `parquet:"text,dict"`
		Enum  string           `parquet:"enum,enum"`
		Small int8             `parquet:"small"`
		Whole int64            `parquet:"whole"`
		Large uint64           `parquet:"large"`
		Short uint32           `parquet:"short"`
		Half  float32          `parquet:"half"`
		Flag  bool             `parquet:"flag"`
		Day   int32            `parquet:"day,date"`
		Milli int64            `parquet:"milli,timestamp(millisecond)"`
		Micro int64            `parquet:"micro,timestamp(microsecond)"`
		Nano  time.Time        `parquet:"nano,timestamp(nanosecond)"`
		Clock int64            `parquet:"clock,time(microsecond)"`
		Old   deprecated.Int96 `parquet:"old"`
		Money int64            `parquet:"money,decimal(2:18)"`
		Value *float64         `parquet:"value,optional"`
	}
	noon := time.Date(2024, 1, 31, 12, 30, 0, 0, time.UTC)
	v := 1.5
	file := fileFrom(t, row{
		"a", "b", -7, 2024, 1 << 63, 1 << 31, 0.5, true, 19753, noon.UnixMilli(), time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC).UnixMicro(), noon,
		45_000_000_000, deprecated.Int96{0, 0, 2440588 + 19753}, -5, &v,
	})
	ds := readBack(t, file, nil)
	for _, tt := range [][2]string{
		{"text", "a"}, {"enum", "b"}, {"small", "-7"}, {"whole", "2024"}, {"large", "9223372036854775808"}, {"short", "2147483648"}, {"half", "0.5"}, {"flag", "true"},
		{"day", "2024-01-31"}, {"milli", "2024-01-31T12:30Z"}, {"micro", "1969-12-31T23:59:59Z"}, {"nano", "2024-01-31T12:30Z"}, {"clock", "12:30:00"},
		{"old", "2024-01-31"}, {"money", "-0.05"},
	} {
		if got := ds.Dimension(tt[0]).CategoryID(0); got != tt[1] {
			t.Errorf("the category of %s is %q, want %q", tt[0], got, tt[1])
		}
	}
	if c, err := ds.AtPosition(0); err != nil || c.Text != "1.5" {
		t.Errorf("the value is %v, %v", c, err)
	}
}

// Columns of many types as values.
func TestValueTypes(t *testing.T) {
	type row struct {
		D     string  `parquet:"d"`
		Small int8    `parquet:"small"`
		Large uint64  `parquet:"large"`
		Half  float32 `parquet:"half"`
		Whole float64 `parquet:"wide"`
		Money int32   `parquet:"money,decimal(3:9)"`
		Text  string  `parquet:"text"`
		Flag  bool    `parquet:"flag"`
	}
	file := fileFrom(t, row{"a", -7, 1 << 63, 0.1, 1 << 60, -12345, "12", true})
	for name, want := range map[string]string{
		"small": "-7", "large": "9223372036854775808", "half": "0.1", "wide": "1152921504606846976", "money": "-12.345", "text": "12", "flag": "true",
	} {
		ds := readBack(t, file, said(convert.TableOptions{Values: []string{name}, Dimensions: []string{"d"}}))
		c, err := ds.AtPosition(0)
		if err != nil || c.Text != want || c.Kind == jsonstat.Text {
			t.Errorf("the value of %s is %v, want %s (%v)", name, c, want, err)
		}
	}
}

func TestColumnErrors(t *testing.T) {
	type row struct {
		D     string   `parquet:"d"`
		List  []string `parquet:"list"`
		Day   int32    `parquet:"day,date"`
		Value *float64 `parquet:"value,optional"`
	}
	v := 1.0
	file := fileFrom(t, row{"a", []string{"x"}, 1, &v}, row{"b", nil, 2, nil}, row{"a", nil, 1, &v})
	for want, o := range map[string]*parquetconv.ReadOptions{
		`a column holds neither values nor categories: list of type a group`:             nil,
		`row group 1, row 1: day: "1970-01-02" is no number, nor are 2 other cells`:      said(convert.TableOptions{Values: []string{"day"}, Dimensions: []string{"d"}}),
		`row group 1, row 3: the categories a have a row already, in row group 1, row 1`: said(convert.TableOptions{Values: []string{"value"}, Dimensions: []string{"d"}}),
		`there is no column "dd"; did you mean "d"?`:                                     said(convert.TableOptions{Dimensions: []string{"dd"}}),
	} {
		if _, err := parquetconv.Read(bytes.NewReader(file), o); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("the error is %v, want %s", err, want)
		}
	}
	for _, text := range []string{"", "PAR", "PAR1PAR1", "PAREPARE", "ARROW1", "{}"} {
		if _, err := parquetconv.Read(strings.NewReader(text), nil); !errors.Is(err, parquetconv.ErrFormat) {
			t.Errorf("%q: the error is %v", text, err)
		}
	}
}

// closer is a file in memory.
type closer struct {
	*bytes.Buffer
	closed *int
}

func (c closer) Close() error { *c.closed++; return nil }

// Partitions hold the rows of their category each, and are all closed.
func TestPartitions(t *testing.T) {
	ds := parsed(t, `{"version":"2.0","class":"dataset","id":["a b","y"],"size":[3,2],"dimension":{"a b":{"category":{"index":["p/q","å","="]}},"y":{"category":{"index":["1","2"]}}},"value":{"0":1,"4":5,"5":6}}`)
	for _, tt := range []struct {
		o    parquetconv.Options
		want map[string]string
	}{
		{parquetconv.Options{}, map[string]string{"a b_part=p%2Fq/part-0.parquet": `{"0":1}`, "a b_part=å/part-0.parquet": `{}`, "a b_part=%3D/part-0.parquet": `{"0":5,"1":6}`}},
		{parquetconv.Options{Keep: 1}, map[string]string{"a b_part=p%2Fq/part-0.parquet": `{"0":1}`, "a b_part=%3D/part-0.parquet": `{"0":5,"1":6}`}},
	} {
		files, closed := map[string]*bytes.Buffer{}, 0
		err := parquetconv.WritePartitions(func(name string) (io.WriteCloser, error) {
			files[name] = &bytes.Buffer{}
			return closer{files[name], &closed}, nil
		}, ds, &tt.o)
		if closed != len(files) {
			t.Fatalf("%d files, %d closed", len(files), closed)
		}
		delete(files, parquetconv.HeadName)
		if err != nil || len(files) != len(tt.want) {
			t.Fatalf("%d files, %d closed, %v", len(files), closed, err)
		}
		for name, want := range tt.want {
			if files[name] == nil {
				t.Fatalf("there is no %s among %v", name, files)
			}
			got := document(t, readBack(t, files[name].Bytes(), said(convert.TableOptions{Dimensions: []string{"y"}, Values: []string{"value"}})))
			if !strings.HasSuffix(got, `"value":`+want+"}") {
				t.Errorf("%s holds %s, want %s", name, got, want)
			}
		}
	}
	broken := errors.New("the disk is full")
	if err := parquetconv.WritePartitions(func(string) (io.WriteCloser, error) { return nil, broken }, ds, nil); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	one := parsed(t, `{"version":"2.0","class":"dataset","id":["y"],"size":[1],"dimension":{"y":{"category":{"index":["1"]}}},"value":[1]}`)
	if err := parquetconv.Write(io.Discard, one, &parquetconv.Options{Compression: "rar"}); err == nil || !strings.Contains(err.Error(), `no compression "rar"`) {
		t.Errorf("the error is %v", err)
	}
}
