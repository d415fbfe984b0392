package archtest

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// cubeMakers are the packages that may make room for the cells of a cube, with the
// reason. Whatever has rows gives them to convert/internal/rows.
var cubeMakers = []string{
	"jsonstat",              // the model
	"dice",                  // cubes of cubes
	"convert/internal/rows", // cubes of rows
}

// TestOneMakerOfCubes holds that no other package fills cells itself, so that a fault of
// filling them is mended in one place.
func TestOneMakerOfCubes(t *testing.T) {
	used := map[string]bool{}
	for _, p := range list(t, "./...") {
		path, ok := local(p.ImportPath)
		if !ok || strings.HasPrefix(path, "conformance") || strings.HasPrefix(path, "internal/") {
			continue
		}
		for _, src := range parsed(t, p) {
			ast.Inspect(src.file, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				if !ok || id.Name != "NewValues" && id.Name != "NewSparseValues" {
					return true
				}
				if used[path] = true; !slices.Contains(cubeMakers, path) {
					t.Errorf("%s: %s: rows of cells are made by %v alone", src.fset.Position(id.Pos()), id.Name, cubeMakers)
				}
				return true
			})
		}
	}
	for _, path := range cubeMakers {
		if !used[path] {
			t.Errorf("%s makes no cubes any more", path)
		}
	}
}
