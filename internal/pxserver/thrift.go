package pxserver

import "encoding/binary"

// A thrift writes the compact protocol of Thrift, in which the tables of contents of a
// Parquet file stand: fields of structs by their growing numbers.
type thrift struct {
	buf  []byte
	last []int // the number of the field before, by depth
}

// Types of fields and of elements of lists.
const (
	thriftInt32  = 5
	thriftInt64  = 6
	thriftBinary = 8
	thriftList   = 9
	thriftStruct = 12
)

func (t *thrift) varint(n uint64) { t.buf = binary.AppendUvarint(t.buf, n) }

// signed is a number whose sign is in its last bit.
func (t *thrift) signed(n int64) { t.varint(uint64(n)<<1 ^ uint64(n>>63)) }

// field begins one; the numbers of those of a struct grow by less than 16.
func (t *thrift) field(number, kind int) {
	depth := len(t.last) - 1
	t.buf = append(t.buf, byte((number-t.last[depth])<<4|kind))
	t.last[depth] = number
}

func (t *thrift) int32(number, n int) {
	t.field(number, thriftInt32)
	t.signed(int64(n))
}

func (t *thrift) int64(number int, n int64) {
	t.field(number, thriftInt64)
	t.signed(n)
}

func (t *thrift) text(number int, s string) {
	t.field(number, thriftBinary)
	t.bytes(s)
}

func (t *thrift) bytes(s string) {
	t.varint(uint64(len(s)))
	t.buf = append(t.buf, s...)
}

// list begins a list of so many elements, which follow.
func (t *thrift) list(number, kind, n int) {
	t.field(number, thriftList)
	if n < 15 {
		t.buf = append(t.buf, byte(n<<4|kind))
		return
	}
	t.buf = append(t.buf, byte(0xF0|kind))
	t.varint(uint64(n))
}

func (t *thrift) structure(number int, fields func()) {
	t.field(number, thriftStruct)
	t.element(fields)
}

// element is a struct in a list, or the outermost one.
func (t *thrift) element(fields func()) {
	t.last = append(t.last, 0)
	fields()
	t.buf = append(t.buf, 0)
	t.last = t.last[:len(t.last)-1]
}
