package pxconv

import (
	"encoding/json"
	"slices"
)

// contents adds what is said of the contents.
func (h *headEntries) contents() {
	x := h.x
	d := x.contents
	if d == nil {
		return
	}
	of := func(k int) []string {
		if x.made {
			return nil
		}
		return []string{x.value(x.content, k)}
	}
	var said struct {
		RefPeriod, BasePeriod, MeasuringType, PriceType, Adjustment map[string]string
	}
	if d.Extension() != nil {
		_ = json.Unmarshal(d.Extension(), &said)
	}
	for k := range d.Len() {
		id := d.CategoryID(k)
		if unit := d.CategoryUnit(k); unit != nil && !x.made {
			if text := unitText(unit); text != "" || hasBase(unit) {
				h.add("UNITS", "", of(k), item{text, true})
			}
			if unit.Decimals != nil && *unit.Decimals > h.shown() {
				h.add("PRECISION", "", []string{x.names[x.content], x.value(x.content, k)}, item{itoa(*unit.Decimals), false})
			}
		}
		for _, s := range []struct{ keyword, text string }{
			{"REFPERIOD", said.RefPeriod[id]}, {"BASEPERIOD", said.BasePeriod[id]},
			{"STOCKFA", map[string]string{"Stock": "S", "Flow": "F", "Average": "A"}[said.MeasuringType[id]]},
			{"CFPRICES", map[string]string{"Current": "C", "Fixed": "F"}[said.PriceType[id]]},
		} {
			if s.text != "" {
				h.add(s.keyword, "", of(k), item{s.text, true})
			}
		}
		switch said.Adjustment[id] {
		case "WorkAndSes":
			h.add("DAYADJ", "", of(k), item{"YES", false})
			h.add("SEASADJ", "", of(k), item{"YES", false})
		case "WorkOnly":
			h.add("DAYADJ", "", of(k), item{"YES", false})
		case "SesOnly":
			h.add("SEASADJ", "", of(k), item{"YES", false})
		}
		if contact := contactOfDataset(x.ds); k == 0 && contact != "" && !slices.ContainsFunc(x.kept["CONTACT"], func(e outEntry) bool { return x.fits(&e) }) {
			h.add("CONTACT", "", of(k), item{contact, true})
		}
	}
}

// shown is how many decimals are shown.
func (h *headEntries) shown() int {
	for i := range h.list {
		if h.list[i].keyword == "SHOWDECIMALS" || h.list[i].keyword == "DECIMALS" && !slices.ContainsFunc(h.list, func(e outEntry) bool { return e.keyword == "SHOWDECIMALS" }) {
			n := 0
			for _, c := range h.list[i].values[0].text {
				n = n*10 + int(c-'0')
			}
			return n
		}
	}
	return 0
}
