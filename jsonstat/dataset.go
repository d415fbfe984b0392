package jsonstat

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// Dataset is one cube: a head and a long row of cells. The head does not
// change; cells are read when they are asked for, never all at once. A Dataset
// is used by one goroutine at a time.
type Dataset struct {
	head    Head
	shape   Shape
	n       int64
	byID    map[string]int
	cells   Cells
	noCells bool   // "value" is empty or absent
	lookup  Cursor // of AtPosition

	text     *source // where it was read from, nil if built
	unread   unreadRest
	node     jsontoken.Node
	before20 bool // read from a form before 2.0

	cellsReplaced bool         // the cells are not those of the text, see WithCells
	replacedForms WriteOptions // in which they are written

	symbols     map[string]string // meanings of statuses that the document gives
	symbolsRead bool
}

// require is called before a member of the dataset is used; "" stands for all of them.
func (ds *Dataset) require(name string) {
	if ds.unread != nil {
		ds.unread.require(name)
	}
}

// updateHead takes over the head of a dataset that was read from more of the same text.
// Cells and dimensions are those that were given out already; of the latter only
// the roles stand elsewhere in the text.
func (ds *Dataset) updateHead(from *Dataset) {
	for i, dim := range ds.head.Dimensions {
		dim.role, dim.unreadRole = from.head.Dimensions[i].role, nil
	}
	dims := ds.head.Dimensions
	ds.head, ds.text, ds.node, ds.noCells, ds.before20 = from.head, from.text, from.node, from.noCells, from.before20
	ds.head.Dimensions = dims
	ds.symbolsRead = false
}

// Head is all of a dataset but its cells, as plain data: for building datasets
// and for making a changed copy of one. See [New] and [Dataset.Head].
type Head struct {
	Label      string
	Source     string
	Updated    string // as written, see [Dataset.UpdatedTime]
	Href       string
	Notes      []string
	Links      []Link
	Extension  json.RawMessage // an object, or nil
	Members    []Member        // members that the specification does not know
	Dimensions []*Dimension    // outermost first

	// RoleOrder is in what order roles, and the dimensions of each of them, are
	// written. Which roles there are the dimensions say: what is not in it comes
	// behind, roles as time, geo, metric, dimensions in their order, and what is
	// in it only is left out. Of a document it is that of its "role"; nil is none.
	RoleOrder []RoleIDs

	order []string // names of the members as they were read
	empty []string // names of those that are the empty text
}

// New makes a dataset of a head and its cells, see [Values]. Nil cells make a dataset of
// metadata alone. The dimensions must have different ids.
func New(head Head, cells Cells) (*Dataset, error) {
	ds := &Dataset{head: head, cells: cells, byID: map[string]int{}}
	for i, d := range head.Dimensions {
		if d == nil {
			return nil, fmt.Errorf("dimension %d is nil", i)
		}
		if _, twice := ds.byID[d.id]; twice {
			return nil, fmt.Errorf("dimension %q is given twice", d.id)
		}
		ds.byID[d.id] = i
		ds.shape = append(ds.shape, d.Len())
	}
	var err error
	if ds.n, err = ds.shape.Cells(); err != nil {
		return nil, err
	}
	if cells == nil {
		ds.cells, ds.noCells = &memoryCells{}, true
	}
	if m, ok := cells.(*memoryCells); ok {
		if err := m.v.checkCube(ds.n); err != nil {
			return nil, err
		}
	}
	return ds, nil
}

// Head is a copy of the head, to be changed and given to [New] with
// [Dataset.Cells]. Slices are shared with the dataset: replace them, do not
// write into them.
func (ds *Dataset) Head() Head {
	ds.require("")
	return ds.head
}

// Cells is the source of the cells of the dataset.
func (ds *Dataset) Cells() Cells { return ds.cells }

// Label is the title.
func (ds *Dataset) Label() string {
	ds.require("label")
	return ds.head.Label
}

// Source names who made the data.
func (ds *Dataset) Source() string {
	ds.require("source")
	return ds.head.Source
}

// Updated is when the data were updated, as the document writes it.
func (ds *Dataset) Updated() string {
	ds.require("updated")
	return ds.head.Updated
}

// Layouts of "updated" in real documents, besides RFC 3339.
var updatedLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05Z07", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700",
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02 15:04",
	"2006-01-02", "20060102 15:04", "20060102", "02/01/2006 15:04:05", "02/01/2006 15:04", "02/01/2006",
	"02.01.2006 15:04:05", "02.01.2006 15:04", "02.01.2006", "2006-01", "2006", time.RFC1123, time.RFC1123Z,
}

