package rows

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// saidRules are about what the file, the head and the user say of columns.
type saidRules struct{ *decision }

// format takes what the file itself says of its columns; a last column without a name
// and without content is none.
func (d saidRules) format() {
	for _, c := range d.columns {
		if c.Role != Undecided {
			put(c, c.Role, ByFormat)
			if c.Of != "" {
				c.of = slices.IndexFunc(d.columns, func(o *column) bool { return o.Name == c.Of && o.Role != Labels })
			}
		}
	}
	headings, inHead := d.headingNames(), d.inHead()
	for _, c := range d.columns {
		if c.part == Undecided && !d.forms.HasHead && inHead(c.Name) && !headings[c.Name] { // else the file says itself which columns are its dimensions
			put(c, Dimension, ByHead)
		}
	}
	if d.o.Head != nil && !d.forms.HasHead && len(d.choice.By) == 0 && d.o.Content != layout.Columns {
		d.namedByHead()
	}
	for _, c := range d.columns {
		if c.called == "" && c.Name == "" && c.figures == 0 && c.texts == 0 && c.part == Undecided && !c.Typed && d.hasNames() {
			put(c, LeftOut, ByFormat)
		}
	}
}

// inHead tells whether the head, or the description, has a dimension of an id or label.
func (d saidRules) inHead() func(name string) bool {
	if d.o.Head == nil {
		return func(name string) bool { return d.described[name] != nil }
	}
	known := map[string]bool{}
	for _, h := range d.o.Head.Dimensions() {
		for _, text := range []string{h.ID(), h.Label(), blanks(h.ID()), blanks(h.Label())} {
			known[text] = true
		}
	}
	known[""] = slices.ContainsFunc(d.o.Head.Dimensions(), func(h *jsonstat.Dimension) bool { return isOf("", h) })
	return func(name string) bool {
		if d.o.Content == layout.Both {
			if id, _, ok := splitBoth(name); ok {
				name = id
			}
		}
		return known[name]
	}
}

// namedByHead says of which dimensions of the head columns are. Of several that are called
// after one, the surest is its column; the others say the same once more.
func (d saidRules) namedByHead() {
	exact, folded := headNames(d.o.Head, d.names)
	type found struct {
		c *column
		headName
	}
	var all []found
	best := map[*jsonstat.Dimension]found{}
	note := func(c *column, n headName) {
		f := found{c, n}
		all = append(all, f)
		if b, ok := best[n.of]; n.what != folderName && (!ok || b.what > n.what) {
			best[n.of] = f
		}
	}
	var others []*column
	for _, c := range d.columns {
		if h := d.o.Head.Dimension(c.Dimension); c.Dimension != "" && c.part == Dimension && h != nil { // its format says it
			best[h] = found{c, headName{h, idName}}
			continue
		}
		if c.part != Undecided && (c.part != Dimension || c.why != ByHead) || c.Name == "" {
			continue
		}
		if n, ok := exact[c.Name]; !ok {
			others = append(others, c)
		} else if n.of != nil {
			note(c, n)
		}
	}
	sure := maps.Clone(best)
	for _, c := range others { // names in other letters, where no exact one says as much
		n, ok := folded[strings.ToLower(c.Name)]
		if !ok || n.of == nil || isValueName(c.called) || isStatusName(c.calledNorm()) {
			continue
		}
		if b, ok := sure[n.of]; !ok || b.what > n.what {
			note(c, n)
		}
	}
	for _, f := range all {
		switch b, ok := best[f.of]; {
		case !ok: // a folder, and nothing in it
		case b.c == f.c, f.what == b.what: // an error names both
			put(f.c, Dimension, ByHead)
			f.c.Dimension = f.of.ID()
		case f.what == labelName:
			put(f.c, Labels, ByHead)
			f.c.of = b.c.at
		default:
			put(f.c, LeftOut, ByHead)
		}
	}
}

