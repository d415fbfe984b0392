package jsonstat

import (
	"bytes"
	"encoding/json"
)

// objectMembers lists the members of an object in their order; none for
// anything else.
func objectMembers(raw json.RawMessage) []Member {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	var members []Member
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return members
		}
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return members
		}
		members = append(members, Member{Name: name.(string), Value: value})
	}
	return members
}
