package rows

import (
	"bytes"
	"slices"
)

// A time as formats give it: the day, and perhaps the time of day with a zone.
var timeForm = pattern(`^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d(?:\.\d+)?))?(Z|[+-]\d\d:\d\d)?)?$`)

// How precise a time is.
const (
	toDay = iota
	toMinute
	toSecond
)

// precise gives the times of a column the precision that they have together: days if
// all of them are at midnight, minutes if none has seconds. Two texts stay two.
func precise(c *column) {
	most := toDay
	same := true
	for i := range c.dict.len() {
		text, kind := c.dict.cell(i)
		if kind == Null || len(text) == 0 {
			continue
		}
		m := timeForm().FindSubmatch(text)
		if m == nil {
			return // periods, or years that have no four digits
		}
		switch {
		case len(bytes.Trim(m[3], "0.")) > 0:
			most = toSecond
		case len(bytes.Trim(m[2], "0:")) > 0:
			most = max(most, toMinute)
		}
		same = same && len(m[2]) == 0
	}
	if same {
		return
	}
	var dict dictionary
	for i := range c.dict.len() {
		key := c.dict.at(i)
		if text, kind := ofKey(key); kind != Null && len(text) > 0 {
			key = atPrecision(timeForm().FindSubmatch(text), most)
		}
		if int(dict.add(key)) != i {
			return // an hour that comes twice when clocks are put back
		}
	}
	c.dict = dict
	if c.firstText != "" {
		text, _ := ofKey(dict.at(slices.Index(c.looks, textual)))
		c.firstText = string(text)
	}
}

// atPrecision is a time as its form found it, with more or less of it.
func atPrecision(m [][]byte, precision int) []byte {
	text := bytes.Clone(m[1])
	if precision == toDay {
		return text
	}
	clock, seconds := m[2], m[3]
	if len(clock) == 0 {
		clock = []byte("00:00")
	}
	text = append(append(text, 'T'), clock...)
	if precision == toSecond {
		if len(seconds) == 0 {
			seconds = []byte("00")
		}
		text = append(append(text, ':'), seconds...)
	}
	return append(text, m[4]...)
}
