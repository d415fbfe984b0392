package arrowconv

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
)

// kindOf is what a column of a type can be.
func kindOf(t arrow.DataType) columnar.FieldKind {
	switch t := t.(type) {
	case *arrow.DictionaryType:
		return kindOf(t.ValueType)
	case arrow.ExtensionType:
		return kindOf(t.StorageType())
	case *arrow.BooleanType:
		return columnar.FieldBool
	case *arrow.NullType:
		return columnar.FieldNull
	case *arrow.StringType, *arrow.LargeStringType, *arrow.StringViewType:
		return columnar.FieldText
	case *arrow.Decimal128Type, *arrow.Decimal256Type:
		return columnar.FieldNumber
	}
	switch id := t.ID(); {
	case arrow.IsInteger(id), arrow.IsFloating(id):
		return columnar.FieldNumber
	case id == arrow.DATE32, id == arrow.DATE64, id == arrow.TIMESTAMP, id == arrow.TIME32, id == arrow.TIME64:
		return columnar.FieldOther
	}
	return columnar.FieldNested
}

// textsOf takes the cells of an array for texts.
func textsOf(a arrow.Array) (columnar.Texts, error) {
	switch a := a.(type) {
	case *array.Dictionary:
		dict, err := textsOf(a.Dictionary())
		if err != nil {
			return nil, err
		}
		return &coded{a, dict, a.Dictionary().Len(), a.Dictionary().Data()}, nil
	case array.ExtensionArray:
		return textsOf(a.Storage())
	case *array.Null:
		return allNull{}, nil
	case array.StringLike:
		return strings2{a, a}, nil
	case *array.Boolean:
		if a.Len() > 0 {
			_ = a.Value(a.Len() - 1) // the module does not look whether it has so many
		}
		return texts2{a, func(dst []byte, row int) []byte { return strconv.AppendBool(dst, a.Value(row)) }}, nil
	case *array.Date32:
		return texts2{a, func(dst []byte, row int) []byte { return a.Value(row).ToTime().AppendFormat(dst, time.DateOnly) }}, nil
	case *array.Date64:
		return texts2{a, func(dst []byte, row int) []byte { return columnar.AppendTime(dst, a.Value(row).ToTime(), false) }}, nil
	case *array.Timestamp:
		t := a.DataType().(*arrow.TimestampType)
		toTime, err := t.GetToTimeFunc()
		if err != nil {
			return nil, fmt.Errorf("the zone of a time: %w", err)
		}
		return texts2{a, func(dst []byte, row int) []byte {
			return columnar.AppendTime(dst, toTime(a.Value(row)), t.TimeZone != "")
		}}, nil
	case *array.Time32, *array.Time64:
		return texts2{a, func(dst []byte, row int) []byte { return append(dst, a.ValueStr(row)...) }}, nil
	}
	n, err := numbersOf(a)
	if err != nil {
		return nil, err
	}
	return texts2{a, n.append}, nil
}

// nulls is the part of an array that knows of nulls.
type nulls interface{ IsNull(i int) bool }

// texts2 makes texts with a function.
type texts2 struct {
	nulls
	text func(dst []byte, row int) []byte
}

func (t texts2) Null(row int) bool                 { return t.IsNull(row) }
func (t texts2) Append(dst []byte, row int) []byte { return t.text(dst, row) }

type strings2 struct {
	nulls
	array.StringLike
}

func (s strings2) Null(row int) bool                 { return s.StringLike.IsNull(row) }
func (s strings2) Append(dst []byte, row int) []byte { return append(dst, s.Value(row)...) }

type allNull struct{}

func (allNull) Null(int) bool                        { return true }
func (allNull) Append(dst []byte, _ int) []byte      { return dst }
func (allNull) Put(*columnar.Cube, int64, int) error { return nil }

// coded is a dictionary-encoded column.
type coded struct {
	a    *array.Dictionary
	dict columnar.Texts
	n    int
	id   any
}

func (c *coded) Null(row int) bool                      { return c.a.IsNull(row) }
func (c *coded) Code(row int) int                       { return c.a.GetValueIndex(row) }
func (c *coded) Dictionary() (columnar.Texts, int, any) { return c.dict, c.n, c.id }
func (c *coded) Append(dst []byte, row int) []byte      { return c.dict.Append(dst, c.Code(row)) }

// numbers are cells that are numbers: how to put them into a cube, and their texts.
type numbers struct {
	nulls
	put    func(c *columnar.Cube, pos int64, row int) error
	append func(dst []byte, row int) []byte
}

func (n numbers) Null(row int) bool                              { return n.IsNull(row) }
func (n numbers) Put(c *columnar.Cube, pos int64, row int) error { return n.put(c, pos, row) }

