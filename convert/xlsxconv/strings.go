package xlsxconv

import (
	"fmt"
	"io"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// stringTable are the shared strings of a workbook, one behind the other.
type stringTable struct {
	text []byte
	ends []int
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

// readStrings reads the shared strings.
func (b *workbook) readStrings() error {
	b.strings = &stringTable{}
	if b.table == "" {
		return nil
	}
	r, err := b.open(b.table)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := b.strings.read(newXMLReader(r)); err != nil {
		return fmt.Errorf("part %q: %w", b.table, err)
	}
	return nil
}

func (t *stringTable) read(x *xmlReader) error {
	inText, inItem, phonetic := false, false, false
	for {
		err := x.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		name, empty := x.name()
		switch string(name) {
		case "si":
			if inItem = !empty; empty {
				t.ends = append(t.ends, len(t.text))
			}
		case "/si":
			if t.ends = append(t.ends, len(t.text)); len(t.text)+8*len(t.ends) > maxStrings {
				return fmt.Errorf("there is more than %d MB of text: %w", maxStrings>>20, jsonstat.ErrLimit)
			}
			inItem = false
		case "rPh": // how to pronounce it
			phonetic = !empty
		case "/rPh":
			phonetic = false
		case "t":
			inText = inItem && !empty && !phonetic
		case "/t":
			if inText {
				if t.text, err = decode(t.text, x.text); err != nil {
					return err
				}
			}
			inText = false
		}
	}
}
