package archtest

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// pairs are the pairs of files that use each other, with the reason why parting
// them would be worse. There are never more than mostPairs.
var pairs = map[string]string{ // by package and files: "jsonstat: a.go b.go"
}

const mostPairs = 5

// TestFilesFormNoCycles: within a package too arrows go down only, so that a reader
// can begin with the lowest file, or with the highest. A file points to another if it
// uses anything that is declared there.
func TestFilesFormNoCycles(t *testing.T) {
	all := list(t, "-export", "-deps", "./...")
	exports := map[string]string{}
	for _, p := range all {
		exports[p.ImportPath] = p.Export
	}
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	stale := maps.Clone(pairs)
	for _, p := range all {
		path, ok := local(p.ImportPath)
		if !ok {
			continue
		}
		var files []*ast.File
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		for _, c := range findCycles(t, imports, fset, files) {
			key := path + ": " + strings.Join(c.files, " ")
			delete(stale, key)
			if pairs[key] == "" || len(c.files) > 2 {
				t.Errorf("%s: files use each other in a circle: move what the lower ones use of the higher down, or its user up\n%s", key, c.arrows)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(stale)) {
		t.Errorf("%s: they do not use each other any more: take them off the list of pairs", key)
	}
	if len(pairs) > mostPairs {
		t.Errorf("%d pairs stand, at most %d may", len(pairs), mostPairs)
	}
}

// TestCycles holds the rule itself to examples.
func TestCycles(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files []string // the first is 0.go
		want  string
	}{
		{"three by a method, a field and a constant", []string{
			"type Low struct{}\nfunc (Low) grow() int { var m Mid; return m.size }",
			"type Mid struct{ size int }\nconst most = 1 + top",
			"const top = 2\nvar _ = (*Low).grow",
		}, "0.go 1.go 2.go\n" +
			"\t0.go -> 1.go: Mid, Mid.size\n" +
			"\t1.go -> 2.go: top\n" +
			"\t2.go -> 0.go: Low, Low.grow\n"},
		{"a pair, and one above it", []string{
			"func a(n int) int { return b(n) }",
			"func b(n int) int { return a(n - 1) }",
			"var _ = a(1) + b(1)",
		}, "0.go 1.go\n" +
			"\t0.go -> 1.go: b\n" +
			"\t1.go -> 0.go: a\n"},
		{"two circles apart", []string{
			"type A struct{ b *B }", "type B struct{ a *A }",
			"type C[T any] struct{ d T }\nfunc (c *C[T]) m() { d(nil) }", "func d(c *C[A]) { if c != nil { c.m() } }",
		}, "0.go 1.go\n" +
			"\t0.go -> 1.go: B\n" +
			"\t1.go -> 0.go: A\n" +
			"2.go 3.go\n" +
			"\t2.go -> 3.go: d\n" +
			"\t3.go -> 2.go: C, C.m\n"},
		{"layers", []string{
			"type A struct{ n int }\nfunc (a A) get() int { return a.n }",
			"func b(a A) int { return a.get() }",
			"func c() int { return b(A{n: 1}) + recur(1) }\nfunc recur(n int) int { if n > 0 { return recur(n - 1) }; return 0 }",
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fset := token.NewFileSet()
			var files []*ast.File
			for i, text := range tt.files {
				file, err := parser.ParseFile(fset, fmt.Sprintf("%d.go", i), "package x\n"+text, parser.SkipObjectResolution)
				if err != nil {
					t.Fatal(err)
				}
				files = append(files, file)
			}
			got := ""
			for _, c := range findCycles(t, nil, fset, files) {
				got += strings.Join(c.files, " ") + "\n" + c.arrows
			}
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// cycle is a set of files each of which uses all others, directly or not.
type cycle struct {
	files  []string // in the order of the alphabet
	arrows string   // what they use of each other, a line an arrow
}

// findCycles are the cycles of more than one file of a package.
func findCycles(t *testing.T, imports types.Importer, fset *token.FileSet, files []*ast.File) []cycle {
	t.Helper()
	uses := usesOf(t, imports, fset, files)
	reach := map[string]map[string]bool{} // the files that a file uses, directly or not
	for from := range uses {
		seen := map[string]bool{}
		for ahead := []string{from}; len(ahead) > 0; {
			file := ahead[0]
			ahead = ahead[1:]
			for to := range uses[file] {
				if !seen[to] {
					seen[to] = true
					ahead = append(ahead, to)
				}
			}
		}
		reach[from] = seen
	}
	var cycles []cycle
	for _, first := range slices.Sorted(maps.Keys(uses)) {
		var c cycle
		for _, file := range slices.Sorted(maps.Keys(reach[first])) {
			if reach[file][first] {
				c.files = append(c.files, file)
			}
		}
		if len(c.files) == 0 || c.files[0] != first {
			continue // there is none, or it is in the list already
		}
		for _, from := range c.files {
			for _, to := range c.files {
				if names := uses[from][to]; len(names) > 0 {
					c.arrows += "\t" + from + " -> " + to + ": " + strings.Join(slices.Sorted(maps.Keys(names)), ", ") + "\n"
				}
			}
		}
		cycles = append(cycles, c)
	}
	return cycles
}

// usesOf is what each file of a package uses of each other: names, by the file that
// uses them and the file that declares them.
func usesOf(t *testing.T, imports types.Importer, fset *token.FileSet, files []*ast.File) map[string]map[string]map[string]bool {
	t.Helper()
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	pkg, err := (&types.Config{Importer: imports}).Check("", fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	fields := map[token.Pos]string{} // names of fields with those of their types
	for _, name := range pkg.Scope().Names() {
		if s, ok := pkg.Scope().Lookup(name).Type().Underlying().(*types.Struct); ok {
			for f := range s.Fields() {
				fields[f.Pos()] = name + "." + f.Name()
			}
		}
	}
	file := func(at token.Pos) string { return filepath.Base(fset.Position(at).Filename) }
	uses := map[string]map[string]map[string]bool{}
	for id, obj := range info.Uses {
		from, to := file(id.Pos()), file(obj.Pos())
		if obj.Pkg() != pkg || from == to {
			continue
		}
		name := obj.Name()
		if f, ok := obj.(*types.Func); ok {
			if recv := f.Signature().Recv(); recv != nil {
				name = typeName(recv.Type()) + "." + name
			}
		} else if with := fields[obj.Pos()]; with != "" {
			name = with
		}
		if uses[from] == nil {
			uses[from] = map[string]map[string]bool{}
		}
		if uses[from][to] == nil {
			uses[from][to] = map[string]bool{}
		}
		uses[from][to][name] = true
	}
	return uses
}

// typeName is the name of the type that a method belongs to.
func typeName(typ types.Type) string {
	if p, ok := typ.(*types.Pointer); ok {
		typ = p.Elem()
	}
	if named, ok := typ.(*types.Named); ok {
		return named.Obj().Name()
	}
	return typ.String()
}
