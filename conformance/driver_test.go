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
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// referenceDir holds the driver and, once "npm ci" ran there, the published
// packages that the reference commands are built on.
const referenceDir = "reference"

// referenceTimeout bounds one request; the libraries can loop without end.
const referenceTimeout = 2 * time.Minute

// A reference is the JavaScript reference, running. Its methods are for one
// goroutine at a time.
type reference struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr *tail
	id     int
}

// A referenceError says how a command of the reference ended other than by
// writing its output.
type referenceError struct {
	Message string // the line on standard error, or the exception
	Crash   bool   // a stack trace rather than a message of its own
}

func (e *referenceError) Error() string { return e.Message }

// startReference starts the driver for the rest of the test. Where there is no
// node, or no "npm ci" was run, the test is skipped, or failed if the
// environment says that it must run.
func startReference(t testing.TB) *reference {
	t.Helper()
	missing := t.Skip
	if os.Getenv("CI") == "true" || os.Getenv("JSONSTAT_REQUIRE_NODE") != "" {
		missing = t.Fatal
	}
	if _, err := exec.LookPath("node"); err != nil {
		missing("not compared with the JavaScript reference: no node on the PATH")
	}
	if _, err := os.Stat(filepath.Join(referenceDir, "node_modules", ".package-lock.json")); err != nil {
		missing("not compared with the JavaScript reference: run npm ci in conformance/reference")
	}
	// Looking at the driver makes go test run again when it has changed.
	if _, err := os.Stat(filepath.Join(referenceDir, "driver.cjs")); err != nil {
		t.Fatal(err)
	}
	r := new(reference)
	r.start(t)
	t.Cleanup(r.close)

	// What is installed must be what package.json pins.
	pinned, err := os.ReadFile(filepath.Join(referenceDir, "package.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want struct{ Dependencies map[string]string }
	if err := json.Unmarshal(pinned, &want); err != nil {
		t.Fatal(err)
	}
	out, rerr := r.run(t, "versions", nil, nil)
	if rerr != nil {
		t.Fatal(rerr)
	}
	var got map[string]string
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	for name, version := range want.Dependencies {
		if got[name] != version {
			t.Fatalf("conformance/reference has %s %s, package.json wants %s: run npm ci there", name, got[name], version)
		}
	}
	return r
}

// run gives the document to a command of the reference. The options are those
// of the library call behind the command, see reference/driver.cjs.
func (r *reference) run(t testing.TB, tool string, text []byte, options map[string]any) (string, *referenceError) {
	t.Helper()
	if r.cmd == nil {
		r.start(t)
	}
	r.id++
	request := struct {
		ID      int            `json:"id"`
		Tool    string         `json:"tool"`
		Text    string         `json:"text"`
		Base64  []byte         `json:"base64,omitempty"`
		Options map[string]any `json:"options,omitempty"`
	}{ID: r.id, Tool: tool, Options: options}
	if utf8.Valid(text) {
		request.Text = string(text)
	} else {
		request.Base64 = text // encoding/json would repair it differently
	}
	line, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}

	// A driver that dies took the command down with it; the next request gets
	// a new one.
	driver := r.cmd.Process
	watchdog := time.AfterFunc(referenceTimeout, func() { _ = driver.Kill() })
	_, werr := r.in.Write(append(line, '\n'))
	reply, err := r.out.ReadBytes('\n')
	inTime := watchdog.Stop()
	if err = errors.Join(werr, err); err != nil {
		r.close()
		switch {
		case !inTime:
			return "", &referenceError{fmt.Sprintf("no answer in %v", referenceTimeout), true}
		case r.stderr.String() != "":
			return "", &referenceError{r.stderr.String(), true}
		}
		return "", &referenceError{err.Error(), true}
	}

	var answer struct {
		ID                  int
		Out                 string
		Error, Crash, Fault *string
	}
	if err := json.Unmarshal(reply, &answer); err != nil {
		t.Fatalf("reply of the reference driver: %v in %.200q", err, reply)
	}
	switch {
	case answer.Fault != nil:
		t.Fatalf("reference driver: %s", *answer.Fault)
	case answer.ID != r.id:
		t.Fatalf("reference driver answered request %d, not %d", answer.ID, r.id)
	case answer.Error != nil:
		return "", &referenceError{*answer.Error, false}
	case answer.Crash != nil:
		return "", &referenceError{*answer.Crash, true}
	}
	return answer.Out, nil
}

func (r *reference) start(t testing.TB) {
	t.Helper()
	cmd := exec.Command("node", "driver.cjs")
	cmd.Dir = referenceDir
	r.stderr = new(tail)
	cmd.Stderr = r.stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r.cmd, r.in, r.out = cmd, in, bufio.NewReaderSize(out, 64<<10)
}

// close ends the driver, which stops at the end of its input.
func (r *reference) close() {
	if r.cmd == nil {
		return
	}
	_ = r.in.Close()
	driver := r.cmd.Process
	kill := time.AfterFunc(5*time.Second, func() { _ = driver.Kill() })
	_ = r.cmd.Wait()
	kill.Stop()
	r.cmd = nil
}

// A tail keeps the last bytes written to it.
type tail struct {
	mu sync.Mutex
	b  []byte
}

func (w *tail) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.b = append(w.b, p...)
	w.b = w.b[max(0, len(w.b)-4096):]
	return len(p), nil
}

