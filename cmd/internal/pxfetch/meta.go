package pxfetch

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
	"github.com/jsonstat-go/toolkit/pxweb"
)

func metaCommand() cli.Command {
	return asks(runMeta, cli.Command{
		Name:    "meta",
		Summary: "tell what a table holds",
		Args:    "table",
		Examples: []cli.Example{
			{Line: "pxfetch meta 05839", Text: "title, variables, code lists, notes, licence"},
			{Line: "pxfetch meta 07984 --links", Text: "with the addresses of definitions and classifications"},
		},
	},
		cli.Bool{Name: "links", Help: "addresses of definitions and classifications of variables and values, where the server tells them"},
		cli.Bool{Name: "notes", Help: "all notes of variables and values, not only those that must be shown"},
		cli.Bool{Name: "json", Help: "for programs: a JSON object, with all notes"},
	)
}

func runMeta(c *cli.Context) error {
	name := c.Arg("table")[0]
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
		return cli.Usage(fmt.Errorf("%s is a file, not a table of a server", name), "jsonstat info "+cli.ShellWord(name)+" says what is in it")
	}
	t, err := open(c, name)
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
	if c.Bool("links") && t.table.Dataset == nil {
		c.Warn("version 1 of the API tells no links before data; --api=2 does")
	}
	if c.Bool("json") {
		text, err := jsonText(t.meta(c.Bool("links")), "  ")
		if err == nil {
			_, err = w.Write(text)
		}
		return err
	}
	return printMeta(c, w, t)
}

// printMeta prints what is told of a table for people.
func printMeta(c *cli.Context, w io.Writer, t *target) error {
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
	left := 0
	for _, n := range tab.Notes() {
		if n.Variable != "" && !n.Mandatory && !c.Bool("notes") {
			left++
			continue
		}
		about := n.Variable
		if n.Value != "" {
			about += "=" + n.Value
		}
		if about != "" {
			about += ": "
		}
		name := "note"
		if n.Mandatory {
			name = "note (!)"
		}
		line(name, about+n.Text)
	}
	if left > 0 {
		line("notes", fmt.Sprintf("%d more of variables and values: --notes", left))
	}
	if c.Bool("links") {
		printLinks(w, t)
	}
	return nil
}

func printVariables(w io.Writer, t *pxweb.Table) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "variable\ttext\tvalues\tfirst\tlast\trole")
	for i := range t.Variables {
		v := &t.Variables[i]
		m := metaOf(v)
		values := "many"
		if m.Values > 0 {
			values = strconv.Itoa(m.Values)
		}
		var role []string
		if m.Role != "" {
			role = append(role, m.Role)
		}
		if m.Elimination {
			role = append(role, "may be left out"+leftOut(t, v))
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", m.Code, m.Text, values, m.First, m.Last, strings.Join(role, ", "))
	}
	_ = tw.Flush()
}

// leftOut says what comes where a variable is left out: its total, or a sum. Version 1 does
// not tell.
func leftOut(t *pxweb.Table, v *pxweb.Variable) string {
	switch {
	case v.EliminationValue != "" && v.Dim != nil && v.Dim.Index(v.EliminationValue) >= 0:
		return fmt.Sprintf(": is then %s, %s", v.EliminationValue, v.Dim.CategoryLabel(v.Dim.Index(v.EliminationValue)))
	case v.EliminationValue != "":
		return ": is then " + v.EliminationValue
	case t.API == pxweb.V2:
		return ": is then summed up"
	}
	return ""
}

// meta is what is told of a table for programs.
func (t *target) meta(links bool) metaObject {
	tab := t.table
	m := metaObject{Table: tab.ID, Title: tab.Title, API: tab.API.String(), Lang: tab.Lang, Updated: tab.Updated, Source: tab.Source, Ended: tab.Discontinued, Notes: []metaNote{}}
	m.Licence, m.Cite = licence(t.client)
	for i := range tab.Variables {
		m.Variables = append(m.Variables, metaOf(&tab.Variables[i]))
	}
	for _, n := range tab.Notes() {
		m.Notes = append(m.Notes, metaNote{n.Variable, n.Value, n.Text, n.Mandatory})
	}
	if links {
		m.Links = t.links()
	}
	return m
}

// metaOf is what is told of a variable.
func metaOf(v *pxweb.Variable) metaVariable {
	m := metaVariable{Code: v.Code, Text: v.Text, Elimination: v.Elimination, Value: v.EliminationValue}
	if r := v.Role(); r != jsonstat.Classification {
		m.Role = string(r)
	}
	if v.Dim != nil && v.Dim.Len() > 0 {
		m.Values, m.First, m.Last = v.Dim.Len(), v.Dim.CategoryID(0), v.Dim.CategoryID(v.Dim.Len()-1)
	}
	for _, l := range v.CodeLists {
		m.Lists = append(m.Lists, metaList{l.ID, l.Label})
	}
	return m
}

// links are where variables and values are described.
func (t *target) links() []metaLink {
	lang := t.client.Lang()
	var list []metaLink
	for i := range t.table.Variables {
		v := &t.table.Variables[i]
		if v.Dim == nil {
			continue
		}
		for _, u := range v.Dim.Identifiers() {
			list = append(list, metaLink{Variable: v.Code, Value: u.Category, URN: u.String(), Page: u.PageURL(lang), API: u.APIURL(lang)})
		}
	}
	if t.table.Dataset != nil {
		for _, l := range t.table.Dataset.Links() {
			if l.Href != "" {
				list = append(list, metaLink{Label: l.Label, Page: l.Href})
			}
		}
	}
	return list
}

// printLinks prints them for people.
func printLinks(w io.Writer, t *target) {
	for _, l := range t.links() {
		if l.URN == "" {
			fmt.Fprintf(w, "link      %s  %s\n", l.Label, l.Page)
			continue
		}
		what := l.Variable
		if l.Value != "" {
			what += "=" + l.Value
		}
		fmt.Fprintf(w, "link      %s  %s", what, l.URN)
		for _, address := range []string{l.Page, l.API} {
			if address != "" {
				fmt.Fprintf(w, "  %s", address)
			}
		}
		fmt.Fprintln(w)
	}
}

// licence is that of a server's figures, and how they are cited; "" if it does not tell.
func licence(client *pxweb.Client) (licence, cite string) {
	h := client.Host()
	licence, cite = h.License, h.Attribution
	if cfg := client.Known(); cfg != nil {
		licence = cmp.Or(cfg.License, licence)
		if len(cfg.Sources) > 0 {
			cite = strings.Join(cfg.Sources, "; ")
		}
	}
	return licence, cite
}

func printLicence(w io.Writer, client *pxweb.Client) {
	licence, cite := licence(client)
	fmt.Fprintf(w, "licence   %s\n", cmp.Or(licence, "not told by the server"))
	if cite != "" {
		fmt.Fprintf(w, "cite as   %s\n", cite)
	}
}
