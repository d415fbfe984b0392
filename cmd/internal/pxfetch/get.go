package pxfetch

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
	"github.com/jsonstat-go/toolkit/pxweb"
)

const selecting, fetching = "Selecting", "Fetching"

func getCommand() cli.Command {
	return asks(runGet, cli.Command{
		Name:    "get",
		Summary: "get a table, or some of it, as one JSON-stat document",
		Description: `The table is named by its number, by its path at servers that have no numbers, or by an address: of the API, with a selection or without, or of the page of the table.

Without a selection every value of every variable comes. With one, variables that are not named are left out where the table has a total for them, and come whole where it has none.

What is more than the server gives at once is asked for in the fewest requests that can be, at the rate that it allows, and put together. What has come is saved until all is there: the same call goes on where it was stopped.`,
		Args: "[table [output]]", Formats: formats.Registry{Writes: written}, Renews: "since",
		Examples: []cli.Example{
			{Line: "pxfetch get 05839 table.json", Text: "the whole table"},
			{Line: "pxfetch get 05839 -s Region=0301,1103 -s 'Tid=top(5)'", Text: "two regions in the latest five periods; the rest summed up"},
			{Line: "pxfetch get 05839 -s 'Alder=agg:FemAarigGruppering:F00-04,F05-09' -s 'Tid=2020..'", Text: "values of a grouping; all periods from one on"},
			{Line: "pxfetch get 05839 --dry-run", Text: "how many cells, requests and seconds"},
		},
	},
		cli.Strings{Name: "select", Short: 's', Value: "VAR=VALUES", Group: selecting, Help: "values of a variable: codes, 03*, 2015..2020, top(5), *, agg:NAME:codes"},
		cli.String{Name: "query", Short: 'q', Value: "FILE", Complete: cli.Files, Group: selecting, Help: "a query as JSON: of version 1 or 2, or as the web page saves it"},
		cli.Bool{Name: "without-value-sets", Group: selecting, Help: "ask for the values of a value set (vs:) as values of the variable"},
		cli.Bool{Name: "default", Group: selecting, Help: "the extract that the server chooses"},
		cli.Bool{Name: "dry-run", Group: fetching, Help: "print what would be asked for, and ask for no data"},
		cli.Bool{Name: "yes", Group: fetching, Help: "get more than 5 million cells"},
		cli.Bool{Name: "fresh", Group: fetching, Help: "do not go on with what an interrupted call has saved"},
		cli.String{Name: "since", Value: "FILE", Complete: cli.Files, Group: fetching, Help: "only if the table has something new to this document, which is then replaced if no output is named"},
		cli.Bool{Name: "exit-code", Group: fetching, Help: "with --since: end with status 3, and without a word, if there is nothing new"},
		cli.String{Name: "query-out", Value: "FILE", Complete: cli.Files, Group: fetching, Help: "write the query with every code by its name, to repeat it"},
		cli.String{Name: "nil", Value: "NUMBER", Group: fetching, Help: `the value for cells of symbol "-", which means an exact zero`},
		cli.String{Name: "server-format", Value: "NAME", Group: fetching, Help: "not JSON-stat 2, but csv, csv2, csv3, px, xlsx, html, parquet, ... as the server makes it"},
		cli.String{Name: "format-params", Value: "LIST", Group: fetching, Help: "with --server-format: parameters of the format, such as UseTexts,SeparatorSemicolon"},
		cli.String{Name: "heading", Value: "VAR,...", Group: fetching, Help: "with --server-format: the variables above"},
		cli.String{Name: "stub", Value: "VAR,...", Group: fetching, Help: "with --server-format: the variables at the side"},
		cli.Bool{Name: "wait-quiet", Group: fetching, Help: "wait while the server publishes (at ssb 07:55 to 08:15) instead of warning"},
		cli.String{Name: "max-cells", Value: "NUMBER", Group: fetching, Help: "most cells in a request (default: what the server allows)"},
	)
}

// written are the formats that a call writes.
func written(c *cli.Call) []string {
	if format := c.String("server-format"); format != "" {
		return serverFormat(format)
	}
	if c.Bool("dry-run") {
		return nil
	}
	return []string{"jsonstat"}
}

// askFirst is how many cells are got without --yes.
const askFirst = 5_000_000

