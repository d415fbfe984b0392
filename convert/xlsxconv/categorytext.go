package xlsxconv

import (
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/period"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// serials are the first days of the periods of a dimension as a sheet counts them,
// nil if its ids are no periods or if the calendars of spreadsheets differ there.
func serials(d *jsonstat.Dimension) []int64 {
	codes := make([]string, d.Len())
	for i := range codes {
		codes[i] = d.CategoryID(i)
	}
	days, ok := period.FirstDays(codes)
	if !ok || len(days) == 0 {
		return nil
	}
	list := make([]int64, len(days))
	for i, day := range days {
		// Day 0 is 1899-12-30 for all days behind the 29th of February 1900, which
		// Excel believes in.
		const epoch, first, last = 25569, 61, 2958465
		list[i] = day.Unix()/86400 + epoch
		if list[i] < first || list[i] > last {
			return nil
		}
	}
	return list
}

// distinct tells whether the texts of all categories differ. Case does not count,
// since it does not in a filter, nor how lines end.
func distinct(d *jsonstat.Dimension, show layout.Show) bool {
	seen := make(map[string]bool, d.Len())
	for k := range d.Len() {
		text := strings.ToLower(lineEnds(cellText(d, show, k)))
		if seen[text] {
			return false
		}
		seen[text] = true
	}
	return true
}

// cellText is what a category is shown as. No cell is empty.
func cellText(d *jsonstat.Dimension, show layout.Show, k int) string {
	text := fit((&layout.Column{Show: show}).Say(d, k))
	if text == "" {
		return "[]"
	}
	return text
}

// headText is what a category of a pivoted dimension is shown as: with its unit, if
// it has one.
func headText(d *jsonstat.Dimension, show layout.Show, k int) string {
	text := cellText(d, show, k)
	if unit := d.CategoryUnit(k); unit != nil && show != layout.ID {
		if name := unit.Text(); name != "" && !strings.Contains(strings.ToLower(text), strings.ToLower(name)) {
			return fit(text + " (" + name + ")")
		}
	}
	return text
}
