package pxfetch

import (
	"time"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/pxweb"
)

// mindQuiet warns, or waits, while the server publishes.
func mindQuiet(c *cli.Context, h pxweb.Host) error {
	until, quiet := h.Quiet(time.Now())
	if !quiet {
		return nil
	}
	if !c.Bool("wait-quiet") {
		c.Warn("%s publishes new figures now and asks not to be called until %s; --wait-quiet waits", h.Title, until.Format("15:04"))
		return nil
	}
	c.Status("waiting until %s: %s publishes new figures", until.Format("15:04"), h.Title)
	select {
	case <-time.After(time.Until(until)):
		return nil
	case <-c.Context().Done():
		return c.Context().Err()
	}
}
