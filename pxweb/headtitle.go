package pxweb

import (
	"bytes"
	"slices"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// retitler makes the title of the whole of those of its parts.
type retitler struct {
	metric      string // the variable that is the contents, "" if there is none
	metricSplit bool   // parts have different contents
	tableTitle  string // of the metadata
}

// titleOf is the token of the title that the whole has by what a part says.
func (r *retitler) titleOf(root *value) []byte {
	if title := r.retitled(root); title != nil {
		return title
	}
	if label := root.get("label"); label != nil {
		return label.raw
	}
	return nil
}

// retitled is the title of a part with one content as it is with several: it begins
// with what the table is about in the place of the content. It is a token, nil if
// that cannot be told.
func (r *retitler) retitled(root *value) []byte {
	labels := root.get("dimension").get(r.metric).get("category").get("label")
	if !r.metricSplit || labels == nil || len(labels.members) != 1 {
		return nil
	}
	// The tokens are put together as they are, escapes and all.
	about := bytes.TrimSuffix(root.get("extension").get("px").get("contents").inner(), []byte(","))
	content := labels.members[0].value.inner()
	after, ok := bytes.CutPrefix(root.get("label").inner(), content)
	if !ok || len(content) == 0 {
		return nil
	}
	if len(about) == 0 {
		about = r.aboutFromTitle(root, after)
	}
	if number, text, ok := bytes.Cut(about, []byte(": ")); ok && isNumber(string(number)) {
		about = text
	}
	if len(about) == 0 {
		return nil
	}
	return slices.Concat([]byte{'"'}, about, after, []byte{'"'})
}

// aboutFromTitle is what the table is about by its title in the metadata: what stands
// before the words that lead to the variables, which are those of the part's title.
func (r *retitler) aboutFromTitle(root *value, after []byte) []byte {
	ids := root.get("id")
	if ids == nil || len(ids.items) == 0 {
		return nil
	}
	first := root.get("dimension").get(ids.items[0].text()).get("label").inner()
	i := bytes.Index(after, first)
	if i <= 0 || len(first) == 0 {
		return nil
	}
	quoted := jsontoken.AppendString(nil, r.tableTitle)
	about, _, ok := bytes.Cut(quoted[1:len(quoted)-1], after[:i])
	if !ok {
		return nil
	}
	return about
}
