package pxfetch

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
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
		jsonFlag(),
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
		return failedSearch(c, err)
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
		if err := printHit(c, w, h); err != nil {
			return err
		}
	}
	if len(hits) == 0 {
		c.Warn("nothing was found; words match whole: befolk* finds what begins so")
	}
	return nil
}

// printHit prints a table that was found.
func printHit(c *cli.Context, w io.Writer, h pxweb.Hit) error {
	if c.Bool("json") {
		return jsonLine(w, hitLine(h))
	}
	_, err := fmt.Fprintf(w, "%s\t%s\t%s%s\n", h.ID, day(h.Updated), h.Title, mark(h.Ended))
	return err
}

// hitLine is the line of a table that was found.
func hitLine(h pxweb.Hit) tableLine {
	return tableLine{Type: "t", ID: h.ID, Title: h.Title, Path: h.Path, Updated: h.Updated, First: h.First, Last: h.Last, Ended: h.Ended}
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
		Description: "Without a path: the subjects. A line is the kind (l level, t table), the name to ask for it, and the text. --tables lists all tables below a path, each once, though one may stand below several subjects.",
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
		jsonFlag(),
	)
}

func runList(c *cli.Context) error {
	path := strings.Join(c.Arg("path"), "")
	if c.Bool("subjects") {
		return listSubjects(c)
	}
	client, err := connect(c)
	if err != nil {
		return err
	}
	var lines []tableLine
	if c.Bool("tables") {
		hits, err := client.Search(c.Context(), pxweb.Search{Under: path, Ended: true})
		if err != nil {
			return failedSearch(c, err)
		}
		for _, h := range hits {
			lines = append(lines, hitLine(h))
		}
	} else {
		list, err := client.List(c.Context(), path)
		if path != "" && (errors.Is(err, pxweb.ErrNotFound) || errors.Is(err, pxweb.ErrRefused)) {
			return cli.Usage(fmt.Errorf("there is no level %q: %w", path, err), "pxfetch list shows the levels at the top; below them a level is named by its path, such as be/be01")
		}
		if err != nil {
			return failedSearch(c, err)
		}
		for _, e := range list {
			lines = append(lines, tableLine{e.Type, e.ID, e.Text, e.Path, e.Updated, "", "", e.Ended})
		}
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	for _, l := range lines {
		if c.Bool("json") {
			if err := jsonLine(w, l); err != nil {
				return err
			}
			continue
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s%s\n", l.Type, l.ID, l.Title, mark(l.Ended)); err != nil {
			return err
		}
	}
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
		if c.Bool("json") {
			err = jsonLine(w, subjectLine{s.Code, s.Title, s.Statistic, s.Level, s.Subjects})
		} else {
			_, err = fmt.Fprintf(w, "%s%s\t%s\n", strings.Repeat("  ", s.Level-1), s.Code, s.Title)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
