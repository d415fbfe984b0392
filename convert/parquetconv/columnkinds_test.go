package parquetconv

import (
	"fmt"
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// TestConvertedTypes holds what the columns of files from before 2018 say.
func TestConvertedTypes(t *testing.T) {
	for _, tt := range []struct {
		name  string
		typ   deprecated.ConvertedType
		value parquet.Value
		want  string
		kind  columnar.FieldKind
	}{
		{"a date", deprecated.Date, parquet.Int32Value(19753), "2024-01-31", columnar.FieldPeriod},
		{"a time of milliseconds", deprecated.TimestampMillis, parquet.Int64Value(1500), "1970-01-01T00:00:01.5Z", columnar.FieldPeriod},
		{"a time of microseconds", deprecated.TimestampMicros, parquet.Int64Value(1500), "1970-01-01T00:00:00.0015Z", columnar.FieldPeriod},
		{"a time of day in milliseconds", deprecated.TimeMillis, parquet.Int32Value(1500), "00:00:01.5", columnar.FieldOther},
		{"a time of day in microseconds", deprecated.TimeMicros, parquet.Int64Value(1500), "00:00:00.0015", columnar.FieldOther},
		{"a short whole number without a sign", deprecated.Uint8, parquet.Int32Value(-1), "4294967295", columnar.FieldNumber},
		{"a long whole number without a sign", deprecated.Uint64, parquet.Int64Value(-1), "18446744073709551615", columnar.FieldNumber},
		{"a whole number with a sign", deprecated.Int32, parquet.Int32Value(-1), "-1", columnar.FieldNumber},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &fileColumn{field: columnar.Field{Name: "c", Kind: columnar.FieldNumber}, physical: tt.value.Kind()}
			c.logical(logicalOf(tt.typ))
			var b rows.Batch
			b.Grow(1)
			if c.add(&b, 0, []parquet.Value{tt.value}); c.field.Kind != tt.kind || string(b.Text) != tt.want {
				t.Errorf("it is %s of kind %v, want %s of kind %v", b.Text, c.field.Kind, tt.want, tt.kind)
			}
		})
	}
}

// TestLogicalTypes holds what columns are that say nothing, or what is not read.
func TestLogicalTypes(t *testing.T) {
	for _, tt := range []struct {
		name string
		typ  format.LogicalTypeValue
		kind columnar.FieldKind
	}{
		{"a text", &format.StringType{}, columnar.FieldText},
		{"a category", &format.EnumType{}, columnar.FieldText},
		{"JSON", &format.JsonType{}, columnar.FieldText},
		{"nothing", &format.NullType{}, columnar.FieldNull},
		{"a UUID", &format.UUIDType{}, columnar.FieldNested},
		{"a time without a unit", &format.TimestampType{}, columnar.FieldNested},
		{"a time of day without a unit", &format.TimeType{}, columnar.FieldNested},
		{"a decimal of as many places as can be", &format.DecimalType{Scale: columnar.MaxScale}, columnar.FieldNumber},
		{"a decimal of one more", &format.DecimalType{Scale: columnar.MaxScale + 1}, columnar.FieldNested},
		{"a decimal of as many zeros as can be", &format.DecimalType{Scale: -columnar.MaxScale}, columnar.FieldNumber},
		{"a decimal of one more zero", &format.DecimalType{Scale: -columnar.MaxScale - 1}, columnar.FieldNested},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &fileColumn{field: columnar.Field{Name: "c", Type: "T", Kind: columnar.FieldText}, physical: parquet.ByteArray}
			if c.logical(tt.typ); c.field.Kind != tt.kind {
				t.Errorf("kind %v, want %v", c.field.Kind, tt.kind)
			}
		})
	}
}

