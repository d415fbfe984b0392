package number

import "encoding/binary"

// Others marks the bytes at index i of buf that are not digits, eight together: the bits of
// a digit are zero, up to the first byte that is none. bits.TrailingZeros64 of the result,
// divided by 8, is the number of digits in front. For "104,98,7" the bytes 3 and 6 are
// marked, and the lowest set bit is in byte 3: three digits.
//
// It replaces a loop whose end a branch predictor cannot guess, since lengths of numbers
// are irregular. A carry from adding 6 may mark bytes behind the first that is no digit, so
// only that one counts.
func Others(buf []byte, i int) uint64 {
	x := binary.LittleEndian.Uint64(buf[i:])
	// A digit is 0x30 to 0x39: its high half is 3, also after adding 6.
	const high, three = 0xf0f0f0f0f0f0f0f0, 0x3030303030303030
	return (x&high ^ three) | ((x+0x0606060606060606)&high ^ three)
}
