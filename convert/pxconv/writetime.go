package pxconv

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/period"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// timeValues adds TIMEVAL of a dimension of time, by its ids or else its labels.
func (h *headEntries) timeValues(i int, d *jsonstat.Dimension, sub []string) {
	if d.Role() != jsonstat.Time {
		return
	}
	for _, e := range h.x.kept["TIMEVAL"] {
		if len(e.sub) == 1 && e.sub[0] == sub[0] && h.x.timeFits(i, e.raw) {
			return // as it was
		}
	}
	ids, labels := make([]string, d.Len()), make([]string, d.Len())
	for k := range d.Len() {
		ids[k], labels[k] = d.CategoryID(k), d.CategoryLabel(k)
	}
	for _, list := range [][]string{ids, labels} {
		if scale, periods := scaleOf(list); scale != "" {
			h.list = append(h.list, outEntry{keyword: "TIMEVAL", sub: sub, raw: fmt.Sprintf("TLIST(%s),%s", scale, strings.Join(periods, ","))})
			return
		}
	}
	h.x.warn("time", "periods of "+sub[0]+" are none that the format has a scale for: its TIMEVAL has none")
	for k, id := range ids {
		ids[k] = `"` + cleanName(id) + `"`
	}
	h.list = append(h.list, outEntry{keyword: "TIMEVAL", sub: sub, raw: "TLIST(X1)," + strings.Join(ids, ",")})
}

// scaleOf is the scale of a list of periods of one frequency, and they as the format has
// them: 20241 for the first quarter.
func scaleOf(codes []string) (scale string, periods []string) {
	days, ok := period.FirstDays(codes)
	if !ok || len(days) == 0 {
		return "", nil
	}
	_, f, _ := period.ParseFirstDay(codes[0])
	letter := map[period.Frequency]string{
		period.Year: "A1", period.Half: "H1", period.Tertial: "T1", period.Quarter: "Q1", period.Month: "M1", period.Week: "W1", period.Day: "D1",
	}[f]
	if letter == "" {
		return "", nil
	}
	for _, day := range days {
		text := ""
		switch year, month := day.Year(), int(day.Month()); f {
		case period.Year:
			text = fmt.Sprintf("%04d", year)
		case period.Half:
			text = fmt.Sprintf("%04d%d", year, (month+5)/6)
		case period.Tertial:
			text = fmt.Sprintf("%04d%d", year, (month+3)/4)
		case period.Quarter:
			text = fmt.Sprintf("%04d%d", year, (month+2)/3)
		case period.Month:
			text = fmt.Sprintf("%04d%02d", year, month)
		case period.Week:
			y, w := day.ISOWeek()
			text = fmt.Sprintf("%04d%02d", y, w)
		default:
			text = day.Format("20060102")
		}
		periods = append(periods, `"`+text+`"`)
	}
	return letter, slices.Clip(periods)
}
