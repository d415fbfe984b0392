package convert

import (
	"io"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// csvRecords are the records of a CSV text as rows.
type csvRecords struct{ *csvtext.Records }

// newRecords begins behind a byte order mark.
func newRecords(r io.Reader, separator string) (*csvRecords, error) {
	c := &csvRecords{csvtext.New(r, separator)}
	return c, c.SkipBOM()
}

// Place says where a row stands.
func (*csvRecords) Place(line int64, _ int) rows.Place { return rows.Place{Line: line} }
