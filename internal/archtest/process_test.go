package archtest

import (
	"go/ast"
	"slices"
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
		for _, s := range parsed(t, p) {
			for _, imp := range s.file.Imports {
				if ipath, _ := strconv.Unquote(imp.Path.Value); slices.Contains(processPackages, ipath) {
					t.Errorf("%s imports %s", s.fset.Position(imp.Pos()), ipath)
				}
			}
			ast.Inspect(s.file, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if x, ok := sel.X.(*ast.Ident); ok {
					if _, bad := process[x.Name+"."+sel.Sel.Name]; bad && x.Obj == nil {
						t.Errorf("%s: %s.%s belongs in a command", s.fset.Position(sel.Pos()), x.Name, sel.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

// TestOneExit holds the only os.Exit of the commands in internal/cli.
func TestOneExit(t *testing.T) {
	for _, p := range list(t, "./cmd/...") {
		for _, s := range parsed(t, p) {
			ast.Inspect(s.file, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Exit" {
					if x, ok := sel.X.(*ast.Ident); ok && x.Name == "os" {
						t.Errorf("%s: a command returns errors, internal/cli exits", s.fset.Position(sel.Pos()))
					}
				}
				return true
			})
		}
	}
}
