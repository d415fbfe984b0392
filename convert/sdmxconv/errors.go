package sdmxconv

import (
	"bytes"
	"errors"
	"io"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/convert/internal/jsonfault"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ErrNotSDMX marks an input that is no data message of SDMX, or one that does not
// make sense. What is wrong with a table has the kinds of package convert, too.
var ErrNotSDMX = errors.New("not an SDMX data message")

// What [Options] must say where a message leaves it open, besides what an
// [*jsonstat.UnknownError] tells.
var (
	ErrMeasures   = errors.New("the columns of measures must be named")
	ErrDimensions = errors.New("the columns of dimensions must be named")
	ErrStructure  = errors.New("the structure is of no use")
)

// notSDMX is an error of a message as a whole.
func notSDMX(what string) error {
	return &jsonstat.Error{Offset: -1, Msg: what, Err: ErrNotSDMX}
}

// undecided is a kind of failure that an option would mend.
type undecided struct{ kind error }

func (e undecided) Error() string   { return e.kind.Error() }
func (e undecided) Unwrap() []error { return []error{e.kind, convert.ErrUndecided} }

// structureError is that of a structure file.
type structureError struct {
	err  error
	read bool // it could be read, but is of no use
}

func (e *structureError) Error() string { return "the structure file cannot be used: " + e.err.Error() }
func (e *structureError) Unwrap() []error {
	if e.read {
		return []error{ErrStructure}
	}
	return []error{ErrStructure, e.err}
}

// tableError puts an error of a table in the words of package convert.
func tableError(err error) error {
	if e, ok := errors.AsType[*rows.Error](err); ok {
		return (*convert.TableError)(e)
	}
	if e, ok := errors.AsType[*csvtext.Error](err); ok {
		return &convert.TableError{Line: e.Line, Msg: e.Msg, Text: e.Encoding, Err: e}
	}
	return err
}

// locate finds the line and column of an error that has but an offset.
func locate(src io.ReadSeeker, err error) error {
	err = jsonfault.Of(err)
	e, ok := errors.AsType[*jsonstat.Error](err)
	if !ok || e.Line > 0 || e.Offset <= 0 {
		return err
	}
	if _, serr := src.Seek(0, io.SeekStart); serr != nil {
		return err
	}
	e.Line, e.Column = 1, 1
	buf := make([]byte, 64<<10)
	for left := e.Offset; left > 0; {
		n, rerr := src.Read(buf[:min(int64(len(buf)), left)])
		e.Line += bytes.Count(buf[:n], []byte{'\n'})
		if i := bytes.LastIndexByte(buf[:n], '\n'); i >= 0 {
			e.Column = n - i
		} else {
			e.Column += n
		}
		if left -= int64(n); rerr != nil {
			break
		}
	}
	return err
}
