package pxweb

import (
	"slices"
	"strings"
)

// RawOptions say which file a server is to make, and how it is laid out.
type RawOptions struct {
	// Format is a name of either version: csv, csv2, csv3, json-stat, json, px, xlsx, sdmx of
	// version 1; csv, px, xlsx, html, json-px, parquet of version 2. Where the version that is
	// asked has another name for it that name is sent.
	Format string

	// Params are parameters of the format, such as UseTexts and SeparatorSemicolon; Heading
	// and Stub are the variables above and at the side. Version 2 only.
	Params        []string
	Heading, Stub []string

	list bool // each cell in a line: all variables stand at the side
}

// The formats that one version has alone. Which of the others a server gives it may tell.
var (
	formats1 = []string{"json-stat", "sdmx", "png"}
	formats2 = []string{"html", "parquet"}
)

// FormatAPI is the version that alone has a format, Auto if both have it, or something like
// it.
func FormatAPI(format string) API {
	switch format = strings.ToLower(format); {
	case slices.Contains(formats1, format):
		return V1
	case slices.Contains(formats2, format):
		return V2
	}
	return Auto
}

// of translates the options to a version, for a server with some formats, none if it does
// not tell. What the version has no words for is an error.
func (o RawOptions) of(api API, formats []string) (RawOptions, error) {
	o.Format = strings.ToLower(o.Format)
	other := map[API]API{V1: V2, V2: V1}[api]
	if FormatAPI(o.Format) == other {
		return o, selectionErrorf("", "version %s of the API has no format %s, but version %s", api, o.Format, other)
	}
	if api == V1 {
		if len(o.Params) > 0 || o.Heading != nil || o.Stub != nil {
			return o, selectionErrorf("", "version 1 of the API has no words for the layout of a file: neither parameters of a format nor heading and stub")
		}
		if o.Format == "json-px" {
			o.Format = "json"
		}
		return o, nil
	}
	switch o.Format {
	case "json":
		o.Format = "json-px"
	case "csv2", "csv3":
		texts := map[string]string{"csv2": "UseTexts", "csv3": "UseCodes"}[o.Format]
		o.Format = "csv"
		o.list = o.Heading == nil && o.Stub == nil // as version 1 writes them
		if !slices.ContainsFunc(o.Params, func(p string) bool { return strings.HasPrefix(strings.ToLower(p), "use") }) {
			o.Params = append([]string{texts}, o.Params...)
		}
	}
	if len(formats) > 0 && !slices.ContainsFunc(formats, func(f string) bool { return strings.EqualFold(f, o.Format) }) {
		return o, selectionErrorf("", "there is no format %s: this server gives %s", o.Format, strings.Join(formats, ", "))
	}
	return o, nil
}

// placement is where the variables are to stand, nil if that is not said.
func (o RawOptions) placement(q *Query) *placement2 {
	if o.list {
		all := words{}
		for i := range q.Chosen {
			all = append(all, q.Chosen[i].Variable.Code)
		}
		return &placement2{words{}, all}
	}
	return placed(o.Heading, o.Stub)
}
