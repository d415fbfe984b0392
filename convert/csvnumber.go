package convert

import (
	"bytes"
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
)

// asNumber makes a JSON number of a field.
func (c *csvReader) asNumber(field []byte) ([]byte, bool) {
	return csvtext.Number(field, c.o.Decimal, &c.number)
}

// marks stand for a missing value in the tables of statistical offices.
var missingMarks = []string{"", "n/a", "N/A", "NA", "na", "null", "NULL", "NaN", ".", "..", "...", ":", "-", "–", "…"}

func (c *csvReader) missing(field []byte) bool {
	if len(field) == 0 {
		return true
	}
	return slices.Contains(missingMarks, string(bytes.TrimSpace(field))) || c.isNA(field)
}

// isNA tells whether a field is one of the texts that were named for a missing
// value.
func (c *csvReader) isNA(field []byte) bool {
	trimmed := bytes.TrimSpace(field)
	for _, na := range c.o.NA {
		if string(field) == na || string(trimmed) == na {
			return true
		}
	}
	return false
}
