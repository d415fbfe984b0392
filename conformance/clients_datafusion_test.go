package conformance_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// pythonDir holds the Python programs that read our tables, once they are installed:
// pip install --target clients/python -r clients/requirements.txt
const pythonDir = "python"

// fusion is the process that answers queries with DataFusion. One serves all tests.
var fusion struct {
	once sync.Once
	mu   sync.Mutex
	err  error
	in   io.WriteCloser
	out  *bufio.Reader
}

func startFusion() {
	if _, err := os.Stat(filepath.Join(clientsDir, pythonDir, "datafusion")); err != nil {
		fusion.err = errors.New("not queried with DataFusion: run pip install --target python -r requirements.txt in conformance/clients")
		return
	}
	cmd := exec.Command("python3", "datafusion_driver.py")
	cmd.Dir = clientsDir
	cmd.Env = append(os.Environ(), "PYTHONPATH="+pythonDir)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		fusion.err = err
		return
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		fusion.err = err
		return
	}
	fusion.in, fusion.out, fusion.err = in, bufio.NewReaderSize(out, 1<<20), cmd.Start() // it ends with its input
}

// fusionTable is what DataFusion sees: the types of the columns, and the rows that
// each query gives.
type fusionTable struct {
	Types map[string]string
	Rows  [][][]any
	Fault string
}

// askFusion runs queries over table t, a file or a folder of parts.
func askFusion(t *testing.T, path string, sql ...string) *fusionTable {
	t.Helper()
	fusion.once.Do(startFusion)
	if fusion.err != nil {
		missing(t, "%v", fusion.err)
	}
	line, err := json.Marshal(map[string]any{"path": path, "sql": sql})
	if err != nil {
		t.Fatal(err)
	}
	fusion.mu.Lock()
	defer fusion.mu.Unlock()
	if _, err := fusion.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	reply, err := fusion.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("DataFusion is gone: %v", err)
	}
	var table fusionTable
	dec := json.NewDecoder(strings.NewReader(string(reply)))
	dec.UseNumber()
	if err := dec.Decode(&table); err != nil {
		t.Fatalf("%v in %.200q", err, reply)
	}
	if table.Fault != "" {
		t.Fatalf("DataFusion: %s", table.Fault)
	}
	return &table
}

// name is a column in SQL.
func name(column string) string { return `"` + strings.ReplaceAll(column, `"`, `""`) + `"` }

// A filter is a condition on one column, and the rows that the document has for it.
type filter struct {
	where string
	want  []string
}

// shownRow is a row as a text to compare: value and status.
func shownRow(value, status any) string {
	if n, ok := value.(json.Number); ok {
		f, err := n.Float64()
		if err != nil {
			return err.Error()
		}
		value = f
	}
	if f, ok := value.(float64); ok {
		value = strconv.FormatFloat(f+0, 'g', -1, 64) // of minus zero, zero
	}
	return fmt.Sprint(value, " ", status)
}

// filters are conditions on every column of texts: some categories of every dimension
// and all statuses.
func filters(t *testing.T, ds *jsonstat.Dataset, columns []string, texts func(*jsonstat.Dimension) []string) []filter {
	t.Helper()
	cells := shownCells(t, ds)
	var list []filter
	pick := func(where string, keep func(w *wantCell) bool) {
		f := filter{where: where, want: []string{}}
		for i := range cells {
			if keep(&cells[i]) {
				f.want = append(f.want, shownRow(cells[i].value, cells[i].status))
			}
		}
		slices.Sort(f.want)
		list = append(list, f)
	}
	for i, d := range ds.Dimensions() {
		said := texts(d)
		step := max(1, len(said)/4)
		for k := 0; k < len(said); k += step {
			pick(name(columns[i])+" = "+quoted(said[k]), func(w *wantCell) bool { return w.coords[i] == k })
		}
	}
	statuses := map[any]bool{}
	for i := range cells {
		statuses[cells[i].status] = true
	}
	for s := range statuses {
		where := "status is null"
		if s != nil {
			where = "status = " + quoted(s.(string))
		}
		pick(where, func(w *wantCell) bool { return w.status == s })
	}
	return list
}

// checkFilters holds what DataFusion finds behind each filter against the document.
func checkFilters(t *testing.T, path string, list []filter) {
	t.Helper()
	var sql []string
	for _, f := range list {
		sql = append(sql, "select value, status from t where "+f.where)
	}
	table := askFusion(t, path, sql...)
	for i, f := range list {
		got := []string{}
		for _, row := range table.Rows[i] {
			got = append(got, shownRow(row[0], row[1]))
		}
		slices.Sort(got)
		if diff := cmp.Diff(f.want, got); diff != "" {
			t.Errorf("where %s (-want +got):\n%s", f.where, diff)
		}
	}
}

