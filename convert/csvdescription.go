package convert

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/about"
	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// NeedDescription is what [WriteDataPackage] and [WriteCSVW] must know of a dataset, beside
// what the table itself needs: all that it says of itself, and what its values are, before
// the table is written.
const NeedDescription = jsonstat.NeedHead | jsonstat.NeedFacts | jsonstat.NeedOrder

// DescriptionError is a CSV table of which a format of descriptions cannot tell how it is
// read.
type DescriptionError struct {
	Format string // Data Package or CSVW
	Msg    string
	Fields []string // the fields of [CSVOptions] that would make a difference
}

// Error names the format and what it cannot say.
func (e *DescriptionError) Error() string { return e.Format + ": " + e.Msg }

// description is what there is to say of a CSV table.
type description struct {
	ds      *jsonstat.Dataset
	o       CSVOptions // with its defaults
	l       *layout.Layout
	columns []csvColumn
	key     []int  // columns that tell the rows apart; none if none do
	inKey   []bool // by column
	pivoted []bool // by dimension
	numbers bool   // all values are
	whole   bool   // no number has a fraction
	digits  int    // of the longest whole part of a number
	about   about.Table
	units   []dimensionUnits
}

// dimensionUnits are the units of the categories of a dimension; most have none.
type dimensionUnits struct {
	of     map[int]string // by category
	common string         // that of all categories, if they have one
}

// newDimensionUnits gathers them.
func newDimensionUnits(dim *jsonstat.Dimension) dimensionUnits {
	u := dimensionUnits{}
	for _, unit := range about.Units(dim) {
		if text := about.Line(unit.Text); text != "" {
			if u.of == nil {
				u.of, u.common = map[int]string{}, text
			}
			u.of[unit.Category] = text
			if text != u.common {
				u.common = ""
			}
		}
	}
	if len(u.of) < dim.Len() {
		u.common = ""
	}
	return u
}

// describe makes the plan of a table, the same as its writer does, and tells nobody of
// doubts, since the writer will.
func describe(ds *jsonstat.Dataset, format string, o *CSVOptions) (*description, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	d := &description{ds: ds, o: o.withDefaults(), numbers: true, whole: true, about: about.Of(ds)}
	if utf8.RuneCountInString(d.o.Separator) != 1 {
		return nil, &DescriptionError{format, fmt.Sprintf("a separator is one character, not %q", d.o.Separator), []string{"Separator"}}
	}
	d.o.Warn, d.o.Doubt = nil, nil
	for _, dim := range ds.Dimensions() {
		d.units = append(d.units, newDimensionUnits(dim))
	}
	var err error
	if d.l, err = plan(ds, &d.o.Table); err != nil {
		return nil, err
	}
	d.columns = csvColumns(d.l, &d.o)
	d.inKey, d.pivoted = make([]bool, len(d.columns)), make([]bool, len(ds.Dimensions()))
	for _, i := range d.l.By {
		d.pivoted[i] = true
	}
	if alike(ds, d.l) == "" {
		seen := map[int]bool{}
		for i, c := range d.columns {
			// Of an id and a label in a column each the id comes first.
			if c.kind == csvCategory && !seen[c.plan.Dim] {
				seen[c.plan.Dim], d.inKey[i], d.key = true, true, append(d.key, i)
			}
		}
	}
	if ds.HasCells() {
		facts, err := ds.Cells().Facts()
		if err != nil {
			return nil, err
		}
		d.numbers, d.whole, d.digits = facts.Texts+facts.Booleans == 0, facts.Whole, facts.Digits
	}
	return d, nil
}

// header is the header of a column as the table has it.
func (d *description) header(c csvColumn) string { return d.o.guarded(c.header) }

// dim is the dimension of a column of categories.
func (d *description) dim(c csvColumn) *jsonstat.Dimension { return d.ds.Dimensions()[c.plan.Dim] }

// texts are what a column of categories says, each once, with the label of each where
// the column says the ids. Of more than most there are none.
func (d *description) texts(c csvColumn, most int) (texts, labels []string) {
	dim := d.dim(c)
	if dim.Len() > most {
		return nil, nil
	}
	seen := map[string]bool{}
	for k := range dim.Len() {
		text := d.o.says(c.plan, dim, k)
		if seen[text] {
			continue
		}
		seen[text] = true
		texts = append(texts, text)
		if c.plan.Show == ID {
			labels = append(labels, about.Line(dim.CategoryLabel(k)))
		}
	}
	if slices.Equal(texts, labels) {
		labels = nil
	}
	return texts, labels
}

