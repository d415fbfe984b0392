package cubes

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/cmd/internal/separator"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A Table is a call that reads a table.
type Table struct {
	Options convert.TableOptions

	c         *cli.Context
	head      *jsonstat.Document // that describes the cube, nil for none
	explained []byte             // what the decision was
}

// readFlags reads the flags of [Reader] that are in all commands. Call close when the
// cube is made.
func readFlags(c *cli.Context) (*Table, error) {
	t := &Table{c: c}
	if err := t.read(); err != nil {
		t.close()
		return nil, err
	}
	return t, nil
}

// close closes the head.
func (t *Table) close() {
	if t.head != nil {
		_ = t.head.Close()
	}
}

// read reads the flags.
func (t *Table) read() error {
	c, o := t.c, &t.Options
	o.Status, o.StatusSuffix = c.String("status"), c.String("status-suffix")
	for flag, to := range map[string]*string{"periods": &o.Periods, "metric": &o.Metric, "thousands": &o.Thousands} {
		if c.Has(flag) {
			*to = c.String(flag)
		}
	}
	o.Content, o.Decimal, o.NA, o.Texts = content(c), c.String("decimal"), c.Strings("na"), c.Bool("texts")
	o.Label, o.Source, o.Updated = c.String("label"), c.String("source"), c.String("updated")
	o.Warn = func(message string) { c.Warn("%s", message) }
	o.Doubt = func(message string, options []string) { c.Warn("%s", message+otherwise(options)) }
	for _, list := range []struct {
		flag string
		to   *[]string
	}{{"value", &o.Values}, {"dimension", &o.Dimensions}, {"ignore", &o.Ignore}, {"by", &o.By}, {"stub", &o.Stub}} {
		var err error
		if *list.to, err = names(c, list.flag); err != nil {
			return err
		}
	}
	if len(o.Stub) > 0 && len(o.By) == 0 {
		return cli.Usagef("--stub says which columns are dimensions; --by must name the dimension that the others are")
	}
	for _, text := range c.Strings("label-column") {
		pair, ok := splitNames(text, '=')
		if !ok || len(pair) != 2 || pair[0] == "" || pair[1] == "" {
			return cli.Usagef("--label-column %q is not understood: write ID=COLUMN, a name with = in quotes", text)
		}
		o.Labels = append(o.Labels, [2]string{pair[0], pair[1]})
	}
	for _, flag := range []string{"status", "status-suffix", "metric", "decimal", "thousands"} {
		if c.Has(flag) && c.IsSet(flag) && c.String(flag) == "" {
			return cli.Usagef("--%s is empty: it is at least one character", flag)
		}
	}
	for _, mark := range [][2]string{{"decimal", o.Decimal}, {"thousands", o.Thousands}} {
		if strings.ContainsAny(mark[1], "\"\r\n") {
			return cli.Usagef("--%s %q: quotes and line ends are no mark", mark[0], mark[1])
		}
		if strings.ContainsAny(mark[1], "0123456789-+") {
			return cli.Usagef("--%s %q: digits and signs are no mark", mark[0], mark[1])
		}
	}
	if o.Thousands != "" && o.Thousands == o.Decimal {
		return cli.Usagef("--thousands and --decimal are both %q: they are two marks", o.Decimal)
	}
	var err error
	if o.Roles, err = roles(c); err != nil {
		return err
	}
	if err := t.files(); err != nil {
		return err
	}
	if c.IsSet("explain") {
		o.Explain = func(plan jsonRaw) { t.explained = plan }
	}
	return nil
}

// files reads the files that describe the cube or its columns.
func (t *Table) files() (err error) {
	c, o := t.c, &t.Options
	if name := c.String("plan"); name != "" {
		if o.Plan, err = readFile("plan", name); err != nil {
			return err
		}
	}
	if name := c.String("describe"); name != "" {
		if o.Description, err = readFile("describe", name); err != nil {
			return err
		}
		if c.IsSet("head") {
			c.VoidedBy("head", "describe")
		}
	}
	return t.openHead()
}

// readFile reads the file that a flag names.
func readFile(flag, name string) ([]byte, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, cli.Usagef("--%s: %s does not exist", flag, name)
	}
	if err != nil {
		return nil, cli.Usage(fmt.Errorf("--%s: %w", flag, err))
	}
	return text, nil
}

// Header reads the flag header.
func Header(c *cli.Context, o *convert.TableOptions) error {
	text := c.String("header")
	if !c.IsSet("header") {
		return nil
	}
	var from, to int
	rest := ""
	n, _ := fmt.Sscanf(text+" .", "%d-%d %s", &from, &to, &rest)
	if n < 3 {
		to = -1
		if n, _ = fmt.Sscanf(text+" .", "%d %s", &from, &rest); n < 2 {
			from = -1
		}
	}
	if from < 0 || to >= 0 && (from == 0 || to < from) {
		return cli.Usagef("--header %q is no row: write 3, 3-4 for a header of two rows, or 0 for none", text)
	}
	o.Header = text
	return nil
}

// Separator reads the flags separator and sniff.
func Separator(c *cli.Context) (text string, sniff bool, err error) {
	text, err = separator.Of(c, "separator")
	// A command without sniff finds the separator of a header by itself.
	return text, c.Has("sniff") && c.Bool("sniff"), err
}

// SeparatorOfName is the separator by the name of an open input: one that ends as those
// of tables separated by tabs do means a tab.
func SeparatorOfName(c *cli.Context) string {
	if c.Member() != "" {
		return formats.Separator([]string{c.Member()})
	}
	return formats.Separator(c.Arg("input"))
}

// openHead opens the document that the flag head names, if any, and takes its first
// dataset. close closes it.
func (t *Table) openHead() (err error) {
	name := t.c.String("head")
	if name == "" {
		return nil
	}
	if t.head, err = jsonstat.Open(name); err != nil {
		return cli.Usagef("--head %s: %v", name, err)
	}
	if t.Options.Head, err = t.head.Dataset(0); err != nil {
		return cli.Usagef("--head %s: %v", name, err)
	}
	return nil
}

// content reads the flag content.
func content(c *cli.Context) convert.Show {
	return map[string]convert.Show{"both": convert.Both, "columns": convert.Columns}[c.String("content")]
}

// roles reads the flag role: lists of dimensions, each with its role in front or with
// that of the one before.
func roles(c *cli.Context) (map[string]jsonstat.Role, error) {
	var all map[string]jsonstat.Role
	for _, text := range c.Strings("role") {
		role := ""
		for _, part := range strings.Split(text, ",") {
			before, after, ok := strings.Cut(part, "=")
			if ok {
				role, part = before, after
			}
			switch r := jsonstat.Role(role); r {
			case jsonstat.Time, jsonstat.Geo, jsonstat.Metric:
				if all == nil {
					all = map[string]jsonstat.Role{}
				}
				all[part] = r
			default:
				return nil, cli.Usagef("--role %q is not understood: write time=DIM, geo=DIM or metric=DIM", text)
			}
		}
	}
	return all, nil
}
