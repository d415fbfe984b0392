package dice

// words are statuses, each once.
type words struct {
	list    []string
	numbers map[string]int32 // places in the list
}

// number is the place of a word in the list, to which it comes if it is new.
func (w *words) number(word string) int32 {
	n, ok := w.numbers[word]
	if !ok {
		n = int32(len(w.list))
		w.numbers[word] = n
		w.list = append(w.list, word)
	}
	return n
}

// translator turns the numbers of statuses of a part into those of the whole.
type translator struct {
	to    *words
	known []int32 // by number in the part
}

// learn takes up the words that are new.
func (t *translator) learn(words []string) {
	for _, word := range words[len(t.known):] {
		t.known = append(t.known, t.to.number(word))
	}
}
