package cli

import (
	"os"
	"os/exec"
	"runtime"
)

// Page sends what goes to a terminal through the program that the variable PAGER of the
// environment names, else less; call it before Output. Without a terminal it does nothing,
// and where there is no such program there is one warning. It returns whether a pager shows
// the output, where lines may be longer than the terminal is wide.
func (c *Context) Page() bool {
	if c.Width() == 0 {
		return false
	}
	program := c.env.Getenv("PAGER")
	if program == "" {
		program = "less"
	}
	cmd := exec.CommandContext(c.ctx, "sh", "-c", program)
	if runtime.GOOS == "windows" {
		cmd = exec.CommandContext(c.ctx, "cmd", "/c", program)
	}
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if c.env.Getenv("LESS") == "" {
		cmd.Env = append(os.Environ(), "LESS=FRSX") // ends by itself if all fits, and does not fold lines
	}
	to, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		c.Warn("--pager has no effect: %v", err)
		return false
	}
	c.place.stdout = to
	c.OnEnd(func(bool) {
		_ = to.Close()
		if err := cmd.Wait(); err != nil {
			c.Warn("the pager %q failed: %v", program, err)
		}
	})
	return true
}
