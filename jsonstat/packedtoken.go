package jsonstat

import "encoding/binary"

// packedToken holds the token of a cell built in Go, in 16 bytes. A cube of 10 million
// cells is then one allocation of 160 MB; as strings it would be 10 million allocations of
// at least 16 bytes each beside the headers. Tokens are kept as text, not as float64,
// since their digits are written again as they are. There are three layouts, told apart by
// len:
//
//	"12.50"                5 characters: the bytes as they are, up to 14
//	"0.1234567890123456"  18 characters of a number: two in a byte, up to 28
//	longer                 text holds chunk, offset and length of a place in longTokens
//
// A number consists of 15 different characters, so one fits in four bits and the 16th value
// marks the end. 28 characters are enough for every float64.
type packedToken struct {
	text [packedTokenText]byte
	len  uint8 // of a token as it is, slotPacked or slotLong
	kind Kind
}

const (
	packedTokenText  = 14
	packedTokenPairs = packedTokenText + 1 // two characters a byte
	packedTokenLong  = packedTokenText + 2 // text holds chunk, offset and length
)

// store puts a token into s, or into long and its place into s.
func (s *packedToken) store(kind Kind, token []byte, long *longTokens) {
	s.kind = kind
	switch {
	case len(token) <= packedTokenText:
		s.len = uint8(copy(s.text[:], token))
	case len(token) <= 2*packedTokenText && (kind == Number || kind == NumberRaw):
		s.len = packedTokenPairs
		s.packPairs(token)
	default:
		s.len = packedTokenLong
		chunk, off := long.store(token)
		binary.LittleEndian.PutUint32(s.text[:], chunk)
		binary.LittleEndian.PutUint32(s.text[4:], off)
		binary.LittleEndian.PutUint32(s.text[8:], uint32(len(token)))
	}
}

// appendTo appends the token to dst.
func (s *packedToken) appendTo(dst []byte, long *longTokens) []byte {
	switch {
	case s.len <= packedTokenText:
		return append(dst, s.text[:s.len]...)
	case s.len == packedTokenPairs:
		return s.appendPairs(dst)
	}
	chunk, off := binary.LittleEndian.Uint32(s.text[:]), binary.LittleEndian.Uint32(s.text[4:])
	return append(dst, (*long)[chunk][off:][:binary.LittleEndian.Uint32(s.text[8:])]...)
}

// The characters of a number; a packed one ends at packedEnd, if not
// at the end of the slot.
const (
	packed    = "0123456789.-+eE"
	packedEnd = 15
)

var packedAs = func() (as [256]byte) {
	for i := range len(packed) {
		as[packed[i]] = byte(i)
	}
	return as
}()

// packPairs stores a number with two characters in a byte, the first in the low half.
func (s *packedToken) packPairs(token []byte) {
	for i := range packedTokenText {
		low, high := byte(packedEnd), byte(packedEnd)
		if 2*i < len(token) {
			low = packedAs[token[2*i]]
		}
		if 2*i+1 < len(token) {
			high = packedAs[token[2*i+1]]
		}
		s.text[i] = low | high<<4
	}
}

// appendPairs is the reverse of packPairs.
func (s *packedToken) appendPairs(dst []byte) []byte {
	for _, pair := range s.text {
		if pair&15 == packedEnd {
			break
		}
		dst = append(dst, packed[pair&15])
		if pair>>4 == packedEnd {
			break
		}
		dst = append(dst, packed[pair>>4])
	}
	return dst
}

// longTokens are chunks of tokens that do not fit in a slot. They grow without
// being moved.
type longTokens [][]byte

// A chunk has room for twice as much as the one before it, up to a mebibyte.
const minLong, maxLong = 4 << 10, 1 << 20

func (l *longTokens) store(token []byte) (chunk, off uint32) {
	last := len(*l) - 1
	if last < 0 || cap((*l)[last])-len((*l)[last]) < len(token) {
		size := minLong
		if last >= 0 {
			size = min(2*cap((*l)[last]), maxLong)
		}
		*l = append(*l, make([]byte, 0, max(size, len(token))))
		last++
	}
	off = uint32(len((*l)[last]))
	(*l)[last] = append((*l)[last], token...)
	return uint32(last), off
}
