package pxconv

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/pxext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// translated are the texts of a table in another language.
type translated struct {
	lang     string
	label    string
	source   string
	contents string
	notes    []string
	must     map[int]bool
	cells    json.RawMessage
	dims     map[string]translatedDimension
	units    map[string]string // by content
	kept     []outEntry
	added    bool // it is one of the options, not of extension.px
}

// translatedDimension is what a dimension is called.
type translatedDimension struct {
	Label                 string
	Note                  []string
	NoteMandatory         json.RawMessage
	CategoryNoteMandatory map[string]json.RawMessage
	Category              struct {
		Label map[string]string
		Note  map[string][]string
	}
}

// languages are the other languages of the table: those of the options, and those of
// extension.px that the options do not give.
func (x *outline) languages() []translated {
	var list []translated
	for _, w := range x.o.With {
		list = append(list, translationOf(strings.ToLower(w.Language), w.Dataset))
	}
	raw := x.px[pxext.Languages]
	if len(raw) == 0 || raw[0] != '{' {
		return list
	}
	if x.lang == "" {
		x.warn("language", "texts in other languages are left out: in which the table itself is, is not known")
		return list
	}
	jsontoken.Split(raw, func(name, value []byte) {
		lang := strings.ToLower(string(jsontoken.Unquote(nil, name)))
		if lang == "" || lang == x.lang || slices.ContainsFunc(list, func(t translated) bool { return t.lang == lang }) {
			return
		}
		var t struct {
			Label, Source           string
			Note                    []string
			NoteMandatory, CellNote json.RawMessage
			Dimension               map[string]translatedDimension
			Keywords                json.RawMessage
		}
		if json.Unmarshal(value, &t) != nil {
			return
		}
		one := translated{lang: lang, label: t.Label, source: t.Source, notes: t.Note, must: numbersIn(t.NoteMandatory), cells: t.CellNote, dims: t.Dimension}
		order, kept := keywordsOf(t.Keywords, lang)
		for _, keyword := range order {
			one.kept = append(one.kept, kept[keyword]...)
		}
		list = append(list, one)
	})
	return list
}

// speaks tells whether the file has a language.
func (x *outline) speaks(lang string) bool {
	return lang == x.lang || slices.ContainsFunc(x.languages(), func(t translated) bool { return t.lang == lang })
}

// translationOf are the texts of a dataset.
func translationOf(lang string, ds *jsonstat.Dataset) translated {
	t := translated{added: true, lang: lang, label: ds.Label(), source: ds.Source(), notes: ds.Notes(), must: mandatoryIn(ds.Extension(), pxext.NoteMandatory), dims: map[string]translatedDimension{}, units: map[string]string{}}
	var extension struct{ PX map[string]json.RawMessage }
	if ds.Extension() != nil {
		_ = json.Unmarshal(ds.Extension(), &extension)
	}
	_ = json.Unmarshal(extension.PX["contents"], &t.contents)
	t.cells = extension.PX[pxext.CellNote]
	for _, d := range ds.Dimensions() {
		one := translatedDimension{Label: d.Label(), Note: d.Notes()}
		one.Category.Label, one.Category.Note = map[string]string{}, map[string][]string{}
		if d.Extension() != nil {
			_ = json.Unmarshal(d.Extension(), &one)
			one.Label, one.Note = d.Label(), d.Notes()
		}
		for c := range d.Categories() {
			one.Category.Label[c.ID] = c.Label
			if c.Notes != nil {
				one.Category.Note[c.ID] = c.Notes
			}
			if c.Unit != nil {
				t.units[c.ID] = unitText(c.Unit)
			}
			if d.Role() == jsonstat.Metric && d.Len() == 1 && t.contents == "" {
				t.contents = c.Label
			}
		}
		t.dims[d.ID()] = one
	}
	if contact := contactOfDataset(ds); contact != "" {
		t.kept = append(t.kept, outEntry{keyword: "CONTACT", lang: lang, values: []item{{contact, true}}})
	}
	for _, keyword := range []string{"SUBJECT-AREA", "INFOFILE", "SURVEY", "LINK", "DESCRIPTION"} {
		var text string
		if raw := extension.PX[strings.ToLower(keyword)]; raw != nil && json.Unmarshal(raw, &text) == nil {
			t.kept = append(t.kept, outEntry{keyword: keyword, lang: lang, values: []item{{text, true}}})
		}
	}
	return t
}

