package columnar

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ruleHead makes a head of what the keys of a table without one say, and of the
// categories that came up in its rows. Keys that are not what they should be say
// nothing.
func (p *Plan) ruleHead() (*jsonstat.Dataset, error) {
	b := &headText{}
	b.text("version", "2.0")
	b.text("class", "dataset")
	for _, m := range [][2]string{{"label", KeyLabel}, {"source", KeySource}, {"updated", KeyUpdated}} {
		if text := p.table[m[1]]; text != "" {
			b.text(m[0], text)
		}
	}
	b.rolesOf(p)
	b.list("id", len(p.Dims), func(i int) { b.dst = jsonstat.AppendQuoted(b.dst, p.Dims[i].ID) })
	b.list("size", len(p.Dims), func(i int) { b.dst = strconv.AppendInt(b.dst, int64(len(p.Dims[i].found.Texts())), 10) })
	b.open("dimension")
	for i := range p.Dims {
		b.dimension(&p.Dims[i], p.fields[p.Dims[i].Column].Keys)
	}
	b.close()
	b.object("extension", p.table[KeyExtension])
	b.dst = append(b.dst, '}')
	head, err := ParseHead(b.dst)
	if err != nil {
		return nil, fmt.Errorf("the keys of the table make no cube: %w", err)
	}
	return head, nil
}

// headText is JSON in the making.
type headText struct{ dst []byte }

func (b *headText) name(name string) {
	if n := len(b.dst); n == 0 {
		b.dst = append(b.dst, '{')
	} else if b.dst[n-1] != '{' {
		b.dst = append(b.dst, ',')
	}
	b.dst = append(jsonstat.AppendQuoted(b.dst, name), ':')
}

func (b *headText) text(name, text string) {
	b.name(name)
	b.dst = jsonstat.AppendQuoted(b.dst, text)
}

// object copies an object, if it is one.
func (b *headText) object(name, text string) {
	if text != "" && isObject(text) {
		b.name(name)
		b.dst = append(b.dst, text...)
	}
}

func (b *headText) list(name string, n int, item func(i int)) {
	b.name(name)
	b.dst = append(b.dst, '[')
	for i := range n {
		if i > 0 {
			b.dst = append(b.dst, ',')
		}
		item(i)
	}
	b.dst = append(b.dst, ']')
}

func (b *headText) open(name string) {
	b.name(name)
	b.dst = append(b.dst, '{')
}

func (b *headText) close() { b.dst = append(b.dst, '}') }

// rolesOf writes the roles: those asked for, those of the columns, those of the table,
// which says the order of their dimensions too.
func (b *headText) rolesOf(p *Plan) {
	var byTable map[string][]string
	_ = json.Unmarshal([]byte(p.table[KeyRoles]), &byTable) // what is no such object gives no roles
	inTable := map[string]jsonstat.Role{}
	for name, list := range byTable {
		for _, id := range list {
			inTable[id] = jsonstat.Role(name)
		}
	}
	byRole := map[jsonstat.Role][]string{}
	for _, d := range p.Dims {
		role := cmp.Or(jsonstat.Role(p.fields[d.Column].Keys[KeyRole]), inTable[d.ID])
		if asked := p.roles[d.ID]; asked != "" {
			role = asked
		}
		byRole[role] = append(byRole[role], d.ID)
	}
	delete(byRole, "")
	opened := false
	for _, role := range []jsonstat.Role{jsonstat.Time, jsonstat.Geo, jsonstat.Metric} {
		list := byRole[role]
		slices.SortStableFunc(list, func(a, b string) int {
			return cmp.Compare(placeOf(a, byTable[string(role)]), placeOf(b, byTable[string(role)]))
		})
		if len(list) > 0 {
			if !opened {
				b.open("role")
				opened = true
			}
			b.list(string(role), len(list), func(i int) { b.dst = jsonstat.AppendQuoted(b.dst, list[i]) })
		}
	}
	if opened {
		b.close()
	}
}

// placeOf is the place of an id in a list, behind it if it is not in there.
func placeOf(id string, list []string) int {
	if i := slices.Index(list, id); i >= 0 {
		return i
	}
	return len(list)
}

// dimension writes a dimension.
func (b *headText) dimension(d *PlannedDimension, keys map[string]string) {
	b.open(d.ID)
	if label := keys[KeyLabel]; label != "" {
		b.text("label", label)
	}
	b.open("category")
	texts := d.found.Texts()
	b.list("index", len(texts), func(i int) { b.dst = jsonstat.AppendQuoted(b.dst, texts[i]) })
	for _, m := range [][2]string{{"label", KeyLabels}, {"unit", KeyUnits}, {"coordinates", KeyCoords}, {"child", KeyChildren}} {
		b.object(m[0], keys[m[1]])
	}
	b.close()
	b.close()
}

// stringList is a JSON array of strings, nil if a text is none.
func stringList(text string) (list []string) {
	if json.Unmarshal([]byte(text), &list) != nil {
		return nil
	}
	return list
}
