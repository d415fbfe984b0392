package folders

import (
	"io/fs"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// A Part is a file of a table, which has but one or is a folder of them.
type Part interface {
	// Fields are its columns.
	Fields() []columnar.Field

	// Keys are those of the table.
	Keys() map[string]string

	// Arrange puts the columns in another order, by their numbers.
	Arrange(order []int)

	// Groups reads the columns in groups of rows: begin is told the number of each, from
	// 1, and how many rows it has, before add has their cells.
	Groups(readings []columnar.Reading, begin func(number int, total int64), add func(total int64, columns []columnar.Cells) error) error

	Close()
}

// A Format is what the files are.
type Format struct {
	Name    string   // as messages name it
	Endings []string // of the names of files, in small letters with the point
	Open    func(dir fs.FS, name string) (Part, error)
	Grouped bool // rows are counted from the first of a group, not of the file
}

// Options say how a table is read: see parquetconv.ReadOptions.
type Options struct {
	convert.TableOptions
	Path   string
	Beside []byte
}

func (o *Options) table() *rows.Options { return (*rows.Options)(&o.TableOptions) }
