package conformance_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/convert/parquetconv"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// What pandas, polars and pyarrow write of a small table by default comes in right, with
// no option and no warning. The tables are those of clients/frames_driver.py: two ports,
// two of something else, a value missing at the second of the first port.
func TestFrames(t *testing.T) {
	for _, module := range []string{"pandas", "polars", "pyarrow"} {
		if _, err := os.Stat(filepath.Join(clientsDir, pythonDir, module)); err != nil {
			missing(t, "not written by %s: run pip install --target python -r requirements.txt in conformance/clients", module)
		}
	}
	folder := t.TempDir()
	cmd := exec.Command("python3", "frames_driver.py", folder)
	cmd.Dir = clientsDir
	cmd.Env = append(os.Environ(), "PYTHONPATH="+pythonDir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const (
		years   = "port N S; year 2023 2024: 1.5 - 3 4.25"
		days    = "port N S; day 2024-01-01 2024-01-15: 1.5 - 3 4.25"
		timed   = "port N S; time day 2024-01-01 2024-01-15: 1.5 - 3 4.25"
		fewer   = "port N S; year 2023 2024: 1.5 - - 4.25"
		ordered = "port S N; year 2023 2024: 3 4.25 1.5 -"
		marked  = "port N S; year 2023 2024: 1.5 -m 3 4.25"
	)
	tests := map[string]string{
		"pandas-index.csv": years, "pandas-plain.csv": years, "pandas-keyed.csv": years, "pandas-series.csv": years, "pandas-filtered.csv": fewer,
		"pandas-index.parquet": years, "pandas-plain.parquet": years, "pandas-keyed.parquet": years, "pandas-filtered.parquet": fewer, "pandas.arrow": years,
		"pandas-records.json": years, "pandas-lines.json": years,
		"pandas-categories.parquet": ordered,
		"pandas-periods.csv":        "port N S; month 2024-01 2024-02: 1.5 - 3 4.25",
		"pandas-periods.parquet":    "port N S; time month 2024M01 2024M02: 1.5 - 3 4.25",
		"pandas-days.csv":           days, "pandas-days.parquet": timed,
		"pandas-hours.parquet": "port N S; time hour 2024-01-01T06:00Z 2024-01-15T06:00Z: 1.5 - 3 4.25",
		"pandas-bool.csv":      "port N S; open True False: 1.5 - 3 4.25",
		"pandas-bool.parquet":  "port N S; open true false: 1.5 - 3 4.25",
		"pandas-status.csv":    marked, "pandas-status.parquet": marked, "pandas-status-nan.csv": marked,
		"pandas-wide.csv": "several columns hold figures: 2023, 2024",

		"polars.csv": years, "polars.parquet": years, "polars.arrow": years, "polars.json": years, "polars-lines.json": years,
		"polars-index.csv": years, "polars-index.parquet": years,
		"polars-categories.parquet": years, "polars-enum.arrow": ordered,
		"polars-decimals.parquet": years, "polars-nan.parquet": years, "polars-nan.csv": years,
		"polars-days.csv": days, "polars-days.parquet": timed,
		"polars-hours.csv":   "port N S; hour 2024-01-01T06:00:00.000000 2024-01-15T06:00:00.000000: 1.5 - 3 4.25",
		"polars-hours.arrow": "port N S; time hour 2024-01-01T06:00 2024-01-15T06:00: 1.5 - 3 4.25",
		"pyarrow.parquet":    timed, "pyarrow.arrow": timed,
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != len(tests) {
		t.Errorf("there are %d tables, want %d (%v)", len(files), len(tests), err)
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			f, err := os.Open(filepath.Join(folder, name))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			o := convert.TableOptions{Warn: func(message string) { t.Errorf("it warns: %s", message) }}
			var ds *jsonstat.Dataset
			switch filepath.Ext(name) {
			case ".csv":
				ds, err = convert.ReadCSV(f, &convert.ReadCSVOptions{TableOptions: o})
			case ".json":
				ds, err = convert.ReadJSON(f, &o)
			case ".parquet":
				ds, err = parquetconv.Read(f, &parquetconv.ReadOptions{TableOptions: o})
			case ".arrow":
				ds, err = arrowconv.Read(f, &arrowconv.ReadOptions{TableOptions: o})
			}
			got := ""
			if err != nil {
				got = err.Error()
			} else {
				got = shortCube(t, ds)
			}
			if got != want {
				t.Errorf("it is\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// shortCube is a small cube in a line: dimensions with roles and categories, then values,
// "-" for one that is missing, with their statuses.
func shortCube(t *testing.T, ds *jsonstat.Dataset) string {
	t.Helper()
	var parts []string
	for _, d := range ds.Dimensions() {
		name := d.ID()
		if role := d.Role(); role != jsonstat.Classification {
			name = string(role) + " " + name
		}
		parts = append(parts, name+" "+strings.Join(idsOf(d), " "))
	}
	var values []string
	for c, err := range ds.Observations() {
		switch {
		case err != nil:
			t.Fatal(err)
		case c.Missing():
			values = append(values, "-"+c.Status())
		default:
			values = append(values, fmt.Sprint(c.Float64())+c.Status())
		}
	}
	return strings.Join(parts, "; ") + ": " + strings.Join(values, " ")
}

// DuckDB's own tables come in likewise.
func TestDuckDBTables(t *testing.T) {
	folder := t.TempDir()
	const table = `(VALUES ('N', DATE '2024-01-01', 1.5), ('N', DATE '2024-01-15', NULL), ('S', DATE '2024-01-01', 3), ('S', DATE '2024-01-15', 4.25)) AS t(port, day, catch)`
	csv, parquet := filepath.Join(folder, "duckdb.csv"), filepath.Join(folder, "duckdb.parquet")
	query(t, "COPY (SELECT * FROM "+table+") TO '"+csv+"'", "COPY (SELECT * FROM "+table+") TO '"+parquet+"'", "SELECT 1 AS one")
	f, err := os.Open(csv)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ds, err := convert.ReadCSV(f, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shortCube(t, ds), "port N S; day 2024-01-01 2024-01-15: 1.5 - 3 4.25"; got != want {
		t.Errorf("CSV is %s, want %s", got, want)
	}
	if got, want := shortCube(t, readParquet(t, parquet, nil)), "port N S; time day 2024-01-01 2024-01-15: 1.5 - 3 4.25"; got != want {
		t.Errorf("Parquet is %s, want %s", got, want)
	}
}
