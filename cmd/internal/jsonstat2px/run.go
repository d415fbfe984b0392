package jsonstat2px

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/choice"
	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/convert/pxconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func run(c *cli.Context) error {
	o := &pxconv.WriteOptions{
		Matrix: c.String("matrix"), SubjectCode: c.String("subject-code"), SubjectArea: c.String("subject-area"), Contents: c.String("contents"), Units: c.String("units"),
		Language: c.String("language"), Stub: c.Strings("stub"), Heading: c.Strings("heading"), Keys: c.Bool("keys"), AllCells: c.Bool("all-cells"), Encoding: c.String("encoding"),
		Warn: func(message string) { c.Warn("%s", message) },
	}
	cut, err := criteria.Read(c)
	if err != nil {
		return err
	}
	if err := translations(c, cut, o); err != nil {
		return err
	}
	ds, err := cut.OpenSettled(c, o.Need())
	if err != nil {
		return err
	}
	o.Stub, o.Heading = choice.Dimensions(ds, o.Stub), choice.Dimensions(ds, o.Heading)
	w, err := c.Output()
	if err != nil {
		return err
	}
	return failure(pxconv.Write(w, ds, o))
}

// translations opens the tables in other languages.
func translations(c *cli.Context, cut *criteria.Cut, o *pxconv.WriteOptions) error {
	for _, text := range c.Strings("with") {
		lang, name, ok := strings.Cut(text, "=")
		if !ok || lang == "" || name == "" {
			return cli.Usagef("--with: %q is no language with its file: it is like en=table-en.json", text)
		}
		doc, err := jsonstat.Open(name)
		if err != nil {
			return cli.Usage(fmt.Errorf("--with: %w", err))
		}
		c.Close(func() { _ = doc.Close() })
		ds, err := doc.Dataset(0)
		if err == nil {
			ds, err = cut.Settled(ds)
		}
		if err != nil {
			return fmt.Errorf("--with: %s: %w", name, err)
		}
		o.With = append(o.With, pxconv.Translation{Language: lang, Dataset: ds})
	}
	return nil
}

// failure is an error with the option that helps.
func failure(err error) error {
	var e *pxconv.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, jsonstat.ErrEncodingName):
		return cli.Usage(err)
	case errors.Is(err, pxconv.ErrTooLarge):
		return cli.Usage(err, "--all-cells writes them all")
	case errors.Is(err, pxconv.ErrCharacter):
		return cli.WithHints(cli.InputError(err), "--encoding utf-8 has all characters")
	case errors.Is(err, pxconv.ErrDiffers):
		return cli.WithHints(cli.InputError(err), "--language says in which language the table itself is, --with in which the other is")
	case errors.As(err, &e) && e.Keyword == "STUB":
		return cli.Usage(err)
	}
	return cli.InputError(err)
}
