package columnar

import (
	"time"

	"github.com/jsonstat-go/toolkit/internal/period"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ids are those of the categories of a dimension.
func ids(d *jsonstat.Dimension) []string {
	list := make([]string, d.Len())
	for i := range list {
		list[i] = d.CategoryID(i)
	}
	return list
}

// textsOf are the texts by which a column of such content calls the categories of a
// dimension, whether it is written or was read; nil where that is not known.
func textsOf(d *jsonstat.Dimension, content string) []string {
	texts := ids(d)
	switch content {
	case contentID:
		return texts
	case contentLabel, contentBoth:
		for i := range texts {
			label := d.CategoryLabel(i)
			if content == contentBoth {
				label = "[" + d.CategoryID(i) + "] " + label
			}
			texts[i] = label
		}
		return apart(d, texts)
	case contentDate:
		if days, ok := period.FirstDays(texts); ok {
			for i, day := range days {
				texts[i] = day.Format(time.DateOnly)
			}
			return texts
		}
	}
	return nil
}

// apart adds the id to texts of categories that have the same one, so that no text
// comes twice.
func apart(d *jsonstat.Dimension, texts []string) []string {
	often := make(map[string]int, len(texts))
	for _, text := range texts {
		often[text]++
	}
	if len(often) == len(texts) {
		return texts
	}
	taken := make(map[string]bool, len(texts))
	told := make([]string, len(texts))
	for i, text := range texts {
		if often[text] > 1 {
			text += " [" + d.CategoryID(i) + "]"
		}
		told[i] = unique(taken, text, d.CategoryID(i))
	}
	return told
}

// unique adds an id to a text until it is one that was not taken, and takes it.
func unique(taken map[string]bool, text, id string) string {
	for taken[text] {
		text += " [" + id + "]"
	}
	taken[text] = true
	return text
}
