package jsonstat

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// Member is a member of a JSON object that this package gives no meaning, with
// its text as it stands in the document, without white space.
type Member struct {
	Name  string
	Value json.RawMessage
}

// objectMembers lists the members of an object in their order; none for anything else.
// An object is what encoding/json takes for one, and so may be written, though our own
// reader would refuse it: too deep, or not UTF-8.
func objectMembers(raw json.RawMessage) []Member {
	if text := bytes.TrimLeft(raw, " \t\r\n"); !isObjectText(text) {
		return nil
	}
	var compact bytes.Buffer
	if json.Compact(&compact, raw) != nil {
		return nil
	}
	var members []Member
	jsontoken.Split(compact.Bytes(), func(name, value []byte) {
		members = append(members, Member{Name: string(jsontoken.Unquote(nil, name)), Value: value})
	})
	return members
}

func isObjectText(text json.RawMessage) bool { return len(text) > 0 && text[0] == '{' }

// joinMembers writes an object.
func joinMembers(members []Member) json.RawMessage {
	b := []byte{'{'}
	for _, m := range members {
		b = append(jsontoken.AppendName(b, m.Name), m.Value...)
	}
	return append(b, '}')
}

// memberText is the text of a member, if it has one.
func memberText(members []Member, name string) (text string, ok bool) {
	for _, m := range members {
		if m.Name == name && len(m.Value) > 0 && m.Value[0] == '"' && json.Unmarshal(m.Value, &text) == nil {
			return text, true
		}
	}
	return "", false
}

func withoutMember(members []Member, name string) []Member {
	return slices.DeleteFunc(slices.Clone(members), func(m Member) bool { return m.Name == name })
}

// replaceMember gives a member another value, if it is there.
func replaceMember(members []Member, name string, value json.RawMessage) []Member {
	i := slices.IndexFunc(members, func(m Member) bool { return m.Name == name })
	if i < 0 || string(members[i].Value) == string(value) {
		return members
	}
	members = slices.Clone(members)
	members[i].Value = value
	return members
}

// sameValues tells whether two lists hold the same values, wherever their names are from.
func sameValues(a, b []Member) bool {
	return slices.EqualFunc(a, b, func(a, b Member) bool { return bytes.Equal(a.Value, b.Value) })
}
