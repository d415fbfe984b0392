package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestPage holds that a terminal's output goes through $PAGER, and only on request.
func TestPage(t *testing.T) {
	shown := filepath.Join(t.TempDir(), "shown")
	cmd := Command{
		Name: "words", Summary: "show words",
		Flags: []Flag{Bool{Name: "pager", Help: "through a pager"}},
		Run: func(c *Context) error {
			if c.Bool("pager") && !c.Page() {
				t.Error("no pager")
			}
			w, err := c.Output()
			if err != nil {
				return err
			}
			_, err = io.WriteString(w, "north\nsouth\n")
			return err
		},
	}
	for _, tt := range []struct {
		name          string
		args          []string
		screen, paged string
	}{
		{"without", nil, "north\nsouth\n", ""},
		{"with", []string{"--pager"}, "", "north\nsouth\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out, errs bytes.Buffer
			code := Run(cmd, Env{
				Args: tt.args, Stdin: bytes.NewReader(nil), Stdout: &out, Stderr: &errs,
				Terminal: func(any) bool { return true },
				Getenv:   func(name string) string { return map[string]string{"PAGER": "cat > '" + shown + "'"}[name] },
			})
			paged, _ := os.ReadFile(shown)
			if code != 0 || out.String() != tt.screen || string(paged) != tt.paged || errs.Len() > 0 {
				t.Errorf("code %d, screen %q, pager %q, %s", code, &out, paged, &errs)
			}
		})
	}
}