func runGet(c *cli.Context) error {
	t, q, err := wanted(c)
	if err != nil {
		return err
	}
	if err := checkNil(c); err != nil {
		return err
	}
	if format := c.String("server-format"); format != "" && !strings.EqualFold(format, "json-stat2") {
		return getRaw(c, t, q, format)
	}
	noLayout(c, t)
	plan, err := planned(c, t, q)
	if err != nil || plan == nil {
		return err
	}
	if news, err := isNews(c, t, q); err != nil || !news {
		return err
	}
	if err := mindQuiet(c, t.client.Host()); err != nil {
		return err
	}
	return fetch(c, t, q)
}

// wanted finds the table and the selection of the call.
func wanted(c *cli.Context) (*target, *pxweb.Query, error) {
	saved, err := readQuery(c)
	if err != nil {
		return nil, nil, err
	}
	name := ""
	switch args := c.Arg("table"); {
	case len(args) > 0:
		name = args[0]
	case saved != nil && saved.Address != "":
		name = saved.Address
	case saved != nil && saved.Table != "":
		name = saved.Table
	default:
		return nil, nil, cli.Usage(errors.New("no table is named"), "for example: pxfetch get 05839", "pxfetch search finds tables")
	}
	t, err := open(c, name)
	if err != nil {
		return nil, nil, err
	}
	if saved != nil {
		t.saved = saved
	}
	q, err := resolve(c, t)
	if err != nil {
		return nil, nil, failed(c, err)
	}
	for _, w := range q.Warnings {
		c.Warn("%s", w)
	}
	return t, q, nil
}

// readQuery reads the file of --query.
func readQuery(c *cli.Context) (*pxweb.SavedQuery, error) {
	name := c.String("query")
	if name == "" {
		return nil, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, cli.Usagef("--query: %v", err)
	}
	saved, err := pxweb.ParseQuery(text)
	if err != nil {
		return nil, cli.Usagef("--query %s: %v", name, err)
	}
	return saved, nil
}

// resolve holds what is selected against the table.
func resolve(c *cli.Context, t *target) (*pxweb.Query, error) {
	var list []dice.Criterion
	for _, text := range c.Strings("select") {
		spec, err := dice.Parse(text)
		if err == nil {
			err = pxweb.CheckCriteria(spec.Criteria)
		}
		if err != nil {
			return nil, cli.Usagef("--select: %v", err)
		}
		list = append(list, spec.Criteria...)
	}
	ways := 0
	for _, given := range []bool{len(list) > 0, t.saved != nil, t.asked != nil && len(t.asked.Criteria) > 0, c.Bool("default")} {
		if given {
			ways++
		}
	}
	if ways > 1 {
		return nil, cli.Usage(errors.New("the selection comes from two places"), "give one of --select, --query, --default, or an address with a selection")
	}
	var err error
	if t.table, err = t.client.Complete(c.Context(), t.table); err != nil {
		return nil, err
	}
	if c.Bool("default") {
		return t.client.DefaultQuery(c.Context(), t.table)
	}
	if len(list) == 0 && t.asked != nil {
		list = t.asked.Criteria
	}
	var q *pxweb.Query
	if t.saved != nil {
		q, err = t.table.ResolveSaved(t.saved, t.client.Lists(c.Context()))
	} else {
		q, err = t.table.Resolve(list, t.client.Lists(c.Context()))
	}
	if err == nil && c.Bool("without-value-sets") {
		q = q.WithoutValueSets()
	}
	return q, err
}

func checkNil(c *cli.Context) error {
	if text := c.String("nil"); c.IsSet("nil") {
		if _, err := jsonstat.Numbers(text); err != nil || text == "" {
			return cli.Usagef("--nil=%s is no number", text)
		}
	}
	return nil
}

// planned makes the plan, prints it for --dry-run, and asks for --yes where it is
// very much. The plan is nil if there is nothing more to do.
func planned(c *cli.Context, t *target, q *pxweb.Query) (*pxweb.Plan, error) {
	if q.Default && !c.Bool("dry-run") {
		return &pxweb.Plan{Query: q}, nil
	}
	if text := c.String("max-cells"); text != "" {
		var n int64
		if _, err := fmt.Sscan(text, &n); err != nil || n < 1 {
			return nil, cli.Usagef("--max-cells=%s is no number of cells", text)
		}
		t.client.LimitCells(n)
	}
	plan, err := t.client.Plan(c.Context(), q)
	if err != nil {
		return nil, failed(c, err)
	}
	if c.Bool("dry-run") {
		return nil, printPlan(c, t, plan)
	}
	if plan.Cells > askFirst && !c.Bool("yes") {
		return nil, cli.Usage(fmt.Errorf("that is %s", planText(t, plan)), "--yes gets it all", "-s selects some of it")
	}
	return plan, nil
}

