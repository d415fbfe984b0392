package rows

import (
	"hash/maphash"
	"os"
)

// A dictionary numbers the texts of a column in the order in which they come up.
type dictionary struct {
	text  []byte  // of all entries, one behind the other
	ends  []int64 // of each
	table []int32 // open addressing: number plus one, 0 for a free place
	seed  maphash.Seed
	last  int32
}

// len is how many texts there are.
func (d *dictionary) len() int { return len(d.ends) }

// at is a text by its number.
func (d *dictionary) at(i int) []byte {
	from := int64(0)
	if i > 0 {
		from = d.ends[i-1]
	}
	return d.text[from:d.ends[i]:d.ends[i]]
}

// cell is the text and the kind of a cell, which at has as one.
func (d *dictionary) cell(i int) ([]byte, Kind) { return ofKey(d.at(i)) }

// add is the number of a text, a new one if need be. Most rows have the text of the
// row before, the one that came up behind it or the first: these are found by
// comparing.
func (d *dictionary) add(text []byte) int32 {
	n := int32(len(d.ends))
	if d.last < n {
		if string(d.at(int(d.last))) == string(text) {
			return d.last
		}
		if next := d.last + 1; next < n && string(d.at(int(next))) == string(text) {
			d.last = next
			return next
		}
		if string(d.at(0)) == string(text) {
			d.last = 0
			return 0
		}
	}
	if len(d.table) == 0 {
		d.seed = maphash.MakeSeed()
		d.table = make([]int32, 16)
	} else if 4*len(d.ends) >= 3*len(d.table) {
		d.grow()
	}
	at := d.find(text)
	if k := d.table[at]; k > 0 {
		d.last = k - 1
		return d.last
	}
	d.text = append(d.text, text...)
	d.ends = append(d.ends, int64(len(d.text)))
	d.table[at] = n + 1
	d.last = n
	return n
}

// find is the place of a text in the table, or the free one where it belongs.
func (d *dictionary) find(text []byte) int {
	mask := len(d.table) - 1
	for at := int(maphash.Bytes(d.seed, text)) & mask; ; at = (at + 1) & mask {
		k := d.table[at]
		if k == 0 || string(d.at(int(k-1))) == string(text) {
			return at
		}
	}
}

func (d *dictionary) grow() {
	d.table = make([]int32, 2*len(d.table))
	mask := len(d.table) - 1
	for i := range d.ends {
		at := int(maphash.Bytes(d.seed, d.at(i))) & mask
		for d.table[at] != 0 {
			at = (at + 1) & mask
		}
		d.table[at] = int32(i + 1)
	}
}

// In the dictionary of a column a cell that is more than its text has a byte in front
// that no UTF-8 has.
const (
	textKey = 0xf8 + iota // a text that looks like a number, or like nothing
	boolKey
	numberKey // a number with a point, where those in texts have another mark
	nullKey
	codeKey // a number that is shown with zeros in front
)

// ofKey is the text and the kind of a key.
func ofKey(key []byte) ([]byte, Kind) {
	if len(key) > 0 {
		switch key[0] {
		case textKey:
			return key[1:], Text
		case boolKey:
			return key[1:], Bool
		case codeKey:
			return key[1:], Code
		case numberKey:
			return key[1:], Number
		case nullKey:
			return nil, Null
		}
	}
	return key, Plain
}

// isNull tells whether a key is that of a cell without anything.
func isNull(key []byte) bool { return len(key) > 0 && key[0] == nullKey }

// isEmpty tells whether the text of a key is empty.
func isEmpty(key []byte) bool {
	text, _ := ofKey(key)
	return len(text) == 0
}

// lookKey is look for a key.
func (n *numbers) lookKey(key []byte) (look, []byte) {
	text, kind := ofKey(key)
	return n.look(text, kind)
}

// key is a cell as the dictionary has it. It is valid until the next call.
func (n *numbers) key(text []byte, kind Kind) []byte {
	first := byte(0)
	switch kind {
	case Null:
		first, text = nullKey, nil
	case Bool:
		first = boolKey
	case Code:
		first = codeKey
	case Number:
		if n.decimal == "" || n.decimal == "." || isWhole(text) {
			return text
		}
		first = numberKey
	case Text, Period:
		if k, _ := n.look(text, Plain); k == textual {
			return text
		}
		first = textKey
	default:
		return text
	}
	n.keyRoom = append(append(n.keyRoom[:0], first), text...)
	return n.keyRoom
}

// A recoded column has numbers for the texts of a raw one, in a file: four bytes a
// row.
type recoded struct {
	dict dictionary
	file *os.File
	done func()
}

func (r *recoded) close() {
	if r.done != nil {
		r.done()
	}
}