// TestOldTimes holds the times that were numbers of 96 bits: nanoseconds of a day,
// the lower half first, and the Julian day.
func TestOldTimes(t *testing.T) {
	const second = 1_000_000_000
	for want, v := range map[string]deprecated.Int96{
		"1970-01-01T00:00:00Z":           {0, 0, 2440588},
		"1969-12-31T00:00:01Z":           {second, 0, 2440587},
		"2024-01-31T23:59:59.999999999Z": {(86400*second - 1) & math.MaxUint32, (86400*second - 1) >> 32, 2440588 + 19753},
	} {
		if got := julian(v).Format(time.RFC3339Nano); got != want {
			t.Errorf("it is %s, want %s", got, want)
		}
	}
}

// TestUnscaled holds decimals as bytes: two's complement, the highest first.
func TestUnscaled(t *testing.T) {
	huge, _ := new(big.Int).SetString("170141183460469231731687303715884105727", 10)
	for want, b := range map[string][]byte{
		"0": nil, "127": {0x7f}, "-128": {0x80}, "-1": {0xff, 0xff}, "256": {1, 0}, "-256": {0xff, 0}, "32768": {0, 0x80, 0},
		huge.String(): {0x7f, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255},
	} {
		v := parquet.ByteArrayValue(b)
		if got := (&fileColumn{physical: parquet.ByteArray}).unscaled(&v).String(); got != want {
			t.Errorf("% x is %s, want %s", b, got, want)
		}
	}
	for _, v := range []parquet.Value{parquet.Int32Value(-7), parquet.Int64Value(-7)} {
		if got := (&fileColumn{physical: v.Kind()}).unscaled(&v).String(); got != "-7" {
			t.Errorf("it is %s, want -7", got)
		}
	}
}

// TestHalf holds floats of 16 bits: a sign, five bits of the exponent, ten of the
// fraction, the lowest byte first.
func TestHalf(t *testing.T) {
	for _, tt := range []struct {
		bits uint16
		want float64
	}{
		{0x0000, 0}, {0x0001, 0x1p-24}, {0x03ff, 0x3ffp-24}, {0x0400, 0x1p-14}, {0x3555, 0.333251953125}, {0x3800, 0.5}, {0x3c00, 1}, {0x3c01, 1.0009765625},
		{0xc000, -2}, {0x8001, -0x1p-24}, {0x7bff, 65504}, {0xfbff, -65504}, {0x7c00, math.NaN()}, {0xfc00, math.NaN()}, {0x7e00, math.NaN()},
	} {
		got := half([]byte{byte(tt.bits), byte(tt.bits >> 8)})
		if got != tt.want && !(math.IsNaN(got) && math.IsNaN(tt.want)) {
			t.Errorf("%04x is %v, want %v", tt.bits, got, tt.want)
		}
	}
	for _, b := range [][]byte{nil, {0}, {0, 0x3c, 0}} {
		if got := half(b); !math.IsNaN(got) {
			t.Errorf("% x is %v", b, got)
		}
	}
}

// TestFloat16s finds columns of floats of 16 bits in a schema, behind columns that have
// columns of their own.
func TestFloat16s(t *testing.T) {
	half := format.SchemaElement{Name: "h", Type: thrift.New(format.FixedLenByteArray), LogicalType: format.LogicalType{Value: &format.Float16Type{}}}
	text := format.SchemaElement{Name: "t", Type: thrift.New(format.ByteArray)}
	group := func(n int32) format.SchemaElement {
		return format.SchemaElement{Name: "g", NumChildren: thrift.New(n)}
	}
	for _, tt := range []struct {
		name   string
		schema []format.SchemaElement
		want   string
	}{
		{"none", []format.SchemaElement{group(1), text}, "map[]"},
		{"one", []format.SchemaElement{group(2), text, half}, "map[1:true]"},
		{"behind a group", []format.SchemaElement{group(3), group(2), half, text, half, text}, "map[1:true]"},
		{"behind a group in a group", []format.SchemaElement{group(2), group(1), group(2), half, half, half}, "map[1:true]"},
		{"nothing at all", nil, "map[]"},
	} {
		if got := fmt.Sprint(float16s(tt.schema)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
