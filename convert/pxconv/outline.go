package pxconv

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/pxext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// outline is a dataset as a PX file has it: its variables with their names and places.
type outline struct {
	ds       *jsonstat.Dataset
	o        WriteOptions
	px       map[string]json.RawMessage // extension.px
	dims     []*jsonstat.Dimension      // STUB, then HEADING
	places   []int                      // of them in the dataset
	stub     int                        // how many are in STUB
	names    []string
	content  int  // place of the content variable in dims, -1 if there is none
	made     bool // the dimension of contents is one that PxWebApi 2 makes: it is no variable
	contents *jsonstat.Dimension
	lang     string
	kept     map[string][]outEntry // extension.px.keywords
	order    []string              // of them
	said     map[string]bool       // warnings
}

// warn warns of each kind once.
func (x *outline) warn(kind, message string) {
	if !x.said[kind] && x.o.Warn != nil {
		x.o.Warn(message)
	}
	x.said[kind] = true
}

// newOutline lays a dataset out.
func newOutline(ds *jsonstat.Dataset, o *WriteOptions) (*outline, error) {
	x := &outline{ds: ds, content: -1, said: map[string]bool{}, kept: map[string][]outEntry{}}
	if o != nil {
		x.o = *o
	}
	var extension map[string]json.RawMessage
	if raw := ds.Extension(); raw != nil && json.Unmarshal(raw, &extension) == nil {
		_ = json.Unmarshal(extension["px"], &x.px) // what is no object says nothing
	}
	x.lang = strings.ToLower(x.o.Language)
	if x.lang == "" {
		x.lang = strings.ToLower(x.text("language"))
	}
	for _, d := range ds.Dimensions() {
		if d.Len() == 0 {
			return nil, &Error{Keyword: "VALUES", Msg: fmt.Sprintf("the dimension %q has no category", d.ID()), Err: ErrNotPX}
		}
	}
	if err := x.place(); err != nil {
		return nil, err
	}
	x.name()
	x.keepKeywords()
	if len(x.kept["KEYS"]) > 0 {
		x.o.Keys = true // as the file had them
	}
	return x, nil
}

// text is a text of extension.px.
func (x *outline) text(name string) string {
	var text string
	_ = json.Unmarshal(x.px[name], &text)
	return text
}

// list is a list of texts of it.
func (x *outline) list(name string) []string {
	var list []string
	_ = json.Unmarshal(x.px[name], &list)
	return list
}

// place finds out which dimensions are variables, and on which side each stands.
func (x *outline) place() error {
	left := map[string]int{}
	for i, d := range x.ds.Dimensions() {
		if !x.made && isMade(d) {
			x.made, x.contents = true, d
			continue
		}
		left[d.ID()] = i
	}
	if len(left) == 0 {
		return &Error{Keyword: "STUB", Msg: "there is no dimension that could be a variable", Err: ErrNotPX}
	}
	stub, heading, err := x.sides(left)
	if err != nil {
		return err
	}
	for _, id := range append(slices.Clone(stub), heading...) {
		i := left[id]
		x.places, x.dims = append(x.places, i), append(x.dims, x.ds.Dimensions()[i])
	}
	x.stub = len(stub)
	for k, d := range x.dims {
		if d.Role() == jsonstat.Metric && x.content < 0 {
			x.content, x.contents = k, d
		}
	}
	return nil
}

// isMade tells whether a dimension is one of those that PxWebApi 2, or PxWeb's serializer
// alone, makes for a file without CONTVARIABLE.
func isMade(d *jsonstat.Dimension) bool {
	if d.Role() != jsonstat.Metric || d.Len() != 1 {
		return false
	}
	id, category := d.ID(), d.CategoryID(0)
	return id == contentsID && category == contentID || id == "ContentsCode" && category == "EliminatedValue"
}

