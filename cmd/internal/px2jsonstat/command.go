// Package px2jsonstat is the command that turns a PX file into JSON-stat.
package px2jsonstat

import (
	"slices"

	"github.com/jsonstat-go/toolkit/cmd/internal/criteria"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Headings in the help.
const (
	reading = "How the file is read"
	kept    = "Which cells"
	writing = "Writing"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "px2jsonstat",
		Summary: "turn a PX file into JSON-stat",
		Description: `Reads PX files (PC-Axis), as PxWeb servers and many statistical offices give them out, of any size, and
makes the document that PxWebApi 2 makes of the same table. What has no place in that is kept under
extension.px. Cells are read from the file as they are written.`,
		Args:    cli.InputOutput,
		Formats: formats.Archived{},
		Flags: slices.Concat([]cli.Flag{
			cli.String{Name: "lang", Value: "CODE", Group: reading, Help: "language of the texts (default: the file's own)"},
			cli.String{Name: "encoding", Value: "NAME", Group: reading, Help: "of the file, such as windows-1251 (default: what its bytes and CODEPAGE say)"},
			cli.String{Name: "zone", Value: "ZONE", Group: reading, Help: "where times were written down, such as Europe/Oslo or +02:00, to make instants of them (default: days alone)"},
			cli.Choice{Name: "title", Values: []string{"file", "made"}, Default: "file", Group: reading, Help: "TITLE of the file, or one made of contents and variables as PxWeb does"},
			cli.Bool{Name: "rounded", Group: reading, Help: "numbers with the decimals that PxWeb shows (default: as they stand in the file)"},
			cli.Bool{Name: "strict", Group: reading, Help: "refuse what the specification of the format refuses"},
		}, criteria.Flags(kept), []cli.Flag{
			cli.Bool{Name: "ovalue", Short: 'o', Group: writing, Help: "values as an object without the missing ones"},
			cli.Bool{Name: "ostatus", Short: 's', Group: writing, Help: "statuses as an object (default: where few cells have one)"},
			cli.Bool{Name: "all-cells", Group: writing, Help: "read a file with KEYS whose cube has more than 100 million cells"},
		}),
		Examples: []cli.Example{
			{Line: "px2jsonstat boats.px harbours.json", Text: "a file of an office"},
			{Line: "px2jsonstat boats.px | jsonstat2xlsx - boats.xlsx", Text: "to Excel in one line"},
			{Line: "px2jsonstat boats.px --keep 'Year=top(1)' --lang sv", Text: "the latest year, in Swedish"},
			{Line: "px2jsonstat boats.px --rounded --title made --zone Europe/Stockholm", Text: "as a PxWeb server in Sweden shows it"},
		},
		Run:  run,
		Read: read,
	}
}
