package cli

import (
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestVersionLine(t *testing.T) {
	built := func(v string, settings ...string) *debug.BuildInfo {
		info := &debug.BuildInfo{Main: debug.Module{Version: v}}
		for i := 0; i < len(settings); i += 2 {
			info.Settings = append(info.Settings, debug.BuildSetting{Key: settings[i], Value: settings[i+1]})
		}
		return info
	}
	const commit = "0123456789abcdef0123456789abcdef01234567"
	tests := []struct {
		name    string
		release string
		info    *debug.BuildInfo
		want    string
	}{
		{"nothing is known", "", nil, "tool development version (GO)\n"},
		{"a working copy", "", built("(devel)"), "tool development version (GO)\n"},
		{"a commit", "", built("(devel)", "vcs.revision", commit), "tool development version (commit 0123456789ab, GO)\n"},
		{"a commit and changes", "", built("(devel)", "vcs.revision", commit, "vcs.modified", "true"), "tool development version (commit 0123456789ab with changes, GO)\n"},
		{"installed as a module", "", built("v1.2.3"), "tool v1.2.3 (GO)\n"},
		{"a release", "v1.2.3", built("(devel)", "vcs.revision", commit), "tool v1.2.3 (commit 0123456789ab, GO)\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := strings.ReplaceAll(tt.want, "GO", runtime.Version())
			require.Equal(t, want, versionLine("tool", tt.release, tt.info))
		})
	}
}

func TestVersionIsPrinted(t *testing.T) {
	got := runWith(sample(nothing), "", "--version", "-s")
	require.Equal(t, exitDone, got.code)
	require.Regexp(t, `^sample .*\(.*go1\..*\)\n$`, got.out)
	require.Empty(t, got.errout)
}
