package columnar

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/convert/internal/rows"
)

// The keys under which an Arrow schema names the type of a column that is none of its
// own, and what is more to say of it.
const (
	keyExtension     = "ARROW:extension:name"
	keyExtensionMore = "ARROW:extension:metadata"
)

// frequency is how long the periods of a column of pandas are, as it writes it: A, Y,
// Q-DEC, M, W-SUN, D, h and so on. It is "" for a column that has none.
func frequency(keys map[string]string) string {
	switch keys[keyExtension] {
	case "pandas.period", "arrow.period":
	default:
		return ""
	}
	var more struct {
		Freq string `json:"freq"`
	}
	_ = json.Unmarshal([]byte(keys[keyExtensionMore]), &more) // what is none is no frequency that is known
	if more.Freq == "" {
		return "?"
	}
	return more.Freq
}

// Periods appends periods of one frequency to batches.
type Periods struct {
	unit  byte // Y, Q, M, w for weeks from Monday, W for others, D, or t for times
	shift int64
	step  time.Duration
}

// weekdays are the last days of weeks, as frequencies name them.
var weekdays = []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}

// newPeriods reads a frequency. ok is false for one that is not known.
func newPeriods(freq string) (p Periods, ok bool) {
	base, anchor, _ := strings.Cut(freq, "-")
	switch base {
	case "A", "Y", "YE":
		return Periods{unit: 'Y'}, true
	case "Q", "QE":
		return Periods{unit: 'Q'}, true
	case "M", "ME":
		return Periods{unit: 'M'}, true
	case "D":
		return Periods{unit: 'D'}, true
	case "W":
		for i, day := range weekdays {
			if anchor == day || anchor == "" && i == 0 {
				p := Periods{unit: 'W', shift: int64(i)}
				if i == 0 {
					p.unit = 'w'
				}
				return p, true
			}
		}
		return Periods{}, false
	}
	steps := map[string]time.Duration{
		"H": time.Hour, "h": time.Hour, "T": time.Minute, "min": time.Minute, "S": time.Second, "s": time.Second,
		"L": time.Millisecond, "ms": time.Millisecond, "U": time.Microsecond, "us": time.Microsecond, "N": time.Nanosecond, "ns": time.Nanosecond,
	}
	step, ok := steps[base]
	return Periods{unit: 't', step: step}, ok && anchor == ""
}

// Add appends a period by its number: pandas counts them from the one with 1970-01-01.
func (p Periods) Add(b *rows.Batch, column int, n int64) {
	from := len(b.Text)
	const most = 1 << 36 // more than any calendar has
	if p.unit != 't' && (n > most || n < -most) {
		b.Text = strconv.AppendInt(b.Text, n, 10)
		b.Cell(column, from, rows.Text)
		return
	}
	b.Text = p.appendTo(b.Text, n)
	b.Cell(column, from, rows.Period)
}

func (p Periods) appendTo(dst []byte, n int64) []byte {
	switch p.unit {
	case 'Y':
		return digits(dst, 1970+n, 4)
	case 'Q':
		year, quarter := floor(n, 4)
		return digits(append(digits(dst, 1970+year, 4), 'Q'), quarter+1, 1)
	case 'M':
		year, month := floor(n, 12)
		return digits(append(digits(dst, 1970+year, 4), 'M'), month+1, 2)
	case 'D':
		return day(n).AppendFormat(dst, time.DateOnly)
	case 'w':
		year, week := day(7*n - 10).ISOWeek()
		return digits(append(digits(dst, int64(year), 4), 'W'), int64(week), 2)
	case 'W':
		return day(7*n-10+p.shift).AppendFormat(dst, time.DateOnly)
	}
	if p.step > time.Second {
		return AppendTime(dst, time.Unix(n*int64(p.step/time.Second), 0).UTC(), false)
	}
	seconds, rest := floor(n, int64(time.Second/p.step))
	return AppendTime(dst, time.Unix(seconds, rest*int64(p.step)).UTC(), false)
}

// digits appends a whole number with zeros in front.
func digits(dst []byte, n int64, width int) []byte {
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	for most := int64(10); width > 1; width, most = width-1, most*10 {
		if n < most {
			for range width - 1 {
				dst = append(dst, '0')
			}
			break
		}
	}
	return strconv.AppendInt(dst, n, 10)
}

// day is a day by its number from 1970-01-01.
func day(n int64) time.Time { return time.Unix(n*86400, 0).UTC() }

// floor divides with a remainder that is not negative.
func floor(n, by int64) (whole, rest int64) {
	whole, rest = n/by, n%by
	if rest < 0 {
		whole, rest = whole-1, rest+by
	}
	return whole, rest
}
