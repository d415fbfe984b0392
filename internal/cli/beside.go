package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Companion makes room for a small file beside the output, of that name in the folder of
// the output. It is refused like an output: where it is what the run reads, or is there
// and the call does not say that it may be replaced. The text is set by the function that
// is returned. The file gets its name when the output does, so a run that fails leaves
// neither. An output that is no file has no folder: why says for what a name is needed. The
// name may begin with that of a folder, which is made. Ask before the output is opened.
func (c *Context) Companion(name, why string, replace bool) (set func(text []byte), err error) {
	f := c.place.files
	if !isFile(f.out) || f.direct {
		return nil, Usagef("%s needs an output that is a file: name it", why)
	}
	name = filepath.Join(filepath.Dir(f.out), name)
	file := &companion{name: name}
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, &writeError{name, err}
	case !info.Mode().IsRegular():
		return nil, Usagef("%s, which %s writes, exists and is no file", name, why)
	case isBoth(info, f.in):
		return nil, Usage(fmt.Errorf("%s is both input and what %s writes", name, why), "name an output in another folder")
	case f.replace != nil && os.SameFile(info, f.replace):
		return nil, Usagef("%s is both the output and what %s writes", name, why)
	case !replace:
		return nil, Usage(fmt.Errorf("%s, which %s writes, exists already", name, why), "--force replaces it")
	default:
		file.replace = true
	}
	if name == filepath.Clean(f.out) {
		return nil, Usagef("%s is both the output and what %s writes", name, why)
	}
	return func(text []byte) {
		file.text = text
		c.place.mu.Lock()
		defer c.place.mu.Unlock()
		c.place.companions = append(c.place.companions, file)
	}, nil
}

// isBoth tells whether a file is the input, however that is spelled.
func isBoth(info fs.FileInfo, in string) bool {
	if !isFile(in) {
		return false
	}
	read, err := os.Stat(in)
	return err == nil && os.SameFile(info, read)
}
