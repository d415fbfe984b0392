package sdmxconv

import (
	"io"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Format is a format of data messages.
type Format string

// The formats.
const (
	JSON Format = "json" // SDMX-JSON 1.0 and its drafts, 2.0, 2.1
	CSV  Format = "csv"  // SDMX-CSV 1.0, 2.0, 2.1
)

// Options say how a message is read. The zero value, and nil, are the defaults.
//
// Of the options of tables, Label, Source, Updated, Description, Roles, which go before
// what the message says, Metric, which is the id of the dimension of measures (MEASURE
// by default), and Warn are for all messages. The others are for SDMX-CSV: they say of
// columns what the rules of SDMX do not, and a cell of a measure that is no number is
// tolerated with a warning, unless Texts is set. SDMX-JSON says itself what they would
// say: there they have no effect, with one warning.
type Options struct {
	convert.TableOptions

	// From is the format. Default: the one that the input looks like.
	From Format

	// DataSet chooses one data set of several: a position from 0, or the id or
	// label of what it is data of. Default: all.
	DataSet string

	// Lang is the language of names, such as fr or pt-BR. Default: the message's
	// own, which is its first.
	Lang string

	// WithMetric makes a dimension of the measure, also if there is but one. Units
	// are those of its categories. Several measures make one without it.
	WithMetric bool

	// Separator stands between the columns of SDMX-CSV. Default: what stands behind
	// the first name of the header.
	Separator string

	// Encoding of the text, by the names of [jsonstat.Options]. Default "": UTF-8, or
	// UTF-16 if a byte order mark says so. A mark goes before a name.
	Encoding string

	// Structure is an SDMX-JSON structure message, or a data message with the
	// same structure, that gives names to the ids of SDMX-CSV.
	Structure io.Reader
}

// reader is the reading of a message, of whatever format: what was asked for, and what
// was said already.
type reader struct {
	o      Options
	lang   language
	said   map[string]bool
	policy rows.Policy
}

func (r *reader) warn(message string) {
	if r.o.Warn != nil && !r.said[message] {
		r.said[message] = true
		r.o.Warn(message)
	}
}

// tableOptions are the options for the maker of cubes.
func (r *reader) tableOptions() *rows.Options {
	o := rows.Options(r.o.TableOptions)
	o.Warn = r.warn
	return &o
}

// chosen are the places of the data sets that are asked for, of so many: those of that
// name, else the one at that place.
func (r *reader) chosen(named []int, of int, known []string) ([]int, error) {
	want := r.o.DataSet
	if i := digits(want); named == nil && i >= 0 && i < of {
		return []int{i}, nil
	}
	if named == nil && want != "" {
		return nil, &jsonstat.UnknownError{Kind: "dataset", Name: want, Near: jsonstat.Near(want, known), All: known}
	}
	return named, nil
}
