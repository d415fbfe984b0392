package parquetconv

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
)

// fileColumn is a column of a file.
type fileColumn struct {
	name string
	kind columnar.FieldKind
	typ  string
	leaf int // number among the columns that have values, -1 for a nested one

	physical parquet.Kind
	scale    int           // of a decimal
	decimal  bool          // the value is a decimal
	unsigned bool          // a whole number without a sign
	date     bool          // days since 1970
	unit     time.Duration // of a time
	clock    bool          // a time of day
	zone     bool          // a time that is UTC
	half     bool          // a float16
}

func newFileColumn(c *parquet.Column) fileColumn {
	fc := fileColumn{name: c.Name(), leaf: -1, kind: columnar.FieldNested, typ: "a group"}
	if !c.Leaf() || c.Repeated() || c.MaxRepetitionLevel() > 0 {
		return fc
	}
	t := c.Type()
	fc.leaf, fc.physical, fc.typ = c.Index(), t.Kind(), t.String()
	switch fc.physical {
	case parquet.Boolean:
		fc.kind = columnar.FieldBool
	case parquet.ByteArray:
		fc.kind = columnar.FieldText
	case parquet.FixedLenByteArray:
		fc.kind, fc.leaf = columnar.FieldNested, c.Index()
	case parquet.Int96: // what a time was before 2016
		fc.kind = columnar.FieldOther
	default:
		fc.kind = columnar.FieldNumber
	}
	if l := t.LogicalType(); l != nil && l.Value != nil {
		fc.logical(l.Value)
	} else if c := t.ConvertedType(); c != nil {
		fc.converted(*c)
	}
	return fc
}

// logical reads what a column says of itself.
func (c *fileColumn) logical(l format.LogicalTypeValue) {
	switch l := l.(type) {
	case *format.DecimalType:
		c.kind, c.decimal, c.scale = columnar.FieldNumber, true, int(l.Scale)
	case *format.DateType:
		c.kind, c.date = columnar.FieldOther, true
	case *format.TimestampType:
		c.kind, c.zone = columnar.FieldOther, l.IsAdjustedToUTC
		if l.Unit.Value != nil {
			c.unit = l.Unit.Value.Duration()
		}
	case *format.TimeType:
		c.kind, c.clock = columnar.FieldOther, true
		if l.Unit.Value != nil {
			c.unit = l.Unit.Value.Duration()
		}
	case *format.IntType:
		c.unsigned = !l.IsSigned
	case *format.Float16Type:
		c.kind, c.half = columnar.FieldNumber, true
	case *format.NullType:
		c.kind = columnar.FieldNull
	case *format.StringType, *format.EnumType, *format.JsonType:
	default:
		c.kind = columnar.FieldNested
	}
}

// converted does the same for files from before 2018.
func (c *fileColumn) converted(t deprecated.ConvertedType) {
	switch t {
	case deprecated.Date:
		c.kind, c.date = columnar.FieldOther, true
	case deprecated.TimestampMillis, deprecated.TimestampMicros:
		c.kind, c.zone, c.unit = columnar.FieldOther, true, time.Millisecond
		if t == deprecated.TimestampMicros {
			c.unit = time.Microsecond
		}
	case deprecated.TimeMillis, deprecated.TimeMicros:
		c.kind, c.clock, c.unit = columnar.FieldOther, true, time.Millisecond
		if t == deprecated.TimeMicros {
			c.unit = time.Microsecond
		}
	case deprecated.Uint8, deprecated.Uint16, deprecated.Uint32, deprecated.Uint64:
		c.unsigned = true
	}
}

// cells are some values of a column.
type cells struct {
	c    *fileColumn
	list []parquet.Value
	buf  []byte
}

func (c *fileColumn) texts(list []parquet.Value) (columnar.Texts, error) {
	if c.kind == columnar.FieldNested || (c.unit == 0 && !c.date && c.kind == columnar.FieldOther && c.physical != parquet.Int96) {
		return nil, fmt.Errorf("column %q, of type %s, holds neither values nor categories", c.name, c.typ)
	}
	if c.decimal && (c.scale > columnar.MaxScale || c.scale < -columnar.MaxScale) {
		return nil, fmt.Errorf("column %q is a decimal with a scale of %d", c.name, c.scale)
	}
	return &cells{c: c, list: list}, nil
}

