package folders

import (
	"cmp"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// A folder is a column that the names of folders make.
type folder struct {
	name, value string
	at          int // level, from 0 for the outermost
}

// partNames are the files of a folder that are parts of its table.
func partNames(dir fs.FS, f Format, o *rows.Options) ([]string, error) {
	var named, others []string
	err := fs.WalkDir(dir, ".", func(name string, e fs.DirEntry, err error) error {
		base := path.Base(name)
		hidden := name != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") && !strings.Contains(base, "="))
		switch {
		case err != nil:
			return err
		case hidden && e.IsDir():
			return fs.SkipDir
		case hidden || e.IsDir():
		case slices.Contains(f.Endings, strings.ToLower(path.Ext(name))):
			named = append(named, name)
		default:
			others = append(others, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(named) == 0 {
		named, others = others, nil // Hive's have no ending
	}
	if len(named) == 0 {
		return nil, fmt.Errorf("the folder holds no %s file", f.Name)
	}
	if len(others) > 0 {
		o.Warnf("%d of the files are passed over, since others are called %s: %s", len(others), f.Endings[0], others[0])
	}
	slices.SortFunc(named, byNumber)
	return named, nil
}

// byNumber compares names with the numbers in them as numbers.
func byNumber(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		m, n := digits(x), digits(y)
		if m > 0 && n > 0 {
			p, q := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
			if c := cmp.Or(len(p)-len(q), strings.Compare(p, q)); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(len(x)-len(y), strings.Compare(a, b))
}

// digits is how many digits a text begins with.
func digits(text string) int { return len(text) - len(strings.TrimLeft(text, "0123456789")) }

// foldersOf are the columns that the last folders of a path make, the outermost first.
func foldersOf(dir string) (list []folder) {
	for dir = path.Clean(dir); ; dir = path.Dir(dir) {
		name, value, ok := strings.Cut(path.Base(dir), "=")
		if !ok || name == "" {
			break
		}
		list = append(list, folder{name: decoded(name), value: decoded(value)})
	}
	slices.Reverse(list)
	return list
}

// saidBy are the values of folders.
func saidBy(list []folder) (values []string) {
	for _, f := range list {
		values = append(values, f.value)
	}
	return values
}

// decoded is a name without its percent-encoding, if it has one.
func decoded(name string) string {
	if text, err := url.PathUnescape(name); err == nil {
		return text
	}
	return name
}

// namesOf are the names of folders.
func namesOf(list []folder) []string {
	names := []string{}
	for _, f := range list {
		names = append(names, f.name)
	}
	return names
}

// editionOf is the folder of the only edition in a folder, and its name, which is "" where
// a folder has none.
func editionOf(dir fs.FS) (fs.FS, string, error) {
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil, "", err
	}
	var editions []string
	for _, e := range entries {
		if _, err := fs.Stat(dir, path.Join(e.Name(), columnar.HeadName)); err == nil && strings.HasPrefix(e.Name(), "edition=") {
			editions = append(editions, e.Name())
		}
	}
	switch len(editions) {
	case 0:
		return dir, "", nil
	case 1:
		sub, err := fs.Sub(dir, editions[0])
		return sub, editions[0], err
	}
	return nil, "", fmt.Errorf("the folder holds %d editions, each a cube of its own: read one of %s", len(editions), strings.Join(editions, ", "))
}
