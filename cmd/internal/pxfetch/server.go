package pxfetch

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/pxweb"
)

const asking = "Server"

// userAgent is what servers are told of the program.
const userAgent = "pxfetch (https://github.com/jsonstat-go/toolkit)"

// serverFlags say which server is asked.
func serverFlags() []cli.Flag {
	return []cli.Flag{
		cli.String{Name: "host", Value: "NAME", Group: asking, Help: "short name (ssb, scb, statfin, hagstofa, ...) or base address (default: ssb, or what PXFETCH_HOST says)"},
		cli.Choice{Name: "api", Values: []string{"auto", "1", "2"}, Default: "auto", Group: asking, Help: "version of PxWebApi; auto is 2 where there is one"},
		cli.String{Name: "lang", Value: "LANG", Group: asking, Help: "language of the server, such as no or en (default: its first)"},
	}
}

// asks completes the table of a command that asks a server: what runs it, and its own
// flags in front of those of the server.
func asks(run func(*cli.Context) error, cmd cli.Command, own ...cli.Flag) cli.Command {
	cmd.Run, cmd.Flags = run, append(own, serverFlags()...)
	return cmd
}

// hostName is the host that the call asks for.
func hostName(c *cli.Context) string {
	if c.IsSet("host") {
		return c.String("host")
	}
	if name := os.Getenv("PXFETCH_HOST"); name != "" {
		return name
	}
	return "ssb"
}

// isAddress tells whether an argument is an address rather than an id.
func isAddress(text string) bool {
	return strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")
}

// findHost finds the host of the call.
func findHost(c *cli.Context) (pxweb.Host, error) {
	name := hostName(c)
	host, ok := pxweb.FindHost(name)
	if ok {
		return host, nil
	}
	if isAddress(name) {
		_, err := pxweb.ParseAddress(name)
		return host, cli.Usage(err)
	}
	var names []string
	for _, h := range pxweb.Hosts() {
		names = append(names, h.Name)
	}
	return host, cli.Usage(fmt.Errorf("there is no host %q", name), "hosts with a short name: "+strings.Join(names, ", "), "any other one is given by its address: --host=https://...")
}

// connect makes a client for the host of the call.
func connect(c *cli.Context) (*pxweb.Client, error) {
	host, err := findHost(c)
	if err != nil {
		return nil, err
	}
	return connectTo(c, host, pxweb.Auto, "")
}

// connectTo makes a client for a host. What the call says of version and language
// goes before what an address said.
func connectTo(c *cli.Context, host pxweb.Host, api pxweb.API, lang string) (*pxweb.Client, error) {
	switch {
	case c.String("api") == "1":
		api = pxweb.V1
	case c.String("api") == "2":
		api = pxweb.V2
	}
	if c.IsSet("lang") {
		lang = c.String("lang")
	}
	api = apiOfFormat(c, host, api)
	client, err := pxweb.New(host, &pxweb.Options{API: api, Lang: lang, UserAgent: userAgent, Report: reporter(c)})
	return client, cli.Usage(err)
}

// reporter shows what a client is doing.
func reporter(c *cli.Context) func(pxweb.Event) {
	parts := ""
	return func(e pxweb.Event) {
		switch {
		case e.Warning != "":
			c.Warn("%s", e.Warning)
		case e.Wait >= time.Second:
			c.Status("%swaiting %s: %s", parts, e.Wait.Round(time.Second), e.Why)
		case e.Parts > 0:
			parts = fmt.Sprintf("%s: %d of %d parts, %s of %s cells; ", e.Table, e.PartsDone, e.Parts, count(e.CellsDone), count(e.Cells))
			c.Status("%s", strings.TrimSuffix(parts, "; "))
		}
	}
}

// target is a table that a call names, and how to get at it.
type target struct {
	client *pxweb.Client
	table  *pxweb.Table
	asked  *pxweb.SavedQuery // behind the question mark of an address
	saved  *pxweb.SavedQuery // that an address names
}

// open opens the table that an argument names: an id at the host of the call, or
// an address.
func open(c *cli.Context, name string) (*target, error) {
	t := &target{}
	var err error
	if !isAddress(name) {
		if t.client, err = connect(c); err != nil {
			return nil, err
		}
		t.table, err = t.client.Table(c.Context(), name)
		return t, failedTable(c, name, err)
	}
	a, err := pxweb.ParseAddress(name)
	if err != nil {
		return nil, cli.Usage(err)
	}
	if t.client, err = connectTo(c, a.Host, a.API, a.Lang); err != nil {
		return nil, err
	}
	id := a.Table
	switch {
	case a.Saved != "":
		if t.saved, err = t.client.Saved(c.Context(), a.Saved); err != nil {
			return nil, failed(c, err)
		}
		id = t.saved.Table
	default:
		if t.asked, err = a.SavedQuery(); err != nil {
			return nil, failed(c, err)
		}
	}
	if id == "" {
		return nil, cli.Usage(fmt.Errorf("%s is the address of a server, not of a table", name), "say it with --host, and name the table")
	}
	t.table, err = t.client.Table(c.Context(), id)
	return t, failedTable(c, id, err)
}
