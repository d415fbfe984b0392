// Package source opens inputs of any format that some command reads: by the command that
// reads it, as a part of the call. It links all formats, so that only commands of jsonstat
// import it.
package source

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/cmd/internal/suite"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Names are the formats that --from names. sdmx is each of SDMX's.
func Names() []string {
	return []string{"jsonstat", "csv", "tsv", "csv-stat", "xlsx", "arrow", "parquet", "px", "sdmx"}
}

// Reader is the command that reads a format of [Names], with what it must be told to; that
// has no name for JSON-stat, which needs none.
func Reader(name string) (command string, options []string) {
	switch name {
	case "jsonstat":
		return "", nil
	case "tsv":
		return "csv2jsonstat", []string{"separator=tab"}
	case "sdmx":
		return "sdmx2jsonstat", nil
	}
	f, _ := formats.Get(name)
	return f.Readers[0], nil
}

// reading is what jsonstat knows of formats where it reads whatever some command reads.
type reading struct{ formats.Archived }

// whatever are the names of all formats that some command reads.
func whatever(*cli.Call) []string {
	var names []string
	for _, f := range formats.All() {
		if len(f.Readers) > 0 {
			names = append(names, f.Name)
		}
	}
	return names
}

// Formats is the field Formats of the table of a command that reads whatever some command
// reads.
func Formats() cli.Formats {
	return reading{formats.Archived{Registry: formats.Registry{Reads: whatever}}}
}

// Input lets all pass: what the input is decides which command reads it.
func (reading) Input(*cli.Call, []byte, error) error { return nil }

// Output leaves the name of the output to the command that writes it.
func (reading) Output(*cli.Call, string) error { return nil }

// Format is the format of the input, of a folder that of the first file in it that is
// called as those of Arrow or Parquet are, else Parquet.
func Format(c *cli.Context) (formats.Format, error) {
	if folder := c.InputFolder(); folder != nil {
		f, _ := formats.Get("parquet")
		_ = fs.WalkDir(folder, ".", func(name string, e fs.DirEntry, err error) error { // what cannot be read is said when it is
			if named, ok := formats.OfName(name); err == nil && ok && !e.IsDir() && (named.Name == "arrow" || named.Name == "parquet") {
				f = named
				return fs.SkipAll
			}
			return nil
		})
		f.Title = "a folder, which is read as " + map[string]string{"arrow": "Arrow", "parquet": "Parquet"}[f.Name] + " files"
		return f, nil
	}
	first, err := c.First()
	if err != nil {
		return formats.Format{}, err
	}
	if formats.OfBytes(first).Name == "zip" {
		if err := c.Unpack(); err != nil {
			return formats.Format{}, err
		}
		if first, err = c.First(); err != nil {
			return formats.Format{}, err
		}
	}
	if len(first) == 0 && Name(c) == "" {
		return formats.Format{}, cli.InputError(errors.New("the input is empty"))
	}
	return formats.OfFile(Name(c), first), nil
}

// Name is the name of the input: in an archive that of the member.
func Name(c *cli.Context) string {
	if c.Member() != "" {
		return c.Member()
	}
	return strings.Join(c.Arg("input"), "")
}

// Choose is the name of the format of the input: what the flag from says, else what the
// input is.
func Choose(c *cli.Context) (string, error) {
	f, err := Format(c)
	if err != nil {
		return "", err
	}
	name := fromName(f)
	switch {
	case c.IsSet("from"):
		return c.String("from"), saidOtherwise(c, f)
	case name == "":
		return "", cli.WithHints(cli.InputError(fmt.Errorf("this is %s, which no command reads", f.Title)), f.Given)
	}
	if named, ok := formats.Contradicts(Name(c), f); ok {
		other := ""
		if from := fromName(named); from != "" {
			other = "; --from " + from + " says otherwise"
		}
		c.Warn("%s is %s, whatever its name says, and read as such%s", Name(c), f.Title, other)
	}
	return name, nil
}

