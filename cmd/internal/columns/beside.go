package columns

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Beside is the head, called so, that lies in a folder above the input, as long as folders are called
// name=value; nil if there is none. A folder may have one of its own.
func Beside(path string, folder bool, name string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	if !folder {
		path = filepath.Dir(path)
	}
	for {
		if !folder {
			head, err := os.ReadFile(filepath.Join(path, name))
			if err == nil || !errors.Is(err, fs.ErrNotExist) {
				return head, err
			}
		}
		folder = false
		if !strings.Contains(filepath.Base(path), "=") {
			return nil, nil
		}
		path = filepath.Dir(path)
	}
}
