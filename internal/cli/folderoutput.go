package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// FolderOutput says how an output that is a folder is made.
type FolderOutput struct {
	// In, if not empty, is the name of the folder in it that is made: others in it stay.
	In string

	// Replace says that the folder, or the one in it, may exist, and is replaced as a whole.
	Replace bool

	// Ours tells whether something in a folder that is replaced, or to which another is
	// added, is of the kind that is made. What is not is never removed.
	Ours func(name string, folder bool) bool
}

// look checks that the folder may be made, and makes the one around it if need be.
func (how FolderOutput) look(f *files) error {
	entries, err := os.ReadDir(f.out)
	there := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &writeError{f.out, err}
	}
	for _, e := range entries {
		if how.Ours == nil || !how.Ours(e.Name(), e.IsDir()) {
			return Usage(fmt.Errorf("%s is a folder with other things in it, such as %s", f.out, e.Name()), "name another one, or remove what is in the way")
		}
	}
	if how.In == "" {
		if there && !how.Replace {
			return Usage(fmt.Errorf("%s exists already", f.out), "--force replaces it as a whole")
		}
		f.folderThere = there
		return nil
	}
	if !there {
		if err := os.Mkdir(f.out, 0o777); err != nil {
			return &writeError{f.out, err}
		}
		f.made = f.out
	}
	f.out = filepath.Join(f.out, how.In)
	_, err = os.Stat(f.out)
	f.folderThere = err == nil
	if f.folderThere && !how.Replace {
		return Usage(fmt.Errorf("%s exists already", f.out), "--force replaces it as a whole")
	}
	return nil
}
