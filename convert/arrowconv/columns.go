package arrowconv

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"github.com/jsonstat-go/toolkit/convert/internal/arrowschema"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// kindOf is what the cells of a column of a type are.
func kindOf(t arrow.DataType) columnar.FieldKind {
	switch t := t.(type) {
	case *arrow.DictionaryType:
		if t.ValueType.ID() == arrow.DICTIONARY {
			return columnar.FieldNested
		}
		return kindOf(t.ValueType)
	case arrow.ExtensionType:
		return kindOf(t.StorageType())
	case *arrow.BooleanType:
		return columnar.FieldBool
	case *arrow.NullType:
		return columnar.FieldNull
	case *arrow.StringType, *arrow.LargeStringType, *arrow.StringViewType:
		return columnar.FieldText
	case arrow.DecimalType:
		return columnar.DecimalKind(int(t.GetScale()))
	}
	switch id := t.ID(); {
	case arrow.IsInteger(id), arrow.IsFloating(id):
		return columnar.FieldNumber
	case id == arrow.DATE32, id == arrow.DATE64, id == arrow.TIMESTAMP:
		return columnar.FieldPeriod
	case id == arrow.TIME32, id == arrow.TIME64:
		return columnar.FieldOther
	}
	return columnar.FieldNested
}

// keysOf are the keys of a column.
func keysOf(f arrow.Field) map[string]string {
	keys := arrowschema.Keys(f.Metadata)
	if t, ok := f.Type.(arrow.ExtensionType); ok { // the module knows the type, and takes its keys away
		keys[extensionName], keys[extensionMore] = t.ExtensionName(), t.Serialize()
	}
	return keys
}

const (
	extensionName = "ARROW:extension:name"
	extensionMore = "ARROW:extension:metadata"
)

// column is a column, and how its cells go into batches.
type column struct {
	columnar.Reading
	periods *columnar.Periods // what whole numbers are; nil for numbers
	ordered bool              // its categories have an order

	array    arrow.Array // of the record that is read
	at, rows int         // cells of it that were read, and that there are
	dict     *rows.Dictionary
	dictOf   arrow.ArrayData // the dictionary met last
}

// newColumn is a column as its schema has it.
func newColumn(f arrow.Field) (column, columnar.Field) {
	field := columnar.Field{Name: f.Name, Kind: kindOf(f.Type), Type: f.Type.String(), Keys: keysOf(f)}
	var c column
	if field.Kind == columnar.FieldNumber {
		c.periods = field.CountPeriods()
	}
	if t, ok := f.Type.(*arrow.DictionaryType); ok {
		c.ordered = t.Ordered
	}
	return c, field
}

// cells are those of the column in a record of so many rows.
func (c *column) cells(a arrow.Array, n int) columnar.Cells {
	if c.Skip || a.DataType().ID() == arrow.NULL {
		return columnar.Same{}
	}
	c.array, c.at, c.rows = a, 0, n
	return c
}

// Ready returns how many cells of the record are left.
func (c *column) Ready() (int, error) { return c.rows - c.at, nil }

// Add appends cells of the record.
func (c *column) Add(b *rows.Batch, at, n int) error {
	from := c.at
	c.at += n
	err := c.add(b, at, c.array, from, c.at)
	if _, ok := errors.AsType[*columnar.CellError](err); ok || err == nil {
		return err
	}
	return fmt.Errorf("column %q: %w", c.Name, err)
}

// errCode is the error for a damaged dictionary.
var errCode = errors.New("the cell has a code that its dictionary does not have")

