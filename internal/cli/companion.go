package cli

import (
	"errors"
	"os"
	"path/filepath"
)

// companion is a small file that comes to stand with the output: both or neither.
type companion struct {
	name    string
	text    []byte
	replace bool   // it is there and may be replaced
	made    string // a folder for it
	temp    string // its other name until then
}

// write writes the file under its other name.
func (c *companion) write(tool string) error {
	if err := os.Mkdir(filepath.Dir(c.name), 0o777); err == nil {
		c.made = filepath.Dir(c.name)
	} // else it is there, or the file will say
	temp, err := writeTemp(c.name, tool, c.text)
	if err != nil {
		return &writeError{c.name, err}
	}
	c.temp = temp
	return nil
}

// place gives the file its name.
func (c *companion) place() error {
	if _, err := os.Lstat(c.name); err == nil && !c.replace {
		return &writeError{c.name, errors.New("it has come to exist meanwhile")}
	}
	if err := os.Rename(c.temp, c.name); err != nil {
		return &writeError{c.name, err}
	}
	c.temp = ""
	return nil
}

// abort removes the file if it is not complete.
func (c *companion) abort() {
	if c.temp != "" {
		_ = os.Remove(c.temp)
		c.temp = ""
	}
	if c.made != "" {
		_ = os.Remove(c.made) // if there is nothing in it
	}
}
