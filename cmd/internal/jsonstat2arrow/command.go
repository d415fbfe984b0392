// Package jsonstat2arrow is the command that turns a JSON-stat dataset into an Apache Arrow table.
package jsonstat2arrow

import (
	"bufio"
	"io"
	"strconv"

	"github.com/jsonstat-go/toolkit/cmd/internal/columns"
	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/convert/arrowconv"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Command is the table of the command: its flags, its examples, what runs it.
func Command() cli.Command {
	return cli.Command{
		Name:    "jsonstat2arrow",
		Summary: "turn a JSON-stat dataset into an Apache Arrow table",
		Args:    cli.InputOutput,
		Formats: formats.Registry{Writes: written},
		Binary:  true,
		Description: `The table has a column for each dimension, one of statuses and one of values. Missing values
are nulls. The metadata of the document go along, so that arrow2jsonstat gives back the same document.`,
		Examples: []cli.Example{
			{Line: "jsonstat2arrow oslo.json population.arrow", Text: "an IPC file, which is also what Feather means today"},
			{Line: "jsonstat2arrow oslo.json codes.arrow -c --dates", Text: "codes in place of labels; years, quarters, months as dates"},
			{Line: "jsonstat2arrow oslo.json both.arrow --content columns --type auto", Text: "codes and labels side by side; whole numbers as such"},
			{Line: "cat oslo.json | jsonstat2arrow --format stream | arrow2jsonstat", Text: "the stream format, in a pipe"},
		},
		Flags: append(columns.Writing(),
			cli.Choice{Name: "format", Values: []string{"file", "stream"}, Default: "file", Help: "IPC file, or IPC stream"},
			cli.Choice{Name: "compression", Values: []string{"none", "zstd", "lz4"}, Default: "none", Help: "how the table is compressed"},
			cli.Gone{Name: "zstd", Say: "--compression zstd"},
			cli.Bool{Name: "bytes", Help: "a JSON array of the bytes of the stream, as jsonstat-conv prints it without -0"},
			cli.Bool{Name: "binary", Short: '0', Help: "accepted for old scripts; it is the default"},
		),
		ReadsJSONStat: true,
		Run:           run,
	}
}

func run(c *cli.Context) error {
	f := columns.ReadOptions(c)
	o := &arrowconv.Options{
		Field: f.Field, Content: f.Content, Keep: f.Keep, Type: arrowconv.ValueType(f.Type), Dates: f.Dates, DropConstant: f.DropConstant, SafeNames: f.SafeNames, AllCells: f.AllCells, Warn: f.Warn,
		Stream: c.String("format") == "stream", Compression: arrowconv.Compression(c.String("compression")),
	}
	if c.Bool("bytes") {
		c.VoidedBy("bytes", "binary", "format")
		o.Stream = true
	}
	return columns.Write(c, o.Need(), func(w io.Writer, ds *jsonstat.Dataset) error {
		if !c.Bool("bytes") {
			return arrowconv.Write(w, ds, o)
		}
		list := &byteList{w: bufio.NewWriter(w)}
		if err := arrowconv.Write(list, ds, o); err != nil {
			return err
		}
		return list.close()
	})
}

// written are the formats that a call writes. A list of the bytes is JSON, which
// jsonstat-conv writes under any name: who asks for it has a reason.
func written(c *cli.Call) []string {
	names := formats.WrittenBy(c.Command())
	if c.Bool("bytes") {
		names = append(names, "json")
	}
	return names
}

// byteList writes bytes as a JSON array of numbers.
type byteList struct {
	w     *bufio.Writer
	begun bool
	buf   []byte
}

func (l *byteList) Write(p []byte) (int, error) {
	for i, b := range p {
		l.buf = append(l.buf[:0], ',')
		if !l.begun {
			l.buf[0], l.begun = '[', true
		}
		if _, err := l.w.Write(strconv.AppendUint(l.buf, uint64(b), 10)); err != nil {
			return i, err
		}
	}
	return len(p), nil
}

func (l *byteList) close() error {
	if _, err := io.WriteString(l.w, "]"); err != nil {
		return err
	}
	return l.w.Flush()
}
