package main

import "encoding/binary"

// A table is a table of a FlatBuffers message: the bytes and where it starts. What
// lies outside of the bytes reads as if it were not there.
type table struct {
	b  []byte
	at int
}

func (t table) u16(at int) int {
	if at < 0 || at+2 > len(t.b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(t.b[at:]))
}

func (t table) u32(at int) int {
	if at < 0 || at+4 > len(t.b) {
		return 0
	}
	return int(int32(binary.LittleEndian.Uint32(t.b[at:])))
}

func (t table) u64(at int) int64 {
	if at < 0 || at+8 > len(t.b) {
		return 0
	}
	return int64(binary.LittleEndian.Uint64(t.b[at:]))
}

// rootTable is the table that the bytes begin with.
func rootTable(b []byte) table {
	t := table{b: b}
	t.at = t.u32(0)
	return t
}

// place is where a field stands, 0 if it is not there.
func (t table) place(field int) int {
	if t.b == nil {
		return 0
	}
	v := t.at - t.u32(t.at)
	if slot := 4 + 2*field; slot < t.u16(v) {
		if o := t.u16(v + slot); o != 0 {
			return t.at + o
		}
	}
	return 0
}

func (t table) int(field, size int) int64 {
	at := t.place(field)
	if at == 0 || at+size > len(t.b) {
		return 0
	}
	switch size {
	case 1:
		return int64(t.b[at])
	case 2:
		return int64(int16(t.u16(at)))
	case 4:
		return int64(t.u32(at))
	}
	return t.u64(at)
}

// ref is where the thing begins that a field refers to.
func (t table) ref(field int) int {
	at := t.place(field)
	if at == 0 {
		return 0
	}
	return at + t.u32(at)
}

func (t table) text(field int) string {
	at := t.ref(field)
	n := t.u32(at)
	if at == 0 || n < 0 || at+4+n > len(t.b) {
		return ""
	}
	return string(t.b[at+4 : at+4+n])
}

func (t table) table(field int) table {
	at := t.ref(field)
	if at == 0 || at >= len(t.b) {
		return table{}
	}
	return table{t.b, at}
}

// tables are the tables of a vector.
func (t table) tables(field int) []table {
	at := t.ref(field)
	var all []table
	for i := range max(0, t.u32(at)) {
		place := at + 4 + 4*i
		if at == 0 || place+4 > len(t.b) {
			break
		}
		all = append(all, table{t.b, place + t.u32(place)})
	}
	return all
}

// structs are the places of the structs of a vector, each of so many bytes.
func (t table) structs(field, size int) []int {
	at := t.ref(field)
	var all []int
	for i := range max(0, t.u32(at)) {
		place := at + 4 + size*i
		if at == 0 || place+size > len(t.b) {
			break
		}
		all = append(all, place)
	}
	return all
}
