package cubes

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Finish writes what a reader made: the cube, or how it was decided, or the error with
// what would settle it. The hint is for a cube that is too large to be written whole.
func (t *Table) Finish(ds *jsonstat.Dataset, err error, o *jsonstat.WriteOptions, hint string) error {
	if explain := t.c.String("explain"); t.Explains() && (err == nil || errors.Is(err, convert.ErrUndecided) || errors.Is(err, convert.ErrText)) {
		if werr := t.explain(explain); werr != nil {
			return werr
		}
		if err == nil {
			return nil
		}
		return cli.Answered(failure(t.c.Call, err))
	}
	if err != nil {
		return failure(t.c.Call, err)
	}
	w, err := t.c.Output()
	if err != nil {
		return err
	}
	return TooLarge(ds.Write(w, o), hint)
}

// Explains tells whether the decision is asked for in place of the cube, and known.
func (t *Table) Explains() bool { return t.c.IsSet("explain") && t.explained != nil }

// explain writes how the table was decided.
func (t *Table) explain(form string) error {
	w, err := t.c.Output()
	if err != nil {
		return err
	}
	if form == "text" {
		_, err := io.WriteString(w, readPlan(t.explained).text(t.call()))
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

// TooLarge adds the hint to the error for a cube that is too large.
func TooLarge(err error, hint string) error {
	if errors.Is(err, jsonstat.ErrLimit) {
		return cli.Usage(err, hint)
	}
	return err
}
