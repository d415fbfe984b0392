package columnar

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// describe says what a file knows of the columns of its table: by the keys of
// jsonstat-io and our own, and by the index that pandas notes. A head that it carries
// becomes that of the options, unless they say themselves what dimensions there are.
func describe(fields []Field, table map[string]string, o *rows.Options) ([]Reading, rows.Format, error) {
	d := &describer{fields: fields, table: table, o: o, list: make([]Reading, len(fields))}
	index := pandasIndex(table[keyPandas])
	for i, f := range fields {
		c := &d.list[i]
		c.Name = f.Name
		// Where texts are values they are not: there may be as many as rows.
		c.Codes = f.Kind == FieldOther || f.Kind == FieldText && f.Keys[KeyMeasure] != "true" && !slices.Contains(o.Values, f.Name)
		c.Time = f.Kind == FieldPeriod
		c.Typed = f.Kind == FieldBool
		if f.Kind == FieldNested {
			c.Unfit = f.Type
		}
		c.Skip = f.Kind == FieldNested || slices.Contains(o.Ignore, f.Name)
		if unnamed, ok := index[f.Name]; ok && f.Kind != FieldNested {
			c.Role = rows.Dimension // what names the rows of a data frame
			if unnamed && f.Kind == FieldNumber && len(index) == 1 {
				c.Role, c.Index = rows.Undecided, true // or counts them
			}
		}
	}
	d.measure()
	d.words()
	used, err := d.byHead()
	if err != nil {
		return nil, rows.Format{}, err
	}
	format := rows.Format{HasHead: used, ValueForm: parseForm(table[KeyValueForm]), StatusForm: parseForm(table[KeyStatusForm])}
	if used {
		if format.ValueForm == jsonstat.AsRead && format.StatusForm == jsonstat.AsRead {
			format.ValueForm = jsonstat.Dense
		}
		return d.list, format, nil
	}
	d.byKeys()
	format.About = d.about()
	return d.list, format, nil
}

// describer finds out what a file says.
type describer struct {
	fields []Field
	table  map[string]string
	o      *rows.Options
	list   []Reading
}

// measure finds the columns that the file says to be of values and statuses.
func (d *describer) measure() {
	value, status := false, false
	for i, f := range d.fields {
		c := &d.list[i]
		switch {
		case f.Kind == FieldNested:
		case f.Keys[KeyMeasure] == "true" && !value:
			value = true
			c.Role = rows.Value
			if c.Values = f.Keys[KeyValues]; c.Values == "" && f.Kind == FieldText {
				c.Values = kindText
			}
			c.Typed = c.Typed || f.Kind == FieldText
			if c.Values == kindNumber {
				c.Typed = false
			}
		case f.Keys[KeyStatus] == "true" && !status:
			status = true
			c.Role, c.Typed = rows.Status, true
		}
	}
}

// words finds the column of the values that are no numbers, beside that of those which
// are: by its key, or by its name where that was lost.
func (d *describer) words() {
	for at, f := range d.fields {
		named := strings.HasSuffix(f.Name, strings.TrimPrefix(valueText, "value"))
		if f.Kind != FieldText || f.Keys[KeyValueText] != "true" && !named || slices.Contains(d.o.Values, f.Name) {
			continue
		}
		for i, v := range d.fields {
			ofKey := f.Keys[KeyValueText] == "true" && v.Keys[KeyMeasure] == "true"
			ofName := named && f.Name == v.Name+strings.TrimPrefix(valueText, "value") && (v.Name == "value" || d.list[i].Role == rows.Value || slices.Contains(d.o.Values, v.Name))
			if v.Kind != FieldNumber || d.list[i].Words > 0 || !ofKey && !ofName {
				continue
			}
			d.list[i].Words, d.list[i].Typed = at+1, true
			c := &d.list[at]
			c.Role, c.Codes, c.Values = rows.LeftOut, false, cmp.Or(f.Keys[KeyValues], kindText)
			break
		}
	}
}