// saidOtherwise is the error for an input that for certain is not what --from says.
func saidOtherwise(c *cli.Context, f formats.Format) error {
	said, is := c.String("from"), fromName(f)
	text := is == "" || is == "csv" || is == "tsv" // as far as the first bytes tell
	if said == is || text || is == "sdmx" && said == "csv" || is == "csv-stat" && (said == "csv" || said == "tsv") {
		return nil
	}
	return cli.WithHints(cli.InputError(fmt.Errorf("this is %s, not what --from %s says", f.Title, said)), "without --from it is read as what it is")
}

// fromName is the name of a format for --from, "" for one that no command reads.
func fromName(f formats.Format) string {
	switch {
	case f.Name == "json":
		return "jsonstat" // if it is JSON-stat at all its reader can tell
	case len(f.Readers) == 0:
		return ""
	case f.Readers[0] == "sdmx2jsonstat":
		return "sdmx"
	case f.Name == "xlsm":
		return "xlsx"
	}
	return f.Name
}

// Program is the one of all commands of that name.
func Program(name string) cli.Command {
	commands := suite.Commands()
	return commands[slices.IndexFunc(commands, func(cmd cli.Command) bool { return cmd.Name == name })]
}

// Flags are the flags that say how an input is read that is no JSON-stat.
func Flags() []cli.Flag {
	const group = "Reading other formats"
	return []cli.Flag{
		cli.Choice{Name: "from", Values: Names(), Group: group, Help: "format of the input (default: what its first bytes say)"},
		cli.Strings{Name: "in", Value: "NAME[=VALUE]", Complete: cli.Options, Group: group, Help: "an option of the command that reads the input, such as value=Tonnes"},
	}
}

// HandsTo is the command that gets the options of --in, see [cli.Command].
func HandsTo(c *cli.Context, _ string) (cli.Command, []string) {
	if !c.IsSet("from") && len(c.Arg("input")) == 0 {
		return cli.Command{}, nil
	}
	from, err := Choose(c)
	if err != nil {
		return cli.Command{}, nil
	}
	name, options := Reader(from)
	if name == "" {
		return cli.Command{Name: "jsonstat", ReadsJSONStat: true}, nil // what writes reads, too
	}
	return Program(name), options
}

// OpenFront opens the input for who reads its first cells alone: of a JSON-stat document no
// more is read than what stands in front of the cells, which then flow, once. Statuses that
// stand behind the cells are found from the end of a file; known is false if it is not known
// whether there are some.
func OpenFront(c *cli.Context) (ds *jsonstat.Dataset, known bool, err error) {
	from, err := Choose(c)
	if err != nil {
		return nil, false, err
	}
	if from != "jsonstat" {
		doc, _, err := Open(c, 0)
		if err != nil {
			return nil, false, err
		}
		ds, err = c.Dataset(doc)
		return ds, true, err
	}
	doc, err := c.OpenFront()
	if err != nil {
		return nil, false, err
	}
	if ds, err = doc.Dataset(0); err != nil || !ds.Cells().Info().Once {
		return ds, true, err
	}
	cells, known := c.TailCells(ds)
	front, err := ds.Front()
	if err == nil {
		ds, err = front.WithCells(cells, jsonstat.AsRead, jsonstat.AsRead)
	}
	return ds, known, err
}

// Open opens the input of a call that has [Flags] and those of JSON-stat: a document, or the
// cubes that the command makes which reads the format.
func Open(c *cli.Context, need jsonstat.Need) (cli.Document, string, error) {
	from, err := Choose(c)
	if err != nil {
		return nil, "", err
	}
	name, own := Reader(from)
	if name == "" {
		doc, err := c.OpenDocument(need)
		return doc, from, err
	}
	cmd := Program(name)
	part, err := c.Part(cmd, cli.Handing{By: "in", Options: c.Strings("in"), Own: own})
	if err != nil {
		return nil, "", err
	}
	if part.Has("explain") && part.IsSet("explain") {
		return nil, "", cli.Usage(errors.New("--in explain writes no cube"), name+" --explain tells what each column is taken for")
	}
	sets, err := cmd.Read(part)
	if err != nil {
		return nil, "", part.Said(err)
	}
	c.Give(sets)
	doc, err := c.OpenDocument(need)
	return doc, from, err
}
