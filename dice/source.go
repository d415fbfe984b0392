package dice

import "github.com/jsonstat-go/toolkit/jsonstat"

// source is a part of a join.
type source struct {
	cells  jsonstat.Cells
	n      int64
	size   int64 // categories of the joined dimension
	first  int64 // the categories in front of them
	status translator
}

// place is the first cell of the source that lies at a position or behind it.
func (s *source) place(pos, width, inner int64) int64 {
	if width == 0 {
		return 0
	}
	block := s.size * inner
	into := pos%width - s.first*inner
	return pos/width*block + max(0, min(into, block))
}

// position is where a cell of the source lies in the join, and how many cells
// follow it in the same block, itself included.
func (s *source) position(pos, width, inner int64) (at, rest int64) {
	block := s.size * inner
	into := pos % block
	return pos/block*width + s.first*inner + into, block - into
}

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

// translator turns the numbers of statuses of a source into those of the join.
type translator struct {
	to    *words
	known []int32 // by number in the source
}

func (t *translator) learn(words []string) {
	for _, word := range words[len(t.known):] {
		t.known = append(t.known, t.to.number(word))
	}
}