// add appends the cells of some rows of an array to a batch.
func (c *column) add(b *rows.Batch, at int, a arrow.Array, from, to int) error {
	switch a := a.(type) {
	case *array.Dictionary:
		return c.codes(b, at, a, from, to)
	case array.ExtensionArray:
		return c.add(b, at, a.Storage(), from, to)
	case array.StringLike:
		for row := from; row < to; row++ {
			if a.IsNull(row) {
				b.Null(at)
			} else if c.Values == "" {
				text := len(b.Text)
				b.Text = append(b.Text, a.Value(row)...)
				b.Cell(at, text, rows.Plain)
			} else if err := c.Text(b, at, []byte(a.Value(row))); err != nil {
				return &columnar.CellError{Err: err}
			}
		}
		return columnar.Fits(b)
	case *array.Boolean:
		cellTexts(b, at, a, rows.Bool, from, to, func(dst []byte, row int) []byte {
			return strconv.AppendBool(dst, a.Value(row))
		})
	case *array.Int8:
		wholes(c, b, at, a, a.Int8Values(), from, to)
	case *array.Int16:
		wholes(c, b, at, a, a.Int16Values(), from, to)
	case *array.Int32:
		wholes(c, b, at, a, a.Int32Values(), from, to)
	case *array.Int64:
		wholes(c, b, at, a, a.Int64Values(), from, to)
	case *array.Uint8:
		wholes(c, b, at, a, a.Uint8Values(), from, to)
	case *array.Uint16:
		wholes(c, b, at, a, a.Uint16Values(), from, to)
	case *array.Uint32:
		wholes(c, b, at, a, a.Uint32Values(), from, to)
	case *array.Uint64:
		wholes(c, b, at, a, a.Uint64Values(), from, to)
	case *array.Float16:
		for row := from; row < to; row++ {
			if a.IsNull(row) {
				b.Null(at)
			} else {
				columnar.Float(b, at, float64(a.Value(row).Float32()), 32)
			}
		}
	case *array.Float32:
		floats(b, at, a, a.Float32Values(), 32, from, to)
	case *array.Float64:
		floats(b, at, a, a.Float64Values(), 64, from, to)
	case *array.Decimal128:
		scale := int(a.DataType().(*arrow.Decimal128Type).Scale)
		cellTexts(b, at, a, rows.Number, from, to, func(dst []byte, row int) []byte {
			return columnar.AppendDecimal(dst, wide(a.Value(row).LowBits(), uint64(a.Value(row).HighBits())), scale)
		})
	case *array.Decimal256:
		scale := int(a.DataType().(*arrow.Decimal256Type).Scale)
		cellTexts(b, at, a, rows.Number, from, to, func(dst []byte, row int) []byte {
			words := a.Value(row).Array()
			return columnar.AppendDecimal(dst, wide(words[:]...), scale)
		})
	case *array.Date32:
		cellTexts(b, at, a, rows.Period, from, to, func(dst []byte, row int) []byte {
			return a.Value(row).ToTime().AppendFormat(dst, time.DateOnly)
		})
	case *array.Date64:
		cellTexts(b, at, a, rows.Period, from, to, func(dst []byte, row int) []byte {
			return columnar.AppendTime(dst, a.Value(row).ToTime(), false)
		})
	case *array.Timestamp:
		t := a.DataType().(*arrow.TimestampType)
		toTime, err := t.GetToTimeFunc()
		if err != nil {
			return fmt.Errorf("the zone of a time: %w", err)
		}
		cellTexts(b, at, a, rows.Period, from, to, func(dst []byte, row int) []byte {
			return columnar.AppendTime(dst, toTime(a.Value(row)), t.TimeZone != "")
		})
	case *array.Time32:
		unit := a.DataType().(*arrow.Time32Type).Unit.Multiplier()
		cellTexts(b, at, a, rows.Plain, from, to, func(dst []byte, row int) []byte {
			return columnar.AppendClock(dst, time.Duration(a.Value(row))*unit)
		})
	case *array.Time64:
		unit := a.DataType().(*arrow.Time64Type).Unit.Multiplier()
		cellTexts(b, at, a, rows.Plain, from, to, func(dst []byte, row int) []byte {
			return columnar.AppendClock(dst, time.Duration(a.Value(row))*unit)
		})
	default: // nulls, or of an unfit type
		return columnar.Same{}.Add(b, at, to-from)
	}
	return nil
}

// isNull is the part of an array that knows of nulls.
type isNull interface{ IsNull(i int) bool }

