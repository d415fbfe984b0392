package pxfetch

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/pxweb"
	"github.com/jsonstat-go/toolkit/pxweb/ssb"
)

// failed gives an error of a client its exit status, and the hints that go with what went
// wrong. What was asked for is not known here: see failedTable and its like.
func failed(c *cli.Context, err error) error {
	var s *pxweb.SelectionError
	var parts *pxweb.PartsError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &s), errors.Is(err, ssb.ErrHost):
		return cli.Usage(err)
	case errors.As(err, &parts) && parts.Kept && parts.Done > 0:
		kept := fmt.Sprintf("%d of %d parts are kept; this goes on from there: %s", parts.Done, parts.Parts, c.Line("--fresh"))
		c.IfStopped(kept)
		return cli.WithHints(err, append(hints(err), kept)...)
	}
	return cli.WithHints(err, hints(err)...)
}

// hints are what may help after an error of a server, or for want of one.
func hints(err error) []string {
	var e *pxweb.Error
	switch {
	case !errors.As(err, &e):
		return nil
	case errors.Is(err, pxweb.ErrRedirect):
		return []string{"the server has moved, or a login stands in front of it: name the new address with --host"}
	case errors.Is(err, pxweb.ErrCertificate):
		return []string{"behind a proxy that reads along, SSL_CERT_FILE names the file with its certificate, and HTTPS_PROXY the proxy: see docs/pxfetch.md"}
	case e.Kind == pxweb.ErrOffline:
		return []string{"is this machine online? pxfetch config shows which server is asked; HTTPS_PROXY names a proxy"}
	case e.Page && (e.Status == 403 || e.Status == 407 || e.Status == 200):
		return []string{"a web page in the place of data comes from a proxy, a firewall or a server that is being looked after"}
	case e.Kind == pxweb.ErrTooMany:
		return []string{"the server allows no more calls for now: wait some minutes"}
	}
	return nil
}

// failedTable names the table in an error that may be about it. byDefault says that nobody
// named the host.
func failedTable(c *cli.Context, host pxweb.Host, name string, err error, byDefault bool) error {
	if errors.Is(err, pxweb.ErrNotFound) || errors.Is(err, pxweb.ErrRefused) {
		err = fmt.Errorf("table %s: %w", name, err)
	}
	if !errors.Is(err, pxweb.ErrNotFound) {
		return failed(c, err)
	}
	return cli.WithHints(failed(c, err), append(nameHints(host, name, byDefault), searchHint(host))...)
}

// searchHint is how tables are found. Known hosts have an index of theirs.
func searchHint(host pxweb.Host) string {
	if host.Name != "" {
		return "pxfetch search finds tables"
	}
	return "pxfetch search finds tables; a server that was just installed knows them when its index is built"
}

// nameHints are what the name of a table that is not there says: numbers of Statistics Norway
// have five digits. byDefault says that nobody named the host.
func nameHints(host pxweb.Host, name string, byDefault bool) []string {
	n, err := strconv.Atoi(name)
	switch number := err == nil && n > 0; {
	case number && len(name) < 5 && (host.Name == "" || host.Name == "ssb"):
		return []string{fmt.Sprintf("%05d? spreadsheets leave out the zero in front of a number", n)}
	case byDefault && !(number && len(name) == 5):
		return []string{host.Title + " was asked, since neither --host nor PXFETCH_HOST names another server"}
	}
	return nil
}

// failedSearch is an error of a search or a listing. Servers fail at words that they cannot
// read, and as long as they have not built their index of tables.
func failedSearch(c *cli.Context, err error) error {
	var e *pxweb.Error
	if errors.As(err, &e) && e.Status == 500 {
		return cli.WithHints(failed(c, err), "the server's index of tables is perhaps not built yet, or it cannot read the words: quotes and parentheses come in pairs")
	}
	return failed(c, err)
}

// failedList is an error that may be about a code list.
func failedList(c *cli.Context, err error) error {
	return about(c, err, "pxfetch meta lists the code lists of a table")
}

// failedConfig is an error that may be about the address of a server.
func failedConfig(c *cli.Context, err error) error {
	return about(c, err, "the server tells no configuration there, which is no reason not to ask it for tables; if those are not found either, see whether the address ends like .../api/v1/en/database or .../api/v2")
}

// about adds a hint to an error that something is not there.
func about(c *cli.Context, err error, hint string) error {
	if errors.Is(err, pxweb.ErrNotFound) {
		return cli.WithHints(failed(c, err), hint)
	}
	return failed(c, err)
}
