package xlsxconv

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/jsonstat-go/toolkit/convert/internal/columnar"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// hidden is what the hidden sheet of a workbook that Write wrote says of the others.
type hidden struct {
	form   form
	head   *jsonstat.Dataset
	exact  held // values of which the sheets do not say all, as JSON tokens
	status held // statuses that are not seen
}

// maxHead is the largest document without its cells that is read, in bytes.
const maxHead = 256 << 20

// readHidden reads the hidden sheet. It is nil if the sheet is another one that
// happens to have its name.
func readHidden(b *workbook, s *sheetInfo) (*hidden, error) {
	r, err := b.rows(s)
	if err != nil {
		return nil, err
	}
	defer r.close()
	h := &hidden{}
	var form, head []byte
	for {
		cells, err := r.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		kind, rest := string(cells[0].text), cells[1:]
		switch kind {
		case rowForm, rowHead:
			to := &form
			if kind == rowHead {
				to = &head
			}
			for i := range rest {
				*to = append(*to, rest[i].text...)
			}
			if len(*to) > maxHead {
				return nil, fmt.Errorf("it has more than %d MB of %q: %w", maxHead>>20, kind, jsonstat.ErrLimit)
			}
		case rowValue:
			if err := h.hold(rest); err != nil {
				return nil, r.fail(err)
			}
		case rowValues, rowStatuses:
			for i := range rest {
				if err := h.holdList(kind, rest[i].text); err != nil {
					return nil, r.fail(err)
				}
			}
		}
	}
	if form == nil && head == nil {
		return nil, nil
	}
	h.exact.sort()
	h.status.sort()
	if err := json.Unmarshal(form, &h.form); err != nil {
		return nil, fmt.Errorf("its rows %q are damaged: %w", rowForm, err)
	}
	if h.form.Version > formVersion {
		return nil, fmt.Errorf("it is of version %d, and this program knows %d: a newer one reads it", h.form.Version, formVersion)
	}
	h.head, err = columnar.ParseHead(head)
	return h, err
}

// hold keeps one value, which is in pieces.
func (h *hidden) hold(cells []cell) error {
	if len(cells) == 0 {
		return fmt.Errorf("it names no cell: %w", errXML)
	}
	pos, err := strconv.ParseInt(string(cells[0].text), 10, 64)
	if err != nil {
		return fmt.Errorf("%.20q is no position of a cell: %w", cells[0].text, errXML)
	}
	var text []byte
	for i := range cells[1:] {
		text = append(text, cells[1+i].text...)
	}
	if !isValue(text) {
		return fmt.Errorf("%.20q is no value: %w", text, errXML)
	}
	h.exact.add(pos, text)
	return nil
}

// holdList keeps a list of positions and values, or statuses.
func (h *hidden) holdList(kind string, text []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil || len(list)%2 != 0 {
		return fmt.Errorf("%.20q is no list of positions and values: %w", text, errXML)
	}
	for i := 0; i < len(list); i += 2 {
		pos, err := strconv.ParseInt(string(list[i]), 10, 64)
		if err != nil {
			return fmt.Errorf("%.20q is no position of a cell: %w", list[i], errXML)
		}
		if kind == rowValues {
			if !isValue(list[i+1]) {
				return fmt.Errorf("%.20q is no value: %w", list[i+1], errXML)
			}
			h.exact.add(pos, list[i+1])
			continue
		}
		var status string
		if err := json.Unmarshal(list[i+1], &status); err != nil {
			return fmt.Errorf("%.20q is no status: %w", list[i+1], errXML)
		}
		h.status.add(pos, []byte(status))
	}
	return nil
}

// isValue tells whether a text is a JSON number or string.
func isValue(text []byte) bool {
	return len(text) > 0 && (text[0] == '"' || text[0] == '-' || ('0' <= text[0] && text[0] <= '9')) && json.Valid(text)
}
