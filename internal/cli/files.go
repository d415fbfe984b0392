package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// files are what a run reads and writes: names, [stdStream], or "" for nothing.
type files struct {
	in, out string
	inSize  int64       // of a regular input, else 0
	folder  bool        // the input is a folder
	folders bool        // an input may be one
	replace fs.FileInfo // the output that is there and may be replaced, or nil
	direct  bool        // the output is a device or a pipe

	folderThere bool   // the output is a folder that is there and may be replaced
	made        string // a folder around it that was made for it
	member      string // of the input, if that is an archive of which one is read
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

func isFile(name string) bool { return name != "" && name != stdStream }

// lookAtInput checks that the input exists and describes it, if it can. It is a folder
// only where folders are read.
func (f *files) lookAtInput(stdin any, folders bool) (fs.FileInfo, error) {
	f.folders = folders
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
		return nil, Usage(fmt.Errorf("%s does not exist", f.in), nearFile(f.in))
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

// nearFile is a hint to files beside one that does not exist whose names look like its
// own, "" if there are none.
func nearFile(name string) string {
	const most = 10_000 // in a folder of more nobody waits for it
	folder, base := filepath.Split(name)
	dir, err := os.Open(cmp.Or(folder, "."))
	if err != nil {
		return ""
	}
	defer dir.Close()
	names, err := dir.Readdirnames(most)
	if err != nil {
		return ""
	}
	slices.Sort(names)
	return didYouMean(base, names, folder)
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
		return Usage(fmt.Errorf("%s is a folder", f.out), "name a file in it, such as "+ShellWord(filepath.Join(f.out, "NAME")))
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