func cellTexts(b *rows.Batch, at int, a isNull, kind rows.Kind, from, to int, appendTo func(dst []byte, row int) []byte) {
	for row := from; row < to; row++ {
		if a.IsNull(row) {
			b.Null(at)
			continue
		}
		text := len(b.Text)
		b.Text = appendTo(b.Text, row)
		b.Cell(at, text, kind)
	}
}

// whole are the types of whole numbers.
type whole interface {
	int8 | int16 | int32 | int64 | uint8 | uint16 | uint32 | uint64
}

func wholes[T whole](c *column, b *rows.Batch, at int, a isNull, list []T, from, to int) {
	for row := from; row < to; row++ {
		v := list[row]
		switch {
		case a.IsNull(row):
			b.Null(at)
		case c.periods != nil:
			c.periods.Add(b, at, int64(v))
		default:
			text := len(b.Text)
			if v > 0 {
				b.Text = strconv.AppendUint(b.Text, uint64(v), 10)
			} else {
				b.Text = strconv.AppendInt(b.Text, int64(v), 10)
			}
			b.Cell(at, text, rows.Number)
		}
	}
}

func floats[T float32 | float64](b *rows.Batch, at int, a isNull, list []T, bits, from, to int) {
	for row := from; row < to; row++ {
		if a.IsNull(row) {
			b.Null(at)
		} else {
			columnar.Float(b, at, float64(list[row]), bits)
		}
	}
}

// codes appends cells of a dictionary-encoded column.
func (c *column) codes(b *rows.Batch, at int, a *array.Dictionary, from, to int) error {
	dict := a.Dictionary()
	if c.dict == nil || c.dictOf != dict.Data() {
		var texts rows.Batch
		texts.Grow(1)
		if err := c.add(&texts, 0, dict, 0, dict.Len()); err != nil {
			if cell, ok := errors.AsType[*columnar.CellError](err); ok {
				err = cell.Err // of no row
			}
			return err
		}
		c.dict, c.dictOf = columnar.Dictionary(&texts, c.ordered), dict.Data()
	}
	switch index := a.Indices().(type) {
	case *array.Int8:
		return addCodes(b, at, c.dict, a, index.Int8Values(), from, to)
	case *array.Int16:
		return addCodes(b, at, c.dict, a, index.Int16Values(), from, to)
	case *array.Int32:
		return addCodes(b, at, c.dict, a, index.Int32Values(), from, to)
	case *array.Int64:
		return addCodes(b, at, c.dict, a, index.Int64Values(), from, to)
	case *array.Uint8:
		return addCodes(b, at, c.dict, a, index.Uint8Values(), from, to)
	case *array.Uint16:
		return addCodes(b, at, c.dict, a, index.Uint16Values(), from, to)
	case *array.Uint32:
		return addCodes(b, at, c.dict, a, index.Uint32Values(), from, to)
	case *array.Uint64:
		return addCodes(b, at, c.dict, a, index.Uint64Values(), from, to)
	}
	return errCode
}

// addCodes appends cells by the numbers that a dictionary gives them.
func addCodes[T whole](b *rows.Batch, at int, d *rows.Dictionary, a *array.Dictionary, list []T, from, to int) error {
	nulls, n := a.NullN() > 0, uint64(len(d.Texts))
	codes := slices.Grow(b.Codes[at], to-from)
	for row := from; row < to; row++ {
		code := int32(-1)
		if !nulls || !a.IsNull(row) {
			if uint64(list[row]) >= n { // below zero, too
				b.Codes[at] = codes
				return &columnar.CellError{Err: errCode}
			}
			code = int32(list[row])
		}
		codes = append(codes, code)
	}
	b.Dictionaries[at], b.Codes[at] = d, codes
	return nil
}

// wide is the number of a two's complement of several words, the lowest first. The
// module's own way loses digits where a word has 32 bits.
func wide(words ...uint64) *big.Int {
	var b []byte
	for _, w := range slices.Backward(words) {
		b = binary.BigEndian.AppendUint64(b, w)
	}
	return columnar.TwosComplement(b)
}