// planText is the plan in a line.
func planText(t *target, p *pxweb.Plan) string {
	text := fmt.Sprintf("%s cells in %d requests", count(p.Cells), p.Requests())
	if p.Requests() == 1 {
		text = fmt.Sprintf("%s cells in one request", count(p.Cells))
	}
	if wait := t.client.Seconds(p); wait > 0 {
		text += fmt.Sprintf(", %s at least", wait.Round(time.Second))
	}
	return text
}

func printPlan(c *cli.Context, t *target, p *pxweb.Plan) error {
	w, err := c.Output()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "table     %s  %s\n", t.table.ID, t.table.Title)
	if p.Query.Default {
		fmt.Fprintf(w, "          what the server chooses\nrequests  1\n")
		return nil
	}
	for i := range p.Query.Chosen {
		ch := &p.Query.Chosen[i]
		values := fmt.Sprintf("%d values", len(ch.Codes))
		switch {
		case ch.Whole:
			values = "all values, which the server does not count"
		case len(ch.Codes) == 1:
			values = "one value, " + ch.Codes[0]
		case len(ch.Codes) > 1:
			values += ", " + ch.Codes[0] + " to " + ch.Codes[len(ch.Codes)-1]
		}
		if ch.CodeList != "" {
			values += " of " + ch.CodeList
		}
		fmt.Fprintf(w, "          %s: %s\n", ch.Variable.Code, values)
	}
	fmt.Fprintf(w, "cells     %s\n", count(p.Cells))
	fmt.Fprintf(w, "requests  %d of at most %s cells", p.Requests(), count(p.MaxCells))
	if split := p.Split(); len(split) > 0 {
		fmt.Fprintf(w, ": %s", strings.Join(split, ", "))
	}
	fmt.Fprintf(w, "\nseconds   %d at least\n", int(t.client.Seconds(p).Seconds()))
	return nil
}

// isNews tells whether there is anything that the document of --since has not.
func isNews(c *cli.Context, t *target, q *pxweb.Query) (bool, error) {
	name := c.String("since")
	if name == "" {
		if c.Bool("exit-code") {
			c.Warn("--exit-code has no effect without --since")
		}
		return true, nil
	}
	doc, err := jsonstat.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		c.Warn("--since: %s is not there yet, so everything is new", name)
		return true, nil
	}
	if err != nil {
		return false, cli.Usagef("--since: %s: %v", name, err)
	}
	defer doc.Close()
	ds, err := doc.Dataset(0)
	if err != nil {
		return false, cli.Usagef("--since: %s: %v", name, err)
	}
	news, err := t.client.News(c.Context(), q, ds)
	switch {
	case err != nil:
		return false, failed(c, err)
	case news.Any:
		if !c.Bool("exit-code") {
			c.Warn("%s is fetched anew: %s", t.table.ID, news.Why)
		}
		return true, nil
	case c.Bool("exit-code"):
		return false, cli.ErrNothingNew
	}
	c.Warn("nothing new: %s", news.Why)
	return false, nil
}

// fetch fetches the query and writes it.
func fetch(c *cli.Context, t *target, q *pxweb.Query) error {
	r, err := t.client.Fetch(c.Context(), q, &pxweb.FetchOptions{Fresh: c.Bool("fresh")})
	if err != nil {
		return failed(c, err)
	}
	// Only what is written whole needs its parts no more.
	c.OnEnd(func(done bool) {
		if done {
			_ = r.Done()
		}
		_ = r.Close()
	})
	c.Status("")
	for _, w := range r.Warnings[len(q.Warnings):] {
		c.Warn("%s", w)
	}
	if name := c.String("since"); name != "" && len(c.Arg("output")) == 0 {
		if err := c.Replace(name); err != nil {
			return err
		}
	}
	if r.Kept() {
		c.IfStopped("all parts are kept; this writes them: " + c.Line("--fresh"))
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	if err := r.Write(w, &pxweb.WriteOptions{Nil: c.String("nil")}); err != nil {
		return err
	}
	if name := c.String("query-out"); name != "" {
		return c.WriteBeside(name, t.client.QueryFile(q, r.Updated))
	}
	return nil
}
