package archtest

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// byText are packages whose functions look at a text.
var byText = []string{"strings", "bytes", "regexp"}

// TestErrorsAreToldByType: what an error is says its type, errors.Is and
// errors.As, never its text, which is for people and changes. Where a module
// gives no type, its errors are told by what happened when they came.
func TestErrorsAreToldByType(t *testing.T) {
	for _, p := range list(t, "./...") {
		for _, src := range parsed(t, p) {
			for _, at := range errorTexts(src.file) {
				t.Errorf("%s: an error is told by its text: use errors.Is or errors.As", src.fset.Position(at))
			}
		}
	}
}

// TestErrorTexts holds the rule itself to examples.
func TestErrorTexts(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       int
	}{
		{"directly", `_ = strings.HasPrefix(err.Error(), "x")`, 1},
		{"in lower case", `_ = strings.Contains(strings.ToLower(err.Error()), "x")`, 2},
		{"by way of a variable", "text := err.Error()\n_ = strings.Contains(text, `x`)", 1},
		{"by way of an assignment", "var text string\ntext = err.Error()\n_ = strings.Contains(text, `x`)", 1},
		{"compared", `_ = err.Error() == "x"`, 1},
		{"switched", "switch err.Error() {\ncase `x`:\n}", 1},
		{"only said", `_ = "it says: " + err.Error()`, 0},
		{"another text", `_ = strings.Contains("x", "y")`, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := parseText(t, "package x\nimport \"strings\"\nfunc f(err error) {\n"+tt.body+"\n}\n")
			if got := len(errorTexts(src.file)); got != tt.want {
				t.Errorf("found %d times, want %d", got, tt.want)
			}
		})
	}
}

// errorTexts are the places where a file looks at the text of an error.
func errorTexts(file *ast.File) []token.Pos {
	//lint:ignore SA1019 what is held within a function is found without types
	held := map[*ast.Object]bool{} // variables that hold the text of an error
	ast.Inspect(file, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != len(a.Rhs) {
			return true
		}
		for i, right := range a.Rhs {
			if name, ok := a.Lhs[i].(*ast.Ident); ok && name.Obj != nil && isErrorText(right) {
				held[name.Obj] = true
			}
		}
		return true
	})
	// looks tells whether there is such a text in an expression.
	looks := func(e ast.Expr) bool {
		found := false
		ast.Inspect(e, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				found = found || n.Obj != nil && held[n.Obj]
			case ast.Expr:
				found = found || isErrorText(n)
			}
			return !found
		})
		return found
	}
	var places []token.Pos
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			sel, ok := n.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			looking := ok && pkg.Obj == nil && slices.Contains(byText, pkg.Name) || strings.HasPrefix(sel.Sel.Name, "Match")
			if looking && slices.ContainsFunc(n.Args, looks) {
				places = append(places, n.Pos())
			}
		case *ast.BinaryExpr:
			if (n.Op == token.EQL || n.Op == token.NEQ) && (isErrorText(n.X) || isErrorText(n.Y)) {
				places = append(places, n.Pos())
			}
		case *ast.SwitchStmt:
			if n.Tag != nil && isErrorText(n.Tag) {
				places = append(places, n.Pos())
			}
		}
		return true
	})
	return places
}

// isErrorText tells whether an expression is a call of a method Error without
// arguments.
func isErrorText(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Error"
}
