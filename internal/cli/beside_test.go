package cli

import (
	"errors"
	"io"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// A file beside the output comes to stand with it, or neither does.
func TestCompanion(t *testing.T) {
	for _, tt := range []struct {
		name  string
		there map[string]string
		args  []string
		run   func() error
		code  int
		err   string
		left  []string
	}{
		{"both", nil, nil, nil, exitDone, "", []string{"a.json", "b.json", "out.csv"}},
		{"a run that fails", nil, nil, func() error { return errors.New("it broke") }, exitFailed, "sample: it broke\n", []string{}},
		{"one that is there", map[string]string{"b.json": "old"}, nil, nil, exitCall,
			"sample: b.json, which --x writes, exists already\nhint: --force replaces it\n", []string{"b.json"}},
		{"one that is there and is replaced", map[string]string{"b.json": "old"}, []string{"--force"}, nil, exitDone, "", []string{"a.json", "b.json", "out.csv"}},
		{"one that comes to exist", nil, nil, func() error { return os.WriteFile("b.json", []byte("theirs"), 0o600) }, exitFailed,
			"sample: cannot write b.json: it has come to exist meanwhile\n", []string{"b.json"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inFolder(t, tt.there)
			cmd := sample(func(c *Context) error {
				for _, name := range []string{"a.json", "b.json"} {
					set, err := c.Companion(name, "--x", c.Bool("force"))
					if err != nil {
						return err
					}
					set([]byte(name))
				}
				w, err := c.Output()
				if err != nil {
					return err
				}
				if _, err := io.WriteString(w, "text"); err != nil || tt.run == nil {
					return err
				}
				return tt.run()
			})
			require.Equal(t, result{code: tt.code, errout: tt.err}, runWith(cmd, "", append(tt.args, "-", "out.csv")...))
			require.Equal(t, tt.left, listed(t))
			if tt.code == exitDone {
				require.Equal(t, "b.json", readFile(t, "b.json"))
			}
		})
	}
}

// Without a file there is nothing to stand beside.
func TestCompanionOfPipe(t *testing.T) {
	inFolder(t, nil)
	cmd := sample(func(c *Context) error {
		_, err := c.Companion("a.json", "--x", false)
		return err
	})
	require.Equal(t, result{exitCall, "", "sample: --x needs an output that is a file: name it\n"}, runWith(cmd, ""))
	require.Equal(t, result{exitCall, "", "sample: --x needs an output that is a file: name it\n"}, runWith(cmd, "", "-", os.DevNull))
}
