package formats

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Archived is a [Registry] for commands that read texts: of a zip archive the one table
// in it.
type Archived struct{ Registry }

// Input leaves archives to Member.
func (a Archived) Input(c *cli.Call, first []byte, failure error) error {
	if OfBytes(first).Name == "zip" {
		return nil
	}
	return a.Registry.Input(c, first, failure)
}

// Member chooses the one table of an archive. What goes along with tables is passed
// over: folders, what systems leave behind, and texts about them.
func (a Archived) Member(c *cli.Call, names []string) (int, error) {
	if areWorkbook(names) {
		f, _ := Get("xlsx")
		return 0, cli.InputError(fmt.Errorf("this is %s, which %s", f.Title, readBy(c, f)))
	}
	endings := a.Registry.Endings(c)
	var files, tables []int
	for i, name := range names {
		switch {
		case strings.HasSuffix(name, "/"), isLeftBehind(name):
		case slices.Contains(endings, path.Ext(withoutPacking(name))) && !isAbout(name):
			tables = append(tables, i)
			files = append(files, i)
		default:
			files = append(files, i)
		}
	}
	if len(tables) == 0 && len(files) == 1 {
		return files[0], nil // whatever it is called, its first bytes tell what it is
	}
	switch len(tables) {
	case 0:
		if len(files) == 0 {
			return 0, cli.InputError(errors.New("the zip archive has no file in it"))
		}
		return 0, cli.InputError(fmt.Errorf("the zip archive has no table in it: %s", listed(names, files)))
	case 1:
	default:
		err := fmt.Errorf("the zip archive has %d tables in it: %s", len(tables), listed(names, tables))
		return 0, cli.WithHints(cli.InputError(err), "one of them: "+a.unzip(c, names, tables))
	}
	var others []int
	for _, i := range files {
		if f, ending := ofName(names[i]); ending != "" && i != tables[0] && f.Name != "html" && f.Name != "pdf" && !isAbout(names[i]) {
			others = append(others, i)
		}
	}
	if len(others) > 0 {
		c.Warn("of the zip archive %s alone is read, not %s; unzip -p gets another one", path.Base(names[tables[0]]), listed(names, others))
	}
	return tables[0], nil
}

// Endings are those of tables that the command reads, and that of archives.
func (a Archived) Endings(c *cli.Call) []string { return append(a.Registry.Endings(c), ".zip") }

// isLeftBehind knows what programs put into archives beside what was meant to be there.
func isLeftBehind(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasPrefix(name, "__MACOSX/") || strings.EqualFold(base, "thumbs.db") || strings.EqualFold(base, "desktop.ini")
}

// aboutForm is how texts about others are called.
var aboutForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(_*read[ _.-]?me|licen[cs]e|copying|copyright|terms|disclaimer|notice|changelog)`)
})

// isAbout tells whether a member is a text about the others: so are only those that no
// table is called like.
func isAbout(name string) bool {
	return path.Ext(withoutPacking(name)) == ".txt" && aboutForm().MatchString(path.Base(name))
}

// listed are some of the names.
func listed(names []string, which []int) string {
	const most = 10
	var list []string
	for _, i := range which {
		if len(list) == most {
			list = append(list, fmt.Sprintf("and %d more", len(which)-most))
			break
		}
		list = append(list, names[i])
	}
	return strings.Join(list, ", ")
}

// unzip is a line that reads one of several members: the first that is not called like
// one about the others.
func (a Archived) unzip(c *cli.Call, names []string, tables []int) string {
	name := names[tables[0]]
	about := regexp.MustCompile(`(?i)meta_?data|codebook|footnote`)
	for _, i := range tables {
		if !about.MatchString(names[i]) {
			name = names[i]
			break
		}
	}
	// unzip takes names for patterns.
	name = regexp.MustCompile(`[\\*?\[\]]`).ReplaceAllString(name, `\$0`)
	file := "FILE"
	if in := c.Arg("input"); len(in) > 0 && in[0] != "-" {
		file = cli.ShellWord(in[0])
	}
	return "unzip -p " + file + " " + cli.ShellWord(name) + " | " + c.Piped()
}
