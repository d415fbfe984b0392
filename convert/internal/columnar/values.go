package columnar

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ValueType is the type of the value column.
type ValueType string

// The types. The zero value is Float64, but UTF8 where a value is a text; Auto is
// Int64 where all values are whole and fit besides. Double is Float64 with a second column,
// of the values that are no numbers.
const (
	Float64 ValueType = "float64"
	Int64   ValueType = "int64"
	UTF8    ValueType = "utf8"
	Auto    ValueType = "auto"
	Double  ValueType = "double"
)

// valueKinds are the values of the key jsonstat.values, in this order: which kinds
// of values the texts of a UTF8 column stand for. Where a text might be taken for a
// number or a boolean it is "json": such texts stand in JSON quotes then, see quoted,
// all other values as they do elsewhere. Tables from before had all texts in quotes.
const (
	kindNumber  = "number"
	kindText    = "text"
	kindBoolean = "boolean"
	kindToken   = "json"
)

// ValueError is a value that the type of its column has no room for.
type ValueError struct {
	Where string // its categories
	Token string // as the document writes it
	Type  ValueType
	Text  bool // it is no number
}

// Error names the value and its place.
func (e *ValueError) Error() string {
	if e.Text {
		return fmt.Sprintf("the value %s of %s is no number, and the type of the column is %s", brief(e.Token), e.Where, e.Type)
	}
	return fmt.Sprintf("the value %s of %s does not fit in %s", brief(e.Token), e.Where, e.Type)
}

// TypeNeeded is a type that has room for the value.
func (e *ValueError) TypeNeeded() string {
	switch {
	case e.Text && e.Type == Float64:
		return string(Double)
	case e.Text || e.Type == Int64:
		return string(UTF8)
	}
	if _, ok := new(number).int(jsonstat.NumberRaw, []byte(e.Token)); ok {
		return string(Int64)
	}
	return string(UTF8)
}

// decideType decides the type of the value column, and of a UTF8 one which kinds of
// values it holds; of Double, those in the second column.
func decideType(ds *jsonstat.Dataset, asked ValueType) (typ ValueType, kinds string, err error) {
	f, err := ds.Cells().Facts()
	if err != nil {
		return "", "", err
	}
	words := f.Texts+f.Booleans > 0
	switch typ = asked; asked {
	case "", Auto:
		typ = Float64
		if words {
			typ = UTF8
		} else if asked == Auto && f.Numbers > 0 && f.Whole {
			whole, err := fits(ds, f)
			if err != nil {
				return "", "", err
			}
			if whole {
				typ = Int64
			}
		}
	case Float64, Int64, UTF8:
	case Double:
		switch {
		case f.Texts > 0 && f.Booleans > 0:
			return Float64, kindToken, nil
		case f.Booleans > 0:
			return Float64, kindBoolean, nil
		}
		return Float64, kindText, nil // also where there is none: the next edition may have some
	default:
		return "", "", fmt.Errorf("there is no type of values %q: it is auto, float64, double, int64 or utf8", asked)
	}
	if typ != UTF8 {
		return typ, "", nil
	}
	if f.Texts > 0 {
		if tokens, err := doubtful(ds, f); err != nil {
			return "", "", err
		} else if tokens {
			return typ, kindToken, nil
		}
	}
	var list []string
	for _, k := range []struct {
		n    int64
		name string
	}{{f.Numbers, kindNumber}, {f.Texts, kindText}, {f.Booleans, kindBoolean}} {
		if k.n > 0 {
			list = append(list, k.name)
		}
	}
	return typ, strings.Join(list, " "), nil
}

// fits tells whether all values, which are whole, are int64.
func fits(ds *jsonstat.Dataset, f jsonstat.Facts) (bool, error) {
	const sure, most = 18, 19 // digits
	if f.Digits <= sure || f.Digits > most {
		return f.Digits <= sure, nil
	}
	var n number
	return all(ds, func(kind jsonstat.Kind, token []byte) bool {
		if kind == jsonstat.Missing {
			return true
		}
		_, ok := n.int(kind, token)
		return ok
	})
}

// doubtful tells whether texts could be taken for other values of the column.
func doubtful(ds *jsonstat.Dataset, f jsonstat.Facts) (bool, error) {
	if f.Numbers+f.Booleans == 0 {
		return false, nil
	}
	var text []byte
	clear, err := all(ds, func(kind jsonstat.Kind, token []byte) bool {
		if kind != jsonstat.Text {
			return true
		}
		text = jsonstat.AppendText(text[:0], token)
		return !jsontoken.IsNumber(text) && !isBoolean(text)
	})
	return !clear, err
}

// quoted tells whether a text keeps its quotes in a column of kindToken: what would be
// read as another value, or as a text in quotes.
func quoted(text []byte) bool {
	return len(text) > 0 && (text[0] == '"' || jsontoken.IsNumber(text) || isBoolean(text) || string(text) == "null")
}

func isBoolean(text []byte) bool { return string(text) == "true" || string(text) == "false" }

// all tells whether something holds for all stored values.
func all(ds *jsonstat.Dataset, holds func(kind jsonstat.Kind, token []byte) bool) (bool, error) {
	err := layout.Walk{Cube: ds}.Chunks(func(c *jsonstat.Chunk) error {
		for i, kind := range c.Kinds {
			if !holds(kind, c.Token(i)) {
				return errFound
			}
		}
		return nil
	})
	if err == errFound {
		return false, nil
	}
	return true, err
}

// errFound ends a walk that knows enough.
var errFound = errors.New("found")
