package archtest

import (
	"flag"
	"fmt"
	"go/ast"
	"go/build"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the files of expected output")

// root is the folder of the module, and api that of the golden files in it.
const (
	root = "../.."
	api  = "docs/api"
)

// TestAPI holds what programs can see of each public package, declarations and
// comments, to a file, so that every change of it is seen in review and comes into
// CHANGELOG.md. The text is what "go doc -all" tells, without its way to break
// lines, which is not the same for all versions of Go. To rewrite the files:
//
//	go test ./internal/archtest -run TestAPI -update
func TestAPI(t *testing.T) {
	packages := publicPackages(t)
	if len(packages) == 0 {
		t.Fatal("there are no public packages")
	}
	stray := map[string]bool{}
	for _, name := range goldenFiles(t) {
		stray[name] = true
	}
	for _, p := range packages {
		name := p + ".txt"
		delete(stray, name)
		t.Run(p, func(t *testing.T) {
			file := filepath.Join(root, filepath.FromSlash(api), filepath.FromSlash(name))
			now := newAPIText(t, p).write()
			if *update {
				if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(now), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v: write it with -update", err)
			}
			if before := strings.ReplaceAll(string(text), "\r\n", "\n"); before != now {
				t.Errorf("the API is not that of %s/%s: if that is meant, say so in CHANGELOG.md and write the file anew with -update\n%s", api, name, changes(before, now))
			}
		})
	}
	for _, name := range slices.Sorted(maps.Keys(stray)) {
		if !*update {
			t.Errorf("%s/%s is of no public package", api, name)
		} else if err := os.Remove(filepath.Join(root, filepath.FromSlash(api), filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
}

// publicPackages are the folders of the module with a package that others can
// import.
func publicPackages(t *testing.T) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if base := d.Name(); name != root && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "internal" || base == "node_modules") {
			return fs.SkipDir
		}
		p, err := importDir(name)
		if _, none := err.(*build.NoGoError); none || err == nil && (p.Name == "main" || len(p.GoFiles) == 0) {
			return nil
		}
		rel, rerr := filepath.Rel(root, name)
		if err != nil || rerr != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, filepath.ToSlash(rel))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// importDir finds the files of a package, the same on every machine.
func importDir(dir string) (*build.Package, error) {
	at := build.Default
	at.GOOS, at.GOARCH, at.CgoEnabled = "linux", "amd64", false
	return at.ImportDir(dir, 0)
}

// goldenFiles are the files that are there.
func goldenFiles(t *testing.T) []string {
	t.Helper()
	var list []string
	folder := filepath.Join(root, filepath.FromSlash(api))
	err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(folder, name)
		list = append(list, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// changes lists the lines that are only in one of two texts.
func changes(before, now string) string {
	count := map[string]int{}
	for line := range strings.Lines(before) {
		count[line]--
	}
	for line := range strings.Lines(now) {
		count[line]++
	}
	var b strings.Builder
	for _, side := range []struct {
		text, mark string
		sign       int
	}{{before, "-", -1}, {now, "+", 1}} {
		for line := range strings.Lines(side.text) {
			if n := count[line] * side.sign; n > 0 && strings.TrimSpace(line) != "" {
				count[line] -= side.sign
				b.WriteString(side.mark + line)
			}
		}
	}
	if b.Len() == 0 {
		return "the lines are in another order"
	}
	return b.String()
}

// apiText writes what a package shows.
type apiText struct {
	t    *testing.T
	path string // below the module
	doc  *doc.Package
	fset *token.FileSet
	b    *strings.Builder

	imports map[string]string // paths of packages of the module, by the names that files give them
}

func newAPIText(t *testing.T, p string) *apiText {
	t.Helper()
	dir := filepath.Join(root, filepath.FromSlash(p))
	found, err := importDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	a := &apiText{t: t, path: p, fset: token.NewFileSet(), b: &strings.Builder{}, imports: map[string]string{}}
	var files []*ast.File
	for _, name := range found.GoFiles {
		file, err := parser.ParseFile(a.fset, filepath.Join(dir, name), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
		for _, imp := range file.Imports {
			ipath, _ := strconv.Unquote(imp.Path.Value)
			if rest, ok := local(ipath); ok {
				a.imports[path.Base(ipath)] = rest
			}
		}
	}
	if a.doc, err = doc.NewFromFiles(a.fset, files, module+"/"+p); err != nil {
		t.Fatal(err)
	}
	return a
}

// write is the whole text.
func (a *apiText) write() string {
	fmt.Fprintf(a.b, "package %s // import %q\n\n", a.doc.Name, a.doc.ImportPath)
	a.comment("", a.doc.Doc)
	a.values("CONSTANTS", a.doc.Consts)
	a.values("VARIABLES", a.doc.Vars)
	a.heading("FUNCTIONS", len(a.doc.Funcs))
	a.funcs("", a.doc.Funcs)
	a.heading("TYPES", len(a.doc.Types))
	for _, typ := range a.doc.Types {
		a.typ("", typ)
	}
	return strings.TrimRight(a.b.String(), "\n") + "\n"
}

func (a *apiText) heading(text string, n int) {
	if n > 0 {
		a.b.WriteString(text + "\n\n")
	}
}

func (a *apiText) values(heading string, list []*doc.Value) {
	a.heading(heading, len(list))
	for _, v := range list {
		a.decl("", v.Decl, v.Doc)
	}
}

func (a *apiText) funcs(indent string, list []*doc.Func) {
	for _, f := range list {
		f.Decl.Body = nil
		a.decl(indent, f.Decl, f.Doc)
	}
}

// typ writes a type with all that belongs to it. What is another name of a type
// that cannot be seen itself shows that type.
func (a *apiText) typ(indent string, typ *doc.Type) {
	a.decl(indent, typ.Decl, typ.Doc)
	for _, list := range [][]*doc.Value{typ.Consts, typ.Vars} {
		for _, v := range list {
			a.decl(indent, v.Decl, v.Doc)
		}
	}
	a.funcs(indent, typ.Funcs)
	a.funcs(indent, typ.Methods)
	for _, spec := range typ.Decl.Specs {
		alias, ok := spec.(*ast.TypeSpec)
		if !ok || !alias.Assign.IsValid() {
			continue
		}
		sel, ok := alias.Type.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		from := a.imports[sel.X.(*ast.Ident).Name]
		if !strings.Contains(from, "internal/") {
			continue
		}
		hidden := newAPIText(a.t, from)
		hidden.b = a.b
		for _, other := range hidden.doc.Types {
			if other.Name == sel.Sel.Name {
				fmt.Fprintf(a.b, "%s    which is, in %s:\n\n", indent, from)
				hidden.typ(indent+"        ", other)
			}
		}
	}
}

// decl writes a declaration, and below it what its comment says.
func (a *apiText) decl(indent string, decl ast.Decl, text string) {
	switch d := decl.(type) {
	case *ast.GenDecl:
		d.Doc = nil
	case *ast.FuncDecl:
		d.Doc = nil
	}
	var b strings.Builder
	if err := (&printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}).Fprint(&b, a.fset, decl); err != nil {
		a.t.Fatal(err)
	}
	a.lines(indent, b.String())
	a.comment(indent+"    ", text)
	if text == "" {
		a.b.WriteString("\n")
	}
}

// comment writes a comment as its author broke it into lines.
func (a *apiText) comment(indent, text string) {
	if text != "" {
		a.lines(indent, text)
		a.b.WriteString("\n")
	}
}

func (a *apiText) lines(indent, text string) {
	for line := range strings.Lines(strings.TrimRight(text, "\n") + "\n") {
		line = strings.TrimRight(line, " \t\r\n")
		if line != "" {
			line = indent + line
		}
		a.b.WriteString(line + "\n")
	}
}

// TestChanges: a change of the API is shown by its lines.
func TestChanges(t *testing.T) {
	for _, tt := range []struct{ name, before, now, want string }{
		{"a function more", "a\n\nb\n", "a\n\nc\n\nb\n", "+c\n"},
		{"another type", "func f(int)\n", "func f(int64)\n", "-func f(int)\n+func f(int64)\n"},
		{"twice instead of once", "a\n", "a\na\n", "+a\n"},
		{"another order", "a\nb\n", "b\na\n", "the lines are in another order"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := changes(tt.before, tt.now); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