// own tells whether the options themselves say what dimensions there are, or what the
// head of the cube is.
func (d *describer) own() bool {
	o := d.o
	return o.Head != nil || len(o.Dimensions)+len(o.Labels)+len(o.By)+len(o.Stub)+len(o.Plan) > 0
}

// byHead takes the head that the file carries, if every dimension has its column.
// Those of one category need none.
func (d *describer) byHead() (used bool, err error) {
	text, ok := d.table[KeyHead]
	if !ok {
		return false, nil
	}
	if d.own() {
		d.o.Warnf("the head that the file carries is not used: the options say what the cube is")
		return false, nil
	}
	plain, safe := cutNames([]byte(text))
	head, err := ParseHead(plain)
	if err != nil {
		return false, err
	}
	named(d.fields, safe)
	taken, names := map[int]bool{}, make([]string, len(d.fields))
	for i, f := range d.fields {
		taken[i] = d.list[i].Role == rows.Value || d.list[i].Role == rows.Status || f.Kind == FieldNested
		names[i] = f.Name
	}
	for _, i := range rows.Named(names, slices.Concat(d.o.Values, []string{d.o.Status}, d.o.Ignore)) {
		taken[i] = true
	}
	free := newFreeColumns(d.fields)
	columns := map[int]*jsonstat.Dimension{}
	for _, h := range head.Dimensions() {
		i := free.of(h, taken)
		if i < 0 {
			for name, id := range Partition(d.table) {
				if id == h.ID() && h.Len() != 1 {
					return false, &rows.Error{Msg: fmt.Sprintf("the file is a part of a folder, whose name %q says the category of %q, and was given without it", name+"=...", id)}
				}
			}
			if h.Len() != 1 {
				d.o.Warnf("dimension \"%s\" of the head has no column any more: the head is not used", h.ID())
				return false, nil
			}
			continue
		}
		taken[i], columns[i] = true, h
	}
	for i, f := range d.fields {
		if len(f.Names) > 1 && columns[i] == nil && !taken[i] && head.Dimension(f.Keys[KeyDimension]) == nil {
			d.o.Warnf("folders are called %q, which is no dimension of the head that the files carry: the head is not used", f.Name+"=...")
			return false, nil
		}
	}
	for i, f := range d.fields {
		c := &d.list[i]
		if h := columns[i]; h != nil {
			c.Role, c.Dimension, c.Known = rows.Dimension, h.ID(), textsOf(h, contentOf(h, &f))
		} else if !taken[i] && head.Dimension(f.Keys[KeyDimension]) != nil { // a second column of one
			c.Role, c.Skip = rows.LeftOut, true
		}
	}
	d.o.Carried()
	d.o.Head = head
	return true, nil
}

// byKeys takes what the keys of columns say where no head does. Of several columns of
// one dimension the first that has no labels is it.
func (d *describer) byKeys() {
	best := map[string]int{}
	for i, f := range d.fields {
		c := &d.list[i]
		if c.Role != rows.Undecided && c.Role != rows.Dimension || c.Unfit != "" {
			continue
		}
		id := f.Keys[KeyDimension]
		c.Order, c.Label = stringList(f.Keys[KeyOrder]), f.Keys[KeyLabel]
		if id == "" {
			for _, key := range []string{KeyRole, KeyLabel, KeyOrder, KeyLabels, KeyUnits, KeyCoords, KeyChildren} {
				if f.Keys[key] != "" {
					c.Role = rows.Dimension
				}
			}
			continue
		}
		c.Role, c.Dimension = rows.Dimension, id
		if k, ok := best[id]; !ok || d.fields[k].Keys[KeyContent] == contentLabel && f.Keys[KeyContent] != contentLabel {
			best[id] = i
		}
	}
	for i := range d.list {
		c := &d.list[i]
		k, ok := best[c.Dimension]
		if !ok || k == i || c.Role != rows.Dimension {
			continue
		}
		c.Role, c.Dimension, c.Order, c.Label = rows.LeftOut, "", nil, ""
		if d.fields[i].Keys[KeyContent] == contentLabel {
			c.Role, c.Of = rows.Labels, d.list[k].Name
		}
	}
}

