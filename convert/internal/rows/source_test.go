package rows

import (
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// csvRecords are the records of a CSV text.
type csvRecords struct{ *csvtext.Records }

func (csvRecords) Place(line int64, _ int) Place { return Place{Line: line} }

// makeCSV makes a cube of a CSV text, and gives the warnings.
func makeCSV(text string, o Options) (*jsonstat.Dataset, []string, error) {
	var warnings []string
	o.Warn = func(message string) { warnings = append(warnings, message) }
	sep := ","
	g, err := NewGrid(csvRecords{csvtext.New(strings.NewReader(text), sep)}, sep, &o)
	if err != nil {
		return nil, warnings, err
	}
	ds, err := Make(g, Format{}, &o)
	return ds, warnings, err
}