// sides are the ids of the dimensions of STUB and HEADING; all that are left in the dataset
// have a place.
func (x *outline) sides(left map[string]int) (stub, heading []string, err error) {
	take := func(list []string, strict bool) ([]string, error) {
		var taken []string
		for _, id := range list {
			if _, ok := left[id]; !ok {
				if strict && (!x.made || id != x.contents.ID()) {
					_, _, err := x.ds.FindDimension(id)
					if err == nil {
						err = &Error{Keyword: "STUB", Msg: fmt.Sprintf("the dimension %q is to have two places", id), Err: ErrNotPX}
					}
					return nil, err
				}
				continue
			}
			taken = append(taken, id)
			delete(left, id)
		}
		return taken, nil
	}
	rest := func() (list []string) {
		for _, d := range x.ds.Dimensions() {
			if _, ok := left[d.ID()]; ok {
				list = append(list, d.ID())
				delete(left, d.ID())
			}
		}
		return list
	}
	all := map[string]int{}
	for id, i := range left {
		all[id] = i
	}
	defer func() {
		for id, i := range all {
			left[id] = i
		}
	}()
	if len(x.o.Stub)+len(x.o.Heading) > 0 {
		if stub, err = take(x.o.Stub, true); err != nil {
			return nil, nil, err
		}
		if heading, err = take(x.o.Heading, true); err != nil {
			return nil, nil, err
		}
		if len(x.o.Heading) == 0 {
			return stub, rest(), nil
		}
		return append(stub, rest()...), heading, nil
	}
	heading, _ = take(x.list("heading"), false)
	stub, _ = take(x.list("stub"), false)
	if len(heading)+len(stub) == 0 {
		for _, d := range x.ds.Dimensions() {
			if r := d.Role(); r == jsonstat.Metric || r == jsonstat.Time {
				more, _ := take([]string{d.ID()}, false)
				heading = append(heading, more...)
			}
		}
	}
	return append(stub, rest()...), heading, nil
}

// name gives the variables names: their labels, which must differ.
func (x *outline) name() {
	x.names = namesOf(x.dims, func(id string) string { return "" })
}

// namesOf are the names of variables in a language: the labels that other gives, else their
// own. Where two are alike the id stands behind.
func namesOf(dims []*jsonstat.Dimension, other func(id string) string) []string {
	names := make([]string, len(dims))
	count := map[string]int{}
	for i, d := range dims {
		names[i] = other(d.ID())
		if names[i] == "" {
			names[i] = d.Label()
		}
		if d.ID() == sortName && names[i] == sortLabel {
			names[i] = sortName
		}
		if strings.TrimSpace(names[i]) == "" {
			names[i] = d.ID()
		}
		count[cleanName(names[i])]++
	}
	for i, d := range dims {
		if count[cleanName(names[i])] > 1 {
			names[i] += " [" + d.ID() + "]"
		}
	}
	return names
}

// cleanName is a name as it will be written.
func cleanName(name string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(name, `"`, "'")), " ")
}

// keepKeywords reads extension.px.keywords.
func (x *outline) keepKeywords() {
	x.order, x.kept = keywordsOf(x.px[pxext.Keywords], "")
}

// keywordsOf reads keywords as they were kept.
func keywordsOf(raw json.RawMessage, lang string) (order []string, kept map[string][]outEntry) {
	kept = map[string][]outEntry{}
	if len(raw) == 0 || raw[0] != '{' {
		return nil, kept
	}
	jsontoken.Split(raw, func(name, value []byte) {
		keyword := string(jsontoken.Unquote(nil, name))
		entries := entriesOf(keyword, lang, value)
		if len(entries) > 0 && kept[keyword] == nil {
			order = append(order, keyword)
		}
		kept[keyword] = append(kept[keyword], entries...)
	})
	return order, kept
}

// entriesOf are the entries of a keyword that was kept.
func entriesOf(keyword, lang string, value json.RawMessage) []outEntry {
	var several []struct {
		Language string
		Of       []string
		Value    json.RawMessage
	}
	if len(value) > 1 && value[0] == '[' && strings.HasPrefix(strings.TrimSpace(string(value[1:])), "{") && json.Unmarshal(value, &several) == nil {
		var list []outEntry
		for _, s := range several {
			e := outEntry{keyword: keyword, lang: lang, sub: s.Of}
			if s.Language != "" {
				e.lang = s.Language
			}
			if e.setValue(s.Value) {
				list = append(list, e)
			}
		}
		return list
	}
	e := outEntry{keyword: keyword, lang: lang}
	if !e.setValue(value) {
		return nil
	}
	return []outEntry{e}
}

