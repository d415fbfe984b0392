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

	"github.com/jsonstat-go/toolkit/convert/internal/arrowschema"
	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// fileColumn is a column of a file.
type fileColumn struct {
	columnar.Reading
	periods *columnar.Periods // what whole numbers are; nil for numbers

	field columnar.Field
	leaf  int // number among the columns that have values, -1 for a nested one
	col   *parquet.Column

	physical parquet.Kind
	scale    int            // of a decimal
	decimal  bool           // the value is a decimal
	unsigned bool           // a whole number without a sign
	date     bool           // days since 1970
	unit     time.Duration  // of a time
	clock    bool           // a time of day
	zone     bool           // a time that is UTC
	half     bool           // a float16
	location *time.Location // of a time whose zone the Arrow schema has; nil for UTC
	ordered  bool           // the Arrow schema says that its categories have an order
}

func newFileColumn(c *parquet.Column) fileColumn {
	fc := fileColumn{field: columnar.Field{Name: c.Name(), Kind: columnar.FieldNested, Type: "a group"}, leaf: -1, col: c}
	if !c.Leaf() || c.Repeated() || c.MaxRepetitionLevel() > 0 {
		return fc
	}
	t := c.Type()
	fc.leaf, fc.physical, fc.field.Type = c.Index(), t.Kind(), t.String()
	switch fc.physical {
	case parquet.Boolean:
		fc.field.Kind = columnar.FieldBool
	case parquet.ByteArray:
		fc.field.Kind = columnar.FieldText
	case parquet.FixedLenByteArray: // nothing that is known, so far
	case parquet.Int96: // what a time was before 2016
		fc.field.Kind = columnar.FieldPeriod
	default:
		fc.field.Kind = columnar.FieldNumber
	}
	if l := t.LogicalType(); l != nil && l.Value != nil {
		fc.logical(l.Value)
	} else if c := t.ConvertedType(); c != nil {
		fc.logical(logicalOf(*c))
	}
	return fc
}

// logical reads what a column says of itself.
func (c *fileColumn) logical(l format.LogicalTypeValue) {
	switch l := l.(type) {
	case *format.DecimalType:
		c.field.Kind, c.decimal, c.scale = columnar.DecimalKind(int(l.Scale)), true, int(l.Scale)
	case *format.DateType:
		c.field.Kind, c.date = columnar.FieldPeriod, true
	case *format.TimestampType:
		c.field.Kind, c.zone = columnar.FieldPeriod, l.IsAdjustedToUTC
		c.in(l.Unit)
	case *format.TimeType:
		c.field.Kind, c.clock = columnar.FieldOther, true
		c.in(l.Unit)
	case *format.IntType:
		c.unsigned = !l.IsSigned
	case *format.Float16Type:
		c.field.Kind, c.half = columnar.FieldNumber, true
	case *format.NullType:
		c.field.Kind = columnar.FieldNull
	case nil, *format.StringType, *format.EnumType, *format.JsonType:
	default:
		c.field.Kind = columnar.FieldNested
	}
}

// in takes the unit of a time, which is none without.
func (c *fileColumn) in(unit format.TimeUnit) {
	if unit.Value == nil {
		c.field.Kind = columnar.FieldNested
		return
	}
	c.unit = unit.Value.Duration()
}

// logicalOf is what columns of files from before 2018 say in other words; nil for nothing.
func logicalOf(t deprecated.ConvertedType) format.LogicalTypeValue {
	millis, micros := format.TimeUnit{Value: &format.MilliSeconds{}}, format.TimeUnit{Value: &format.MicroSeconds{}}
	switch t {
	case deprecated.Date:
		return &format.DateType{}
	case deprecated.TimestampMillis:
		return &format.TimestampType{IsAdjustedToUTC: true, Unit: millis}
	case deprecated.TimestampMicros:
		return &format.TimestampType{IsAdjustedToUTC: true, Unit: micros}
	case deprecated.TimeMillis:
		return &format.TimeType{Unit: millis}
	case deprecated.TimeMicros:
		return &format.TimeType{Unit: micros}
	case deprecated.Uint8, deprecated.Uint16, deprecated.Uint32, deprecated.Uint64:
		return &format.IntType{}
	}
	return nil
}

