package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Names of the process that only commands and internal/cli may touch: a library
// explains, the command advises and exits.
var process = map[string]string{
	"os.Args": "", "os.Exit": "", "os.Stdin": "", "os.Stdout": "", "os.Stderr": "",
	"fmt.Print": "", "fmt.Printf": "", "fmt.Println": "",
}

// Packages for which the same holds.
var processPackages = []string{"log", "log/slog", "flag"}

func TestOnlyCommandsTouchTheProcess(t *testing.T) {
	for _, p := range list(t, "./...") {
		path, _ := local(p.ImportPath)
		if strings.HasPrefix(path, "cmd/") || path == "internal/cli" || strings.HasPrefix(path, "scripts/") {
			continue
		}
		for _, name := range p.GoFiles {
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, imp := range file.Imports {
				if ipath, _ := strconv.Unquote(imp.Path.Value); contains(processPackages, ipath) {
					t.Errorf("%s/%s imports %s", path, name, ipath)
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if x, ok := sel.X.(*ast.Ident); ok {
					if _, bad := process[x.Name+"."+sel.Sel.Name]; bad && x.Obj == nil {
						t.Errorf("%s: %s.%s belongs in a command", fset.Position(sel.Pos()), x.Name, sel.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// TestOneExit holds the only os.Exit of the commands in internal/cli.
func TestOneExit(t *testing.T) {
	for _, p := range list(t, "./cmd/...") {
		for _, name := range p.GoFiles {
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Exit" {
					if x, ok := sel.X.(*ast.Ident); ok && x.Name == "os" {
						t.Errorf("%s: a command returns errors, internal/cli exits", fset.Position(sel.Pos()))
					}
				}
				return true
			})
		}
	}
}
