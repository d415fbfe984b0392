package pxfetch

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/pxweb"
)

func codesCommand() cli.Command {
	return asks(runCodes, cli.Command{
		Name:        "codes",
		Summary:     "list the values of a variable, or of a code list of it",
		Description: "A line is the code and the text; of a grouping also the codes that it is made of.",
		Args:        "table variable [list]",
		Examples: []cli.Example{
			{Line: "pxfetch codes 05839 Region", Text: "the values"},
			{Line: "pxfetch codes 05839 Alder agg:FemAarigGruppering", Text: "the values of a grouping, with their members"},
			{Line: "pxfetch codes 05839 Region --csv", Text: "as CSV, with a header"},
		},
	},
		cli.Bool{Name: "csv", Help: "CSV with a header"},
		jsonFlag(),
	)
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
	if list == nil && v.Dim == nil {
		return fmt.Errorf("the server does not tell the values of %s, for there are very many", v.Code)
	}
	if c.Bool("json") {
		c.VoidedBy("json", "csv")
	}
	var lines []codeLine
	if list != nil {
		for _, value := range list.Values {
			lines = append(lines, codeLine{value.Code, value.Label, value.Members})
		}
	} else {
		for cat := range v.Dim.Categories() {
			lines = append(lines, codeLine{cat.ID, cat.Label, nil})
		}
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	return printCodes(c, w, lines, list != nil)
}

// printCodes prints codes: the code, the text and, of a code list, the codes that it is made
// of.
func printCodes(c *cli.Context, w io.Writer, lines []codeLine, members bool) error {
	table := csv.NewWriter(w)
	if c.Bool("csv") && !c.Bool("json") {
		head := []string{"code", "text"}
		if members {
			head = append(head, "members")
		}
		_ = table.Write(head) // Flush has the error
	}
	for _, l := range lines {
		words := []string{l.Code, l.Text}
		if members {
			words = append(words, strings.Join(l.Members, ","))
		}
		var err error
		switch {
		case c.Bool("json"):
			err = jsonLine(w, l)
		case c.Bool("csv"):
			err = table.Write(words)
		default:
			_, err = fmt.Fprintln(w, strings.Join(words, "\t"))
		}
		if err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}
