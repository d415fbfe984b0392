package sdmxconv

import (
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

func (r *reader) readCSV(src io.ReadSeeker) ([]*jsonstat.Dataset, error) { return nil, nil }
func looksLikeCSV(line string) bool                                      { return false }
