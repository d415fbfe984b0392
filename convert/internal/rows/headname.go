package rows

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/textform"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// What a column of a dimension is by its name, the surest first.
const (
	idName     = iota // it is called by the id of the dimension
	labelName         // by its label, or as labels are beside ids
	startName         // as first days of periods are beside ids
	folderName        // as folders of parts are
	nameKinds
)

// headName is a dimension that a name may be one of, and as what.
type headName struct {
	of   *jsonstat.Dimension // nil if it may be one of several
	what int
}

// NamesMember is the member of a head that says what columns are called where their names
// were made for engines: {"Kjonn": ["Kjønn", "id"]}, the dimension and what its cells say.
const NamesMember = "jsonstat.columns"

// PlainHead is a head without what it says of the names of columns, and that, if anything.
func PlainHead(ds *jsonstat.Dataset) (plain *jsonstat.Dataset, names map[string][]string, err error) {
	head := ds.Head()
	i := slices.IndexFunc(head.Members, func(m jsonstat.Member) bool { return m.Name == NamesMember })
	if i < 0 {
		return ds, nil, nil
	}
	_ = json.Unmarshal(head.Members[i].Value, &names) // what is no such object says nothing
	head.Members = slices.Delete(slices.Clone(head.Members), i, i+1)
	plain, err = jsonstat.New(head, nil)
	return plain, names, err
}

// headNames are what columns of the dimensions of a head are called: by our own writers,
// and by what engines make of that.
func headNames(head *jsonstat.Dataset, said map[string][]string) (exact, folded map[string]headName) {
	exact, folded = map[string]headName{}, map[string]headName{}
	add := func(to map[string]headName, name string, n headName) {
		if before, ok := to[name]; ok && before.of != n.of && before.what >= n.what {
			n.of = nil
		} else if ok && before.what < n.what {
			return
		}
		to[name] = n
	}
	for _, h := range head.Dimensions() {
		id, label := h.ID(), h.Label()
		lists := [nameKinds][]string{idName: {id, blanks(id), textform.Name(id)}}
		for _, l := range []string{label, blanks(label), textform.Name(label)} {
			lists[labelName] = append(lists[labelName], l, l+" label", l+"_label", l+" ["+id+"]")
		}
		lists[labelName] = append(lists[labelName], id+" label", id+"_label", textform.Name(label+" ["+id+"]"))
		for _, name := range []string{id, textform.Name(id), label, textform.Name(label)} {
			lists[startName] = append(lists[startName], name+"_start")
			lists[folderName] = append(lists[folderName], name+"_part")
		}
		for what, list := range lists {
			for _, name := range list {
				add(exact, name, headName{h, what})
				add(folded, strings.ToLower(name), headName{h, what})
			}
		}
	}
	whats := map[string]int{"id": idName, "date": startName}
	for name, list := range said { // what the head says itself
		if len(list) != 2 {
			continue
		}
		if h := head.Dimension(list[0]); h != nil {
			what, ok := whats[list[1]]
			if !ok {
				what = labelName
			}
			exact[name] = headName{h, what}
			folded[strings.ToLower(name)] = headName{h, what}
		}
	}
	return exact, folded
}
