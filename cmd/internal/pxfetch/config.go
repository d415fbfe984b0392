package pxfetch

import (
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/pxweb"
)

func configCommand() cli.Command {
	return asks(runConfig, cli.Command{
		Name:        "config",
		Summary:     "tell about a server: limits, languages, licence",
		Description: "Limits are those that the server states, and those that are kept to: the smallest of what its configuration, its headers and our own table of hosts say.",
		Examples: []cli.Example{
			{Line: "pxfetch config", Text: "of the host that is asked by default"},
			{Line: "pxfetch config --hosts", Text: "the hosts with a short name"},
		},
	}, cli.Bool{Name: "hosts", Help: "list the hosts that have a short name"})
}

func runConfig(c *cli.Context) error {
	if c.Bool("hosts") {
		w, err := c.Output()
		if err != nil {
			return err
		}
		for _, h := range pxweb.Hosts() {
			fmt.Fprintf(w, "%-10s%s\n", h.Name, h.Title)
		}
		return nil
	}
	client, err := connect(c)
	if err != nil {
		return err
	}
	cfg, err := client.Config(c.Context())
	if err != nil {
		return failedConfig(c, err)
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	h := client.Host()
	if h.Title != "" {
		fmt.Fprintf(w, "host      %s (%s)\n", h.Title, h.Name)
	}
	fmt.Fprintf(w, "api       %s %s\n", cfg.API, cfg.Version)
	for _, base := range client.Addresses(c.Context()) {
		fmt.Fprintf(w, "address   %s\n", base)
	}
	stated := func(n int64) string {
		if n == 0 {
			return "not stated"
		}
		return count(n) + " stated"
	}
	kept := client.Limits()
	fmt.Fprintf(w, "cells     %s, %s kept to\n", stated(cfg.MaxCells), count(kept.Cells))
	calls := "not stated"
	if cfg.Calls > 0 {
		calls = fmt.Sprintf("%d in %s stated", cfg.Calls, cfg.Window)
	}
	if kept.Calls > 0 {
		calls += fmt.Sprintf(", %d in %s kept to", kept.Calls, kept.Window)
	} else {
		calls += ", none kept to"
	}
	fmt.Fprintf(w, "calls     %s\n", calls)
	langs := cfg.Languages
	if len(langs) == 0 {
		langs = h.Languages
	}
	fmt.Fprintf(w, "languages %s\n", strings.Join(langs, ", "))
	if len(cfg.Formats) > 0 {
		fmt.Fprintf(w, "formats   %s\n", strings.Join(cfg.Formats, ", "))
	}
	printLicence(w, client)
	return nil
}
