package pxweb

import (
	"bytes"
	"os"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// tree reads the head of the part; one of which a variable was dropped gets it
// back as the metadata have it.
func (p *part) tree(q *Query) (*value, error) {
	f, err := os.Open(p.file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	root, err := readTree(f)
	if err != nil || p.rebuilt < 0 {
		return root, err
	}
	return root, p.rebuild(root, q)
}

// rebuild writes the dropped variable into the head.
func (p *part) rebuild(root *value, q *Query) error {
	c := &q.Chosen[p.rebuilt]
	code := p.box.codes(q, p.rebuilt)[0]
	d, err := c.Variable.Dim.Narrow([]int{c.Variable.Dim.Index(code)})
	if err != nil {
		return err
	}
	dim, err := dimensionValue(d)
	if err != nil {
		return err
	}
	all := root.get("dimension")
	for _, m := range slices.Clone(all.members) {
		if index := m.value.get("category").get("index"); index != nil && len(index.members) == 1 && index.members[0].name == eliminatedValue {
			if unit := m.value.get("category").get("unit").get(eliminatedValue); unit != nil && dim.get("category").get("unit") == nil {
				units := &value{kind: '{'}
				units.add(code, unit)
				dim.get("category").add("unit", units)
				dim.raw = nil
			}
			all.drop(m.name)
		}
	}
	next := len(all.members)
	if at := p.placeOf(q); at+1 < len(p.ids) {
		if i := all.index(p.ids[at+1]); i >= 0 {
			next = i
		}
	}
	all.insert(next, member{jsonstat.AppendQuoted(nil, c.Variable.Code), c.Variable.Code, dim})
	ids := &value{kind: '['}
	for _, id := range p.ids {
		ids.items = append(ids.items, stringValue(id))
	}
	root.set("id", ids)
	if role := root.get("role"); role != nil {
		role.drop("metric")
		metric := &value{kind: '[', items: []*value{stringValue(c.Variable.Code)}}
		role.add("metric", metric)
	}
	p.relabel(root, c.Variable)
	all.raw, root.raw = nil, nil
	return nil
}

// relabel writes the name of the dropped variable into the title, which names all
// variables: behind that of the variable before it.
func (p *part) relabel(root *value, dropped *Variable) {
	label, name := root.get("label").text(), dropped.Text
	at := slices.Index(p.ids, dropped.Code)
	if label == "" || strings.Contains(label, name) {
		return
	}
	nameOf := func(i int) string { return root.get("dimension").get(p.ids[i]).get("label").text() }
	if at > 0 {
		if before := nameOf(at - 1); before != "" && strings.Contains(label, before) {
			k := strings.LastIndex(label, before) + len(before)
			root.set("label", stringValue(label[:k]+", "+name+label[k:]))
		}
	} else if len(p.ids) > 1 {
		if next := nameOf(1); next != "" && strings.Contains(label, next) {
			k := strings.LastIndex(label, next)
			root.set("label", stringValue(label[:k]+name+", "+label[k:]))
		}
	}
}

// dimensionValue is a dimension as a value of a head.
func dimensionValue(d *jsonstat.Dimension) (*value, error) {
	ds, err := jsonstat.New(jsonstat.Head{Dimensions: []*jsonstat.Dimension{d}}, nil)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := ds.Write(&b, &jsonstat.WriteOptions{Explicit: true}); err != nil {
		return nil, err
	}
	p := treeParser{text: b.Bytes()}
	dim := p.value().get("dimension").get(d.ID())
	if ext := dim.get("extension"); ext != nil {
		ext.drop("codelists")
		ext.drop("codeLists")
		dim.raw = nil
	}
	return dim, nil
}
