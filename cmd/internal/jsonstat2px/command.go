// Package jsonstat2px is the command that turns a JSON-stat dataset into a PX file.
package jsonstat2px

import (
	"slices"

	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Headings in the help.
const (
	keywords = "Keywords"
	layout   = "What the table looks like"
	kept     = "Which cells"
	writing  = "Writing"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "jsonstat2px",
		Summary: "turn a JSON-stat dataset into a PX file",
		Description: `Writes a PX file (PC-Axis) that PxWeb reads without a word. What the format asks for and the document does
not say has a default; a file that px2jsonstat read comes back with its own keywords.`,
		Args:    cli.InputOutput,
		Formats: formats.Registry{},
		Flags: slices.Concat([]cli.Flag{
			cli.String{Name: "matrix", Value: "TEXT", Group: keywords, Help: "MATRIX (default: that of the document, else its table id, else TABLE)"},
			cli.String{Name: "subject-code", Value: "TEXT", Group: keywords, Help: "SUBJECT-CODE (default: that of the document, else X)"},
			cli.String{Name: "subject-area", Value: "TEXT", Group: keywords, Help: "SUBJECT-AREA (default: that of the document, else empty)"},
			cli.String{Name: "contents", Value: "TEXT", Group: keywords, Help: "CONTENTS (default: that of the document, else its only content, else the title)"},
			cli.String{Name: "units", Value: "TEXT", Group: keywords, Help: "UNITS of the table (default: the unit of the first content, else empty)"},
			cli.String{Name: "language", Value: "CODE", Group: keywords, Help: "LANGUAGE (default: that of the document, else none)"},
			cli.Strings{Name: "with", Value: "CODE=FILE", Group: keywords, Help: "the same table in another language: a JSON-stat document with the same categories and cells"},
			cli.Strings{Name: "stub", Value: "DIM,...", Complete: cli.Dimensions, Group: layout, Help: "dimensions down the side of the table, in this order; without --heading the others go across"},
			cli.Strings{Name: "heading", Value: "DIM,...", Complete: cli.Dimensions, Group: layout, Help: "dimensions across the table, in this order; without --stub the others go down the side"},
			cli.Bool{Name: "keys", Group: layout, Help: "rows with their keys, without those of zeros alone"},
		}, criteria.Flags(kept), []cli.Flag{
			cli.String{Name: "encoding", Value: "NAME", Group: writing, Help: "of the file: utf-8, or a code page such as iso-8859-1, windows-1251 or cp850 (default: utf-8)"},
			cli.Bool{Name: "all-cells", Group: writing, Help: "write a sparse cube of more than 100 million cells in full"},
		}),
		Examples: []cli.Example{
			{Line: "jsonstat2px oslo.json oslo.px --matrix OSLO1 --subject-area Population --subject-code BE", Text: "for PxWeb"},
			{Line: "jsonstat2px oslo.json turned.px --stub Tid --heading Region", Text: "years down the side, districts across"},
			{Line: "jsonstat2px oslo.json two.px --language no --with en=oslo.json", Text: "two languages in one file"},
		},
		ReadsJSONStat: true,
		Run:           run,
	}
}
