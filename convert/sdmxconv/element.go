package sdmxconv

import (
	"bytes"
	"fmt"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// elements tells what the elements of arrays are: values of attributes, and of measures.
type elements struct {
	decoder
	badIndexes int64  // how many indexes there were of values that are not listed
	badIndex   string // what is said of the first
}

// id is the number that a column has for the value of an attribute.
func (e *elements) id(token []byte, of kind, c *column) int32 {
	listed := c.coded && len(c.values) > 0
	switch {
	case of == null:
		return c.standing
	case of == number && listed:
		k := digits(token)
		if k >= 0 && k < len(c.values) {
			return c.listed(k)
		}
		if e.badIndexes++; e.badIndexes == 1 {
			e.badIndex = fmt.Sprintf("attribute %q has %d values, but index %s is used: the attribute is left out there", brief(c.id), len(c.values), brief(string(token)))
		}
		return 0
	case of == array && listed:
		return c.rawString(several(token, c.values))
	case of == text && listed:
		return c.token(token)
	case of == object:
		if n, err := parse(token, 0); err == nil {
			return c.rawString(e.localized(n))
		}
	}
	return c.raw(token)
}

// nodeID is the number of an attribute's value that was read already.
func (e *elements) nodeID(n *node, c *column) int32 { return e.id([]byte(n.text), n.kind, c) }

// several are the ids of an array of indexes of values, as JSON.
func several(token []byte, values []value) string {
	n, err := parse(token, 0)
	if err != nil {
		return "[]"
	}
	out := []byte{'['}
	for i := range n.items {
		out = jsontoken.AppendComma(out)
		if k := n.items[i].index(); k >= 0 && k < len(values) && !values[k].none {
			out = jsontoken.AppendString(out, values[k].id)
		} else {
			out = append(out, n.items[i].text...)
		}
	}
	return string(append(out, ']'))
}

// value sets a cell to a value of a measure.
func (e *elements) value(to *jsonstat.Values, cell int64, token []byte, of kind, m *measure) error {
	switch of {
	case null:
	case number:
		if m.coded && len(m.values) > 0 {
			if k := digits(token); k >= 0 && k < len(m.values) && !m.values[k].none {
				to.SetText(cell, m.values[k].id)
				return nil
			}
		}
		return to.SetNumberToken(cell, token)
	case text:
		if missing(token) {
			return nil
		}
		if n, ok := quotedNumber(token); ok && !m.textual() {
			return to.SetNumberToken(cell, n)
		}
		to.SetText(cell, unquote(string(token)))
	case boolean:
		to.SetText(cell, string(token))
	default:
		n, err := parse(token, 0)
		if err != nil {
			return err
		}
		to.SetText(cell, e.joined(n))
	}
	return nil
}

// missing knows the texts that stand for a missing value.
func missing(token []byte) bool {
	switch string(token) {
	case `""`, `"NaN"`, `"#N/A"`, `":"`, `".."`, `"."`, `"-"`, `"..."`, `"null"`:
		return true
	}
	return false
}

// quotedNumber is the number in a string, if there is nothing else in it.
func quotedNumber(token []byte) ([]byte, bool) {
	inside := bytes.TrimSpace(token[1 : len(token)-1])
	return inside, jsontoken.IsNumber(inside)
}