func numbersOf(a arrow.Array) (numbers, error) {
	switch a := a.(type) {
	case *array.Int8:
		return wholes(a, a.Int8Values()), nil
	case *array.Int16:
		return wholes(a, a.Int16Values()), nil
	case *array.Int32:
		return wholes(a, a.Int32Values()), nil
	case *array.Int64:
		return wholes(a, a.Int64Values()), nil
	case *array.Uint8:
		return wholes(a, a.Uint8Values()), nil
	case *array.Uint16:
		return wholes(a, a.Uint16Values()), nil
	case *array.Uint32:
		return wholes(a, a.Uint32Values()), nil
	case *array.Uint64:
		return wholes(a, a.Uint64Values()), nil
	case *array.Float16:
		return floats(a, 32, func(row int) float64 { return float64(a.Value(row).Float32()) }), nil
	case *array.Float32:
		list := a.Float32Values()
		return floats(a, 32, func(row int) float64 { return float64(list[row]) }), nil
	case *array.Float64:
		list := a.Float64Values()
		return floats(a, 64, func(row int) float64 { return list[row] }), nil
	case *array.Decimal128:
		scale := a.DataType().(*arrow.Decimal128Type).Scale
		return decimals(a, scale, func(row int) *big.Int { return wide(a.Value(row).HighBits(), a.Value(row).LowBits()) })
	case *array.Decimal256:
		scale := a.DataType().(*arrow.Decimal256Type).Scale
		return decimals(a, scale, func(row int) *big.Int {
			words := a.Value(row).Array() // the lowest first
			return wide(int64(words[3]), words[2], words[1], words[0])
		})
	}
	return numbers{}, fmt.Errorf("a column of type %s holds neither values nor categories", a.DataType())
}

func wholes[T int8 | int16 | int32 | int64 | uint8 | uint16 | uint32 | uint64](a nulls, list []T) numbers {
	text := func(dst []byte, row int) []byte {
		if v := list[row]; v > 0 {
			return strconv.AppendUint(dst, uint64(v), 10)
		}
		return strconv.AppendInt(dst, int64(list[row]), 10)
	}
	var buf []byte
	return numbers{a, func(c *columnar.Cube, pos int64, row int) error {
		if v := list[row]; v < 0 || uint64(v) <= math.MaxInt64 {
			return c.Int(pos, int64(v))
		}
		buf = text(buf[:0], row)
		return c.Token(pos, buf)
	}, text}
}

func floats(a nulls, bits int, at func(row int) float64) numbers {
	return numbers{a,
		func(c *columnar.Cube, pos int64, row int) error { return c.Float(pos, at(row), bits) },
		func(dst []byte, row int) []byte { return strconv.AppendFloat(dst, at(row), 'f', -1, bits) },
	}
}

// wide is the number of a two's complement of several words, the highest first. The
// module's own way loses digits where a word has 32 bits.
func wide(high int64, low ...uint64) *big.Int {
	n, word := big.NewInt(high), new(big.Int)
	for _, w := range low {
		n.Add(n.Lsh(n, 64), word.SetUint64(w))
	}
	return n
}

func decimals(a nulls, scale int32, at func(row int) *big.Int) (numbers, error) {
	if scale > columnar.MaxScale || scale < -columnar.MaxScale {
		return numbers{}, fmt.Errorf("a decimal with a scale of %d", scale)
	}
	text := func(dst []byte, row int) []byte { return columnar.AppendDecimal(dst, at(row), int(scale)) }
	var buf []byte
	return numbers{a, func(c *columnar.Cube, pos int64, row int) error {
		buf = text(buf[:0], row)
		return c.Token(pos, buf)
	}, text}, nil
}

// valuesOf takes the cells of an array for values.
func valuesOf(a arrow.Array) (columnar.Values, error) {
	switch a := a.(type) {
	case *array.Dictionary:
		inner, err := valuesOf(a.Dictionary())
		if err != nil {
			return nil, err
		}
		if t, ok := inner.(*columnar.TextValues); ok {
			return &columnar.TextValues{Texts: &coded{a, t.Texts, a.Dictionary().Len(), nil}}, nil
		}
		return codedValues{a, inner}, nil
	case array.ExtensionArray:
		return valuesOf(a.Storage())
	case *array.Null:
		return allNull{}, nil
	case array.StringLike:
		return &columnar.TextValues{Texts: strings2{a, a}}, nil
	case *array.Boolean:
		return numbers{nulls: a, put: func(c *columnar.Cube, pos int64, row int) error {
			c.Bool(pos, a.Value(row))
			return nil
		}}, nil
	}
	return numbersOf(a)
}

// codedValues are values out of a dictionary.
type codedValues struct {
	a     *array.Dictionary
	inner columnar.Values
}

func (v codedValues) Null(row int) bool {
	if v.a.IsNull(row) {
		return true
	}
	code := v.a.GetValueIndex(row)
	return code >= 0 && code < v.a.Dictionary().Len() && v.inner.Null(code)
}

func (v codedValues) Put(c *columnar.Cube, pos int64, row int) error {
	code := v.a.GetValueIndex(row)
	if code < 0 || code >= v.a.Dictionary().Len() {
		return errors.New("the value has a code that its dictionary does not have")
	}
	return v.inner.Put(c, pos, code)
}
