package parquetconv

import (
	"errors"
	"fmt"
)

// ErrFormat marks what is not a Parquet file.
var ErrFormat = errors.New("not a Parquet file")

// ErrArrow is the ErrFormat of an Arrow file.
var ErrArrow = fmt.Errorf("the input is an Arrow file: %w", ErrFormat)

var (
	errPage   = errors.New("a page is damaged")
	errLevels = errors.New("a page has fewer values than it claims")
	errCode   = errors.New("a cell has a code that its dictionary does not have")
)

// damaged is an error of the module.
func damaged(err error) error { return fmt.Errorf("the file cannot be read: %w: %w", err, ErrFormat) }
