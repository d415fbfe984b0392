package pxfetch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
	"github.com/jsonstat-go/toolkit/pxweb/ssb"
)

// services makes a client for the services of Statistics Norway at the host of the call.
func services(c *cli.Context, lang string) (*ssb.Client, error) {
	host, err := findHost(c)
	if err != nil {
		return nil, err
	}
	if lang == "" && len(host.Languages) > 0 {
		lang = host.Languages[0]
	}
	if lang == "" || c.IsSet("lang") {
		lang = c.String("lang")
	}
	client, err := ssb.New(host, &ssb.Options{Lang: lang, UserAgent: userAgent, Report: reporter(c)})
	return client, cli.Usage(err)
}

func klassCommand() cli.Command {
	return asks(runKlass, cli.Command{
		Name:        "klass",
		Summary:     "list the codes of a classification of Statistics Norway",
		Description: "Columns: code, parent, level, name, valid from, valid to. With --table the codes of a variable are held against it: totals, sums and closed codes of a table are not in the classification.",
		Args:        "id",
		Examples: []cli.Example{
			{Line: "pxfetch klass 131", Text: "the municipalities of today"},
			{Line: "pxfetch klass 131 --from 2019-01-01 --to 2021-01-01", Text: "all codes of a period, whose end is not part of it"},
			{Line: "pxfetch klass 131 --changes --from 2019-01-01 --to 2021-01-01", Text: "which code became which"},
			{Line: "pxfetch klass 131 --versions", Text: "the versions"},
		},
	},
		cli.String{Name: "at", Value: "DAY", Help: "valid at this day, such as 2024-01-01 (default: today)"},
		cli.String{Name: "from", Value: "DAY", Help: "valid in a period from this day on"},
		cli.String{Name: "to", Value: "DAY", Help: "end of the period, not part of it"},
		cli.Bool{Name: "versions", Help: "list the versions"},
		cli.Bool{Name: "changes", Help: "list the changes of codes in the period"},
		cli.String{Name: "corresponds", Value: "ID", Help: "pair the codes with those of another classification"},
		cli.String{Name: "table", Value: "ID", Help: "hold the codes of a variable of this table against it"},
		cli.String{Name: "variable", Value: "CODE", Default: "Region", Help: "the variable of --table"},
	)
}

func runKlass(c *cli.Context) error {
	id, err := number("the id of a classification", c.Arg("id")[0])
	if err != nil {
		return err
	}
	at := time.Now().Format(time.DateOnly)
	for _, name := range []string{"at", "from", "to"} {
		if text := c.String(name); text != "" {
			if _, err := time.Parse(time.DateOnly, text); err != nil {
				return cli.Usagef("--%s=%s is no day: write it like 2024-01-31", name, text)
			}
		}
	}
	if c.IsSet("at") {
		at = c.String("at")
	}
	client, err := services(c, "")
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	switch {
	case c.Bool("versions"):
		err = klassVersions(c, client, id, &lines)
	case c.Bool("changes"):
		if c.String("from") == "" {
			return cli.Usagef("--changes needs --from")
		}
		err = klassChanges(c, client, id, &lines)
	case c.String("corresponds") != "":
		err = klassPairs(c, client, id, at, &lines)
	default:
		err = klassCodes(c, client, id, at, &lines)
	}
	if err != nil {
		return failed(c, err)
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	_, err = lines.WriteTo(w)
	return err
}

func klassVersions(c *cli.Context, client *ssb.Client, id int, w io.Writer) error {
	k, err := client.Classification(c.Context(), id)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%d\t%s\n", id, k.Name)
	for _, v := range k.Versions {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", v.ID(), v.ValidFrom, v.ValidTo, v.Name)
	}
	return nil
}

func klassChanges(c *cli.Context, client *ssb.Client, id int, w io.Writer) error {
	list, err := client.KlassChanges(c.Context(), id, c.String("from"), c.String("to"))
	for _, ch := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", ch.When, ch.OldCode, ch.OldName, ch.NewCode, ch.NewName)
	}
	return err
}

func klassPairs(c *cli.Context, client *ssb.Client, id int, at string, w io.Writer) error {
	to, err := number("--corresponds", c.String("corresponds"))
	if err != nil {
		return err
	}
	list, err := client.KlassCorrespondence(c.Context(), id, to, at)
	for _, p := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", p.SourceCode, p.SourceName, p.TargetCode, p.TargetName)
	}
	return err
}

