package number

import "encoding/binary"

// Others marks the bytes at index i of buf that are no digits, eight together:
// the bits of digits are zero, up to the first that is none. The length of a
// number is what a branch predictor cannot guess.
func Others(buf []byte, i int) uint64 {
	x := binary.LittleEndian.Uint64(buf[i:])
	// A digit is 0x30 to 0x39: its high half is 3, also after adding 6.
	const high, three = 0xf0f0f0f0f0f0f0f0, 0x3030303030303030
	return (x&high ^ three) | ((x+0x0606060606060606)&high ^ three)
}
