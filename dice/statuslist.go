package dice

// statusList numbers statuses, each once, in the order in which they come up.
type statusList struct {
	list    []string
	numbers map[string]int32 // places in the list
}

// add is the number of a status, a new one if need be.
func (w *statusList) add(word string) int32 {
	n, ok := w.numbers[word]
	if !ok {
		n = int32(len(w.list))
		w.numbers[word] = n
		w.list = append(w.list, word)
	}
	return n
}

// statusTranslator turns the status numbers of a part into those of the whole: part one
// may call "p" number 1 and part two number 3.
type statusTranslator struct {
	to    *statusList
	known []int32 // by number in the part
}

// learn takes up the statuses that the part has met since the last call.
func (t *statusTranslator) learn(words []string) {
	for _, word := range words[len(t.known):] {
		t.known = append(t.known, t.to.add(word))
	}
}
