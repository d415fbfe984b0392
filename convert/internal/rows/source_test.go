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
	return makeTable(text, ",", Format{}, o)
}

// makeTable makes a cube of a text.
func makeTable(text, separator string, f Format, o Options) (*jsonstat.Dataset, []string, error) {
	var warnings []string
	o.Warn = func(message string) { warnings = append(warnings, message) }
	g, err := NewGrid(csvRecords{csvtext.New(strings.NewReader(text), separator)}, separator, &o)
	if err != nil {
		return nil, warnings, err
	}
	ds, err := Make(g, f, &o)
	return ds, warnings, err
}
