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

func run(c *cli.Context) error {
	f := columns.ReadOptions(c)
	o := &arrowconv.Options{
		Field: f.Field, Content: f.Content, Keep: f.Keep, Type: arrowconv.ValueType(f.Type), Dates: f.Dates, AllCells: f.AllCells, Warn: f.Warn,
		Stream: c.String("format") == "stream", Zstd: c.Bool("zstd"),
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
func written(c *cli.Context) []string {
	names := formats.WrittenBy(c.Name())
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