// setValue sets the values of an entry that was kept.
func (e *outEntry) setValue(value json.RawMessage) bool {
	var v any
	d := json.NewDecoder(strings.NewReader(string(value)))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return false
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, v := range list {
		switch v := v.(type) {
		case string:
			if e.keyword == "TIMEVAL" || e.keyword == "HIERARCHIES" {
				e.raw = v
				continue
			}
			e.values = append(e.values, item{v, true})
		case json.Number:
			e.values = append(e.values, item{v.String(), false})
		case bool:
			text := "NO"
			if v {
				text = "YES"
			}
			e.values = append(e.values, item{text, false})
		default:
			return false
		}
	}
	return true
}

// mandatoryIn reads which notes must be shown from a member of an extension.
func mandatoryIn(extension json.RawMessage, name string) map[int]bool {
	var x map[string]json.RawMessage
	if extension == nil || json.Unmarshal(extension, &x) != nil {
		return nil
	}
	return numbersIn(x[name])
}

func numbersIn(raw json.RawMessage) map[int]bool {
	var said map[string]bool
	if raw == nil || json.Unmarshal(raw, &said) != nil {
		return nil
	}
	list := map[int]bool{}
	for text, yes := range said {
		if n, err := strconv.Atoi(text); err == nil && yes {
			list[n] = true
		}
	}
	return list
}

// cellName says which cell a position is.
func cellName(ds *jsonstat.Dataset, pos int64) string {
	dims := ds.Dimensions()
	names := make([]string, len(dims))
	for i, d := range slices.Backward(dims) {
		names[i] = d.ID() + "=" + d.CategoryID(int(pos%int64(d.Len())))
		pos /= int64(d.Len())
	}
	return strings.Join(names, ",")
}

// keptText is the text of a keyword of the table that was kept.
func (x *outline) keptText(keyword string) (string, bool) {
	if list := x.kept[keyword]; len(list) == 1 && list[0].sub == nil && len(list[0].values) == 1 {
		return list[0].values[0].text, true
	}
	return "", false
}

// contentsText is what the figures are.
func (x *outline) contentsText() string {
	label := ""
	if x.contents != nil && x.contents.Len() == 1 {
		label = x.contents.CategoryLabel(0)
	}
	return cmp.Or(x.o.Contents, x.text("contents"), label, x.ds.Label(), "Contents")
}

// unitText is the text of a unit.
func unitText(u *jsonstat.Unit) string {
	if u == nil {
		return ""
	}
	for _, m := range u.Members {
		if m.Name == "base" {
			var text string
			if json.Unmarshal(m.Value, &text) == nil {
				return text
			}
		}
	}
	return u.Text()
}

// value is the text of a value: the label, or the id where that is empty.
func (x *outline) value(i, k int) string {
	d := x.dims[i]
	if label := d.CategoryLabel(k); strings.TrimSpace(label) != "" {
		return label
	}
	x.warn("labels", "a category with an empty label has its id for a text")
	return d.CategoryID(k)
}

// keptOf tells whether a keyword of a variable was kept.
func (x *outline) keptOf(keyword, name string) bool {
	return slices.ContainsFunc(x.kept[keyword], func(e outEntry) bool { return len(e.sub) > 0 && e.sub[0] == name })
}

func hasBase(u *jsonstat.Unit) bool {
	return slices.ContainsFunc(u.Members, func(m jsonstat.Member) bool { return m.Name == "base" })
}

// wholeContact tells whether a contact has all the parts that PxWeb looks for where two
// upright strokes end each.
func wholeContact(text string) bool {
	if !strings.Contains(text, "||") {
		return true
	}
	for part := range strings.SplitSeq(text, "||") {
		if part = strings.TrimSpace(part); part != "" && strings.Count(part, "#") < 7 {
			return false
		}
	}
	return true
}
