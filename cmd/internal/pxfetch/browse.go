package pxfetch

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
	"github.com/jsonstat-go/toolkit/pxweb"
)

func searchCommand() cli.Command {
	return asks(runSearch, cli.Command{
		Name:        "search",
		Summary:     "search tables",
		Description: `The words are in the syntax of the server: whole words, befolk* with a star at the end, "a phrase" in quotes, title:word, NOT word. Each table comes once, best first: number, last update, title.`,
		Args:        "[words...]",
		Examples: []cli.Example{
			{Line: "pxfetch search befolkning", Text: "tables with that word"},
			{Line: "pxfetch search 'befolk*' --under be --filter title", Text: "with a word that begins so in the title, below the subject be"},
			{Line: "pxfetch search --days 10000", Text: "all tables updated in the last days"},
		},
	},
		cli.String{Name: "under", Value: "SUBJECT", Help: "only tables below this subject"},
		cli.String{Name: "filter", Value: "FIELDS", Help: "where the words stand: title, values, variables, ... parted by commas; * is everywhere"},
		cli.String{Name: "days", Value: "NUMBER", Help: "only what was updated in so many days"},
		cli.Bool{Name: "ended", Help: "ended tables too, where the server leaves them out"},
		cli.String{Name: "max", Value: "NUMBER", Default: "50", Help: "the most tables to list; 0 is all"},
	)
}

func runSearch(c *cli.Context) error {
	s := pxweb.Search{Text: strings.Join(c.Arg("words"), " "), Under: c.String("under"), Ended: c.Bool("ended")}
	if c.IsSet("filter") {
		s.Fields = strings.Split(c.String("filter"), ",")
	}
	for name, to := range map[string]*int{"days": &s.Days, "max": &s.Most} {
		text := c.String(name)
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return cli.Usagef("--%s=%s is no number", name, text)
		}
		*to = n
	}
	if s.Text == "" && s.Under == "" && s.Days == 0 {
		return cli.Usage(fmt.Errorf("there is nothing to search for"), "for example: pxfetch search befolkning")
	}
	client, err := connect(c)
	if err != nil {
		return err
	}
	most := s.Most
	if most > 0 {
		s.Most = most + 1
	}
	hits, err := client.Search(c.Context(), s)
	if err != nil {
		return failed(c, err)
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	for i, h := range hits {
		if most > 0 && i == most {
			c.Warn("there are more than %d tables; --max lists more", most)
			break
		}
		fmt.Fprintf(w, "%s\t%s\t%s%s\n", h.ID, day(h.Updated), h.Title, mark(h.Ended))
	}
	if len(hits) == 0 {
		c.Warn("nothing was found; words match whole: befolk* finds what begins so")
	}
	return nil
}

// day is the date of a time.
func day(text string) string {
	date, _, _ := strings.Cut(text, "T")
	if date == "" {
		return "-"
	}
	return date
}

func mark(ended bool) string {
	if ended {
		return "  (ended)"
	}
	return ""
}

func listCommand() cli.Command {
	return asks(runList, cli.Command{
		Name:        "list",
		Summary:     "list subjects and tables",
		Description: "Without a path: the subjects. A line is the kind (l level, t table), the id, and the text. --tables lists all tables below a path, each once, though one may stand below several subjects.",
		Args:        "[path]",
		Examples: []cli.Example{
			{Line: "pxfetch list", Text: "the subjects"},
			{Line: "pxfetch list be/be01", Text: "what stands below one of them"},
			{Line: "pxfetch list be --tables", Text: "all tables below it"},
			{Line: "pxfetch list --subjects", Text: "the tree of subjects with the short names of all statistics"},
		},
	},
		cli.Bool{Name: "tables", Help: "all tables below the path"},
		cli.Bool{Name: "subjects", Help: "the tree of subjects and statistics of Statistics Norway"},
	)
}

func runList(c *cli.Context) error {
	path := strings.Join(c.Arg("path"), "")
	var print func(w io.Writer)
	if c.Bool("subjects") {
		return listSubjects(c)
	}
	client, err := connect(c)
	if err != nil {
		return err
	}
	switch {
	case c.Bool("tables"):
		hits, err := client.Search(c.Context(), pxweb.Search{Under: path, Ended: true})
		if err != nil {
			return failed(c, err)
		}
		print = func(w io.Writer) {
			for _, h := range hits {
				fmt.Fprintf(w, "t\t%s\t%s%s\n", h.ID, h.Title, mark(h.Ended))
			}
		}
	default:
		list, err := client.List(c.Context(), path)
		if err != nil {
			return failed(c, err)
		}
		print = func(w io.Writer) {
			for _, e := range list {
				fmt.Fprintf(w, "%s\t%s\t%s%s\n", e.Type, e.ID, e.Text, mark(e.Ended))
			}
		}
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	print(w)
	return nil
}

// listSubjects lists the tree of subjects of Statistics Norway.
func listSubjects(c *cli.Context) error {
	c.VoidedBy("subjects", "tables")
	client, err := services(c, "")
	if err != nil {
		return err
	}
	list, err := client.Subjects(c.Context())
	if err != nil {
		return failed(c, err)
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	for _, s := range list {
		fmt.Fprintf(w, "%s%s\t%s\n", strings.Repeat("  ", s.Level-1), s.Code, s.Title)
	}
	return nil
}

func metaCommand() cli.Command {
	return asks(runMeta, cli.Command{
		Name:    "meta",
		Summary: "tell what a table holds",
		Args:    "table",
		Examples: []cli.Example{
			{Line: "pxfetch meta 05839", Text: "title, variables, code lists, notes, licence"},
			{Line: "pxfetch meta 07984 --links", Text: "with the addresses of definitions and classifications"},
		},
	}, cli.Bool{Name: "links", Help: "addresses of definitions and classifications of variables and values, where the server tells them"})
}

func runMeta(c *cli.Context) error {
	t, err := open(c, c.Arg("table")[0])
	if err != nil {
		return err
	}
	if t.table, err = t.client.Complete(c.Context(), t.table); err != nil {
		return failed(c, err)
	}
	_, _ = t.client.Config(c.Context()) // for the licence; a table without is a table
	w, err := c.Output()
	if err != nil {
		return err
	}
	tab := t.table
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(w, "%-10s%s\n", name, text)
		}
	}
	line("table", tab.ID+"  "+tab.Title+mark(tab.Discontinued))
	line("updated", tab.Updated)
	line("source", tab.Source)
	printLicence(w, t.client)
	fmt.Fprintln(w)
	printVariables(w, tab)
	for i := range tab.Variables {
		for _, l := range tab.Variables[i].CodeLists {
			fmt.Fprintf(w, "list      %s  %s: %s\n", tab.Variables[i].Code, l.ID, l.Label)
		}
	}
	if tab.Dataset != nil {
		for _, n := range tab.Dataset.Notes() {
			fmt.Fprintf(w, "note      %s\n", strings.Join(strings.Fields(n), " "))
		}
	}
	if c.Bool("links") {
		if tab.Dataset == nil {
			c.Warn("version 1 of the API tells no links before data; --api=2 does")
		}
		printLinks(w, t)
	}
	return nil
}

