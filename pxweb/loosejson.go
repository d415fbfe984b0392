package pxweb

import (
	"encoding/json"
	"fmt"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// words are the texts of a list, as people publish them: a number stands for its text, and
// a value alone for a list of one. R writes such JSON.
type words []string

// UnmarshalJSON reads them.
func (w *words) UnmarshalJSON(text []byte) error {
	var list []json.RawMessage
	if json.Unmarshal(text, &list) != nil {
		list = []json.RawMessage{text}
	}
	*w = words{}
	for _, item := range list {
		var text string
		switch {
		case json.Unmarshal(item, &text) == nil && item[0] == '"':
		case jsontoken.IsNumber([]byte(item)):
			text = string(item)
		case string(item) == "null" && len(list) == 1:
			return nil
		default:
			return fmt.Errorf("%s is not the text of a value", item)
		}
		*w = append(*w, text)
	}
	return nil
}

// word is a text, which may stand in a list alone.
type word string

// UnmarshalJSON reads it.
func (w *word) UnmarshalJSON(text []byte) error {
	var list words
	if err := list.UnmarshalJSON(text); err != nil {
		return err
	}
	if len(list) > 1 {
		return fmt.Errorf("%s is a list, where one text is expected", text)
	}
	*w = ""
	if len(list) == 1 {
		*w = word(list[0])
	}
	return nil
}

// language is the id of a language: a text, or an object with one.
type language string

// UnmarshalJSON reads it.
func (l *language) UnmarshalJSON(text []byte) error {
	var object struct {
		ID word `json:"id"`
	}
	if json.Unmarshal(text, &object) == nil {
		*l = language(object.ID)
		return nil
	}
	var id word
	err := id.UnmarshalJSON(text)
	*l = language(id)
	return err
}