// checkTranslations holds the tables in other languages against the first.
func (x *outline) checkTranslations() error {
	for _, w := range x.o.With {
		lang := strings.ToLower(w.Language)
		if lang == "" || lang == x.lang || x.lang == "" {
			return &Error{Keyword: "LANGUAGES", Msg: fmt.Sprintf("a table in %q stands beside one in %q: both languages must be known and differ", lang, x.lang), Err: ErrDiffers}
		}
		if err := sameCodes(x.ds, w.Dataset, lang); err != nil {
			return err
		}
		if err := sameCells(x.ds, w.Dataset, lang); err != nil {
			return err
		}
	}
	return nil
}

// sameCodes tells whether two tables have the same dimensions and categories.
func sameCodes(a, b *jsonstat.Dataset, lang string) error {
	differs := func(format string, args ...any) error {
		return &Error{Keyword: "CODES", Msg: fmt.Sprintf("the table in %q ", lang) + fmt.Sprintf(format, args...), Err: ErrDiffers}
	}
	if len(a.Dimensions()) != len(b.Dimensions()) {
		return differs("has %d dimensions, not %d", len(b.Dimensions()), len(a.Dimensions()))
	}
	for i, d := range a.Dimensions() {
		e := b.Dimensions()[i]
		if d.ID() != e.ID() {
			return differs("has the dimension %q in place of %q", e.ID(), d.ID())
		}
		if d.Len() != e.Len() {
			return differs("has %d categories of %q, not %d", e.Len(), d.ID(), d.Len())
		}
		for k := range d.Len() {
			if d.CategoryID(k) != e.CategoryID(k) {
				return differs("has the category %q of %q in place of %q", e.CategoryID(k), d.ID(), d.CategoryID(k))
			}
		}
	}
	return nil
}

// sameCells tells whether two tables have the same values.
func sameCells(a, b *jsonstat.Dataset, lang string) error {
	left, err := newCellReader(a)
	if err != nil {
		return err
	}
	defer left.cur.Close()
	right, err := newCellReader(b)
	if err != nil {
		return err
	}
	defer right.cur.Close()
	var one, other []byte
	for pos := int64(0); pos < a.Len(); pos++ {
		kind, token, err := left.at(pos)
		if err != nil {
			return err
		}
		one = append(one[:0], plainValue(kind, token)...)
		if kind, token, err = right.at(pos); err != nil {
			return err
		}
		if other = append(other[:0], plainValue(kind, token)...); string(one) != string(other) {
			return &Error{Keyword: "DATA", Msg: fmt.Sprintf("the table in %q has %s at %s, not %s", lang, other, cellName(a, pos), one), Err: ErrDiffers}
		}
	}
	return nil
}

// plainValue is a value to compare and to show.
func plainValue(kind jsonstat.Kind, token []byte) []byte {
	switch kind {
	case jsonstat.Missing:
		return []byte("nothing")
	case jsonstat.Number, jsonstat.NumberRaw:
		return jsonstat.AppendNumber(nil, token)
	}
	return token
}

// cellReader gives the cells of a dataset one by one, those that a sparse one leaves out
// too.
type cellReader struct {
	cur   jsonstat.Cursor
	chunk *jsonstat.Chunk
	i     int
	done  bool
}

func newCellReader(ds *jsonstat.Dataset) (*cellReader, error) {
	cur, err := ds.Cells().Cursor(false)
	if err != nil {
		return nil, err
	}
	return &cellReader{cur: cur}, nil
}

// at is the cell at a position, which is not before those asked for already.
func (r *cellReader) at(pos int64) (jsonstat.Kind, []byte, error) {
	for !r.done {
		if r.chunk == nil || r.i >= r.chunk.Len() {
			chunk, err := r.cur.Next()
			if err == io.EOF {
				r.done = true
				break
			}
			if err != nil {
				return 0, nil, err
			}
			r.chunk, r.i = chunk, 0
			continue
		}
		switch p := r.chunk.Position(r.i); {
		case p < pos:
			r.i++
		case p == pos:
			return r.chunk.Kinds[r.i], r.chunk.Token(r.i), nil
		default:
			return jsonstat.Missing, nil, nil
		}
	}
	return jsonstat.Missing, nil, nil
}
