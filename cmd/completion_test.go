package cmd

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestCompletionLists has what shells list where several words fit, asked as they ask
// scripts themselves.
func TestCompletionLists(t *testing.T) {
	for _, tt := range []struct{ name, line, bash, fish string }{
		{"dimensions", "jsonstat convert oslo.json --keep ", "Region=  (district)\nTid=     (year)\n", "Region=\tdistrict\nTid=\tyear\n"},
		{"categories", "jsonstat convert oslo.json --keep Region=", "030101    (Gamle Oslo)\n030102    (Grünerløkka)\n030103    (Sagene)\ntop\\(1\\)  (the first)\n",
			"Region=030101\tGamle Oslo\nRegion=030102\tGrünerløkka\nRegion=030103\tSagene\nRegion=top(1)\tthe first\n"},
		{"labels", "jsonstat dice odd.json --keep 'My dim=", "My dim=\"a b\"   (Alpha)\nMy dim=\"c/d\"   (Beta)\nMy dim=top(1)  (the first)\n", "My dim=\"a b\"\tAlpha\nMy dim=\"c/d\"\tBeta\nMy dim=top(1)\tthe first\n"},
		{"choices", "jsonstat convert oslo.json --to=ar", "arrow\narrobj\narray\n", "--to=arrow\n--to=arrobj\n--to=array\n"},
		{"files", "jsonstat convert o", "odd.json\noslo.json\n", "odd.json\noslo.json\n"},
		{"a link", "jsonstat2csv oslo.json --by=", "Region  (district)\nTid     (year)\n", "--by=Region\tdistrict\n--by=Tid\tyear\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Run("bash", func(t *testing.T) {
				words := strings.Fields(tt.line)
				if strings.HasSuffix(tt.line, " ") {
					words = append(words, "")
				}
				script := "source <(jsonstat --completion=bash)\nCOMP_LINE=" + quoted(tt.line) + " COMP_POINT=${#COMP_LINE} COMP_TYPE=63 COMP_WORDS=("
				for _, w := range words {
					script += quoted(w) + " "
				}
				script += ") COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COLUMNS=80\n_jsonstat \"${COMP_WORDS[0]}\" \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n"
				out, err := completing(t, completionFolder(t), program(t, "bash"), "--norc", "--noprofile", "-c", script).Output()
				if err != nil || string(out) != tt.bash {
					t.Errorf("%v\n%s\nwant\n%s", err, out, tt.bash)
				}
			})
			t.Run("fish", func(t *testing.T) {
				script := "jsonstat --completion=fish | source; jsonstat2csv --completion=fish | source; complete -C " + quoted(strings.ReplaceAll(tt.line, `\`, `\\`))
				script = strings.ReplaceAll(script, `'\''`, `\'`)
				out, err := completing(t, completionFolder(t), program(t, "fish"), "--no-config", "-c", script).Output()
				if err != nil || string(out) != tt.fish {
					t.Errorf("%v\n%s\nwant\n%s", err, out, tt.fish)
				}
			})
		})
	}
}

// TestCompletionOfAll asks every command for all of its flags.
func TestCompletionOfAll(t *testing.T) {
	tools, err := os.ReadDir(bin)
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range tools {
		name := strings.TrimSuffix(tool.Name(), ".exe")
		out, err := completing(t, t.TempDir(), filepath.Join(bin, tool.Name()), "--complete", "fish", name+" --").Output()
		if err != nil || !strings.Contains(string(out), "--completion\t") || !strings.HasSuffix(string(out), "\n:\n") {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// TestCompletionOfLink has the program of all commands under the name of one.
func TestCompletionOfLink(t *testing.T) {
	dir := completionFolder(t)
	link := filepath.Join(dir, "jsonstatdice")
	if err := os.Symlink(filepath.Join(bin, "jsonstat"), link); err != nil {
		t.Skip(err)
	}
	out, err := completing(t, dir, link, "--complete", "fish", "jsonstatdice oslo.json --filter Ti").Output()
	if want := "Tid=\tyear\n:\n"; err != nil || string(out) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, out, want)
	}
}

// program is the path of a shell. On a laptop a test without it is skipped, in CI it fails.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("%s is not here to complete", name)
	}
	if err != nil {
		t.Skipf("%s is not here to complete", name)
	}
	return path
}

// completionFolder is a folder with files to choose from.
func completionFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"oslo.json", "catch.csv"} {
		text, err := os.ReadFile(filepath.Join("..", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), string(text))
	}
	const odd = `{"version":"2.0","class":"dataset","id":["My dim","Tid"],"size":[2,1],"dimension":{` +
		`"My dim":{"category":{"index":["a b","c/d"],"label":{"a b":"Alpha","c/d":"Beta"}}},"Tid":{"category":{"index":["2024"]}}},"value":[1,2]}`
	write(t, filepath.Join(dir, "odd.json"), odd)
	write(t, filepath.Join(dir, "my file.json"), odd)
	write(t, filepath.Join(dir, "notes.txt"), "notes\n")
	write(t, filepath.Join(dir, "oslo.json.md"), "notes\n") // which no command reads
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// completing is a call of a program in a folder that is also the caller's home, with our
// commands on the path, which take all the time that they need. A shell that waits for
// something that never comes is ended.
func completing(t *testing.T, dir, path string, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + dir, "ZDOTDIR=" + dir, "XDG_CONFIG_HOME=" + dir,
		"XDG_DATA_HOME=" + filepath.Join(dir, ".data"), "LC_ALL=C.UTF-8", "TERM=xterm", "INPUTRC=/dev/null", "JSONSTAT_DEBUG=1"}
	return cmd
}

// quoted is a word in the quotes of a shell.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }
