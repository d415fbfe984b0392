package dice

import (
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// isTime tells whether a dimension is time: by its role, or where the document
// names no time dimension, if all its ids are periods of one frequency.
func isTime(ds *jsonstat.Dataset, d *jsonstat.Dimension) bool {
	if d.Role() == jsonstat.Time {
		return true
	}
	if d.Role() != jsonstat.Classification || len(ds.Role(jsonstat.Time)) > 0 || d.Len() == 0 {
		return false
	}
	frequency := ""
	for i := range d.Len() {
		f := frequencyOf(d.CategoryID(i))
		if f == "" || (i > 0 && f != frequency) {
			return false
		}
		frequency = f
	}
	return true
}

// periods are the codes of periods: a year, perhaps with a letter and a number
// (half, tertial, quarter, month or week, in English or Norwegian), a month, a
// day, or two years.
var periods = lazyRegexp(`^(1[6-9]|20|21)[0-9]{2}(()|[HhKkQqTt][1-4]|[Mm](0[1-9]|1[0-2])|[UuVvWw][0-5][0-9]|-[HhKkQqTt][1-4]|-[UuVvWw][0-5][0-9]|-?(0[1-9]|1[0-2])|-?(0[1-9]|1[0-2])-?[0-3][0-9]|[-/](1[6-9]|20|21)[0-9]{2})$`)

// frequencyOf is the form of a period with 9 for every digit, "" if the code is none:
// 2024M01 gives 9999M99, so that all months of a dimension give the same form.
func frequencyOf(code string) string {
	if !periods().MatchString(code) {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '9'
		}
		return r
	}, code)
}

// descends tells whether the periods go back in time.
func descends(d *jsonstat.Dimension) bool {
	n := d.Len()
	return n > 1 && d.CategoryID(0) > d.CategoryID(n-1) && frequencyOf(d.CategoryID(0)) != ""
}
