package pxfetch

import (
	"errors"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/pxweb"
)

// query is what an address, or a file, says besides what is selected, nil if nothing.
func (t *target) query() *pxweb.SavedQuery {
	if t.saved != nil {
		return t.saved
	}
	return t.asked
}

// noLayout warns of what a query or the call says of files of the server's, where JSON-stat
// is fetched.
func noLayout(c *cli.Context, t *target) {
	for _, name := range []string{"format-params", "heading", "stub"} {
		if c.IsSet(name) {
			c.Warn("--%s has no effect without --server-format", name)
		}
	}
	q := t.query()
	if q == nil || q.Format == "" || strings.HasPrefix(strings.ToLower(q.Format), "json-stat") {
		return
	}
	c.Warn("the query asks for %s, and JSON-stat is fetched: --server-format=%s gets what the server makes", q.Format, q.Format)
}

// getRaw gets a query in a format of the server.
func getRaw(c *cli.Context, t *target, q *pxweb.Query, format string) error {
	c.VoidedBy("server-format", "nil", "since", "dry-run")
	o := &pxweb.RawOptions{Format: format, Params: names(c, "format-params"), Heading: names(c, "heading"), Stub: names(c, "stub")}
	if said := t.query(); said != nil {
		if !c.IsSet("format-params") {
			o.Params = said.Params
		}
		if !c.IsSet("heading") && !c.IsSet("stub") {
			o.Heading, o.Stub = said.Heading, said.Stub
		}
	}
	if err := mindQuiet(c, t.client.Host()); err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	err = t.client.Raw(c.Context(), q, o, w)
	var e *pxweb.Error
	if errors.As(err, &e) && e.Status == 500 {
		return cli.WithHints(failed(c, err), "the server may not be able to make "+format+" of this selection")
	}
	return failed(c, err)
}

// names is a list of an option, nil if it was not given.
func names(c *cli.Context, option string) []string {
	if !c.IsSet(option) {
		return nil
	}
	return strings.FieldsFunc(c.String(option), func(r rune) bool { return r == ',' || r == ' ' })
}
