package rows

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
