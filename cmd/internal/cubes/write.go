package cubes

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// write writes a dataset, or several as a collection.
func write(w io.Writer, sets []*jsonstat.Dataset, o *jsonstat.WriteOptions) error {
	if len(sets) == 1 {
		return sets[0].Write(w, o)
	}
	if _, err := io.WriteString(w, `{"version":"2.0","class":"collection","link":{"item":[`); err != nil {
		return err
	}
	for i, ds := range sets {
		if i > 0 {
			if _, err := io.WriteString(w, ","); err != nil {
				return err
			}
		}
		if err := ds.Write(w, o); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "]}}")
	return err
}

// explains tells whether the decision is asked for in place of the cube, and known.
func (t *Table) explains() bool { return t.c.IsSet("explain") && t.explained != nil }

// explain writes how the table was decided.
func (t *Table) explain(form string) error {
	w, err := t.c.Output()
	if err != nil {
		return err
	}
	if form == "text" {
		_, err := io.WriteString(w, t.c.Text(readPlan(t.explained).text(t.call())))
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, t.explained, "", "  "); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err = b.WriteTo(w)
	return err
}

// call is the call as it was made, but for what says of columns what they are.
func (t *Table) call() string {
	words := []string{t.c.Name()}
	if names := t.c.Arg("input"); len(names) > 0 && names[0] != "-" {
		words = append(words, cli.ShellWord(names[0]))
	}
	for _, flag := range []string{"from", "dataset", "lang", "structure", "sheet", "separator", "encoding", "decimal", "thousands", "periods", "metric", "content"} {
		if t.c.Has(flag) && t.c.IsSet(flag) {
			words = append(words, "--"+flag+" "+cli.ShellWord(t.c.String(flag)))
		}
	}
	for _, text := range t.c.Strings("na") {
		words = append(words, "--na "+cli.ShellWord(text))
	}
	for _, flag := range []string{"sniff", "texts", "plain", "with-metric"} {
		if t.c.Has(flag) && t.c.Bool(flag) {
			words = append(words, "--"+flag)
		}
	}
	return strings.Join(words, " ")
}

// Forms are the forms in which a cube is written: sparse as the flags ovalue and
// ostatus say, else as given.
func Forms(c *cli.Context, form jsonstat.Form) *jsonstat.WriteOptions {
	o := &jsonstat.WriteOptions{Values: form, Statuses: form, AllCells: c.Bool("all-cells")}
	if c.Bool("ovalue") {
		o.Values = jsonstat.Sparse
	}
	if c.Bool("ostatus") {
		o.Statuses = jsonstat.Sparse
	}
	return o
}

// tooLarge adds the hint to the error for a cube that is too large.
func tooLarge(err error, hint string) error {
	if errors.Is(err, jsonstat.ErrLimit) {
		return cli.Usage(err, hint)
	}
	return err
}
