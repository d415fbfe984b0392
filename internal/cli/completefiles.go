package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// fileCandidates are the names of files that begin with what was typed: those with one of
// the endings, which may be packed, and folders. Where there is none, any file will do.
func fileCandidates(typed string, want Completes, endings []string) []candidate {
	cut := strings.LastIndexFunc(typed, func(r rune) bool { return r == '/' || r == filepath.Separator }) + 1
	folder, begin := typed[:cut], typed[cut:]
	where := "."
	if folder != "" {
		where = atHome(folder)
	}
	entries, err := os.ReadDir(where)
	if err != nil {
		return nil
	}
	var fit, others []candidate
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, begin) || strings.HasPrefix(name, ".") && begin == "" {
			continue
		}
		switch {
		case isFolder(where, e):
			fit = append(fit, candidate{id: folder + name, text: folder + name + folderSign(folder), open: true})
		case want == Folders:
		case len(endings) == 0 || endsIn(name, endings):
			fit = append(fit, candidate{id: folder + name})
		default:
			others = append(others, candidate{id: folder + name})
		}
	}
	if len(fit) == 0 {
		return others
	}
	return fit
}

// folderSign is what stands behind the name of a folder: what the caller wrote behind
// others.
func folderSign(folder string) string {
	if folder != "" {
		return folder[len(folder)-1:]
	}
	return string(filepath.Separator)
}

// isFolder tells whether an entry is a folder, or leads to one.
func isFolder(where string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := os.Stat(filepath.Join(where, e.Name()))
	return err == nil && info.IsDir()
}

// endsIn tells whether a file has one of the endings, or is such a file packed.
func endsIn(name string, endings []string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(endings, func(e string) bool {
		return strings.HasSuffix(name, e) || strings.HasSuffix(name, e+".gz") || strings.HasSuffix(name, e+".zst")
	})
}

// atHome is the name of a file with the caller's home in the place of a tilde.
func atHome(name string) string {
	if name != "~" && !strings.HasPrefix(name, "~/") {
		return name
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return name
	}
	return home + name[1:]
}
