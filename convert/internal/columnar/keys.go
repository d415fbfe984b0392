package columnar

import (
	"encoding/json"
	"fmt"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// The keys that tell what a column or a table is. All values are texts; objects
// are JSON. Those of jsonstat-io come first, then our own: the whole head, from
// which a document comes back, and what it takes to match columns with it.
const (
	KeyRole     = "jsonstat.role"    // of a dimension: time, geo, metric
	KeyMeasure  = "jsonstat.measure" // "true" on the value column
	KeyStatus   = "jsonstat.status"  // "true" on the status column
	KeyLabel    = "jsonstat.label"   // of a dimension, of the table
	KeyOrder    = "jsonstat.categoryOrder"
	KeyLabels   = "jsonstat.categoryLabels"
	KeyUnits    = "jsonstat.categoryUnits"
	KeyCoords   = "jsonstat.categoryCoords"
	KeyChildren = "jsonstat.categoryChild"

	KeySource    = "jsonstat.source"
	KeyUpdated   = "jsonstat.updated"
	KeyExtension = "jsonstat.extension"
	KeyRoles     = "jsonstat.roles" // ids by role, of a table
	KeyValueForm = "jsonstat.valueForm"

	KeyHead       = "jsonstat.head"       // of a table: the document without value and status
	KeyStatusForm = "jsonstat.statusForm" // of a table, like valueForm
	KeyDimension  = "jsonstat.dimension"  // of a column: the id of its dimension
	KeyContent    = "jsonstat.content"    // of the same: id, label, both or date
	KeyValues     = "jsonstat.values"     // of a value column of texts: what they stand for, see kindNumber
	KeyValueText  = "jsonstat.valueText"  // "true" on the column of the values that are no numbers
	KeyPartition  = "jsonstat.partition"  // of a table that is a part of a folder, see Partition
	KeyColumns    = rows.NamesMember      // of the same: dimension and content of its columns, by name
)

// What a column of a dimension holds, as the key jsonstat.content says it.
const (
	contentID    = "id"
	contentLabel = "label"
	contentBoth  = "both" // "[id] label"
	contentDate  = "date"
)

// Key is a key with its value.
type Key struct{ Name, Value string }

// keys collects keys, leaving out what is empty.
type keys []Key

func (k *keys) add(name, value string) {
	if value != "" {
		*k = append(*k, Key{name, value})
	}
}

// tableKeys are the keys of a table of that head.
func tableKeys(ds *jsonstat.Dataset, head []byte) []Key {
	var k keys
	k.add(KeyLabel, ds.Label())
	k.add(KeySource, ds.Source())
	k.add(KeyUpdated, ds.Updated())
	k.add(KeyExtension, string(ds.Extension()))
	forms := FormsOf(ds)
	k.add(KeyValueForm, formNames[forms.Values])
	if ds.Cells().Info().HasStatus {
		k.add(KeyStatusForm, formNames[forms.Statuses])
	}
	k.add(KeyHead, string(head))
	return k
}

// dimensionKeys are the keys of a column of a dimension, whose categories it calls
// by the given texts. Objects by category go by these, not by the ids: a reader that
// knows nothing of the head takes the texts for ids.
func dimensionKeys(d *jsonstat.Dimension, content string, texts []string) ([]Key, error) {
	var k keys
	if role := d.Role(); role != jsonstat.Classification {
		k.add(KeyRole, string(role))
	}
	if d.HasLabel() {
		k.add(KeyLabel, d.Label())
	}
	k.add(KeyOrder, string(jsontoken.AppendList(nil, texts)))
	if content == contentID {
		k.add(KeyLabels, byCategory(texts, func(dst []byte, i int) []byte {
			if label := d.CategoryLabel(i); label != d.CategoryID(i) {
				return jsontoken.AppendString(dst, label)
			}
			return dst
		}))
	}
	var units error
	k.add(KeyUnits, byCategory(texts, func(dst []byte, i int) []byte {
		u := d.CategoryUnit(i)
		if u == nil {
			return dst
		}
		text, err := u.MarshalJSON()
		if err != nil {
			units = fmt.Errorf("the unit of category %q: %w", d.CategoryID(i), err)
		}
		return append(dst, text...)
	}))
	k.add(KeyCoords, byCategory(texts, func(dst []byte, i int) []byte {
		if c := d.At(i).Coordinates; c != nil {
			dst = append(append(dst, '['), c.Longitude...)
			dst = append(append(dst, ','), c.Latitude...)
			dst = append(dst, ']')
		}
		return dst
	}))
	if d.HasHierarchy() {
		k.add(KeyChildren, byCategory(texts, func(dst []byte, i int) []byte {
			var children []string
			for _, id := range d.At(i).Children {
				children = append(children, texts[d.Index(id)])
			}
			if children == nil {
				return dst
			}
			return jsontoken.AppendList(dst, children)
		}))
	}
	k.add(KeyDimension, d.ID())
	k.add(KeyContent, content)
	return k, units
}

// byCategory is an object with a member for each category of which there is
// something to say, "" if there is none.
func byCategory(texts []string, say func(dst []byte, i int) []byte) string {
	object := []byte{'{'}
	for i, text := range texts {
		start := len(object)
		object = jsontoken.AppendName(object, text)
		said := len(object)
		if object = say(object, i); len(object) == said {
			object = object[:start]
		}
	}
	if len(object) == 1 {
		return ""
	}
	return string(append(object, '}'))
}

// isObject tells whether a text is a JSON object.
func isObject(text string) bool {
	var v map[string]json.RawMessage
	return json.Unmarshal([]byte(text), &v) == nil && v != nil
}