// askable tells whether a cube can be asked about with SQL that names its columns.
func askable(t *testing.T, ds *jsonstat.Dataset) []string {
	t.Helper()
	var columns []string
	for _, d := range ds.Dimensions() {
		if d.ID() == "value" || d.ID() == "status" {
			t.Skip("a dimension that is called as another column is renamed")
		}
		columns = append(columns, d.ID())
	}
	if !ds.HasCells() {
		t.Skip("there are no rows")
	}
	return columns
}

// What DataFusion finds behind filters on text columns, by labels and by ids, in a
// file and in a folder, is what the document says.
func TestDataFusionFilters(t *testing.T) {
	for tables, content := range map[string]convert.Show{"labels": convert.Default, "ids": convert.ID} {
		texts := labelsOf
		if content == convert.ID {
			texts = idsOf
		}
		t.Run(tables, func(t *testing.T) {
			clientCubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
				columns := askable(t, ds)
				list := filters(t, ds, columns, texts)
				o := parquetconv.Options{Content: content}
				t.Run("file", func(t *testing.T) { checkFilters(t, parquetFile(t, ds, o), list) })
				if content != convert.ID || len(columns) < 2 || ds.Len() == 0 {
					return // parts have ids
				}
				t.Run("folder", func(t *testing.T) { checkFilters(t, parquetFolder(t, ds, o), list) })
			})
		})
	}
}

// parquetFolder writes a cube in parts and gives the folder.
func parquetFolder(t *testing.T, ds *jsonstat.Dataset, o parquetconv.Options) string {
	t.Helper()
	dir := t.TempDir()
	err := parquetconv.WritePartitions(func(name string) (io.WriteCloser, error) {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
			return nil, err
		}
		return os.Create(filepath.Join(dir, name))
	}, ds, &o)
	var value *parquetconv.ValueError
	if errors.As(err, &value) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir + "/"
}

// Columns of dates: a filter on a day finds the rows that a look at all rows finds.
func TestDataFusionDates(t *testing.T) {
	dated := 0
	clientCubes(t, func(t *testing.T, ds *jsonstat.Dataset) {
		columns := askable(t, ds)
		o := parquetconv.Options{Dates: true, Content: convert.ID}
		places := []string{parquetFile(t, ds, o)}
		if len(columns) > 1 && ds.Len() > 0 {
			places = append(places, parquetFolder(t, ds, o))
		}
		for _, path := range places {
			for i, column := range columns {
				table := askFusion(t, path, "select "+name(column)+", count(*) from t group by 1 order by 1")
				if table.Types[column] != "date32[day]" {
					continue
				}
				dated++
				days := table.Rows[0]
				if len(days) != ds.Dimensions()[i].Len() {
					t.Errorf("%s has %d days for %d categories", column, len(days), ds.Dimensions()[i].Len())
				}
				for _, day := range days {
					got := askFusion(t, path, fmt.Sprintf("select count(*) from t where %s = date '%s'", name(column), day[0]))
					if fmt.Sprint(got.Rows[0][0][0]) != fmt.Sprint(day[1]) {
						t.Errorf("%s = %s: %v rows, want %v", column, day[0], got.Rows[0][0][0], day[1])
					}
				}
			}
		}
	})
	if dated == 0 {
		t.Skip("no column of dates was read")
	}
}

// A file of many pages and two row groups: every category is found in all of them.
func TestDataFusionManyPages(t *testing.T) {
	const places, ages, years = 60, 100, 100
	list := func(n int, format string) string {
		var ids []string
		for i := range n {
			ids = append(ids, strconv.Quote(fmt.Sprintf(format, (i*37)%n)))
		}
		return "[" + strings.Join(ids, ",") + "]"
	}
	text := fmt.Sprintf(`{"version":"2.0","class":"dataset","id":["place","age","year"],"size":[%d,%d,%d],
		"dimension":{"place":{"category":{"index":%s}},"age":{"category":{"index":%s}},"year":{"category":{"index":%s}}},"value":[%s]}`,
		places, ages, years, list(places, "%04d"), list(ages, "%d years of age, or a little less"), list(years, "19%02d"),
		strings.Repeat("1,", places*ages*years-1)+"1")
	doc, err := jsonstat.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	file := parquetFile(t, ds, parquetconv.Options{})
	for _, d := range ds.Dimensions() {
		var sql []string
		for _, id := range idsOf(d) {
			sql = append(sql, "select count(*) from t where "+name(d.ID())+" = "+quoted(id))
		}
		table := askFusion(t, file, sql...)
		want := fmt.Sprint(ds.Len() / int64(d.Len()))
		for i, rows := range table.Rows {
			if got := fmt.Sprint(rows[0][0]); got != want {
				t.Errorf("%s: %s rows, want %s", sql[i], got, want)
			}
		}
	}
}
