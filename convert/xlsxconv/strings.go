package xlsxconv

import (
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/internal/xmltoken"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// stringTable are the shared strings of a workbook, one behind the other.
type stringTable struct {
	text []byte
	ends []int

	// Where the table is read by rule raised text is left out.
	byRule bool
	raised []bool         // by string: something was; as long as need be
	left   map[int]string // what, of those
}

// maxStrings is how much text the shared strings of a workbook may have. A small file
// can claim any amount.
const maxStrings = 1 << 30

// at is a string by number; ok is false if there is none.
func (t *stringTable) at(i int) ([]byte, bool) {
	if t == nil || i < 0 || i >= len(t.ends) {
		return nil, false
	}
	from := 0
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.text[from:t.ends[i]:t.ends[i]], true
}

// read reads the part of the shared strings.
func (t *stringTable) read(x *xmltoken.Reader) error {
	inText, inItem, phonetic := false, false, false
	var runs runs
	from, left := 0, 0 // where the string begins; how much was left out
	for {
		err := x.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		name, empty := x.Name()
		switch string(name) {
		case "si":
			from = len(t.text)
			if inItem = !empty; empty {
				t.ends = append(t.ends, len(t.text))
			}
		case "/si":
			if len(runs.left) > 0 {
				t.text = runs.end(t.text, from)
				t.leave(len(t.ends), string(runs.left))
				left += len(runs.left)
			}
			runs = runs.next()
			if t.ends = append(t.ends, len(t.text)); len(t.text)+left+8*len(t.ends) > maxStrings {
				return fmt.Errorf("there is more than %d MB of text: %w", maxStrings>>20, jsonstat.ErrLimit)
			}
			inItem = false
		case "r", "/r", "vertAlign":
			if t.byRule && inItem {
				runs.tag(x)
			}
		case "rPh": // how to pronounce it
			phonetic = !empty
		case "/rPh":
			phonetic = false
		case "t":
			inText = inItem && !empty && !phonetic
		case "/t":
			if inText {
				at := len(t.text)
				if t.text, err = decode(t.text, x.Text()); err != nil {
					return err
				}
				if t.byRule {
					t.text = runs.piece(t.text, from, at)
				}
			}
			inText = false
		}
	}
}

// leave notes what was left out of a string.
func (t *stringTable) leave(i int, text string) {
	for len(t.raised) <= i {
		t.raised = append(t.raised, false)
	}
	if t.left == nil {
		t.left = map[int]string{}
	}
	t.raised[i], t.left[i] = true, text
}

// leftOut is what was left out of a string, "" if nothing was.
func (t *stringTable) leftOut(i int) string {
	if i >= len(t.raised) || !t.raised[i] {
		return ""
	}
	return t.left[i]
}
