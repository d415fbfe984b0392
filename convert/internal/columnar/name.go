package columnar

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// namesOf are the dimension and the content of the columns of dimensions, by name, as JSON.
func namesOf(ds *jsonstat.Dataset, columns []Column) []byte {
	object := []byte{'{'}
	for _, c := range columns {
		if c.Kind == Dimension || c.Kind == Date {
			object = jsontoken.AppendName(object, c.Name)
			object = jsontoken.AppendList(object, []string{ds.Dimensions()[c.Dim].ID(), keyOf(c.Keys, KeyContent)})
		}
	}
	return append(object, '}')
}

// named gives columns the keys that names say, see [namesOf].
func named(fields []Field, columns map[string][]string) {
	for i := range fields {
		f := &fields[i]
		if list := columns[f.Name]; len(list) == 2 && f.Keys[KeyDimension] == "" {
			if f.Keys == nil {
				f.Keys = map[string]string{}
			}
			f.Keys[KeyDimension], f.Keys[KeyContent] = list[0], list[1]
		}
	}
}

// withNames is a head that says what names say too, as its last member.
func withNames(head, names []byte) []byte {
	head = jsontoken.AppendName(slices.Clip(head[:len(head)-1]), rows.NamesMember)
	return append(append(head, names...), '}')
}

const namesMember = `,"` + rows.NamesMember + `":{`

// cutNames is a head without what [withNames] put there, and that, if anything.
func cutNames(head []byte) (plain []byte, names map[string][]string) {
	at := bytes.LastIndex(head, []byte(namesMember))
	if at < 0 {
		return head, nil
	}
	text := bytes.TrimRight(head, " \r\n\t")
	text = text[at+len(namesMember)-1 : len(text)-1]
	if json.Unmarshal(text, &names) != nil {
		return head, nil
	}
	return append(slices.Clip(head[:at]), '}'), names
}
