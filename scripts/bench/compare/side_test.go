//go:build unix

package main

import (
	"os"
	"path/filepath"
	"testing"
)

const (
	builds = "package main\n\nfunc main() {}\n"
	fails  = "package main\n\nfunc main() { undefined() }\n"
)

// write writes a file below the current folder.
func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestBuild(t *testing.T) {
	const merge = "scripts/bench/merge/main.go"
	tests := []struct {
		name   string
		ours   string // program merge of the work tree
		own    string // that of the commit, "" if it has none
		failed bool
		has    bool // the program in the end
	}{
		{"an older commit is lent it", builds, "", false, true},
		{"one that is too old for it goes without", fails, "", false, false},
		{"one with its own keeps it", fails, builds, false, true},
		{"its own must build", builds, fails, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			write(t, merge, tt.ours)
			write(t, "tree/go.mod", "module example.org/m\n\ngo 1.24\n")
			write(t, "tree/cmd/dice/main.go", builds)
			if tt.own != "" {
				write(t, "tree/"+merge, tt.own)
			}
			s := &side{label: "old", tree: "tree", bin: "bin"}
			if err := s.build([]string{"dice", "merge", "newer"}); (err != nil) != tt.failed {
				t.Errorf("build: %v", err)
			}
			for tool, want := range map[string]bool{"dice": true, "merge": tt.has, "newer": false} {
				if _, ok := s.program(tool); ok != want {
					t.Errorf("it has %s: %v, want %v", tool, ok, want)
				}
			}
		})
	}
}
