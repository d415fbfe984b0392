package sdmxconv

import (
	"slices"
	"unsafe"
)

// column is the values of an attribute: one for each entry of its level, which is
// the data set, a group, a series or an observation. A value is a number of a
// value that is listed with the attribute or that came up; 0 is none.
type column struct {
	*component
	texts []string // what came up, as JSON, from number len(values)+1 on
	known map[string]int32
	last  int32            // the number of the text that came last
	ids   map[string]int32 // by id as JSON, of those that came as texts though values are listed
	codes map[string]int32 // listed values by id, once one was looked for
	about map[string]bool  // ids of the measures that it is about, once one was looked for

	quoted []string // the ids of listed values as JSON, once they were asked for
	named  []value  // names of the ids in texts that hold several

	standing int32 // the value of what is given none, 0 for none
	narrow   []uint8
	wide     []int32 // instead of narrow, once there are many values
}

func newColumn(c *component) *column {
	col := &column{component: c}
	if c.standard != "" {
		col.standing = col.code(c.standard)
	}
	return col
}

// listed is the number of the i-th value that is listed, 0 if that is none.
func (c *column) listed(i int) int32 {
	if i < 0 || i >= len(c.values) || c.values[i].none {
		return 0
	}
	return int32(i) + 1
}

// raw is the number of a value that is not listed, given as JSON.
func (c *column) raw(token []byte) int32 {
	if k := int(c.last) - len(c.values) - 1; k >= 0 && c.texts[k] == string(token) {
		return c.last
	}
	id, ok := c.known[string(token)]
	if !ok {
		if c.known == nil {
			c.known = map[string]int32{}
		}
		text := string(token)
		c.texts = append(c.texts, text)
		id = int32(len(c.values) + len(c.texts))
		c.known[text] = id
	}
	c.last = id
	return id
}

// rawString is raw for a text.
func (c *column) rawString(token string) int32 {
	return c.raw(unsafe.Slice(unsafe.StringData(token), len(token)))
}

// code is the number of the listed value of an id, or of the id as a text.
func (c *column) code(id string) int32 {
	if c.codes == nil {
		c.codes = make(map[string]int32, len(c.values))
		for i, v := range slices.Backward(c.values) {
			if !v.none {
				c.codes[v.id] = int32(i) + 1
			}
		}
	}
	if number, ok := c.codes[id]; ok {
		return number
	}
	return c.rawString(quote(id))
}

// of tells whether the attribute is about a measure: none means all.
func (c *column) of(measure string) bool {
	if len(c.measures) == 0 {
		return true
	}
	if c.about == nil {
		c.about = make(map[string]bool, len(c.measures))
		for _, id := range c.measures {
			c.about[id] = true
		}
	}
	return c.about[measure]
}

// token is code for an id that is given as JSON.
func (c *column) token(id []byte) int32 {
	if number, ok := c.ids[string(id)]; ok {
		return number
	}
	if c.ids == nil {
		c.ids = map[string]int32{}
	}
	token := string(id)
	c.ids[token] = c.code(unquote(token))
	return c.ids[token]
}

// put sets the value of an entry. There may come as many entries as room says.
func (c *column) put(entry int, id int32, room int) {
	if id == 0 && entry >= max(len(c.narrow), len(c.wide)) {
		return // entries behind the end have none
	}
	if id > 255 && c.wide == nil {
		c.wide = make([]int32, len(c.narrow), max(cap(c.narrow), entry+1))
		for i, v := range c.narrow {
			c.wide[i] = int32(v)
		}
		c.narrow = nil
	}
	if c.wide != nil {
		c.wide = reach(c.wide, entry, room)
		c.wide[entry] = id
		return
	}
	c.narrow = reach(c.narrow, entry, room)
	c.narrow[entry] = uint8(id)
}

// reach makes a list long enough for an index.
func reach[T any](list []T, i, room int) []T {
	if i < len(list) {
		return list
	}
	if i >= cap(list) {
		grown := make([]T, len(list), max(room, i+1, 2*cap(list)))
		copy(grown, list)
		list = grown
	}
	return list[:i+1]
}

// at is the value of an entry.
func (c *column) at(entry int) int32 {
	switch {
	case c.wide != nil && entry < len(c.wide):
		return c.wide[entry]
	case entry < len(c.narrow):
		return int32(c.narrow[entry])
	}
	return 0
}

// numbers is how many numbers of values there are, none included.
func (c *column) numbers() int { return len(c.values) + len(c.texts) + 1 }

// value is a value that is listed.
func (c *column) value(number int32) (*value, bool) {
	if i := int(number) - 1; i >= 0 && i < len(c.values) {
		return &c.values[i], true
	}
	return nil, false
}

// text is a value as JSON: the id of one that is listed as a string.
func (c *column) text(number int32) string {
	v, ok := c.value(number)
	switch {
	case !ok:
		return c.texts[int(number)-len(c.values)-1]
	case v.raw != "":
		return v.raw
	case c.quoted == nil:
		c.quoted = make([]string, len(c.values))
	}
	if c.quoted[number-1] == "" {
		c.quoted[number-1] = quote(v.id)
	}
	return c.quoted[number-1]
}

// plain is a value as text.
func (c *column) plain(number int32) string {
	if number == 0 {
		return ""
	}
	if v, ok := c.value(number); ok {
		return v.id
	}
	return unquote(c.text(number))
}