// read takes what the Arrow schema of the file says of the column.
func (c *fileColumn) read(arrow arrowschema.Column) (err error) {
	c.ordered, c.field.Keys = arrow.Ordered, arrow.Keys
	if arrow.Zone != "" && c.unit > 0 && !c.clock {
		if c.location, err = arrowschema.Location(arrow.Zone); err != nil {
			return fmt.Errorf("column %q: the zone of a time: %w", c.field.Name, err)
		}
	}
	if c.physical == parquet.Int32 || c.physical == parquet.Int64 {
		c.periods = c.field.CountPeriods()
	}
	return nil
}

// text appends a cell of a column of bytes to a batch.
func (c *fileColumn) text(b *rows.Batch, at int, text []byte) error {
	if c.decimal {
		from := len(b.Text)
		b.Text = columnar.AppendDecimal(b.Text, columnar.TwosComplement(text), c.scale)
		b.Cell(at, from, rows.Number)
		return nil
	}
	return c.Text(b, at, text)
}

// add appends cells of any other column to a batch.
func (c *fileColumn) add(b *rows.Batch, at int, list []parquet.Value) {
	for i := range list {
		v := &list[i]
		if v.IsNull() {
			b.Null(at)
			continue
		}
		from := len(b.Text)
		switch {
		case c.periods != nil:
			c.periods.Add(b, at, c.integer(v))
			continue
		case c.half:
			columnar.Float(b, at, half(v.ByteArray()), 32)
			continue
		case c.physical == parquet.Float:
			columnar.Float(b, at, float64(v.Float()), 32)
			continue
		case c.physical == parquet.Double:
			columnar.Float(b, at, v.Double(), 64)
			continue
		}
		var kind rows.Kind
		b.Text, kind = c.say(b.Text, v)
		b.Cell(at, from, kind)
	}
}

// say appends the text of a cell.
func (c *fileColumn) say(dst []byte, v *parquet.Value) ([]byte, rows.Kind) {
	switch {
	case c.decimal:
		return columnar.AppendDecimal(dst, c.unscaled(v), c.scale), rows.Number
	case c.date:
		return time.Unix(c.integer(v)*86400, 0).UTC().AppendFormat(dst, time.DateOnly), rows.Period
	case c.clock:
		return columnar.AppendClock(dst, time.Duration(c.integer(v))*c.unit), rows.Plain
	case c.unit > 0:
		per := int64(time.Second / c.unit)
		n := c.integer(v)
		t := time.Unix(n/per, n%per*int64(c.unit)).UTC()
		if c.location != nil {
			t = t.In(c.location)
		}
		return columnar.AppendTime(dst, t, c.zone), rows.Period
	}
	switch c.physical {
	case parquet.Boolean:
		return strconv.AppendBool(dst, v.Boolean()), rows.Bool
	case parquet.Int96:
		return columnar.AppendTime(dst, julian(v.Int96()), false), rows.Period
	}
	n := c.integer(v)
	switch {
	case c.unsigned && c.physical == parquet.Int32:
		return strconv.AppendUint(dst, uint64(uint32(n)), 10), rows.Number
	case c.unsigned:
		return strconv.AppendUint(dst, uint64(n), 10), rows.Number
	}
	return strconv.AppendInt(dst, n, 10), rows.Number
}

// integer is a whole number of either width.
func (c *fileColumn) integer(v *parquet.Value) int64 {
	if c.physical == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

// unscaled is a decimal without its point.
func (c *fileColumn) unscaled(v *parquet.Value) *big.Int {
	if c.physical == parquet.Int32 || c.physical == parquet.Int64 {
		return big.NewInt(c.integer(v))
	}
	return columnar.TwosComplement(v.ByteArray())
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
