package transport

import (
	"os"
	"path/filepath"
	"strings"
)

// Cache is the folder for the times of calls and for what is saved: the one that is named,
// else pxfetch below the user's cache folder, "" if there is none.
func Cache(named string) string {
	if named != "" {
		return named
	}
	folder, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "pxfetch")
}

// Times is the file for the times of calls to a server, given by any address of it; ""
// without a folder.
func Times(cache, address string) string {
	if cache == "" {
		return ""
	}
	return filepath.Join(cache, "calls", FileName(HostOf(address))+".json")
}

// FileName makes a name of a file of any text.
func FileName(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '_'
	}, text)
}
