package about

import (
	"cmp"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A Unit is what the figures of a category are counted in.
type Unit struct {
	Category int // its place
	Text     string
	Decimals *int   // nil if not said
	Period   string // what point or stretch of time they refer to, or the base of an index
}

// Units are the units of the categories of a dimension, of those that have any.
func Units(d *jsonstat.Dimension) []Unit {
	ext := members(d.Extension())
	periods, bases := members(ext["refperiod"]), members(ext["basePeriod"])
	if !d.HasUnits() && periods == nil && bases == nil {
		return nil
	}
	var units []Unit
	for k := range d.Len() {
		u, id := d.CategoryUnit(k), d.CategoryID(k)
		unit := Unit{Category: k, Period: cmp.Or(said(periods, id), said(bases, id))}
		if u == nil && unit.Period == "" {
			continue
		}
		if u != nil {
			unit.Text, unit.Decimals = u.Text(), u.Decimals
			if u.Symbol != "" && u.Symbol != unit.Text {
				unit.Text = strings.TrimSpace(unit.Text + " (" + u.Symbol + ")")
			}
		}
		units = append(units, unit)
	}
	return units
}
