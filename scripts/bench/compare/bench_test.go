//go:build unix

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fake makes a bench whose timeit notes which program it is given, and fails for
// programs that say so. Sides have the program dice but for one that has none.
func fake(t *testing.T, programs map[string]string) (b *bench, sides map[string]*side, ran func() []string) {
	t.Helper()
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	script := `#!/bin/sh
echo "$3" >>` + log + `
. "$3"
`
	b = &bench{dir: dir, own: filepath.Join(dir, "own"), filter: "Region=1/3"}
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(b.own, "timeit"), script)
	write(filepath.Join(dir, "doc.json"), "12345")
	sides = map[string]*side{}
	for label, program := range programs {
		s := &side{label: label, bin: filepath.Join(dir, label)}
		if program != "" {
			write(filepath.Join(s.bin, "dice"), program)
		}
		sides[label] = s
	}
	return b, sides, func() []string {
		text, _ := os.ReadFile(log)
		var list []string
		for _, name := range strings.Fields(string(text)) {
			list = append(list, filepath.Base(filepath.Dir(name)))
		}
		return list
	}
}

var dice = scenario{name: "jsonstatdice-filter", tool: "dice", in: "doc.json", args: []string{"--filter", filterMark}}

const works = "echo 0.5 1024 7 0a 0.25\n"

func TestMeasureAlternates(t *testing.T) {
	b, sides, ran := fake(t, map[string]string{"old": works, "new": works + "# another program\n"})
	r := b.measure(sides["old"], sides["new"], dice, 3)
	// The first two are not counted.
	if got, want := ran(), strings.Fields("old new old new new old old new"); !slices.Equal(got, want) {
		t.Errorf("ran %v, want %v", got, want)
	}
	if len(r.old) != 3 || len(r.new) != 3 || r.size != 5 || r.bytes() != "same" || r.failed() {
		t.Errorf("got %+v", r)
	}
}

// Two commits that do not differ in what a command is made of.
func TestMeasureTellsTwins(t *testing.T) {
	b, sides, _ := fake(t, map[string]string{"old": works, "new": works})
	if r := b.measure(sides["old"], sides["new"], dice, 1); r.bytes() != "same program" {
		t.Errorf("got %q", r.bytes())
	}
}

func TestMeasureAlone(t *testing.T) {
	b, sides, ran := fake(t, map[string]string{"new": works})
	often := dice
	often.often = 2
	r := b.measure(nil, sides["new"], often, 2)
	if got, want := ran(), strings.Fields("new new new new new"); !slices.Equal(got, want) {
		t.Errorf("ran %v, want %v", got, want)
	}
	if len(r.new) != 4 || r.failed() {
		t.Errorf("got %+v", r)
	}
}

func TestMeasureFaults(t *testing.T) {
	tests := []struct {
		name     string
		old, new string // programs
		olds     int    // runs that are counted
		news     int
		bytes    string
		failed   bool
	}{
		{"older side without the program", "", works, 0, 2, "old: has no such program", false},
		{"newer side without it", works, "", 2, 0, "new: has no such program", false},
		{"newer side fails", works, "exit 1\n", 2, 0, "new: dice failed", true},
		{"it fails later on", works, `test $(grep -c new/ "$(dirname $0)/../log") -lt 3 && ` + works, 2, 0, "new: dice failed", true},
		{"what timeit prints is no line of figures", works, "echo 1 2 3\n", 2, 0, `new: timeit prints "1 2 3", not five figures`, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, sides, _ := fake(t, map[string]string{"old": tt.old, "new": tt.new})
			r := b.measure(sides["old"], sides["new"], dice, 2)
			if len(r.old) != tt.olds || len(r.new) != tt.news || r.bytes() != tt.bytes || r.failed() != tt.failed {
				t.Errorf("%d and %d runs, %q, failed %v", len(r.old), len(r.new), r.bytes(), r.failed())
			}
		})
	}
}

func TestCall(t *testing.T) {
	b, sides, _ := fake(t, map[string]string{"new": works})
	b.server = "http://127.0.0.1:1/v2"
	if err := os.WriteFile(filepath.Join(sides["new"].bin, "merge"), nil, 0o777); err != nil {
		t.Fatal(err)
	}
	piped, start := dice, starting("dice")
	piped.pipe = true
	tests := []struct {
		name string
		sc   scenario
		want string
	}{
		{"from file to file", dice, "-written D/out D/new/dice D/doc.json D/out --filter Region=1/3"},
		{"from pipe to pipe", piped, "-written D/out -pipe D/doc.json D/new/dice --filter Region=1/3"},
		{"start-up", start, "-written D/out -pipe " + os.DevNull + " D/new/dice --version"},
		{"merge", scenario{tool: "merge", table: &table{100, 200, 1000}}, "-written D/out D/new/merge -at http://127.0.0.1:1/v2 -cache D/new/parts -cells 200 -parts 1000 100 D/out"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			args, err := b.call(sides["new"], tt.sc)
			if got := strings.ReplaceAll(strings.Join(args, " "), b.dir, "D"); err != nil || got != tt.want {
				t.Errorf("got  %s, %v\nwant %s", got, err, tt.want)
			}
		})
	}
}
