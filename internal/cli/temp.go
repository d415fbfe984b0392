package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
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