// user takes what the options say.
func (d saidRules) user() error {
	if len(d.choice.Stub) > 0 && len(d.choice.By) == 0 {
		return &Error{Msg: "columns are named that stand beside headings, but not the dimension that the headings are", Err: ErrColumn}
	}
	twice := func(c *column, part Part) error {
		if c.why == ByUser && c.part != part {
			return &Error{Msg: fmt.Sprintf("column %q cannot be both %s and %s", c.name(), c.part, part), Err: ErrColumn}
		}
		return nil
	}
	take := func(names []string, part Part) ([]*column, error) {
		columns, err := d.all(names)
		if err != nil {
			return nil, err
		}
		for _, c := range columns {
			if err := twice(c, part); err != nil {
				return nil, err
			}
			put(c, part, ByUser)
		}
		return columns, nil
	}
	if _, err := take(d.choice.Ignore, LeftOut); err != nil {
		return err
	}
	var err error
	if d.saidValues, err = take(d.choice.Values, Value); err != nil {
		return err
	}
	if d.saidDims, err = take(d.choice.Dimensions, Dimension); err != nil {
		return err
	}
	of := map[*column]*column{} // labels by ids
	for _, l := range d.choice.Labels {
		id, err := d.find(l[0])
		if err != nil {
			return err
		}
		labels, err := d.find(l[1])
		if err != nil {
			return err
		}
		if err := twice(labels, Labels); err != nil {
			return err
		}
		if id == labels {
			return &Error{Msg: fmt.Sprintf("column %q cannot hold its own labels", id.name()), Err: ErrColumn}
		}
		if before := of[id]; before != nil && before != labels && before.of == id.at {
			return &Error{Msg: fmt.Sprintf("column %q cannot have its labels in both %q and %q", id.name(), before.name(), labels.name()), Err: ErrColumn}
		}
		if labels.why == ByUser && labels.part == Labels && labels.of != id.at {
			return &Error{Msg: fmt.Sprintf("column %q cannot hold the labels of both %q and %q", labels.name(), d.columns[labels.of].name(), id.name()), Err: ErrColumn}
		}
		of[id] = labels
		put(labels, Labels, ByUser)
		labels.of = id.at
		if id.part == Undecided || id.part == Dimension && id.why == ByFormat {
			put(id, Dimension, ByUser)
		}
	}
	if d.choice.Status != "" {
		if _, err := take([]string{d.choice.Status}, Status); err != nil {
			return err
		}
	}
	// What the file says of values and statuses counts no more beside what the user says.
	for _, c := range d.columns {
		if c.why == ByFormat && (c.part == Value && len(d.saidValues) > 0 || c.part == Status && d.choice.Status != "") {
			put(c, Undecided, Nobody)
			switch {
			case d.forms.HasHead:
				d.noPart(c)
			case d.o.Head != nil:
				put(c, LeftOut, ByUser)
			}
		}
	}
	return nil
}

// unfit finds columns whose type the cube has no room for, and that nobody left out.
func (d saidRules) unfit() error {
	var list []*column
	for _, c := range d.columns {
		switch {
		case c.Unfit == "" || c.part == LeftOut:
		case c.part != Undecided && c.why == ByUser:
			return &Error{Msg: fmt.Sprintf("column %q cannot be %s: it is of type %s", c.name(), article(c.part), c.Unfit), Err: ErrColumn}
		default:
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return nil
	}
	var texts []string
	for _, c := range list {
		texts = append(texts, fmt.Sprintf("%s of type %s", brief(c.name()), c.Unfit))
	}
	return d.proposed(undecided(list, Choice{Ignore: names(list)}, "a column holds neither values nor categories: %s", strings.Join(texts, ", ")))
}

// pairs takes every second column of the dimensions for the labels of the one before.
func (d saidRules) pairs() error {
	dims := d.set(d.saidDims).without(d.dimensions())
	if len(dims)%2 != 0 {
		return (&Error{Msg: fmt.Sprintf("there are %d columns besides value and status, which are no pairs of ids and labels", len(dims))}).at(d.headerPlace())
	}
	for i := 0; i < len(dims); i += 2 {
		put(dims[i+1], Labels, ByUser)
		dims[i+1].of = dims[i].at
	}
	return nil
}

// headingNames are the headers that are categories of the dimension of headings, where the
// options say which columns are none, and the head what its categories are called: they
// may be called as a dimension is.
func (d saidRules) headingNames() map[string]bool {
	if len(d.choice.By) != 1 || len(d.choice.Stub) == 0 || d.o.Head == nil {
		return nil
	}
	_, by, err := d.o.Head.FindDimension(d.choice.By[0])
	if err != nil {
		return nil // which is said later
	}
	names := map[string]bool{}
	for text := range spellings(knownTexts(by)) {
		names[text] = !slices.Contains(d.choice.Stub, text)
	}
	return names
}
