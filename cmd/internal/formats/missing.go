package formats

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Missing says of what is named in the place of an input, and is no file, what it is and
// what to type: an address, a folder, a criterion, the id of a table.
func (r Registry) Missing(c *cli.Call, name string) error {
	info, err := os.Stat(name)
	document := slices.Contains(r.reads(c), "jsonstat")
	switch {
	case err == nil && info.IsDir():
		return r.folder(c, name)
	case addressForm().MatchString(name):
		err := fmt.Errorf("%s is an address, not a file: %s gets nothing from the network", name, c.Name())
		pipe := " '" + name + "' | " + c.Piped()
		var hints []string
		if document {
			hints = append(hints, "of a PxWeb server: pxfetch get"+pipe)
		}
		return cli.Usage(err, append(hints, "curl -L"+pipe)...)
	case hostForm().MatchString(name):
		return cli.Usage(fmt.Errorf("%s does not exist", name), "if that is an address: curl -L 'https://"+name+"' | "+c.Piped())
	case strings.ContainsAny(name, "*?["):
		return cli.Usage(fmt.Errorf("no file is called like %s", name), "name one file")
	case strings.Contains(name, "=") && c.Has("keep"):
		return cli.Usage(fmt.Errorf("%s does not exist", name), "if that is which categories to keep: --keep "+cli.ShellWord(name))
	case document && tableForm().MatchString(name):
		return cli.Usage(fmt.Errorf("%s does not exist", name), "if that is a table of Statistics Norway: pxfetch get "+name+" | "+c.Piped())
	}
	return nil
}

// folder says of a folder which of its files might have been meant, or which command reads
// folders.
func (r Registry) folder(c *cli.Call, name string) error {
	const most = 1000 // entries that are looked at
	var fits, parquet, arrow string
	if dir, err := os.Open(name); err == nil {
		entries, _ := dir.Readdirnames(most)
		_ = dir.Close()
		slices.Sort(entries)
		for _, entry := range entries {
			f, ok := OfName(entry)
			switch {
			case ok && fits == "" && slices.Contains(r.reads(c), f.Name):
				fits = entry
			case ok && f.Name == "arrow":
				arrow = entry
			case ok && f.Name == "parquet", strings.Contains(entry, "="):
				parquet = entry
			}
		}
	}
	var hints []string
	if fits != "" {
		hints = append(hints, "name a file in it: "+c.Name()+" "+cli.ShellWord(filepath.Join(name, fits)))
	}
	if arrow != "" {
		hints = append(hints, "arrow2jsonstat reads a folder of Arrow files: arrow2jsonstat "+cli.ShellWord(name))
	}
	if parquet != "" {
		hints = append(hints, "parquet2jsonstat reads a folder of Parquet files: parquet2jsonstat "+cli.ShellWord(name))
	}
	return cli.Usage(fmt.Errorf("%s is a folder", name), hints...)
}

// The forms are compiled when they are asked for: most calls name a file.

func addressForm() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`) }

// hostForm is an address without its beginning.
func hostForm() *regexp.Regexp {
	return regexp.MustCompile(`^(www\.[^/]+|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.(no|se|dk|fi|is|org|com|net|eu|int|gov|info|io|ie|ch|de|fr|es|uk)(:[0-9]+)?/.*)$`)
}

// tableForm is the id of a table of Statistics Norway.
func tableForm() *regexp.Regexp { return regexp.MustCompile(`^[0-9]{5}$`) }
