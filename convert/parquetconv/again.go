package parquetconv

import (
	"encoding/binary"
	"math"
	"math/bits"

	"github.com/parquet-go/parquet-go/compress"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
)

// again tells whether the values of a type, of a file that begins with a batch, come again and again, so that they are smaller
// as a dictionary and numbers into it. It tries both with the first batch: how well the
// values themselves are compressed nobody knows before. Later batches add less to the
// dictionary than the first one, so that it is chosen rather too seldom.
func again(b *columnar.Batch, t columnar.ValueType, codec compress.Codec) bool {
	n := b.Len - b.Nulls
	most := n / 2
	var plain, dictionary []byte
	codes := make([]uint32, 0, n)
	numbers, texts := map[uint64]uint32{}, map[string]uint32{}
	for row := range b.Len {
		if b.Valid[row>>3]&(1<<(row&7)) == 0 {
			continue
		}
		from := len(plain)
		var code uint32
		var known bool
		if t == columnar.UTF8 {
			text := b.Text[b.Offsets[row]:b.Offsets[row+1]]
			plain = append(binary.LittleEndian.AppendUint32(plain, uint32(len(text))), text...)
			if code, known = texts[string(text)]; !known {
				code = uint32(len(texts))
				texts[string(text)] = code
			}
		} else {
			v := uint64(0)
			if t == columnar.Int64 {
				v = uint64(b.Ints[row])
			} else {
				v = math.Float64bits(b.Floats[row])
			}
			plain = binary.LittleEndian.AppendUint64(plain, v)
			if code, known = numbers[v]; !known {
				code = uint32(len(numbers))
				numbers[v] = code
			}
		}
		if !known {
			dictionary = append(dictionary, plain[from:]...)
			if len(texts)+len(numbers) > most {
				return false
			}
		}
		codes = append(codes, code)
	}
	if n == 0 {
		return false
	}
	return packed(codec, dictionary)+packed(codec, inBits(codes, bits.Len(uint(len(texts)+len(numbers)-1)))) < packed(codec, plain)
}

// packed is how many bytes some become when they are compressed.
func packed(codec compress.Codec, data []byte) int {
	packed, err := codec.Encode(nil, data)
	if err != nil {
		return len(data) // writing will say so
	}
	return len(packed)
}

// inBits are numbers of some bits each, one behind the other, the lowest bit first.
func inBits(list []uint32, width int) []byte {
	var dst []byte
	var have uint64
	n := 0
	for _, k := range list {
		have |= uint64(k) << n
		for n += width; n >= 8; n -= 8 {
			dst = append(dst, byte(have))
			have >>= 8
		}
	}
	return append(dst, byte(have))
}
