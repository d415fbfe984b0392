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
	text := string(bytes.TrimSpace(field))
	return slices.Contains(missingMarks, text) || slices.Contains(c.o.NA, text) || slices.Contains(c.o.NA, string(field))
}
