package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"testing"
)

// source is a file of a package.
type source struct {
	fset *token.FileSet
	file *ast.File
}

// parsed are the files of a package, without tests.
func parsed(t *testing.T, p pkg) []source {
	t.Helper()
	var files []source
	for _, name := range p.GoFiles {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, source{fset, file})
	}
	return files
}

// parseText is a file that an example makes.
func parseText(t *testing.T, text string) source {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "example.go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	return source{fset, file}
}
