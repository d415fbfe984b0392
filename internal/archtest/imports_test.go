// Package archtest holds the rules of who may import whom, and which file may use which.
package archtest

import (
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/jsonstat-go/toolkit"

// pkg is what "go list" tells of a package.
type pkg struct {
	ImportPath string
	Name       string
	Standard   bool
	Imports    []string
	Deps       []string
	GoFiles    []string
	Dir        string
	Export     string // with -export: the file of what it exports
}

// list runs go list for the patterns, with flags in front of them.
func list(t *testing.T, patterns ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Name,Standard,Imports,Deps,GoFiles,Dir,Export"}, patterns...)...)
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); err == io.EOF {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}

// local is the path of a package inside the module; ok is false for others.
func local(path string) (string, bool) {
	rest, ok := strings.CutPrefix(path, module+"/")
	return rest, ok
}

// standard tells whether an import path is of the standard library: its first
// element has no dot.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// leaves have one noun each, once in the module. They import the standard library
// alone.
var leaves = []string{"internal/charset", "internal/near", "internal/number", "internal/period", "internal/pxext", "internal/spool"}

// text is what reads texts: leaves, the window and the grammar of JSON.
var text = append([]string{"internal/window", "internal/jsontoken"}, leaves...)

// rooms are the packages of the module by the longest prefix that matches, and
// what each may import of the module and of others. "..." in an entry stands for
// everything below.
var rooms = []struct {
	room  string
	local []string // of the module
	third []string // modules
}{
	{"jsonstat", text, nil},
	{"dice", append([]string{"jsonstat"}, text...), nil},
	{"convert", append([]string{"internal/about", "jsonstat", "convert/internal/..."}, text...), nil},
	{"convert/internal", append([]string{"jsonstat", "convert/internal/..."}, text...), nil},
	{"convert/internal/columnar", append([]string{"jsonstat", "convert", "convert/internal/..."}, text...), nil}, // above convert, of which it has the errors
	{"convert/internal/columnar/columnartest", []string{"internal/shapes", "jsonstat", "convert"}, []string{"github.com/google/go-cmp"}},
	{"convert/internal/folders", append([]string{"jsonstat", "convert", "convert/internal/..."}, text...), nil},
	{"convert/internal/arrowschema", []string{"convert/internal/..."}, []string{"github.com/apache/arrow/go/v17"}},
	{"convert/internal/textform", nil, []string{"golang.org/x/text"}},
	{"convert/arrowconv", append([]string{"jsonstat", "convert", "convert/internal/..."}, text...), []string{"github.com/apache/arrow/go/v17"}},
	{"convert/parquetconv", append([]string{"jsonstat", "convert", "convert/arrowconv", "convert/internal/..."}, text...), []string{"github.com/apache/arrow/go/v17", "github.com/klauspost/compress/zstd", "github.com/parquet-go/parquet-go", "github.com/pierrec/lz4/v4"}},
	{"convert/xlsxconv", append([]string{"internal/about", "internal/xmltoken", "jsonstat", "convert", "convert/internal/..."}, text...), []string{"github.com/xuri/excelize/v2"}},
	{"convert/pxconv", []string{"internal/charset", "internal/jsontoken", "internal/number", "internal/period", "internal/pxext", "internal/spool", "internal/window", "jsonstat", "convert/internal/layout"}, []string{"golang.org/x/text"}},
	{"convert/sdmxconv", append([]string{"jsonstat", "convert", "convert/internal/..."}, text...), nil},
	{"pxweb", append([]string{"jsonstat", "dice", "pxweb/internal/transport", "internal/about", "internal/leftover"}, text...), nil},
	{"pxweb/ssb", []string{"pxweb", "pxweb/internal/transport"}, nil},
	{"pxweb/internal/transport", append([]string{"jsonstat"}, text...), []string{"github.com/gofrs/flock"}},
	{"internal/cli", []string{"dice", "internal/leftover", "internal/screen", "internal/spool", "jsonstat"}, []string{"github.com/urfave/cli/v2", "github.com/klauspost/compress", "github.com/cheggaaa/pb/v3", "github.com/mattn/go-isatty", "golang.org/x/sys/unix"}},
	{"internal/about", []string{"internal/pxext", "jsonstat"}, nil},
	{"internal/charset", nil, nil},
	{"internal/charset/charsettest", []string{"internal/charset"}, nil},
	{"internal/leftover", nil, nil},
	{"internal/near", nil, nil},
	{"internal/number", nil, nil},
	{"internal/period", nil, nil},
	{"internal/pxext", nil, nil},
	{"internal/screen", nil, []string{"github.com/mattn/go-runewidth"}},
	{"internal/spool", nil, nil},
	{"internal/window", []string{"internal/number"}, nil},
	{"internal/jsontoken", []string{"internal/number", "internal/window"}, nil},
	{"internal/xmltoken", nil, nil}, // pxweb/xml.go reads a small answer with encoding/xml
	{"internal/shapes", nil, nil},
	{"internal/growth", nil, nil}, // the rest is tests
	{"internal/pxserver", nil, nil},
	{"cmd", []string{"internal/about", "internal/charset", "internal/screen", "cmd/internal/...", "jsonstat", "dice", "convert", "convert/arrowconv", "convert/parquetconv", "convert/xlsxconv", "convert/pxconv", "convert/sdmxconv", "pxweb", "pxweb/ssb", "internal/cli", "internal/pxserver"}, nil},
	{"scripts", nil, nil},
	{"scripts/bench/merge", []string{"pxweb"}, nil},
	{"scripts/bench/pxserver", []string{"internal/pxserver"}, nil},
	{"scripts/internal/platforms", nil, []string{"golang.org/x/tools"}},
	{"scripts/internal/same", []string{"internal/shapes", "internal/shapes/atrandom"}, nil},
	{"conformance", nil, nil}, // tests only
	{"internal/archtest", nil, nil},
}

func TestImports(t *testing.T) {
	importers := map[string][]string{} // third-party module: packages
	for _, p := range list(t, "./...") {
		path, ok := local(p.ImportPath)
		if !ok {
			t.Fatalf("package %s is outside the module", p.ImportPath)
		}
		best := -1
		for i, r := range rooms {
			if (path == r.room || strings.HasPrefix(path, r.room+"/")) && (best < 0 || len(r.room) > len(rooms[best].room)) {
				best = i
			}
		}
		if best < 0 {
			t.Errorf("package %s has no room: say in this test what it may import", path)
			continue
		}
		room := rooms[best]
		for _, imp := range p.Imports {
			if in, ok := local(imp); ok {
				if in != path && !matches(room.local, in) {
					t.Errorf("%s may not import %s", path, in)
				}
				continue
			}
			if standard(imp) || imp == "C" {
				continue
			}
			k := slices.IndexFunc(room.third, func(m string) bool { return imp == m || strings.HasPrefix(imp, m+"/") })
			if k < 0 {
				t.Errorf("%s may not import %s", path, imp)
				continue
			}
			m := room.third[k]
			if !slices.Contains(importers[m], path) {
				importers[m] = append(importers[m], path)
			}
		}
	}
	for m, by := range importers {
		if len(by) > 1 && m != "github.com/apache/arrow/go/v17" && m != "golang.org/x/text" { // of that forms of letters and code pages are two things
			t.Errorf("module %s is imported by %s: one package is enough", m, strings.Join(by, ", "))
		}
	}
}

func matches(patterns []string, path string) bool {
	for _, p := range patterns {
		if tree, ok := strings.CutSuffix(p, "/..."); path == p || (ok && strings.HasPrefix(path, tree+"/")) {
			return true
		}
	}
	return false
}

// Formats that a command must not link unless its name says so. A progress bar
// or a compressor could drag them in.
var heavy = map[string][]string{ // import path: commands that may have it
	"net/http":                       {"pxfetch", "jsonstat2parquet", "parquet2jsonstat", "jsonstat2xlsx", "xlsx2jsonstat"}, // parquet-go's brotli and excelize bring it in
	"github.com/apache/arrow/go/v17": {"jsonstat2arrow", "arrow2jsonstat", "jsonstat2parquet", "parquet2jsonstat"},
	"github.com/parquet-go":          {"jsonstat2parquet", "parquet2jsonstat"},
	"github.com/xuri/excelize/v2":    {"jsonstat2xlsx", "xlsx2jsonstat"},
}

func TestCommandsLinkOnlyTheirFormats(t *testing.T) {
	commands := list(t, "./cmd/...")
	if len(commands) == 0 {
		t.Fatal("there are no commands")
	}
	for _, p := range commands {
		if path, _ := local(p.ImportPath); strings.HasPrefix(path, "cmd/internal/") || path == "cmd/jsonstat" {
			continue // what a command links counts, and that which holds all of them links all
		}
		name := p.ImportPath[strings.LastIndex(p.ImportPath, "/")+1:]
		for dep, may := range heavy {
			if slices.Contains(may, name) {
				continue
			}
			for _, d := range p.Deps {
				if d == dep || strings.HasPrefix(d, dep+"/") {
					t.Errorf("%s links %s", name, d)
					break
				}
			}
		}
	}
}
