package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// stdStream is the name of standard input and of standard output.
const stdStream = "-"

// files are what a run reads and writes: names, [stdStream], or "" for nothing.
type files struct {
	in, out string
	inSize  int64       // of a regular input, else 0
	folder  bool        // the input is a folder
	replace fs.FileInfo // the output that is there and may be replaced, or nil
	direct  bool        // the output is a device or a pipe
	member  string      // of the input, if that is an archive of which one is read
}

// inputName is the input as messages name it, "" if there is none.
func (f files) inputName() string {
	name := f.in
	if f.in == stdStream {
		name = "standard input"
	}
	if f.member != "" {
		name += ": " + f.member
	}
	return name
}

// errBareCall asks for the short help: somebody typed only the command's name.
var errBareCall = &UsageError{Err: errors.New("no input")}

// lookAtFiles finds out which files a call names and refuses what cannot work,
// before anything is read or written.
func (c *Context) lookAtFiles() (files, error) {
	f := files{in: c.fileNamed("input"), out: c.fileNamed("output")}
	if c.takesFiles() && c.Bool("stream") && (isFile(f.in) || isFile(f.out)) {
		return f, Usagef("--stream takes no file names")
	}
	for _, name := range c.names {
		if name == "" {
			return f, Usage(errors.New("a name is empty"), "perhaps a variable of the shell is not set")
		}
	}
	if f.in == stdStream && len(c.operands["input"]) == 0 && !c.Bool("stream") && c.env.Terminal(c.env.Stdin) {
		return f, errBareCall
	}
	if f.out == stdStream && len(c.operands["output"]) == 0 && c.cmd.Binary && c.env.Terminal(c.env.Stdout) {
		return f, Usage(errors.New("the output is not text and does not go to a terminal"), "name a file, or - to have it there all the same")
	}
	in, err := f.lookAtInput(c.env.Stdin, c.cmd.Folders)
	if err != nil {
		if c.cmd.Formats != nil && isFile(f.in) {
			if missing := c.cmd.Formats.Missing(c, f.in); missing != nil {
				return f, missing
			}
		}
		return f, err
	}
	if err := c.lookAtEnding(f, in); err != nil {
		return f, err
	}
	return f, f.lookAtOutput(c.env.Stdout, in, c.cmd.Args.has("output") && c.Bool("force"))
}

// lookAtEnding checks that the output's name fits what is written, unless there is
// something worse to be said of it.
func (c *Context) lookAtEnding(f files, in fs.FileInfo) error {
	if c.cmd.Formats == nil || !isFile(f.out) {
		return nil
	}
	if info, err := os.Stat(f.out); err == nil && (info.IsDir() || f.unlessSame(in, info) != nil) {
		return nil
	}
	return c.cmd.Formats.Output(c, f.out)
}

// takesFiles tells whether cli looks after a file of the command.
func (c *Context) takesFiles() bool {
	return c.cmd.Args.has("input") || c.cmd.Args.has("output")
}

// fileNamed is the file that an argument names. Other names of the standard
// streams are brought to the one that is known here.
func (c *Context) fileNamed(operand string) string {
	if !c.cmd.Args.has(operand) {
		if operand == "output" {
			return stdStream
		}
		return ""
	}
	names := c.operands[operand]
	if len(names) == 0 {
		return stdStream
	}
	switch name := names[0]; {
	case operand == "input" && (name == "/dev/stdin" || name == "/dev/fd/0"):
		return stdStream
	case operand == "output" && (name == "/dev/stdout" || name == "/dev/fd/1"):
		return stdStream
	default:
		return name
	}
}

func isFile(name string) bool { return name != "" && name != stdStream }

// lookAtInput checks that the input exists and describes it, if it can. It is a folder
// only where folders are read.
func (f *files) lookAtInput(stdin any, folders bool) (fs.FileInfo, error) {
	if !isFile(f.in) {
		info := describe(f.in, stdin)
		if info != nil && info.IsDir() {
			return nil, Usagef("standard input is a folder")
		}
		return info, nil
	}
	info, err := os.Stat(f.in)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return nil, Usagef("%s does not exist", f.in)
	case err != nil:
		return nil, err
	case info.IsDir() && !folders:
		return nil, Usagef("%s is a folder", f.in)
	case info.IsDir():
		f.folder = true
	case info.Mode().IsRegular():
		f.inSize = info.Size()
	}
	return info, nil
}

// lookAtOutput checks that the output may be written.
func (f *files) lookAtOutput(stdout any, in fs.FileInfo, force bool) error {
	if !isFile(f.out) {
		return f.unlessSame(in, describe(f.out, stdout))
	}
	info, err := os.Stat(f.out)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return f.lookAtFolder()
	case err != nil:
		return &writeError{f.out, err}
	case info.IsDir():
		return Usagef("%s is a folder", f.out)
	case !info.Mode().IsRegular() || strings.HasPrefix(f.out, "/dev/fd/"):
		f.direct = true
		return f.unlessSame(in, info)
	}
	if err := f.unlessSame(in, info); err != nil {
		return err
	}
	if !force {
		return Usage(fmt.Errorf("%s exists already", f.out), "--force replaces it")
	}
	f.replace = info
	return nil
}

// lookAtFolder says why an output that does not exist cannot come to exist.
func (f *files) lookAtFolder() error {
	if _, err := os.Lstat(f.out); err == nil {
		return Usagef("%s is a symbolic link to nothing", f.out)
	}
	folder := filepath.Dir(f.out)
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Usagef("cannot write %s: there is no folder %s", f.out, folder)
	case err != nil:
		return &writeError{f.out, err}
	case !info.IsDir() || strings.HasSuffix(f.out, string(filepath.Separator)):
		return Usagef("cannot write %s: %s is no folder", f.out, folder)
	}
	return nil
}

// unlessSame refuses to write what is being read, however the two are spelled.
// Only regular files can come to harm: one terminal may well be both.
func (f *files) unlessSame(in, out fs.FileInfo) error {
	if in == nil || out == nil || !in.Mode().IsRegular() || !os.SameFile(in, out) {
		return nil
	}
	name := f.in
	if !isFile(name) {
		name = f.out
	}
	if !isFile(name) {
		name = "the file"
	}
	return Usagef("%s is both input and output", name)
}

// describe tells what stands behind a standard stream that is in use, nil if
// that is not a file.
func describe(name string, stream any) fs.FileInfo {
	file, ok := stream.(*os.File)
	if name != stdStream || !ok || file == nil {
		return nil
	}
	info, err := file.Stat()
	if err != nil {
		return nil
	}
	return info
}
