package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/jsonstat-go/toolkit/internal/leftover"
)

// makeBeside makes something under a name that is free beside another, and removes what
// killed runs left there.
func makeBeside(other, tool, what string, create func(name string) error) (string, error) {
	folder := filepath.Dir(other)
	leftover.Clear(folder, tool, ".tmp")
	for range 100 {
		name := filepath.Join(folder, fmt.Sprintf("%s%04x.tmp", leftover.Name(tool), rand.Uint32()>>16))
		err := create(name)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		return name, nil
	}
	return "", fmt.Errorf("no name is free for a temporary %s", what)
}

// writeTemp writes a text into a file under a name that is free beside another.
func writeTemp(other, tool string, text []byte) (string, error) {
	return makeBeside(other, tool, "file", func(temp string) error {
		f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err == nil {
			_, err = f.Write(text)
			if err = errors.Join(err, f.Close()); err != nil {
				_ = os.Remove(temp)
			}
		}
		return err
	})
}
