package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A thrift reads the compact protocol of Apache Thrift, in which the metadata of
// Parquet are written, without knowing what it reads: fields are numbers.
type thrift struct {
	b  []byte
	at int
}

var errThrift = errors.New("the metadata end too early")

// A field is a field of a struct. Its value is bool, int64, float64, []byte,
// []any for a list, or []field for a struct.
type field struct {
	id    int16
	value any
}

func (t *thrift) byte() (byte, error) {
	if t.at >= len(t.b) {
		return 0, errThrift
	}
	t.at++
	return t.b[t.at-1], nil
}

func (t *thrift) uvarint() (uint64, error) {
	n, k := binary.Uvarint(t.b[t.at:])
	if k <= 0 {
		return 0, errThrift
	}
	t.at += k
	return n, nil
}

func (t *thrift) varint() (int64, error) {
	n, err := t.uvarint()
	return int64(n>>1) ^ -int64(n&1), err
}

// record reads a struct.
func (t *thrift) record() ([]field, error) {
	var fields []field
	id := int16(0)
	for {
		head, err := t.byte()
		if err != nil || head == 0 {
			return fields, err
		}
		if delta := int16(head >> 4); delta != 0 {
			id += delta
		} else {
			n, err := t.varint()
			if err != nil {
				return nil, err
			}
			id = int16(n)
		}
		var value any
		switch kind := head & 15; kind {
		case 1, 2:
			value = kind == 1
		default:
			if value, err = t.value(kind); err != nil {
				return nil, err
			}
		}
		fields = append(fields, field{id, value})
	}
}

func (t *thrift) value(kind byte) (any, error) {
	switch kind {
	case 1, 2: // in a list
		b, err := t.byte()
		if b > 2 {
			return int64(b), err // no writer should
		}
		return b == 1, err
	case 3:
		b, err := t.byte()
		return int64(int8(b)), err
	case 4, 5, 6:
		return t.varint()
	case 7:
		if t.at+8 > len(t.b) {
			return nil, errThrift
		}
		t.at += 8
		return math.Float64frombits(binary.LittleEndian.Uint64(t.b[t.at-8:])), nil
	case 8:
		n, err := t.uvarint()
		if err != nil || n > uint64(len(t.b)-t.at) {
			return nil, errThrift
		}
		t.at += int(n)
		return t.b[t.at-int(n) : t.at], nil
	case 9, 10:
		head, err := t.byte()
		if err != nil {
			return nil, err
		}
		n := uint64(head >> 4)
		if n == 15 {
			if n, err = t.uvarint(); err != nil {
				return nil, err
			}
		}
		list := []any{}
		for range n {
			v, err := t.value(head & 15)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	case 12:
		return t.record()
	}
	return nil, fmt.Errorf("there is a value of kind %d in the metadata", kind)
}

// get is a field of a struct, nil if it is not there.
func get(fields []field, id int16) any {
	for _, f := range fields {
		if f.id == id {
			return f.value
		}
	}
	return nil
}

func number(v any) int64 {
	n, _ := v.(int64)
	return n
}

func structs(v any) [][]field {
	var all [][]field
	list, _ := v.([]any)
	for _, item := range list {
		if s, ok := item.([]field); ok {
			all = append(all, s)
		}
	}
	return all
}

// names are what the fields of a struct are called, in the order of their ids from
// 1, parted by blanks; the members of a struct in a field stand under its path.
type names map[string]string

// write writes a struct, a line for each value: path = value.
func (n names) write(b *strings.Builder, path, kind string, fields []field) {
	list := strings.Fields(n[kind])
	for _, f := range fields {
		name := strconv.Itoa(int(f.id))
		if k := int(f.id) - 1; k >= 0 && k < len(list) {
			name = list[k]
		}
		n.value(b, path+"."+name, name, f.value)
	}
}

func (n names) value(b *strings.Builder, path, kind string, value any) {
	switch v := value.(type) {
	case []field:
		if len(v) == 0 {
			fmt.Fprintf(b, "%s = {}\n", path)
		}
		n.write(b, path, kind, v)
	case []any:
		if len(v) == 0 {
			fmt.Fprintf(b, "%s = []\n", path)
		}
		for i, item := range v {
			n.value(b, path+"["+strconv.Itoa(i)+"]", kind, item)
		}
	case []byte:
		if utf8.Valid(v) {
			fmt.Fprintf(b, "%s = %q\n", path, v)
		} else {
			fmt.Fprintf(b, "%s = 0x%x\n", path, v)
		}
	default:
		fmt.Fprintf(b, "%s = %v\n", path, v)
	}
}
