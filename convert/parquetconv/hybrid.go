package parquetconv

import "encoding/binary"

// hybrid goes through whole numbers as Parquet writes levels and numbers of entries:
// runs of equal ones, and groups of eight of some bits each. It takes no room for what
// a run claims.
type hybrid struct {
	data   []byte
	width  uint // bits of a number
	run    uint64
	value  uint32 // of the run
	packed uint64 // numbers left in groups
	bits   uint64 // read, and not used
	have   uint   // how many
}

// next is the next number; ok is false where there is none.
func (h *hybrid) next() (n uint32, ok bool) {
	for h.run == 0 && h.packed == 0 {
		if !h.begin() {
			return 0, false
		}
	}
	if h.run > 0 {
		h.run--
		return h.value, true
	}
	for h.have < h.width {
		if len(h.data) == 0 {
			h.packed = 0
			return 0, false
		}
		h.bits |= uint64(h.data[0]) << h.have
		h.data, h.have = h.data[1:], h.have+8
	}
	n = uint32(h.bits & (1<<h.width - 1))
	h.bits >>= h.width
	h.have -= h.width
	h.packed--
	return n, true
}

// begin begins with the next run or groups.
func (h *hybrid) begin() bool {
	head, n := binary.Uvarint(h.data)
	if n <= 0 {
		return false
	}
	h.data = h.data[n:]
	if head&1 == 1 {
		h.packed, h.bits, h.have = head>>1<<3, 0, 0
		return true
	}
	size := int(h.width+7) / 8
	if size > len(h.data) {
		return false
	}
	h.run, h.value = head>>1, 0
	for i := range size {
		h.value |= uint32(h.data[i]) << (8 * i)
	}
	h.data = h.data[size:]
	return true
}
