package jsonstat

import (
	"fmt"
	"strconv"
	"strings"
)

// manyCategories is a dataset of one dimension of n categories that does all
// that takes time: members in the opposite order, half of the labels missing, as
// many units of nobody, notes, and a hierarchy that is one long circle.
func manyCategories(n int) string {
	var b strings.Builder
	object := func(name string, from, to, step int, entry func(i int)) {
		b.WriteString(`"` + name + `":{`)
		for i := from; i != to; i += step {
			if i != from {
				b.WriteByte(',')
			}
			entry(i)
		}
		b.WriteByte('}')
	}
	b.WriteString(`{"version":"2.0","class":"dataset","id":["d"],"size":[` + strconv.Itoa(n) + `],"dimension":{"d":{"category":{`)
	object("index", n-1, -1, -1, func(i int) { fmt.Fprintf(&b, `"c%d":%d`, i, i) })
	b.WriteByte(',')
	object("label", n-1, -1, -2, func(i int) { fmt.Fprintf(&b, `"c%d":"label %d"`, i, i) })
	b.WriteByte(',')
	object("unit", 0, n, 1, func(i int) { fmt.Fprintf(&b, `"u%d":{"label":"none"}`, i) })
	b.WriteByte(',')
	object("note", 0, n, 1, func(i int) { fmt.Fprintf(&b, `"c%d":["note"]`, i) })
	b.WriteByte(',')
	object("child", 0, n, 1, func(i int) { fmt.Fprintf(&b, `"c%d":["c%d"]`, i, (i+1)%n) })
	b.WriteString(`}}},"value":{"0":1}}`)
	return b.String()
}
