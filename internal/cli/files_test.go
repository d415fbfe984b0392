package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFiles(t *testing.T) {
	tests := []struct {
		name string
		args string
		want string // first line on standard error; empty: the run is fine
		hint string
	}{
		{"pipe", "", "", ""},
		{"pipe by name", "- -", "", ""},
		{"pipe by flag", "-t", "", ""},
		{"pipe by flag and name", "-t - -", "", ""},
		{"pipe by device", "/dev/stdin /dev/stdout", "", ""},
		{"input", "in.json", "", ""},
		{"input and output", "in.json new.csv", "", ""},
		{"output only", "- new.csv", "", ""},
		{"flag with an input", "-t in.json", "--stream takes no file names", ""},
		{"flag with both", "in.json new.csv --stream", "--stream takes no file names", ""},
		{"flag with an output", "- new.csv -t", "--stream takes no file names", ""},
		{"too many", "a b c", `there is an argument too many: "c"`, "usage: sample [options] [input [output]]"},
		{"missing input", "none.json new.csv", "none.json does not exist", ""},
		{"missing input in a missing folder", "no/none.json", "no/none.json does not exist", ""},
		{"missing input behind a file", "in.json/x", "in.json/x does not exist", ""},
		{"input is a folder", "folder", "folder is a folder", ""},
		{"empty input name", "_ new.csv", "a name is empty", "perhaps a variable of the shell is not set"},
		{"empty output name", "in.json _", "a name is empty", "perhaps a variable of the shell is not set"},
		{"existing output", "in.json old.csv", "old.csv exists already", "--force replaces it"},
		{"existing output of a pipe", "- old.csv", "old.csv exists already", "--force replaces it"},
		{"existing output with force", "in.json old.csv --force", "", ""},
		{"output is a folder", "in.json folder", "folder is a folder", "name a file in it, such as folder/NAME"},
		{"output is a folder, with force", "in.json folder --force", "folder is a folder", "name a file in it, such as folder/NAME"},
		{"output in a missing folder", "in.json no/out.csv", "cannot write no/out.csv: there is no folder no", ""},
		{"output named as a missing folder", "in.json no/", "cannot write no/: there is no folder no", ""},
		{"output behind a file", "in.json old.csv/out.csv", "cannot write old.csv/out.csv: old.csv is no folder", ""},
		{"output is a link to nothing", "in.json dangling", "dangling is a symbolic link to nothing", ""},
		{"output is a link to nothing, with force", "in.json dangling --force", "dangling is a symbolic link to nothing", ""},
		{"same file", "in.json in.json", "in.json is both input and output", ""},
		{"same file with force", "in.json in.json --force", "in.json is both input and output", ""},
		{"same file, other spelling", "in.json folder/../in.json --force", "in.json is both input and output", ""},
		{"same file, symbolic link", "in.json symbolic --force", "in.json is both input and output", ""},
		{"same file, link as the input", "symbolic in.json --force", "symbolic is both input and output", ""},
		{"same file, hard link", "in.json hard --force", "in.json is both input and output", ""},
		{"device", "in.json /dev/null", "", ""},
		{"device both ways", "/dev/null /dev/null", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inFolder(t, map[string]string{"in.json": "text", "old.csv": "old"})
			require.NoError(t, os.Mkdir("folder", 0o755))
			require.NoError(t, os.Symlink("in.json", "symbolic"))
			require.NoError(t, os.Symlink("nothing", "dangling"))
			require.NoError(t, os.Link("in.json", "hard"))
			before := listed(t)

			got := runWith(sample(copyInput), "text", words(tt.args)...)
			if tt.want == "" {
				require.Equal(t, result{code: exitDone, out: got.out}, got)
				return
			}
			want := "sample: " + tt.want + "\n"
			if tt.hint != "" {
				want += "hint: " + tt.hint + "\n"
			}
			require.Equal(t, result{exitCall, "", want}, got)
			require.Equal(t, before, listed(t), "nothing was made")
			require.Equal(t, "text", readFile(t, "in.json"))
			require.Equal(t, "old", readFile(t, "old.csv"))
		})
	}
}

func TestSameFileThroughRedirection(t *testing.T) {
	inFolder(t, map[string]string{"in.json": "text"})
	in, err := os.Open("in.json")
	require.NoError(t, err)
	defer in.Close()
	appended, err := os.OpenFile("in.json", os.O_WRONLY|os.O_APPEND, 0)
	require.NoError(t, err)
	defer appended.Close()

	var errout safeBuffer
	code := Run(sample(copyInput), Env{Args: []string{"-", "in.json", "--force"}, Stdin: in, Stdout: &safeBuffer{}, Stderr: &errout})
	require.Equal(t, exitCall, code)
	code = Run(sample(copyInput), Env{Args: []string{"in.json"}, Stdin: strings.NewReader(""), Stdout: appended, Stderr: &errout})
	require.Equal(t, exitCall, code)
	code = Run(sample(copyInput), Env{Stdin: in, Stdout: appended, Stderr: &errout})
	require.Equal(t, exitCall, code)
	require.Equal(t, "sample: in.json is both input and output\nsample: in.json is both input and output\nsample: the file is both input and output\n", errout.String())
	require.Equal(t, "text", readFile(t, "in.json"))
}

func TestUnreadableInput(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	inFolder(t, map[string]string{"in.json": "text"})
	require.NoError(t, os.Chmod("in.json", 0))
	got := runWith(sample(copyInput), "", "in.json")
	require.Equal(t, result{exitFailed, "", "sample: cannot open in.json: permission denied\n"}, got)
}

func TestBinaryAndTerminals(t *testing.T) {
	cmd := sample(copyInput)
	cmd.Binary = true
	inFolder(t, map[string]string{"in.json": "text"})
	terminal := func(stream any) bool { _, ok := stream.(*safeBuffer); return ok }
	run := func(args ...string) (int, string) {
		var out, errout safeBuffer
		code := Run(cmd, Env{Args: args, Stdin: strings.NewReader("text"), Stdout: &out, Stderr: &errout, Terminal: terminal})
		return code, out.String() + errout.String()
	}
	refused := "sample: the output is not text and does not go to a terminal\nhint: name a file, or - to have it there all the same\n"
	for _, args := range [][]string{nil, {"in.json"}, {"-t"}} {
		code, text := run(args...)
		require.Equal(t, exitCall, code, "%q", args)
		require.Equal(t, refused, text, "%q", args)
	}
	code, text := run("in.json", "-")
	require.Equal(t, exitDone, code)
	require.Equal(t, "text", text)
	code, _ = run("in.json", filepath.Join(".", "out.bin"))
	require.Equal(t, exitDone, code)
	cmd.Binary = false
	code, text = run("in.json")
	require.Equal(t, exitDone, code)
	require.Equal(t, "text", text)
}
