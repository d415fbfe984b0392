package pxconv

import "slices"

// headEntries are the entries of the head as they are gathered.
type headEntries struct {
	x    *outline
	list []outEntry
}

func (h *headEntries) add(keyword, lang string, sub []string, values ...item) {
	h.list = append(h.list, outEntry{keyword: keyword, lang: lang, sub: sub, values: values})
}

func (h *headEntries) text(keyword, text string) { h.add(keyword, "", nil, item{text, true}) }

func (h *headEntries) said(keyword, name string) {
	if raw := h.x.px[name]; raw != nil {
		h.text(keyword, h.x.text(name))
	}
}

func texts(list []string) []item {
	items := make([]item, len(list))
	for i, text := range list {
		items[i] = item{text, true}
	}
	return items
}

// has tells whether there is an entry of a keyword already: PxWeb stumbles over one that it
// does not know and that stands twice.
func (h *headEntries) has(keyword string) bool {
	return slices.ContainsFunc(h.list, func(e outEntry) bool { return e.keyword == keyword })
}
