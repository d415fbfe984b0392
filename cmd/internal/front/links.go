package front

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/suite"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// linksCommand is the table of the command that makes links of the commands' names.
func linksCommand() cli.Command {
	return cli.Command{
		Name:    "links",
		Summary: "make links to this program that are called as the single commands",
		Description: "Scripts that call the single commands by their own names go on with them: " +
			"called by the name of a command this program is that command.",
		Args:     "folder",
		Operands: map[string]cli.Completes{"folder": cli.Folders},
		Examples: []cli.Example{
			{Line: "jsonstat links ~/.local/bin", Text: "a link for each command"},
		},
		Flags: []cli.Flag{
			cli.Bool{Name: "force", Help: "replace files of these names"},
		},
		Run: links,
	}
}

// links makes all links, or none where one of the names is taken.
func links(c *cli.Context) error {
	folder := c.Arg("folder")[0]
	switch info, err := os.Stat(folder); {
	case errors.Is(err, fs.ErrNotExist):
		return cli.Usage(fmt.Errorf("there is no folder %s", folder), "mkdir -p "+cli.ShellWord(folder)+" makes it")
	case err != nil:
		return err
	case !info.IsDir():
		return cli.Usagef("%s is no folder", folder)
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	missing, taken, err := wanted(folder, program)
	if err != nil {
		return err
	}
	if len(taken) > 0 && !c.Bool("force") {
		return cli.Usage(fmt.Errorf("there are other files: %s", strings.Join(taken, ", ")), "--force replaces them")
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	for _, path := range append(missing, taken...) {
		if err := link(target(program, folder), path); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(w, path); err != nil {
			return err
		}
	}
	return nil
}

// wanted are the paths at which there is nothing yet, and those at which something else is.
// Nothing is to be done for links that are there.
func wanted(folder, program string) (missing, taken []string, err error) {
	for _, cmd := range suite.Commands() {
		name := cmd.Name
		if runtime.GOOS == "windows" {
			name += ".exe"
		}
		path := filepath.Join(folder, name)
		info, err := os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			missing = append(missing, path)
		case err != nil:
			return nil, nil, err
		case info.IsDir():
			return nil, nil, cli.Usagef("%s is a folder", path)
		case !sameFile(path, program):
			taken = append(taken, path)
		}
	}
	return missing, taken, nil
}

// sameFile tells whether two paths lead to one file.
func sameFile(a, b string) bool {
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}

// target is how a link in the folder names the program: without a path where it is in the
// folder itself, so that the folder can be moved.
func target(program, folder string) string {
	if sameFile(filepath.Dir(program), folder) {
		return filepath.Base(program)
	}
	return program
}

// link makes one link in the place of whatever file is there: under another name first, so
// that there is one all the time. Where the system has no symbolic links for us it is a
// hard one.
func link(target, path string) error {
	temp := fmt.Sprintf("%s.%d", path, os.Getpid())
	err := os.Symlink(target, temp)
	if err != nil && runtime.GOOS == "windows" {
		from := target
		if !filepath.IsAbs(from) {
			from = filepath.Join(filepath.Dir(path), from)
		}
		err = os.Link(from, temp)
	}
	if err == nil {
		if err = os.Rename(temp, path); err != nil {
			_ = os.Remove(temp)
		}
	}
	return err
}