func printVariables(w io.Writer, t *pxweb.Table) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "variable\ttext\tvalues\tfirst\tlast\trole")
	for i := range t.Variables {
		v := &t.Variables[i]
		values, first, last := "many", "", ""
		if v.Dim != nil && v.Dim.Len() > 0 {
			values, first, last = strconv.Itoa(v.Dim.Len()), v.Dim.CategoryID(0), v.Dim.CategoryID(v.Dim.Len()-1)
		}
		var role []string
		if r := v.Role(); r != jsonstat.Classification {
			role = append(role, string(r))
		}
		if v.Elimination {
			role = append(role, "may be left out")
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", v.Code, v.Text, values, first, last, strings.Join(role, ", "))
	}
	_ = tw.Flush()
}

// printLinks prints where variables and values are described.
func printLinks(w io.Writer, t *target) {
	lang := t.client.Lang()
	for i := range t.table.Variables {
		v := &t.table.Variables[i]
		if v.Dim == nil {
			continue
		}
		for _, u := range v.Dim.Identifiers() {
			what := v.Code
			if u.Category != "" {
				what += "=" + u.Category
			}
			fmt.Fprintf(w, "link      %s  %s", what, u)
			for _, address := range []string{u.PageURL(lang), u.APIURL(lang)} {
				if address != "" {
					fmt.Fprintf(w, "  %s", address)
				}
			}
			fmt.Fprintln(w)
		}
	}
	if t.table.Dataset == nil {
		return
	}
	for _, l := range t.table.Dataset.Links() {
		if l.Href != "" {
			fmt.Fprintf(w, "link      %s  %s\n", l.Label, l.Href)
		}
	}
}

func printLicence(w io.Writer, client *pxweb.Client) {
	h := client.Host()
	licence, named := h.License, h.Attribution
	if cfg := client.Known(); cfg != nil {
		if cfg.License != "" {
			licence = cfg.License
		}
		if len(cfg.Sources) > 0 {
			named = strings.Join(cfg.Sources, "; ")
		}
	}
	if licence == "" {
		licence = "not told by the server"
	}
	fmt.Fprintf(w, "licence   %s\n", licence)
	if named != "" {
		fmt.Fprintf(w, "cite as   %s\n", named)
	}
}

func codesCommand() cli.Command {
	return asks(runCodes, cli.Command{
		Name:        "codes",
		Summary:     "list the values of a variable, or of a code list of it",
		Description: "A line is the code and the text; of a grouping also the codes that it is made of.",
		Args:        "table variable [list]",
		Examples: []cli.Example{
			{Line: "pxfetch codes 05839 Region", Text: "the values"},
			{Line: "pxfetch codes 05839 Alder agg:FemAarigGruppering", Text: "the values of a grouping, with their members"},
		},
	})
}

func runCodes(c *cli.Context) error {
	t, err := open(c, c.Arg("table")[0])
	if err != nil {
		return err
	}
	var list *pxweb.CodeList
	if _, err := t.table.Variable(c.Arg("variable")[0]); err != nil {
		return err
	}
	if name := c.Arg("list"); len(name) > 0 {
		if list, err = t.client.CodeList(c.Context(), name[0]); err != nil {
			return failedList(c, err)
		}
	} else if t.table, err = t.client.Complete(c.Context(), t.table); err != nil {
		return failed(c, err)
	}
	v, err := t.table.Variable(c.Arg("variable")[0])
	if err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	switch {
	case list != nil:
		for _, value := range list.Values {
			fmt.Fprintf(w, "%s\t%s\t%s\n", value.Code, value.Label, strings.Join(value.Members, ","))
		}
	case v.Dim == nil:
		return fmt.Errorf("the server does not tell the values of %s, for there are very many", v.Code)
	default:
		for cat := range v.Dim.Categories() {
			fmt.Fprintf(w, "%s\t%s\n", cat.ID, cat.Label)
		}
	}
	return nil
}

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
		return count(n)
	}
	kept := client.Limits()
	fmt.Fprintf(w, "cells     %s stated, %s kept to\n", stated(cfg.MaxCells), count(kept.Cells))
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