func (c *fileColumn) values(list []parquet.Value) (columnar.Values, error) {
	texts, err := c.texts(list)
	if err != nil {
		return nil, err
	}
	if c.kind == columnar.FieldText {
		return &columnar.TextValues{Texts: texts}, nil
	}
	return texts.(*cells), nil
}

// Null tells whether a cell is null.
func (s *cells) Null(row int) bool { return s.list[row].IsNull() }

// Put sets a cell of a cube.
func (s *cells) Put(cube *columnar.Cube, pos int64, row int) error {
	v := &s.list[row]
	switch {
	case s.c.kind == columnar.FieldBool:
		cube.Bool(pos, v.Boolean())
		return nil
	case s.c.decimal || s.c.unsigned:
		s.buf = s.Append(s.buf[:0], row)
		return cube.Token(pos, s.buf)
	case s.c.half:
		return cube.Float(pos, half(v.ByteArray()), 32)
	}
	switch s.c.physical {
	case parquet.Int32:
		return cube.Int(pos, int64(v.Int32()))
	case parquet.Int64:
		return cube.Int(pos, v.Int64())
	case parquet.Float:
		return cube.Float(pos, float64(v.Float()), 32)
	}
	return cube.Float(pos, v.Double(), 64)
}

// Append appends a cell as text.
func (s *cells) Append(dst []byte, row int) []byte {
	c, v := s.c, &s.list[row]
	switch {
	case c.decimal:
		return columnar.AppendDecimal(dst, unscaled(c.physical, v), c.scale)
	case c.date:
		return time.Unix(int64(v.Int32())*86400, 0).UTC().AppendFormat(dst, time.DateOnly)
	case c.clock:
		return midnight.Add(time.Duration(c.integer(v))*c.unit).AppendFormat(dst, "15:04:05.999999999")
	case c.unit > 0:
		per := int64(time.Second / c.unit)
		n := c.integer(v)
		return columnar.AppendTime(dst, time.Unix(n/per, n%per*int64(c.unit)).UTC(), c.zone)
	case c.half:
		return strconv.AppendFloat(dst, half(v.ByteArray()), 'f', -1, 32)
	}
	switch c.physical {
	case parquet.Boolean:
		return strconv.AppendBool(dst, v.Boolean())
	case parquet.Int32:
		if c.unsigned {
			return strconv.AppendUint(dst, uint64(uint32(v.Int32())), 10)
		}
		return strconv.AppendInt(dst, int64(v.Int32()), 10)
	case parquet.Int64:
		if c.unsigned {
			return strconv.AppendUint(dst, uint64(v.Int64()), 10)
		}
		return strconv.AppendInt(dst, v.Int64(), 10)
	case parquet.Int96:
		return columnar.AppendTime(dst, julian(v.Int96()), false)
	case parquet.Float:
		return strconv.AppendFloat(dst, float64(v.Float()), 'f', -1, 32)
	case parquet.Double:
		return strconv.AppendFloat(dst, v.Double(), 'f', -1, 64)
	}
	return append(dst, v.ByteArray()...)
}

var midnight = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)

// integer is a whole number of either width.
func (c *fileColumn) integer(v *parquet.Value) int64 {
	if c.physical == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

// unscaled is a decimal without its point: two's complement, the highest byte first.
func unscaled(kind parquet.Kind, v *parquet.Value) *big.Int {
	switch kind {
	case parquet.Int32:
		return big.NewInt(int64(v.Int32()))
	case parquet.Int64:
		return big.NewInt(v.Int64())
	}
	b := v.ByteArray()
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

// julian is a time as a Julian day and the nanoseconds of that day.
func julian(v deprecated.Int96) time.Time {
	const epoch = 2440588 // 1970-01-01
	day := int64(v[2]) - epoch
	return time.Unix(day*86400, int64(uint64(v[0])|uint64(v[1])<<32)).UTC()
}

// half is a float of 16 bits, the lowest byte first.
func half(b []byte) float64 {
	if len(b) != 2 {
		return math.NaN()
	}
	bits := binary.LittleEndian.Uint16(b)
	exp, frac := int(bits>>10&0x1f), float64(bits&0x3ff)
	var f float64
	switch exp {
	case 0:
		f = math.Ldexp(frac, -24)
	case 0x1f:
		return math.NaN() // an infinity is no value either
	default:
		f = math.Ldexp(frac+1024, exp-25)
	}
	if bits&0x8000 != 0 {
		f = -f
	}
	return f
}
