package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// version is set by the linker for a release:
//
//	go build -ldflags "-X github.com/jsonstat-go/toolkit/internal/cli.version=v1.2.3"
var version string

// versionOf is the line that --version prints: the release, and what it was built
// from as far as that is known.
func versionOf(name string) string {
	info, _ := debug.ReadBuildInfo()
	return versionLine(name, version, info)
}

func versionLine(name, release string, info *debug.BuildInfo) string {
	var from []string
	if info != nil {
		if release == "" {
			release = info.Main.Version
		}
		if commit := commitOf(info); commit != "" {
			from = append(from, "commit "+commit)
		}
	}
	if release == "" || release == "(devel)" {
		release = "development version"
	}
	from = append(from, runtime.Version())
	return fmt.Sprintf("%s %s (%s)\n", name, release, strings.Join(from, ", "))
}

// commitOf is the commit that the program was built from, marked if there were
// changes on top of it, or "".
func commitOf(info *debug.BuildInfo) string {
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	commit := set["vcs.revision"]
	if len(commit) > 12 {
		commit = commit[:12]
	}
	if commit != "" && set["vcs.modified"] == "true" {
		commit += " with changes"
	}
	return commit
}