func klassCodes(c *cli.Context, client *ssb.Client, id int, at string, w io.Writer) error {
	var list []ssb.KlassCode
	var err error
	if from := c.String("from"); from != "" {
		list, err = client.KlassCodes(c.Context(), id, from, c.String("to"))
	} else {
		list, err = client.KlassCodesAt(c.Context(), id, at)
	}
	if err != nil {
		return err
	}
	if name := c.String("table"); name != "" {
		return klassTable(c, name, list, w)
	}
	for i := range list {
		from, to := list[i].Valid()
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", list[i].Code, list[i].Parent, list[i].Level, list[i].Name, from, to)
	}
	return nil
}

// klassTable holds the codes of a variable against a classification.
func klassTable(c *cli.Context, name string, list []ssb.KlassCode, w io.Writer) error {
	t, err := open(c, name)
	if err != nil {
		return err
	}
	v, err := t.table.Variable(c.String("variable"))
	if err != nil {
		return err
	}
	if v.Dim == nil {
		return fmt.Errorf("the server does not tell the values of %s", v.Code)
	}
	names := map[string]string{}
	for _, k := range list {
		names[k.Code] = k.Name
	}
	matched, others := ssb.MatchCodes(v, list)
	for _, code := range matched {
		fmt.Fprintf(w, "%s\t%s\n", code, names[code])
	}
	for _, code := range others {
		fmt.Fprintf(w, "%s\tnot in the classification: %s\n", code, v.Dim.CategoryLabel(v.Dim.Index(code)))
	}
	return nil
}

func vardokCommand() cli.Command {
	return cli.Command{
		Name:     "vardok",
		Summary:  "print the definition of a variable of Statistics Norway",
		Args:     "id",
		Examples: []cli.Example{{Line: "pxfetch vardok 1743 --lang nn", Text: "in Nynorsk; nb and en are the other languages"}},
		Flags: []cli.Flag{
			serverFlags()[0],
			cli.Choice{Name: "lang", Values: []string{"nb", "nn", "en"}, Default: "nb", Group: asking, Help: "language of the definition"},
		},
		Run: runVardok,
	}
}

func runVardok(c *cli.Context) error {
	id, err := number("the id of a definition", c.Arg("id")[0])
	if err != nil {
		return err
	}
	client, err := services(c, c.String("lang"))
	if err != nil {
		return err
	}
	d, err := client.Vardok(c.Context(), id, c.String("lang"))
	if err != nil {
		return failed(c, err)
	}
	if d.Lang != "" && d.Lang != c.String("lang") {
		c.Warn("it is not there in %s; this is %s", c.String("lang"), d.Lang)
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n%s\n", d.Name, d.Definition)
	return nil
}

func datasetCommand() cli.Command {
	return asks(runDataset, cli.Command{
		Name:        "dataset",
		Summary:     "list or get Statistics Norway's ready-made datasets",
		Description: "Without an id they are listed: id, table, title. They are being retired: one that is gone is an error that names the table.",
		Args:        "[id [output]]",
		Formats: formats.Registry{Writes: func(c *cli.Call) []string {
			return map[string][]string{"json": {"jsonstat"}, "csv": {"csv"}}[c.String("format")]
		}},
		Examples: []cli.Example{
			{Line: "pxfetch dataset", Text: "the list"},
			{Line: "pxfetch dataset 1082 dataset.json", Text: "one of them, as JSON-stat 2.0"},
		},
	}, cli.Choice{Name: "format", Values: []string{"json", "csv"}, Default: "json", Help: "JSON-stat, or CSV as the server makes it"})
}

func runDataset(c *cli.Context) error {
	client, err := services(c, "")
	if err != nil {
		return err
	}
	if len(c.Arg("id")) == 0 {
		list, err := client.Datasets(c.Context())
		if err != nil {
			return failed(c, err)
		}
		w, err := c.Output()
		if err != nil {
			return err
		}
		for _, d := range list {
			fmt.Fprintf(w, "%s\t%s\t%s\n", d.ID, d.Table, d.Title)
		}
		return nil
	}
	var text bytes.Buffer
	err = client.DatasetText(c.Context(), c.Arg("id")[0], c.String("format"), &text)
	var r *ssb.RetiredError
	if errors.As(err, &r) && r.Table != "" {
		return cli.WithHints(err, "pxfetch get "+r.Table)
	}
	if err != nil {
		return failed(c, err)
	}
	if c.String("format") == "csv" {
		w, err := c.Output()
		if err != nil {
			return err
		}
		_, err = text.WriteTo(w)
		return err
	}
	doc, err := jsonstat.Parse(text.Bytes())
	if err != nil {
		return err
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	return ds.Write(w, nil)
}
