package cli

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// parsed reads a command line as a run does.
func parsed(t *testing.T, args ...string) *Call {
	t.Helper()
	cmd := sample(func(*Context) error { return nil })
	specs := cmd.AllFlags()
	line, err := newFlagTable(cmd.allNames()).normalise(args)
	require.NoError(t, err)
	values, err := parse(cmd.Name, specs, line.flags)
	require.NoError(t, err)
	return &Call{name: cmd.Name, values: values}
}

func TestParseDefaults(t *testing.T) {
	c := parsed(t)
	require.False(t, c.Bool("status"))
	require.Equal(t, "n/a", c.String("na"))
	require.Equal(t, "label", c.String("content"))
	require.Empty(t, c.String("dataset"))
	require.Nil(t, c.Strings("by"))
	for _, name := range []string{"status", "na", "by", "content"} {
		require.False(t, c.IsSet(name), name)
	}
}

func TestParseValues(t *testing.T) {
	tests := []struct {
		name string
		args []string
		get  func(*Call) any
		want any
	}{
		{"the last text wins", []string{"-n", "a", "-n", "b"}, func(c *Call) any { return c.String("na") }, "b"},
		{"the last boolean wins", []string{"-s", "--no-status"}, func(c *Call) any { return c.Bool("status") }, false},
		{"the last boolean wins, on", []string{"-s=false", "-s"}, func(c *Call) any { return c.Bool("status") }, true},
		{"the last choice wins", []string{"--content=id", "--content", "both"}, func(c *Call) any { return c.String("content") }, "both"},
		{"texts are collected", []string{"-y", "a", "--by=b"}, func(c *Call) any { return c.Strings("by") }, []string{"a", "b"}},
		{"texts are not split or trimmed", []string{"-y", " a, b "}, func(c *Call) any { return c.Strings("by") }, []string{" a, b "}},
		{"empty texts count", []string{"-y", "", "-y", "b"}, func(c *Call) any { return c.Strings("by") }, []string{"", "b"}},
		{"an empty text is a text", []string{"-n", ""}, func(c *Call) any { return c.String("na") }, ""},
		{"an empty text is set", []string{"-n", ""}, func(c *Call) any { return c.IsSet("na") }, true},
		{"the default given is set", []string{"--na=n/a"}, func(c *Call) any { return c.IsSet("na") }, true},
		{"an old name sets the name", []string{"--absent=x"}, func(c *Call) any { return c.IsSet("na") }, true},
		{"an old name of a boolean", []string{"--with-status"}, func(c *Call) any { return c.Bool("status") }, true},
		{"an old name, off", []string{"-s", "--no-marks"}, func(c *Call) any { return c.Bool("status") }, false},
		{"the last text wins, by whatever name", []string{"--na=a", "--absent=b"}, func(c *Call) any { return c.String("na") }, "b"},
		{"texts are collected by all names", []string{"--across=a", "-y", "b", "--across", "c"}, func(c *Call) any { return c.Strings("by") }, []string{"a", "b", "c"}},
		{"a choice by an old name", []string{"--cells", "both"}, func(c *Call) any { return c.String("content") }, "both"},
		{"false is set", []string{"--no-status"}, func(c *Call) any { return c.IsSet("status") }, true},
		{"blanks stay", []string{"-n", " \t"}, func(c *Call) any { return c.String("na") }, " \t"},
		{"bytes that are no text stay", []string{"-n\xff"}, func(c *Call) any { return c.String("na") }, "\xff"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, tt.get(parsed(t, tt.args...)))
		})
	}
}

func TestParseRefuses(t *testing.T) {
	specs := sample(nil).AllFlags()
	for _, flags := range [][]string{
		{"--content=lable"},
		{"--content=lable", "--content=label"}, // a later one does not excuse it
		{"--content="},
		{"--nan=zero"},
	} {
		_, err := parse("sample", specs, flags)
		var usage *UsageError
		require.ErrorAs(t, err, &usage, "%q", flags)
	}
	_, err := parse("sample", specs, []string{"--content=lable"})
	require.EqualError(t, err, `--content is id, label, both or columns, not "lable"`)
	require.Equal(t, []string{"did you mean label?"}, err.(*UsageError).Hints)
}

func TestCallRefusesWrongNames(t *testing.T) {
	c := parsed(t)
	require.Panics(t, func() { c.Bool("statsu") })
	require.Panics(t, func() { c.Bool("na") }, "a text is no boolean")
	require.Panics(t, func() { c.String("by") }, "texts are no text")
	require.Panics(t, func() { c.Bool("marks") }, "an old name is none to ask for")
	require.Panics(t, func() { c.Bool("wide") }, "nor is one that is gone")
	require.Panics(t, func() { c.Arg("table") })
}
