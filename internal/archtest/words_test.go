package archtest

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// libraries are the packages whose texts a program reads that has no flags.
var libraries = []string{"jsonstat", "convert", "dice", "pxweb"}

// aFlag is a flag in a text.
var aFlag = regexp.MustCompile(`--[a-zA-Z][\w-]*`)

// TestLibraryNamesNoFlag: an error of the library names options of the library;
// the command adds its flags. So no text of a library has a flag in it, nor the
// name of a command.
func TestLibraryNamesNoFlag(t *testing.T) {
	var commands []string
	for _, p := range list(t, "./cmd/...") {
		if path, _ := local(p.ImportPath); p.Name == "main" && path != "cmd/jsonstat" { // which is a word of the formats, too
			commands = append(commands, path[strings.LastIndex(path, "/")+1:])
		}
	}
	if len(commands) == 0 {
		t.Fatal("there are no commands")
	}
	names := regexp.MustCompile(`\b(` + strings.Join(commands, "|") + `)\b`)
	for _, p := range list(t, "./...") {
		path, _ := local(p.ImportPath)
		if room, _, _ := strings.Cut(path, "/"); !slices.Contains(libraries, room) {
			continue
		}
		for _, src := range parsed(t, p) {
			for _, lit := range literals(src.file) {
				text, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				at := src.fset.Position(lit.Pos())
				if m := aFlag.FindString(text); m != "" {
					t.Errorf("%s: %q has the flag %q in it", at, text, m)
				}
				if m := names.FindString(text); m != "" && !isFolder[path+": "+text] {
					t.Errorf("%s: %q has the name of the command %s in it", at, text, m)
				}
			}
		}
	}
}

// isFolder are texts that are names of folders, not words for people.
var isFolder = map[string]bool{
	"pxweb/internal/transport: pxfetch": true, // below the user's cache folder, for all programs
}

// literals are the texts of a file but paths of imports and tags of fields.
func literals(file *ast.File) []*ast.BasicLit {
	var list []*ast.BasicLit
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			return n.Tag == nil // types hold no texts
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				list = append(list, n)
			}
		}
		return true
	})
	return list
}
