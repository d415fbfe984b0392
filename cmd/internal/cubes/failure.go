package cubes

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// failure says with an error of reading a table which options settle it.
func failure(c *cli.Call, err error) error {
	table, ok := errors.AsType[*convert.TableError](err)
	if _, said := errors.AsType[*cli.UsageError](err); said {
		return err
	}
	switch {
	case errors.Is(err, jsonstat.ErrEncodingName):
		return cli.Usage(err)
	case errors.Is(err, jsonstat.ErrEncoding):
		return cli.WithHints(cli.InputError(err), otherEncoding(c, table)...)
	case !ok:
		return cli.InputError(err)
	case errors.Is(err, convert.ErrDescription):
		return cli.Usage(fmt.Errorf("--describe %s: %w", c.String("describe"), err))
	case errors.Is(err, convert.ErrPlan):
		return cli.Usage(fmt.Errorf("--plan %s: %w", c.String("plan"), err))
	case slices.Contains(table.Also, "Sheet"):
	case errors.Is(err, convert.ErrWidth):
		return cli.WithHints(cli.InputError(err), hintOf(c, "header", "--header ROW says in which row the header is")...)
	case errors.Is(err, convert.ErrOneColumn) && table.Text != "" && c.Has("separator"):
		return cli.WithHints(cli.InputError(err), "add "+cli.Option("separator", strings.ReplaceAll(table.Text, "\t", `\t`)))
	case errors.Is(err, convert.ErrOneColumn):
		return cli.WithHints(cli.InputError(err), hintOf(c, "separator", "--separator SEP names another one, and --sniff finds it")...)
	}
	return cli.WithHints(cli.InputError(err), hints(table)...)
}

// otherEncoding are the ways out where a text is not in the encoding that it is read in.
func otherEncoding(c *cli.Call, table *convert.TableError) []string {
	switch {
	case !c.Has("encoding"):
		return nil // its texts are UTF-8 or wrong
	case table != nil && table.Text != "":
		return []string{cli.Option("encoding", table.Text) + " reads it"}
	case c.IsSet("encoding"):
		return []string{"--encoding names another one: windows-1252, iso-8859-1, iso-8859-15, utf-16le, utf-16be"}
	}
	return []string{"--encoding windows-1252 reads it if it is from a Windows program; others are iso-8859-1, iso-8859-15, utf-16le, utf-16be"}
}

// hintOf is a hint to a flag, if the command has it.
func hintOf(c *cli.Call, flag, hint string) []string {
	if !c.Has(flag) {
		return nil
	}
	return []string{hint}
}

// hints are the ways out of an error: the line that settles the whole table first.
func hints(e *convert.TableError) []string {
	var list []string
	line := readPlan(e.Propose).line()
	if line != "" {
		list = append(list, "add "+line)
	}
	if len(e.Keep) > 0 {
		keep, them := cli.Option("dimension", writeNames(e.Keep)), "them"
		if len(e.Columns) == 1 {
			them = "it"
		}
		if line == "" {
			list = append(list, fmt.Sprintf("%s makes dimensions of them all", keep))
		} else {
			list = append(list, fmt.Sprintf("or, to keep %s: %s", them, keep))
		}
	}
	for _, also := range e.Also {
		switch also {
		case "Header":
			list = append(list, "or, if the table has no header: --header 0")
		case "By":
			list = append(list, "or, if "+strings.Join(e.Columns, ", ")+" are categories: --by DIM names their dimension")
		case "Stub":
			list = append(list, "--stub names the columns that stand beside the headings")
		case "HeaderRow":
			list = append(list, "--header ROW says which rows the header has")
		case "Status":
			if len(e.Columns) > 0 {
				list = append(list, "or, if these are statuses: "+cli.Option("status", e.Columns[0]))
			}
		case "Sheet":
			list = append(list, "--sheet NAME reads another sheet; if the table is in this one, --header ROW says in which row its header is")
		case "Dimensions":
			list = append(list, cli.Option("dimension", writeNames(e.Columns))+", if it is one")
		case "Ignore":
			list = append(list, cli.Option("ignore", writeNames(e.Columns))+", if it is no part of the cube")
		case "Decimal":
			mark := ","
			if !strings.Contains(e.Text, ",") {
				mark = "."
			}
			list = append(list, cli.Option("decimal", mark)+", if that is the decimal mark")
		case "Thousands":
			mark := "."
			if comma := strings.IndexByte(e.Text, ','); comma >= 0 && (strings.IndexByte(e.Text, '.') < 0 || comma < strings.IndexByte(e.Text, '.')) {
				mark = ","
			}
			list = append(list, cli.Option("thousands", mark)+", if that stands between thousands")
		case "Texts":
			list = append(list, "--texts keeps it as a text")
		case "NA":
			list = append(list, cli.Option("na", strings.TrimSpace(e.Text))+" takes it for missing, and loses it")
		}
	}
	return list
}
