package xlsxconv

import "github.com/jsonstat-go/toolkit/convert/internal/layout"

// hiddenSheet is the name of the sheet that holds the head.
const hiddenSheet = "jsonstat"

// The first cell of a row of the hidden sheet says what the others hold.
const (
	rowForm     = "form"     // a piece of the form
	rowHead     = "head"     // a piece of the document without its cells
	rowValues   = "values"   // positions of cells and their values in turn, a JSON array
	rowStatuses = "statuses" // the same of statuses
	rowValue    = "value"    // position of one cell, and its value as a JSON token in pieces
)

// form tells a reader how the data sheets are to be understood.
type form struct {
	Version int               `json:"version"`
	Sheets  []string          `json:"sheets"`
	Header  int               `json:"header"` // last row of the header
	Columns []formColumn      `json:"columns"`
	By      []formColumn      `json:"by,omitempty"` // dimensions of the header, the outermost first
	Value   string            `json:"value"`        // headers of these columns
	Status  string            `json:"status"`
	Place   string            `json:"statusIn"`        // where statuses stand: column, cell or none
	Codes   map[string]string `json:"codes,omitempty"` // of statuses, by what is written; those that are written as they are only in cells
	Texts   bool              `json:"texts,omitempty"` // some values are texts
	Cells   bool              `json:"cells"`           // the document has values
	Values  string            `json:"valueForm"`       // dense or sparse
	Dense   bool              `json:"denseStatus,omitempty"`
}

// formColumn is a dimension in the data sheets.
type formColumn struct {
	Header    string `json:"header,omitempty"`
	Dimension string `json:"dimension"`
	Show      string `json:"show"` // id, label, both or date
}

// formVersion is that of the layout of the hidden sheet.
const formVersion = 1

// showName is how a form calls the way in which categories are shown.
func showName(show layout.Show, date bool) string {
	switch {
	case date:
		return "date"
	case show == layout.ID:
		return "id"
	case show == layout.Both:
		return "both"
	}
	return "label"
}

// showOf is the inverse of showName.
func showOf(name string) layout.Show {
	return map[string]layout.Show{"id": layout.ID, "both": layout.Both, "date": layout.ID}[name]
}
