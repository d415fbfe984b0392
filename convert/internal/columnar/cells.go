package columnar

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Text appends a cell that is a text to a batch, as what the text stands for.
func (r *Reading) Text(b *rows.Batch, column int, text []byte) error {
	if r.Values == "" {
		b.Add(column, text, rows.Plain)
		return nil
	}
	numbers := r.Values == kindToken || strings.Contains(r.Values, kindNumber)
	switch {
	case r.Values == kindToken && len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' && json.Valid(text):
		b.Add(column, jsonstat.AppendText(nil, text), rows.Text)
	case isBoolean(text) && (r.Values == kindToken || strings.Contains(r.Values, kindBoolean)):
		b.Add(column, text, rows.Bool)
	case numbers && jsontoken.IsNumber(text):
		b.Add(column, text, rows.Number)
	case r.Values == kindNumber:
		return fmt.Errorf("the value %q is no number", brief(string(text)))
	default:
		b.Add(column, text, rows.Text)
	}
	return nil
}

// Float appends a cell that is a float. What is no number, as infinities are none, is null.
func Float(b *rows.Batch, column int, f float64, bits int) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		b.Null(column)
		return
	}
	from := len(b.Text)
	b.Text = appendFloat(b.Text, f, bits)
	b.Cell(column, from, rows.Number)
}

// Dictionary makes a dictionary of the cells of the only column of a batch.
func Dictionary(b *rows.Batch, ordered bool) *rows.Dictionary {
	d := &rows.Dictionary{Ordered: ordered, Texts: make([][]byte, len(b.Cells[0])), Kinds: b.Kinds[0]}
	text := bytes.Clone(b.Text)
	for i, span := range b.Cells[0] {
		d.Texts[i] = text[span.From:span.To:span.To]
	}
	return d
}

// Fits tells whether the text of a batch is not too long: its cells are found by 32 bits.
func Fits(b *rows.Batch) error {
	if uint64(len(b.Text)) > math.MaxUint32 {
		return errors.New("a few thousand rows have more than 4 GB of text")
	}
	return nil
}
