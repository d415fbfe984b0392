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
		cli.String{Name: "host", Value: "NAME", Group: asking, Help: "short name (ssb, scb, statfin, hagstofa, ...) or address (default: ssb, or what PXFETCH_HOST says)"},
		cli.Choice{Name: "api", Values: []string{"auto", "1", "2"}, Default: "auto", Group: asking, Help: "version of PxWebApi; auto is 2 where there is one; says too which one an address is of whose form does not tell"},
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
	switch {
	case c.IsSet("host"):
		return c.String("host")
	case namesHost(c):
		return os.Getenv("PXFETCH_HOST")
	}
	return "ssb"
}

// namesHost tells whether the call or its environment names a host.
func namesHost(c *cli.Context) bool { return c.IsSet("host") || os.Getenv("PXFETCH_HOST") != "" }

// isAddress tells whether an argument is an address rather than an id. One without a scheme
// must be that of a table: a word with a dot in it may be the name of a file at the server.
func isAddress(text string) bool {
	if strings.Contains(text, "://") {
		return true
	}
	a, err := pxweb.ParseAddress(text)
	return err == nil && strings.Contains(text, "/") && (a.Table != "" || a.Saved != "")
}

// version is the version of the API that the call chooses.
func version(c *cli.Context) pxweb.API {
	return map[string]pxweb.API{"1": pxweb.V1, "2": pxweb.V2}[c.String("api")]
}

// parseAddress reads an address, with what the call says of its version.
func parseAddress(c *cli.Context, text string) (*pxweb.Address, error) {
	a, err := pxweb.ParseAddressAs(text, version(c))
	if err == nil {
		return a, nil
	}
	var hints []string
	for _, other := range []struct {
		api  pxweb.API
		hint string
	}{
		{pxweb.V1, "--api=1 takes what stands in front of its language as the base"},
		{pxweb.V2, "--api=2 takes it as the base of version 2"},
	} {
		if _, err := pxweb.ParseAddressAs(text, other.api); err == nil {
			hints = append(hints, other.hint)
		}
	}
	return nil, cli.Usage(err, hints...)
}

// findHost finds the host of the call.
func findHost(c *cli.Context) (pxweb.Host, error) {
	name := hostName(c)
	host, ok := pxweb.FindHost(name)
	if ok {
		return host, nil
	}
	if strings.ContainsAny(name, ".:/") {
		a, err := parseAddress(c, name)
		if err != nil {
			return host, err
		}
		return a.Host, nil
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
	if v := version(c); v != pxweb.Auto {
		api = v
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
		return t, failedTable(c, t.client.Host(), name, err, !namesHost(c))
	}
	a, err := parseAddress(c, name)
	if err != nil {
		return nil, err
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
	case strings.HasPrefix(a.Query.Get("query"), "{"): // a query of version 1 in the address, as PxStat has it
		if t.saved, err = pxweb.ParseQuery([]byte(a.Query.Get("query"))); err != nil {
			return nil, cli.Usagef("the query in the address: %v", err)
		}
	default:
		if t.asked, err = a.SavedQuery(); err != nil {
			return nil, failed(c, err)
		}
	}
	if id == "" {
		return nil, cli.Usage(fmt.Errorf("%s is the address of a server, not of a table", name), "say it with --host, and name the table")
	}
	t.table, err = t.client.Table(c.Context(), id)
	return t, failedTable(c, a.Host, id, err, false)
}
