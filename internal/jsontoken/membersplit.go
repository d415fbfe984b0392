package jsontoken

// Split calls f with the members of an object: the name with its quotes, and the value.
// The text, none of which is copied, must be JSON without white space, as [json.Compact]
// makes it. It need not be one that is read here: what a program in Go made may lie deeper
// than a document may, and not be UTF-8.
func Split(object []byte, f func(name, value []byte)) {
	if len(object) == 0 || object[0] != '{' {
		return
	}
	for i := 1; object[i] != '}'; {
		if object[i] == ',' {
			i++
		}
		colon := endOf(object, i)
		end := endOf(object, colon+1)
		f(object[i:colon:colon], object[colon+1:end:end])
		i = end
	}
}

// endOf is the index behind the name or value at index i of an object.
func endOf(object []byte, i int) int {
	for depth := 0; ; i++ {
		switch object[i] {
		case '"':
			for i++; object[i] != '"'; i++ {
				if object[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i // behind a number, or a word
			}
			depth--
		case ',':
			if depth == 0 {
				return i
			}
			continue
		default:
			continue
		}
		if depth == 0 {
			return i + 1
		}
	}
}
