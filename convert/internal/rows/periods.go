package rows

import (
	"fmt"
	"time"

	"github.com/jsonstat-go/toolkit/internal/period"
)

// toPeriods makes periods of the columns whose cells are all first days of some of that
// frequency. It is an error if there is no such column.
func toPeriods(columns []*column, name string) error {
	f := map[string]period.Frequency{"year": period.Year, "half": period.Half, "quarter": period.Quarter, "month": period.Month, "week": period.Week}[name]
	if f == period.None {
		return &Error{Msg: fmt.Sprintf("there are no periods called %q: they are year, half, quarter, month, week", name), Err: ErrColumn}
	}
	found, other := false, ""
	for _, c := range columns {
		dict, day := periodsOf(c, f)
		if dict == nil {
			if other == "" {
				other = day
			}
			continue
		}
		c.dict, c.Time, c.time, c.periods, c.finer = *dict, true, true, true, f != period.Year
		c.firstText = ""
		found = true
	}
	if !found {
		e := &Error{Msg: fmt.Sprintf("no column holds first days of a %s alone", name), Err: ErrColumn}
		if other != "" {
			e.Msg += fmt.Sprintf(": %s is none", other)
		}
		return e
	}
	return nil
}

// periodsOf is the dictionary of a column with the codes of periods for first days; nil
// if some text is none, of which the first that is a day is told.
func periodsOf(c *column, f period.Frequency) (dict *dictionary, day string) {
	if c.raw || c.dict.len() == 0 {
		return nil, ""
	}
	codes := &dictionary{}
	any := false
	for i := range c.dict.len() {
		key := c.dict.at(i)
		text, kind := ofKey(key)
		if kind != Null && len(text) > 0 {
			d, err := time.Parse(time.DateOnly, string(text))
			if err != nil {
				return nil, ""
			}
			code, ok := period.Code(d, f)
			if !ok {
				return nil, string(text)
			}
			key, any = []byte(code), true
		}
		codes.add(key)
	}
	if !any || codes.len() != c.dict.len() {
		return nil, ""
	}
	return codes, ""
}