func (w *tail) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.TrimSpace(string(w.b))
}

// harvest is an invented cube with a missing value, a status and two units.
const harvest = `{"version":"2.0","class":"dataset","label":"Boat harvest","source":"Invented Office","updated":"2025-01-31T08:00:00Z",
"id":["port","what"],"size":[2,2],"role":{"geo":["port"],"metric":["what"]},
"dimension":{"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North quay","S2":"South quay"}}},
"what":{"label":"Catch","category":{"index":["kg","pc"],"label":{"kg":"Weight","pc":"Share"},
"unit":{"kg":{"decimals":0,"label":"kilograms"},"pc":{"decimals":1,"label":"percent","symbol":"%","position":"end"}}}}},
"value":[120,12.5,null,7.25],"status":{"2":"x"}}`

// harvestCSV is harvest as the reference writes it with --status.
const harvestCSV = `Port,Catch,Status,Value
North quay,Weight,,120
North quay,Share,,12.5
South quay,Weight,x,n/a
South quay,Share,,7.25
`

// TestDriver holds the driver to what the commands are known to print.
func TestDriver(t *testing.T) {
	r := startReference(t)

	type options = map[string]any
	for _, tt := range []struct {
		name, tool, in string
		options        options
		want           string
	}{
		{"csv", "jsonstat2csv", harvest, options{"status": true}, harvestCSV},
		{"csv_ids", "jsonstat2csv", harvest, options{"status": true, "field": "id", "content": "id"},
			"port,what,status,value\nN1,kg,,120\nN1,pc,,12.5\nS2,kg,x,n/a\nS2,pc,,7.25\n"},
		{"csv_by", "jsonstat2csv", harvest, options{"by": "what"},
			"Port,Weight,Share\nNorth quay,120,12.5\nSouth quay,n/a,7.25"},
		{"csv_big", "jsonstat2csv", harvest, options{"status": true, "array": true}, harvestCSV},
		{"csv_rich", "jsonstat2csv", harvest, options{"rich": true}, `jsonstat,.,|
label,Boat harvest
source,Invented Office
updated,2025-01-31T08:00:00Z
dimension,port,Port,2,N1,North quay,S2,South quay,geo
dimension,what,Catch,2,kg,Weight,pc,Share,metric,0|kilograms,1|percent|%|end
data
port,what,status,value
N1,kg,,120
N1,pc,,12.5
S2,kg,x,n/a
S2,pc,,7.25
`},
		{"fromcsv", "csv2jsonstat", harvestCSV, nil,
			`{"version":"2.0","class":"dataset","value":[120,12.5,null,7.25],"dimension":{"Port":{"label":"Port","category":{"index":["North quay","South quay"]}},"Catch":{"label":"Catch","category":{"index":["Weight","Share"]}}},"id":["Port","Catch"],"size":[2,2],"status":[null,null,"x",null]}`},
		{"arrobj", "jsonstat2arrobj", harvest, options{"content": "label", "field": "id"},
			`[{"value":120,"what":"Weight","port":"North quay"},{"value":12.5,"what":"Share","port":"North quay"},{"value":null,"what":"Weight","port":"South quay"},{"value":7.25,"what":"Share","port":"South quay"}]`},
		{"arrobj_by", "jsonstat2arrobj", harvest, options{"by": "what", "prefix": "X_", "drop": []string{}},
			`[{"port":"North quay","X_kg":120,"X_pc":12.5},{"port":"South quay","X_kg":null,"X_pc":7.25}]`},
		{"objarr", "jsonstat2objarr", harvest, options{"status": true},
			`{"value":[120,12.5,null,7.25],"status":[null,null,"x",null],"what":["Weight","Share","Weight","Share"],"port":["North quay","North quay","South quay","South quay"]}`},
		{"array", "jsonstat2array", harvest, options{"status": true},
			`[["Port","Catch","Status","Value"],["North quay","Weight",null,120],["North quay","Share",null,12.5],["South quay","Weight","x",null],["South quay","Share",null,7.25]]`},
		{"object", "jsonstat2object", `{"version":"2.0","class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]}}},"value":[1]}`, nil,
			`{"cols":[{"id":"a","label":"a","type":"string"},{"id":"value","label":"Value","type":"number"}],"rows":[{"c":[{"v":"x"},{"v":1}]}]}`},
		{"dice", "jsonstatdice", harvest, options{"filter": "what=kg", "ovalue": true, "ostatus": true},
			strings.NewReplacer("\n", "", `"size":[2,2]`, `"size":[2,1]`, `["N1","S2"]`, `{"N1":0,"S2":1}`, `["kg","pc"]`, `{"kg":0}`,
				`"value":[120,12.5,null,7.25],"status":{"2":"x"}`, `"value":{"0":120},"status":{"1":"x"}`).Replace(harvest)},
		{"slice", "jsonstatslice", harvest, options{"filter": "what=kg"},
			strings.NewReplacer("\n", "", `"size":[2,2]`, `"size":[2,1]`, `["N1","S2"]`, `{"N1":0,"S2":1}`, `["kg","pc"]`, `{"kg":0}`,
				`"value":[120,12.5,null,7.25],"status":{"2":"x"}`, `"value":[120,null],"status":[null,"x"]`).Replace(harvest)},
		{"modify", "jsonstat2jsonstat", harvest, options{"modify": true, "ovalue": true, "ostatus": true},
			strings.NewReplacer("\n", "", `["N1","S2"]`, `{"N1":0,"S2":1}`, `["kg","pc"]`, `{"kg":0,"pc":1}`,
				`"value":[120,12.5,null,7.25],"status":{"2":"x"}`, `"status":{"2":"x"},"value":{"0":120,"1":12.5,"3":7.25}`).Replace(harvest)},
		{"upgrade", "jsonstat2jsonstat", `{"d":{"value":[1],"dimension":{"a":{"category":{"label":{"x":"X"}}},"id":["a"],"size":[1],"role":{"time":["a"]}}}}`, nil,
			`{"value":[1],"dimension":{"a":{"category":{"label":{"x":"X"},"index":{"x":0}}}},"version":"2.0","class":"dataset","id":["a"],"size":[1],"role":{"time":["a"]}}`},
		{"sdmx", "sdmx2jsonstat", `{"header":{"prepared":"2025-01-31T08:00:00Z","sender":{"name":"Invented Office"}},"structure":{"name":"Boats","dimensions":{"observation":[{"id":"PORT","name":"Port","values":[{"id":"N1","name":"North quay"}]}]},"attributes":{"observation":[]}},"dataSets":[{"observations":{"0":[12.5]}}]}`, nil,
			`{"version":"2.0","class":"dataset","updated":"2025-01-31T08:00:00Z","source":"Invented Office","label":"Boats","id":["PORT"],"size":[1],"dimension":{"PORT":{"label":"Port","category":{"index":["N1"],"label":{"N1":"North quay"}}}},"value":[12.5]}`},
		{"illformed_utf8", "jsonstat2csv", strings.Replace(harvest, "North", "N\xe6\xf8", 1), options{"status": true},
			strings.ReplaceAll(harvestCSV, "North", "N��")},
		{"line_separators", "jsonstat2csv", strings.Replace(harvest, "North", "N\u2028", 1), options{"status": true},
			strings.ReplaceAll(harvestCSV, "North", "N\u2028")},
		{"again", "jsonstat2csv", harvest, options{"status": true}, harvestCSV},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := r.run(t, tt.tool, []byte(tt.in), tt.options)
			if err != nil {
				t.Fatalf("got error %v", err)
			}
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestDriverErrors has the ways in which a command ends without output.
func TestDriverErrors(t *testing.T) {
	r := startReference(t)
	const (
		noJSON = "Error: The input does not containt JSON."
		noStat = "Error: The input does not containt JSON-stat."
		noCube = "Error: The input does not containt valid JSON-stat."
	)
	for _, tt := range []struct {
		name, tool, in string
		options        map[string]any
		want           string
		crash          bool
	}{
		{"empty", "jsonstat2csv", "", nil, noJSON, false},
		{"html", "jsonstat2csv", "<html>", nil, noJSON, false},
		{"bom", "jsonstat2csv", "\ufeff" + harvest, nil, noJSON, false},
		{"null", "jsonstat2csv", "null", nil, noStat, false},
		{"number", "jsonstat2csv", "1", nil, noStat, false},
		{"address", "jsonstat2csv", `"https://example.org/"`, nil, noStat, false},
		{"error", "jsonstat2csv", `{"error":[{"status":"400"}]}`, nil, noStat, false},
		{"dimension", "jsonstat2csv", `{"version":"2.0","class":"dimension","category":{"index":["a"]}}`, nil, noStat, false},
		{"short", "jsonstat2csv", strings.Replace(harvest, "120,", "", 1), nil, noCube, false},
		{"no_values", "jsonstat2array", strings.Replace(harvest, "[120,12.5,null,7.25]", "[]", 1), nil, noCube, false},
		{"no_values_csv", "jsonstat2csv", strings.Replace(harvest, "[120,12.5,null,7.25]", "[]", 1), nil,
			"TypeError: Cannot read properties of null (reading '0')", true},
		{"only_links", "jsonstat2csv", `{"version":"2.0","class":"collection","link":{"item":[{"class":"dataset","href":"a.json"}]}}`, nil,
			"TypeError: Cannot read properties of null (reading 'length')", true},
		{"empty_csv", "csv2jsonstat", "", nil, "Error: endless loop", true},
		{"one_column", "csv2jsonstat", "a\n1\n", nil, "Error: Check your CSV and the options you supplied.", false},
		{"filter", "jsonstatdice", harvest, map[string]any{"filter": "what"},
			"Error: The filter has not been specified correctly (missing =).", false},
		{"sdmx", "sdmx2jsonstat", "{}", nil,
			"Error: Check your SDMX-JSON. Only flat SDMX-JSON with a single dataset is supported.", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, err := r.run(t, tt.tool, []byte(tt.in), tt.options)
			switch {
			case err == nil:
				t.Errorf("got %q, want error %q", out, tt.want)
			case err.Message != tt.want || err.Crash != tt.crash:
				t.Errorf("got %q (crash %v), want %q (crash %v)", err.Message, err.Crash, tt.want, tt.crash)
			}
		})
	}

	// A driver that dies is one crash, not the end of the suite.
	_ = r.cmd.Process.Kill()
	if out, err := r.run(t, "jsonstat2csv", []byte(harvest), nil); err == nil || !err.Crash {
		t.Errorf("dead driver: got %q, %v, want a crash", out, err)
	}
	if out, err := r.run(t, "jsonstat2csv", []byte(harvest), map[string]any{"status": true}); err != nil || out != harvestCSV {
		t.Errorf("after a dead driver: got %q, %v", out, err)
	}
}
