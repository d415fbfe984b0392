package window

import "fmt"

// Limits of the different strings that a row of statuses may have.
const (
	MaxWords     = 1 << 16
	maxWordsText = 16 << 20 // bytes
)

// Words numbers the different strings of a row of statuses, so that a cell needs four bytes
// for its status. 0 is the empty string. A million cells mostly have five statuses: the
// last one is compared first, then its token is looked up as it is written, and only a
// token that was not seen before is unquoted.
type Words struct {
	List    []string // decoded, by number
	ids     map[string]int32
	texts   map[string]int32 // by token: a text may be spelled with escapes or without
	size    int
	unquote func(dst, quoted []byte) []byte
	last    []byte // the string asked for last, with its quotes
	id      int32
}

// NewWords returns words that know the empty string. unquote appends the text of a
// string that is given with its quotes.
func NewWords(unquote func(dst, quoted []byte) []byte) *Words {
	return &Words{unquote: unquote, List: []string{""}, ids: map[string]int32{"": 0}, texts: map[string]int32{`""`: 0}}
}

// ID is the number of a string given with its quotes, a new one if need be.
// Rows repeat themselves, so the last one is tried first.
func (w *Words) ID(quoted []byte) (int32, error) {
	if string(quoted) == string(w.last) {
		return w.id, nil
	}
	id, ok := w.texts[string(quoted)]
	if !ok {
		text := string(w.unquote(nil, quoted))
		if id, ok = w.ids[text]; !ok {
			w.size += len(text)
			if len(w.List) >= MaxWords || w.size > maxWordsText {
				return 0, &SyntaxError{Limit: true, Msg: fmt.Sprintf("more than %d different statuses, or %d MiB of them", MaxWords, maxWordsText>>20)}
			}
			id = int32(len(w.List))
			w.List = append(w.List, text)
			w.ids[text] = id
		}
		if len(w.texts) < MaxWords {
			w.texts[string(quoted)] = id
		}
	}
	w.last, w.id = append(w.last[:0], quoted...), id
	return id, nil
}