// UpdatedTime is [Dataset.Updated] as a time. Offices write it in many ways:
// without a zone UTC is assumed, and a day comes before its month in
// 17/10/2013. It is an error if there is no date or one of no known form.
func (ds *Dataset) UpdatedTime() (time.Time, error) {
	if strings.TrimSpace(ds.Updated()) == "" {
		return time.Time{}, errors.New("the dataset does not say when it was updated")
	}
	return parseUpdated(ds.head.Updated)
}

func parseUpdated(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	for _, layout := range updatedLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("updated is %q, which is not a known form of a date", brief(text))
}

// Href is the address of the dataset, if it was given.
func (ds *Dataset) Href() string {
	ds.require("href")
	return ds.head.Href
}

// Notes are remarks about the whole dataset. They may hold HTML.
func (ds *Dataset) Notes() []string {
	ds.require("note")
	return ds.head.Notes
}

// Links are the relations of the dataset.
func (ds *Dataset) Links() []Link {
	ds.require("link")
	return ds.head.Links
}

// Extension is the provider's own object, nil if there is none. PxWeb keeps
// table number, contacts and layout there.
func (ds *Dataset) Extension() json.RawMessage {
	ds.require("extension")
	return ds.head.Extension
}

// Members are the members of the dataset that the specification does not know.
func (ds *Dataset) Members() []Member {
	ds.require("")
	return ds.head.Members
}

// Dimensions are the dimensions, outermost first. Do not change the slice.
func (ds *Dataset) Dimensions() []*Dimension { return ds.head.Dimensions }

// Dimension is the dimension of that id, nil if there is none.
func (ds *Dataset) Dimension(id string) *Dimension {
	if i, ok := ds.byID[id]; ok {
		return ds.head.Dimensions[i]
	}
	return nil
}

// FindDimension is the dimension of that id with its place, from 0. The error
// for an unknown one is an [*UnknownError] with near misses: ids that look like
// it, and the ids of dimensions that have it as a label.
func (ds *Dataset) FindDimension(id string) (int, *Dimension, error) {
	if i, ok := ds.byID[id]; ok {
		return i, ds.head.Dimensions[i], nil
	}
	ids := make([]string, len(ds.head.Dimensions))
	for i, d := range ds.head.Dimensions {
		ids[i] = d.id
	}
	err := newUnknown("dimension", id, "", ids)
	for _, d := range ds.head.Dimensions { // people type what they see
		if d.HasLabel() && strings.EqualFold(d.label, id) && !err.prefer(d.id) {
			break
		}
	}
	return -1, nil, err
}

// Role returns the dimensions of a role, outermost first. [Classification] gives those
// without any.
func (ds *Dataset) Role(role Role) []*Dimension {
	var found []*Dimension
	for _, d := range ds.head.Dimensions {
		if d.Role() == role {
			found = append(found, d)
		}
	}
	return found
}

// Shape is the number of categories of each dimension. Do not change it.
func (ds *Dataset) Shape() Shape { return ds.shape }

// Len is the number of cells of the cube, those that a sparse document leaves
// out included.
func (ds *Dataset) Len() int64 { return ds.n }

// HasCells tells whether the document has values. It is false for metadata
// alone: where "value" is empty or absent, though the cube has a size. Of cells
// that flow from a stream (see [CellsInfo].Once) nobody knows: it is true then.
func (ds *Dataset) HasCells() bool { return !ds.noCells }

// SymbolText is the meaning of a status in a language ("no", "nb", "nn" or
// "en"): the document's own if it explains its statuses (in
// extension.status.label, as Eurostat does), whatever its language, else that
// of the standard table, see the function [SymbolText]; "" if neither knows it.
func (ds *Dataset) SymbolText(status, lang string) string {
	if !ds.symbolsRead {
		ds.symbols, ds.symbolsRead = ownSymbols(ds.Extension()), true
	}
	return explainStatus(ds.symbols, status, lang)
}

// ownSymbols reads extension.status.label. What is not like that explains nothing.
func ownSymbols(extension json.RawMessage) map[string]string {
	texts := map[string]string{}
	for _, m := range objectMembers(member(member(extension, "status"), "label")) {
		var text string
		if json.Unmarshal(m.Value, &text) == nil {
			texts[m.Name] = text
		}
	}
	return texts
}

// member is the member of an object by its exact name, nil if there is none.
func member(object json.RawMessage, name string) (value json.RawMessage) {
	for _, m := range objectMembers(object) {
		if m.Name == name {
			value = m.Value
		}
	}
	return value
}
