// Package jsonfault puts what the tokenizer says of a text into the words of package
// jsonstat, for readers of JSON that is not JSON-stat.
package jsonfault

import (
	"errors"

	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Of is an error of the tokenizer as a [*jsonstat.Error], an error of reading as it is,
// and any other error as it came.
func Of(err error) error {
	if below, ok := errors.AsType[*window.ReadError](err); ok {
		return below.Err
	}
	bad, ok := errors.AsType[*window.SyntaxError](err)
	if !ok {
		return err
	}
	e := &jsonstat.Error{Offset: bad.Offset, Msg: bad.Msg, Err: jsonstat.ErrSyntax}
	switch {
	case bad.Limit:
		e.Err = jsonstat.ErrLimit
	case bad.NaN:
		e.Err = jsonstat.ErrNaN
	case bad.UTF8:
		e.Err = jsonstat.ErrEncoding
	}
	return e
}