// about is what the keys say of the cube, in the form of a description. Keys that are
// not what they should be say nothing.
func (d *describer) about() json.RawMessage {
	about := map[string]any{}
	for _, m := range [][2]string{{"label", KeyLabel}, {"source", KeySource}, {"updated", KeyUpdated}} {
		if text := d.table[m[1]]; text != "" {
			about[m[0]] = text
		}
	}
	if text := d.table[KeyExtension]; isObject(text) {
		about["extension"] = json.RawMessage(text)
	}
	dims := map[string]any{}
	for i, c := range d.list {
		if c.Role != rows.Dimension {
			continue
		}
		id := cmp.Or(c.Dimension, c.Name)
		keys := d.fields[i].Keys
		dim, category := map[string]any{}, map[string]any{}
		if label := keys[KeyLabel]; label != "" {
			dim["label"] = label
		}
		for _, m := range [][2]string{{"label", KeyLabels}, {"unit", KeyUnits}, {"coordinates", KeyCoords}, {"child", KeyChildren}} {
			if text := keys[m[1]]; isObject(text) {
				category[m[0]] = json.RawMessage(text)
			}
		}
		if len(category) > 0 {
			dim["category"] = category
		}
		if len(dim) > 0 {
			dims[id] = dim
		}
	}
	if len(dims) > 0 {
		about["dimension"] = dims
	}
	if roles := d.roles(); len(roles) > 0 {
		about["role"] = roles
	}
	if len(about) == 0 {
		return nil
	}
	text, err := json.Marshal(about)
	if err != nil {
		return nil // of texts and of what was JSON
	}
	return text
}

// roles are the ids of dimensions by role: what a column says of itself, else what the
// table does, which gives the order of them too.
func (d *describer) roles() map[string][]string {
	var byTable map[string][]string
	_ = json.Unmarshal([]byte(d.table[KeyRoles]), &byTable) // what is no such object gives no roles
	inTable := map[string]string{}
	for role, list := range byTable {
		for _, id := range list {
			inTable[id] = role
		}
	}
	roles := map[string][]string{}
	for i, c := range d.list {
		if c.Role == rows.LeftOut || c.Role == rows.Value || c.Role == rows.Status || c.Role == rows.Labels {
			continue
		}
		id := cmp.Or(c.Dimension, c.Name)
		role := cmp.Or(d.fields[i].Keys[KeyRole], inTable[id])
		switch jsonstat.Role(role) {
		case jsonstat.Time, jsonstat.Geo, jsonstat.Metric:
			roles[role] = append(roles[role], id)
		}
	}
	for role, list := range roles {
		slices.SortStableFunc(list, func(a, b string) int { return placeOf(a, byTable[role]) - placeOf(b, byTable[role]) })
	}
	return roles
}

// placeOf is the place of an id in a list, behind it if it is not in there.
func placeOf(id string, list []string) int {
	if i := slices.Index(list, id); i >= 0 {
		return i
	}
	return len(list)
}

// stringList is a JSON array of strings, nil if a text is none.
func stringList(text string) (list []string) {
	if json.Unmarshal([]byte(text), &list) != nil {
		return nil
	}
	return list
}

// keyPandas is what pandas notes of a data frame.
const keyPandas = "pandas"

// pandasIndex are the columns that are the index of a data frame, and whether they have
// no name.
func pandasIndex(text string) map[string]bool {
	var note struct {
		Index   []json.RawMessage `json:"index_columns"`
		Columns []struct {
			Name  *string `json:"name"`
			Field string  `json:"field_name"`
		} `json:"columns"`
	}
	if text == "" || json.Unmarshal([]byte(text), &note) != nil {
		return nil
	}
	index := map[string]bool{}
	for _, raw := range note.Index {
		var name string
		if json.Unmarshal(raw, &name) != nil {
			continue // a range, which has no column
		}
		index[name] = strings.HasPrefix(name, "__index_level_")
		for _, c := range note.Columns {
			if c.Field == name || c.Field == "" && c.Name != nil && *c.Name == name {
				index[name] = c.Name == nil || strings.HasPrefix(*c.Name, "__index_level_")
			}
		}
	}
	return index
}
