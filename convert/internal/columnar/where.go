package columnar

import (
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Where names the categories of a cell: "Region=0301, Tid=2024".
func Where(ds *jsonstat.Dataset, pos int64) string {
	var words []string
	for i, k := range ds.Shape().Coords(pos, nil) {
		d := ds.Dimensions()[i]
		words = append(words, brief(d.ID())+"="+brief(d.CategoryID(k)))
	}
	if len(words) == 0 {
		return "of a table without dimensions"
	}
	return strings.Join(words, ", ")
}

// brief shortens a text for a message.
func brief(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
