package pxweb

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// part is an answer, in a file.
type part struct {
	file    string
	bytes   int64
	saved   time.Time
	box     box
	ids     []string
	axes    []*axis
	updated string
	metric  []string // variables that are contents by its own word
	info    jsonstat.CellsInfo
	words   []string // statuses that are known without reading cells
	size    int64    // cells
	rebuilt int      // the chosen variable that the server dropped and that is put back, -1 if none
}

// axis is the codes of a dimension in a part, shared between parts.
type axis struct{ codes []string }

// axisPool gives equal lists of codes the same axis.
type axisPool map[string][]*axis

func (pool axisPool) get(id string, codes []string) *axis {
	for _, a := range pool[id] {
		if slices.Equal(a.codes, codes) {
			return a
		}
	}
	a := &axis{codes}
	pool[id] = append(pool[id], a)
	return a
}

// Codes that PxWeb's newest serializer gives to contents that it dropped.
const eliminatedValue = "EliminatedValue"

// readPart reads the head of an answer and holds it against what was asked for.
// The whole text is gone through, so that a part that passes is a whole one.
func readPart(file string, q *Query, b box, pool axisPool) (*part, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	p := &part{file: file, bytes: info.Size(), saved: info.ModTime(), box: b, rebuilt: -1}
	doc, err := openDocument(file, p.bytes)
	if err != nil {
		return nil, err
	}
	defer doc.Close()
	ds, err := doc.Dataset(0)
	if err != nil {
		return nil, err
	}
	p.updated = ds.Updated()
	for _, d := range ds.Role(jsonstat.Metric) {
		p.metric = append(p.metric, d.ID())
	}
	if !q.Default {
		if err := p.check(q, ds); err != nil {
			return nil, err
		}
	}
	p.info, p.size = ds.Cells().Info(), ds.Len()
	p.words = slices.Clone(ds.Cells().Statuses()[:p.info.Default+1])
	p.info.Sparse = p.info.Sparse || !ds.HasCells() // then all are left out
	for _, d := range ds.Dimensions() {
		p.ids = append(p.ids, d.ID())
		p.axes = append(p.axes, pool.get(d.ID(), allCodes(d)))
	}
	if p.rebuilt >= 0 {
		p.putBack(q, pool)
	}
	return p, nil
}

// allCodes are the codes of a dimension, in its order.
func allCodes(d *jsonstat.Dimension) []string {
	codes := make([]string, d.Len())
	for i := range codes {
		codes[i] = d.CategoryID(i)
	}
	return codes
}

// check holds a dataset against the box that was asked for, and notes the variable
// that the server dropped although the parts must have it.
func (p *part) check(q *Query, ds *jsonstat.Dataset) error {
	if !ds.HasCells() && ds.Len() > 0 {
		return fmt.Errorf("%w: the answer has no cells", ErrMerge)
	}
	for i := range q.Chosen {
		c := &q.Chosen[i]
		d := ds.Dimension(c.Variable.Code)
		if d == nil || d.Len() == 1 && d.CategoryID(0) == eliminatedValue && !slices.Contains(c.Codes, eliminatedValue) {
			// Servers drop contents of which there is only one.
			if c.Whole || p.box[i].len() != 1 {
				return fmt.Errorf("%w: the answer has no variable %s", ErrMerge, c.Variable.Code)
			}
			if len(c.Codes) > 1 {
				p.rebuilt = i
			}
			continue
		}
		if c.Whole {
			continue
		}
		asked := p.box.codes(q, i)
		for _, code := range asked {
			if d.Index(code) < 0 {
				return fmt.Errorf("%w: %q of %s was asked for and did not come", ErrMerge, code, c.Variable.Code)
			}
		}
		if d.Len() != len(asked) {
			return fmt.Errorf("%w: %d values of %s were asked for, %d came", ErrMerge, len(asked), c.Variable.Code, d.Len())
		}
	}
	for _, d := range ds.Dimensions() {
		if q.find(d.ID()) < 0 && d.Len() != 1 {
			return fmt.Errorf("%w: nobody asked for %d values of %s", ErrMerge, d.Len(), d.ID())
		}
	}
	return nil
}

// placeOf is where the variable that was dropped belongs among the dimensions.
func (p *part) placeOf(q *Query) int {
	at := 0
	for i := range p.rebuilt {
		if k := slices.Index(p.ids, q.Chosen[i].Variable.Code); k >= 0 {
			at = k + 1
		}
	}
	return at
}

// putBack puts the dropped variable back among the dimensions of the part.
func (p *part) putBack(q *Query, pool axisPool) {
	c := &q.Chosen[p.rebuilt]
	for i := len(p.ids) - 1; i >= 0; i-- {
		if slices.Equal(p.axes[i].codes, []string{eliminatedValue}) {
			p.ids, p.axes = slices.Delete(p.ids, i, i+1), slices.Delete(p.axes, i, i+1)
		}
	}
	at := p.placeOf(q)
	p.ids = slices.Insert(p.ids, at, c.Variable.Code)
	p.axes = slices.Insert(p.axes, at, pool.get(c.Variable.Code, p.box.codes(q, p.rebuilt)))
}

// smallPart is the size up to which a part is read whole: a window on its file
// would be larger.
const smallPart = 128 << 10

func openDocument(name string, size int64) (*jsonstat.Document, error) {
	if size > smallPart {
		return jsonstat.Open(name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return jsonstat.Parse(text)
}

// tree reads the head of the part; one of which a variable was dropped gets it
// back as the metadata have it.
func (p *part) tree(q *Query) (*value, error) {
	f, err := os.Open(p.file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := utf8Source(f)
	if err != nil {
		return nil, err
	}
	root, err := readTree(text)
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
	all.insert(next, newMember(c.Variable.Code, dim))
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
	root, err := readTree(window.Bytes(b.Bytes()))
	if err != nil {
		return nil, err
	}
	dim := root.get("dimension").get(d.ID())
	if ext := dim.get("extension"); ext != nil {
		ext.drop("codelists")
		ext.drop("codeLists")
		dim.raw = nil
	}
	return dim, nil
}
