package dice

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/charset"
)

// ParseJSON reads a spec as JSON: an object whose members are criteria, or an
// array of pairs, as the JavaScript toolkit has it. A list holds selectors,
// which need no separators but are otherwise written as in the grammar; a text
// is what may stand behind the equals sign.
//
//	{"Region": ["0301", "1103"], "Tid": "top(5)", "Alder": {"omit": ["999"]}}
//	[["Region", ["0301", "1103"]], ["Tid", ["2024"]]]
func ParseJSON(text []byte) (*Spec, error) {
	text, err := charset.JSON(text)
	if err != nil {
		return nil, fmt.Errorf("the spec is not JSON: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	first, err := dec.Token()
	if err != nil {
		return nil, notJSON(dec, err)
	}
	spec := &Spec{}
	switch first {
	case json.Delim('{'):
		for dec.More() {
			name, err := dec.Token()
			if err != nil {
				return nil, notJSON(dec, err)
			}
			if err := spec.addMember(dec, name.(string)); err != nil {
				return nil, err
			}
		}
	case json.Delim('['):
		for dec.More() {
			var pair []json.RawMessage
			var name string
			if err := dec.Decode(&pair); err != nil || len(pair) != 2 || json.Unmarshal(pair[0], &name) != nil {
				return nil, fmt.Errorf("criterion %d is not a pair of a dimension and a list of categories, such as [\"Tid\", [\"2024\"]]", len(spec.Criteria)+1)
			}
			if err := spec.addCriterion(name, pair[1], false); err != nil {
				return nil, err
			}
		}
	default:
		return nil, errors.New(`the criteria are neither an object such as {"Tid": "top(5)"} nor an array of pairs`)
	}
	if _, err := dec.Token(); err != nil { // the end of the object or array
		return nil, notJSON(dec, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("something follows the criteria at byte %d", dec.InputOffset())
	}
	return spec, nil
}

func notJSON(dec *json.Decoder, err error) error {
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the criteria end at byte %d, in the middle of the JSON", dec.InputOffset())
	}
	return fmt.Errorf("the criteria are not JSON: %w", err)
}

// addMember reads the criteria of a dimension.
func (s *Spec) addMember(dec *json.Decoder, dimension string) error {
	var raw json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		return notJSON(dec, err)
	}
	if raw[0] != '{' {
		return s.addCriterion(dimension, raw, false)
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if name != "keep" && name != "omit" {
			return fmt.Errorf("dimension %q: %q is not known: an object has keep, omit or both", dimension, name)
		}
	}
	for _, name := range []string{"keep", "omit"} {
		if part, ok := parts[name]; ok {
			if err := s.addCriterion(dimension, part, name == "omit"); err != nil {
				return err
			}
		}
	}
	return nil
}

// addCriterion adds a criterion of a text or a list.
func (s *Spec) addCriterion(dimension string, raw json.RawMessage, omit bool) error {
	c := Criterion{Dimension: dimension, Omit: omit}
	var text string
	var list []json.RawMessage
	switch {
	case json.Unmarshal(raw, &text) == nil && raw[0] == '"':
		if err := parseSelection(text, &c); err != nil {
			return fmt.Errorf("dimension %q: %w", dimension, err)
		}
	case json.Unmarshal(raw, &list) == nil && raw[0] == '[':
		for _, item := range list {
			selector, err := parseItem(item)
			if err != nil {
				return fmt.Errorf("dimension %q: %w", dimension, err)
			}
			c.Select = append(c.Select, selector)
		}
	default:
		return fmt.Errorf("dimension %q: %s is neither a text nor a list of texts", dimension, raw)
	}
	s.Criteria = append(s.Criteria, c)
	return nil
}

// parseItem reads a selector of a list, in which separators have no meaning.
func parseItem(raw json.RawMessage) (Selector, error) {
	var text string
	var number json.Number
	switch {
	case raw[0] == '"' && json.Unmarshal(raw, &text) == nil:
	case json.Unmarshal(raw, &number) == nil && raw[0] != '"' && raw[0] != 'n':
		return Selector{Kind: ID, Text: number.String()}, nil
	default:
		return Selector{}, fmt.Errorf("%s is not the text of a category", raw)
	}
	p := &parser{text: text}
	s, err := p.readSelector()
	if err != nil || !p.isAtEnd() {
		// It has a separator, or a quote, which is its own.
		return Selector{Kind: ID, Text: text}, nil
	}
	if s.Kind == ID && s.Written != "" {
		s.Text = text // spaces included
	}
	return s, nil
}