// has tells whether a column of categories or statuses may say one of some texts.
func (d *description) has(c csvColumn, texts ...string) bool {
	if c.kind == csvStatus {
		lang := cmp.Or(d.o.Lang, language(d.ds))
		for _, code := range d.ds.Cells().Statuses() {
			if code != "" && slices.Contains(texts, d.o.statusText(d.ds, lang, code)) {
				return true
			}
		}
		return false
	}
	dim := d.dim(c)
	for k := range dim.Len() {
		if slices.Contains(texts, d.o.says(c.plan, dim, k)) {
			return true
		}
	}
	return false
}

// missing are the texts that stand for no value.
func (d *description) missing() []string {
	if *d.o.NA == "" {
		return []string{""}
	}
	return []string{*d.o.NA, ""}
}

// label is what a column is called by people: a dimension by its label, a column of a
// pivot by the labels of its categories. The one column of values of a long table has no
// other name than its header.
func (d *description) label(c csvColumn) string {
	if c.kind == csvCategory {
		return about.Line(d.dim(c).Label())
	}
	var words []string
	for _, i := range d.l.By {
		words = append(words, about.Line(d.ds.Dimensions()[i].CategoryLabel(d.l.Category(i, c.place))))
	}
	if c.kind == csvStatus && len(words) > 0 {
		words = append(words, d.o.StatusName)
	}
	return strings.Join(words, " ")
}

// unit is that of all values of a column, "" if they have several.
func (d *description) unit(c csvColumn) string {
	unit := ""
	for i, units := range d.units {
		if len(units.of) == 0 {
			continue
		}
		own := units.common
		if d.pivoted[i] {
			own = units.of[d.l.Category(i, c.place)]
		}
		if own == "" || unit != "" && own != unit {
			return ""
		}
		unit = own
	}
	return unit
}

// remarks are what there is to say of a column of categories: the units of those that
// have one, then the notes on the dimension and on its categories.
func (d *description) remarks(c csvColumn) string {
	dim := d.dim(c)
	var lines []string
	for k := range dim.Len() {
		if text := d.units[c.plan.Dim].of[k]; text != "" {
			lines = append(lines, about.Line(dim.CategoryLabel(k))+": "+text)
		}
	}
	for _, n := range about.NotesOf(dim) {
		text := n.Text
		if n.Category >= 0 {
			text = about.Line(dim.CategoryLabel(n.Category)) + ": " + text
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

// notes are those on the table as a whole.
func (d *description) notes() []string {
	var texts []string
	for _, n := range about.Notes(d.ds) {
		if n.Dimension == nil && n.Text != "" {
			texts = append(texts, n.Text)
		}
	}
	return texts
}

// updated is when the data were updated, "" if that is not known.
func (d *description) updated() string {
	t, err := d.ds.UpdatedTime()
	if err != nil {
		return ""
	}
	return t.Format(time.RFC3339)
}

// licence is the address of the licence, and what else is said of it.
func (d *description) licence() (address, text string) {
	var words []string
	for _, word := range strings.Fields(d.about.Licence) {
		if bare := strings.Trim(word, ",;()"); address == "" && about.IsAddress(bare) {
			address = bare
			continue
		}
		words = append(words, word)
	}
	return address, strings.TrimRight(strings.Join(words, " "), ",; ")
}

// decimalMark is the decimal mark if it is not a point, else "".
func (d *description) decimalMark() string {
	if d.o.Decimal == "." {
		return ""
	}
	return d.o.Decimal
}

// encoding is the name of the encoding. That of UTF-16 with a byte order mark does not
// say the order, else readers take the mark for a character.
func (d *description) encoding() string {
	e, mark, _ := charset.Writing(d.o.Encoding)
	if (mark || d.o.BOM) && (e == charset.UTF16LE || e == charset.UTF16BE) {
		return "utf-16"
	}
	return e.String()
}

// lineEnd is what ends a line.
func (d *description) lineEnd() string {
	if d.o.CRLF {
		return "\r\n"
	}
	return "\n"
}

// others are the characters that a name in a Data Package does not have.
var others = regexp.MustCompile(`[^a-z0-9._-]+`)

// plainName is the name of a file without folder and endings, in the characters of a
// name in a Data Package.
func plainName(file string) string {
	name := strings.ToLower(path.Base(file))
	for _, ending := range []string{".gz", ".csv", ".tsv", ".tab", ".txt"} {
		name = strings.TrimSuffix(name, ending)
	}
	return cmp.Or(strings.Trim(others.ReplaceAllString(name, "-"), "-."), "table")
}

// writeJSON writes a description.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
