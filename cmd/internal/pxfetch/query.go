package pxfetch

import (
	"errors"
	"fmt"
	"os"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/pxweb"
)

func queryCommand() cli.Command {
	return asks(runQuery, cli.Command{
		Name:        "query",
		Summary:     "print a query for a table, to edit and run",
		Description: "It is the query that Statistics Norway's console shows: the first three and the last two values of each variable, in the form of the version of the API that is asked. pxfetch get -q runs it.",
		Args:        "table [output]",
		Formats:     formats.Registry{},
		Examples: []cli.Example{
			{Line: "pxfetch query 05839 query.json && pxfetch get 05839 -q query.json", Text: "print it, edit it, run it"},
		},
	})
}

func runQuery(c *cli.Context) error {
	t, err := open(c, c.Arg("table")[0])
	if err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	_, err = w.Write(t.table.Example())
	return err
}

func convertCommand() cli.Command {
	return asks(runConvert, cli.Command{
		Name:    "convert",
		Summary: "turn a query of version 1 of the API into one of version 2, and back",
		Description: `The query is a file, in any of the forms that get -q reads, or an address of version 2. The table is the one that the query names, or --table.

A query of version 1 becomes an address, one of version 2 a query; --to asks for another form. Variables that version 2 wants named are added.`,
		Args: "query [output]", Formats: formats.Registry{}, Operands: map[string]cli.Completes{"query": cli.Files},
		Examples: []cli.Example{
			{Line: "pxfetch query 05839 query.json && pxfetch convert query.json --table 05839", Text: "as an address of version 2"},
			{Line: "pxfetch query 05839 query.json && pxfetch convert query.json --table 05839 --roll", Text: "as a query that follows the newest periods"},
		},
	},
		cli.String{Name: "table", Value: "ID", Help: "the table, if the query does not name it"},
		cli.Choice{Name: "to", Values: []string{"1", "2", "address"}, Help: "form: query of version 1, selection of version 2, address of version 2"},
		cli.Bool{Name: "roll", Help: "turn the newest n periods into top, and all values into all"},
	)
}

func runConvert(c *cli.Context) error {
	name := c.Arg("query")[0]
	saved, t, err := queryToConvert(c, name)
	if err != nil {
		return err
	}
	if c.Bool("roll") {
		if err := saved.Roll(t.table); err != nil {
			return failed(c, err)
		}
	}
	to := c.String("to")
	if to == "" {
		to = map[pxweb.API]string{pxweb.V1: "address", pxweb.V2: "1"}[saved.API]
		if c.Bool("roll") {
			to = saved.API.String()
		}
	}
	var text []byte
	switch to {
	case "1":
		text, err = saved.Query1(t.table, t.client.Lists(c.Context()))
	case "2":
		text, err = saved.Selection2(t.table)
	default:
		var address string
		address, err = t.client.QueryURL(saved, t.table)
		if len(address) > pxweb.MaxAddress {
			c.Warn("the address has %d characters, and servers refuse more than about %d: --to=2 makes a selection to be sent", len(address), pxweb.MaxAddress)
		}
		text = []byte(address)
	}
	if err != nil {
		return failed(c, err)
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", text)
	return err
}

// queryToConvert reads the query and finds its table.
func queryToConvert(c *cli.Context, name string) (*pxweb.SavedQuery, *target, error) {
	if isAddress(name) {
		t, err := open(c, name)
		if err != nil {
			return nil, nil, err
		}
		saved := t.saved
		if saved == nil {
			saved = t.asked
		}
		if saved == nil {
			saved = &pxweb.SavedQuery{API: pxweb.V2, Table: t.table.ID}
		}
		return saved, t, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, cli.Usage(err)
	}
	saved, err := pxweb.ParseQuery(text)
	if err != nil {
		return nil, nil, cli.Usagef("%s: %v", name, err)
	}
	table := c.String("table")
	if table == "" {
		table = saved.Table
	}
	if table == "" {
		table = saved.Address
	}
	if table == "" {
		return nil, nil, cli.Usage(errors.New("the query does not say of which table it is"), "name it: --table=05839")
	}
	t, err := open(c, table)
	return saved, t, err
}
