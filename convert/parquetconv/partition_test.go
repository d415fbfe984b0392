package parquetconv_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// rowsOf are the rows of a file as texts, below the names of the columns.
func rowsOf(t *testing.T, table []byte) string {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(table), int64(len(table)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range f.Schema().Columns() {
		names = append(names, c[0])
	}
	lines := []string{strings.Join(names, "|")}
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		buf := make([]parquet.Row, 10)
		for {
			n, err := rows.ReadRows(buf)
			for _, row := range buf[:n] {
				var cells []string
				for _, v := range row {
					cells = append(cells, v.String())
				}
				lines = append(lines, strings.Join(cells, "|"))
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return strings.Join(lines, "\n")
}

// yearly is a cube whose outermost dimension is a time.
const yearly = `{"version":"2.0","class":"dataset","id":["year","port"],"size":[2,2],"role":{"time":["year"]},"dimension":{"year":{"category":{"index":["2023","2024"]}},
"port":{"category":{"index":["N1","S2"],"label":{"N1":"North","S2":"South"}}}},"value":[1,null,3.5,4],"status":{"1":"x","3":"p"}}`

// TestPartitionRows holds the rows of each part with each kind of columns: all of them,
// ids always.
func TestPartitionRows(t *testing.T) {
	for _, tt := range []struct {
		name string
		o    parquetconv.Options
		want map[string]string
	}{
		{"ids", parquetconv.Options{}, map[string]string{
			"year_part=2023/": "year|port|status|value\n2023|N1|<null>|1\n2023|S2|x|<null>",
			"year_part=2024/": "year|port|status|value\n2024|N1|<null>|3.5\n2024|S2|p|4"}},
		{"ids and dates", parquetconv.Options{Dates: true, Content: convert.ID}, map[string]string{
			"year_part=2023/": "year|year_start|port|status|value\n2023|19358|N1|<null>|1\n2023|19358|S2|x|<null>",
			"year_part=2024/": "year|year_start|port|status|value\n2024|19723|N1|<null>|3.5\n2024|19723|S2|p|4"}},
		{"ids and labels", parquetconv.Options{Content: convert.Label, Keep: convert.NonMissing}, map[string]string{
			"year_part=2023/": "year|year_label|port|port_label|status|value\n2023|2023|N1|North|<null>|1",
			"year_part=2024/": "year|year_label|port|port_label|status|value\n2024|2024|N1|North|<null>|3.5\n2024|2024|S2|South|p|4"}},
		{"texts, the last dimension", parquetconv.Options{Type: parquetconv.UTF8, Partition: []string{"port"}}, map[string]string{
			"port_part=N1/": "year|port|status|value\n2023|N1|<null>|1\n2024|N1|<null>|3.5",
			"port_part=S2/": "year|port|status|value\n2023|S2|x|<null>\n2024|S2|p|4"}},
		{"both dimensions, the last one first", parquetconv.Options{Partition: []string{"port", "year"}, Keep: convert.NonMissing}, map[string]string{
			"port_part=N1/year_part=2023/": "year|port|status|value\n2023|N1|<null>|1",
			"port_part=N1/year_part=2024/": "year|port|status|value\n2024|N1|<null>|3.5",
			"port_part=S2/year_part=2024/": "year|port|status|value\n2024|S2|p|4"}},
		{"one part", parquetconv.Options{Partition: []string{}}, map[string]string{
			"": "year|port|status|value\n2023|N1|<null>|1\n2023|S2|x|<null>\n2024|N1|<null>|3.5\n2024|S2|p|4"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tables, err := parts(t, parsed(t, yearly), &tt.o)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for name, table := range tables {
				got[strings.TrimSuffix(name, "part-0.parquet")] = rowsOf(t, table)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("the parts differ (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPartitionRefused holds what cannot be parted.
func TestPartitionRefused(t *testing.T) {
	for _, tt := range []struct {
		name, doc string
		o         parquetconv.Options
		want      string
	}{
		{"no such dimension", yearly, parquetconv.Options{Partition: []string{"yaer"}}, `there is no dimension "yaer"`},
		{"twice", yearly, parquetconv.Options{Partition: []string{"year", "year"}}, `dimension "year" is to make parts twice`},
		{"a type that depends on the values", yearly, parquetconv.Options{Type: parquetconv.Auto}, "the type of values of a folder is not found out from them"},
		{"a text", strings.Replace(yearly, "3.5", `"few"`, 1), parquetconv.Options{}, `the value "few" of year=2024, port=N1 is no number`},
		{"no dimension", `{"version":"2.0","class":"dataset","id":[],"size":[],"dimension":{},"value":[1]}`, parquetconv.Options{}, "a dataset without dimensions has no parts"},
		{"one folder for two", `{"version":"2.0","class":"dataset","id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["","__HIVE_DEFAULT_PARTITION__"]}}},"value":[1,2]}`, parquetconv.Options{},
			`the categories "" and "__HIVE_DEFAULT_PARTITION__" of "a" would have one folder, a_part=__HIVE_DEFAULT_PARTITION__`},
		{"a long name", `{"version":"2.0","class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["` + strings.Repeat("x", 250) + `"]}}},"value":[1]}`, parquetconv.Options{},
			`the folder of category "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" of "a" would have a name of 257 bytes: 255 is the most`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tables, err := parts(t, parsed(t, tt.doc), &tt.o)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("the error is %v\nwant         %s", err, tt.want)
			}
			if tt.name != "a text" && len(tables) > 0 {
				t.Errorf("there are %d parts", len(tables))
			}
		})
	}
}

// TestFileRows holds the rows of a whole file with each kind of columns.
func TestFileRows(t *testing.T) {
	for _, tt := range []struct {
		name string
		o    *parquetconv.Options
		want string
	}{
		{"nil", nil, "year|port|status|value\n2023|North|<null>|1\n2023|South|x|<null>\n2024|North|<null>|3.5\n2024|South|p|4"},
		{"dates, in days since 1970", &parquetconv.Options{Dates: true}, "year|port|status|value\n19358|North|<null>|1\n19358|South|x|<null>\n19723|North|<null>|3.5\n19723|South|p|4"},
		{"labels as names", &parquetconv.Options{Field: convert.Both, Content: convert.Both, Keep: convert.NonMissing}, "[year] year|[port] port|status|value\n[2023] 2023|[N1] North|<null>|1\n[2024] 2024|[N1] North|<null>|3.5\n[2024] 2024|[S2] South|p|4"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			table, err := tryTable(parsed(t, yearly), tt.o)
			if err != nil {
				t.Fatal(err)
			}
			if got := rowsOf(t, table); got != tt.want {
				t.Errorf("it holds\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestPartitionNames holds the names of folders: what is encoded of a category, and
// of the name of its column.
func TestPartitionNames(t *testing.T) {
	for _, tt := range []struct{ id, category, want string }{
		{"a", "x", "a_part=x"}, {"a", "", "a_part=__HIVE_DEFAULT_PARTITION__"}, {"a", "\x1f\x20~\x7f\x80", "a_part=%1F%20~%7F\x80"}, {"a", `"#%'*/:=?\{[]^<>|&$+@,. `, "a_part=%22%23%25%27%2A%2F%3A%3D%3F%5C%7B%5B%5D%5E%3C%3E%7C%26%24%2B%40%2C%2E%20"},
		{"a", "åAz09-_~}()!;`", "a_part=åAz09-_~}()!;`"}, {`%/=\ a.b:`, "x", "%25%2F%3D%5C a.b:_part=x"}, {"\x01\x7f", "x", "%01%7F_part=x"},
	} {
		v := jsonstat.NewValues(1)
		v.SetFloat64(0, 1)
		ds, err := jsonstat.New(jsonstat.Head{Dimensions: []*jsonstat.Dimension{dimension(t, tt.id, tt.category), dimension(t, "b", "y")}}, v.Cells())
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		stop := errors.New("stop")
		err = parquetconv.WritePartitions(func(name string) (io.WriteCloser, error) {
			if names = append(names, name); name == parquetconv.HeadName {
				return &part{}, nil
			}
			return nil, stop
		}, ds, nil)
		if want := tt.want + "/part-0.parquet"; err != stop || !slices.Equal(names, []string{parquetconv.HeadName, want}) {
			t.Errorf("the name is %q, want %q, %v", names, want, err)
		}
	}
}

// failingPart fails to take or to close what is written.
type failingPart struct {
	write, close error
	closed       *int
}

func (p failingPart) Write(b []byte) (int, error) { return len(b), p.write }
func (p failingPart) Close() error                { *p.closed++; return p.close }

// TestPartitionsFail: an error of any part comes out, and every part that was made
// is closed once.
func TestPartitionsFail(t *testing.T) {
	full := errors.New("disk full")
	for _, tt := range []struct {
		name    string
		at      int // the file that fails, of the head and 2 parts
		failing failingPart
		create  error
		closed  int
	}{
		{"the head cannot be made", 0, failingPart{}, full, 0},
		{"the first cannot be made", 1, failingPart{}, full, 1},
		{"the last cannot be made", 2, failingPart{}, full, 2},
		{"the head takes nothing", 0, failingPart{write: full}, nil, 1},
		{"the first takes nothing", 1, failingPart{write: full}, nil, 2},
		{"the last takes nothing", 2, failingPart{write: full}, nil, 3},
		{"the head cannot be closed", 0, failingPart{close: full}, nil, 1},
		{"the first cannot be closed", 1, failingPart{close: full}, nil, 2},
		{"the last cannot be closed", 2, failingPart{close: full}, nil, 3},
		{"none", 3, failingPart{}, nil, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			made, closed := 0, 0
			err := parquetconv.WritePartitions(func(string) (io.WriteCloser, error) {
				part := failingPart{closed: &closed}
				if made++; made-1 == tt.at {
					if tt.create != nil {
						return nil, tt.create
					}
					part = tt.failing
					part.closed = &closed
				}
				return part, nil
			}, parsed(t, yearly), nil)
			if want := tt.name != "none"; want != errors.Is(err, full) || closed != tt.closed {
				t.Errorf("%d closed, want %d: %v", closed, tt.closed, err)
			}
		})
	}
}

// TestRowGroups: a row group ends behind 524,288 rows, or with the rows.
func TestRowGroups(t *testing.T) {
	for _, tt := range []struct {
		rows int
		want []int64
	}{{1 << 19, []int64{1 << 19}}, {1<<19 + 1024, []int64{1 << 19, 1024}}} {
		v := jsonstat.NewValues(tt.rows)
		v.SetFloat64(int64(tt.rows)-1, 5)
		ds, err := jsonstat.New(jsonstat.Head{Dimensions: []*jsonstat.Dimension{dimension(t, "a", numbered(tt.rows/1024)...), dimension(t, "b", numbered(1024)...)}}, v.Cells())
		if err != nil {
			t.Fatal(err)
		}
		table, err := tryTable(ds, &parquetconv.Options{Compression: parquetconv.None})
		if err != nil {
			t.Fatal(err)
		}
		f, err := parquet.OpenFile(bytes.NewReader(table), int64(len(table)))
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for _, g := range f.RowGroups() {
			got = append(got, g.NumRows())
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("the row groups have %v rows, want %v", got, tt.want)
		}
	}
}
