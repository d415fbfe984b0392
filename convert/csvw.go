package convert

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// csvw is the name of the format in errors.
const csvw = "CSVW"

// mostDigits are the digits of a whole number that is written without an exponent.
const mostDigits = 21

// The parts of the metadata of a table. What has a colon in its name is of another
// vocabulary, with the prefixes that every reader knows: dc is DCMI Metadata Terms.
type (
	csvwTable struct {
		Context    any              `json:"@context"`
		URL        string           `json:"url"`
		Title      string           `json:"dc:title,omitempty"`
		Identifier string           `json:"dc:identifier,omitempty"`
		Source     string           `json:"dc:source,omitempty"`
		Licence    any              `json:"dc:license,omitempty"`
		Modified   *csvwTyped       `json:"dc:modified,omitempty"`
		DCAT       string           `json:"dcat:modified,omitempty"` // no term of DCAT, but where jsonstat-io looks
		Notes      []csvwAnnotation `json:"notes,omitempty"`
		Dialect    csvwDialect      `json:"dialect"`
		Schema     csvwSchema       `json:"tableSchema"`
	}
	csvwTyped struct {
		Value string `json:"@value"`
		Type  string `json:"@type"`
	}
	csvwAddress struct {
		ID string `json:"@id"`
	}
	csvwAnnotation struct {
		Type   string `json:"type"`
		Target string `json:"target"`
		Body   string `json:"body"`
	}
	csvwDialect struct {
		Encoding        string   `json:"encoding"`
		Delimiter       string   `json:"delimiter"`
		Header          bool     `json:"header"`
		LineTerminators []string `json:"lineTerminators"`
		QuoteChar       string   `json:"quoteChar"`
		DoubleQuote     bool     `json:"doubleQuote"`
		CommentPrefix   *string  `json:"commentPrefix,omitempty"`
	}
	csvwSchema struct {
		Columns    []csvwColumn `json:"columns"`
		PrimaryKey []string     `json:"primaryKey,omitempty"`
	}
	csvwColumn struct {
		Name        string    `json:"name"`
		Titles      any       `json:"titles"` // a text, or several
		Datatype    any       `json:"datatype"`
		Null        *[]string `json:"null,omitempty"`
		Required    bool      `json:"required,omitempty"`
		Property    string    `json:"propertyUrl,omitempty"`
		Unit        string    `json:"schema:unitText,omitempty"`
		Description string    `json:"dc:description,omitempty"`
	}
	csvwDatatype struct {
		Base   string     `json:"base"`
		Format csvwFormat `json:"format"`
	}
	csvwFormat struct {
		DecimalChar string `json:"decimalChar"`
	}
)

// properties are what the categories of a dimension say of a cell, by its role.
var properties = map[jsonstat.Role]string{
	jsonstat.Time:   "http://purl.org/linked-data/sdmx/2009/dimension#timePeriod",
	jsonstat.Geo:    "http://purl.org/dc/terms/spatial",
	jsonstat.Metric: "http://purl.org/linked-data/cube#measureType",
}

// aLanguage is the form of a language tag.
var aLanguage = regexp.MustCompile(`^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$`)

// WriteCSVW writes the metadata that belong beside a CSV table (CSV on the Web, W3C), in a
// file that is called like the table with -metadata.json behind its name: those of the
// table that [WriteCSV] writes with the same options. file is the name of the table,
// without its folder.
//
// Columns are named by the ids of dimensions, value and status, those of a pivot by the
// ids of its categories, with the characters that such a name does not have in percent
// signs. Their titles are header and label. They have types, units, notes and the texts
// that stand for no value; roles are in propertyUrl. There is no place for the labels of
// categories of which the table has the ids. A separator of several characters is a
// [*DescriptionError], and so is a file that is compressed.
//
// It reads the cells to see what they are: see [NeedDescription].
func WriteCSVW(w io.Writer, ds *jsonstat.Dataset, file string, o *CSVOptions) error {
	switch ending := strings.ToLower(path.Ext(file)); ending {
	case ".gz", ".zst":
		return &DescriptionError{csvw, "it has no word for a table that is compressed, as one called " + ending + " is", nil}
	}
	d, err := describe(ds, csvw, o)
	if err != nil {
		return err
	}
	address := (&url.URL{Path: file}).String()
	t := csvwTable{
		Context: "http://www.w3.org/ns/csvw", URL: address, Title: d.about.Title, Identifier: d.about.ID, Source: d.about.Source,
		Dialect: csvwDialect{
			Encoding: d.encoding(), Delimiter: d.o.Separator, Header: true,
			LineTerminators: []string{d.lineEnd()}, QuoteChar: `"`, DoubleQuote: true, CommentPrefix: d.comments(),
		},
	}
	if t.Schema, err = d.csvwSchema(); err != nil {
		return err
	}
	if lang := d.about.Language; aLanguage.MatchString(lang) {
		t.Context = []any{t.Context, map[string]string{"@language": lang}}
	}
	switch address, text := d.licence(); {
	case address != "":
		t.Licence = csvwAddress{address}
	case text != "":
		t.Licence = text
	}
	if updated := d.updated(); updated != "" {
		t.Modified, t.DCAT = &csvwTyped{updated, "xsd:dateTime"}, updated
	}
	for _, note := range d.notes() {
		t.Notes = append(t.Notes, csvwAnnotation{"Annotation", address, note})
	}
	return writeJSON(w, t)
}

// comments is what begins a line that is no row, where a row begins with the sign that
// does so by default: a character that no line begins with.
func (d *description) comments() *string {
	const byDefault, never = "#", "\x00"
	if len(d.columns) == 0 {
		return nil
	}
	first := d.columns[0]
	begins := strings.HasPrefix(d.header(first), byDefault)
	switch first.kind {
	case csvCategory:
		dim := d.dim(first)
		for k := 0; k < dim.Len() && !begins; k++ {
			begins = strings.HasPrefix(d.o.says(first.plan, dim, k), byDefault)
		}
	case csvStatus:
		begins = begins || slices.ContainsFunc(d.ds.Cells().Statuses(), func(s string) bool { return strings.HasPrefix(s, byDefault) })
	case csvValue:
		begins = begins || strings.HasPrefix(*d.o.NA, byDefault) || !d.numbers
	}
	if !begins {
		return nil
	}
	sign := never
	return &sign
}

// csvwSchema has the columns.
func (d *description) csvwSchema() (csvwSchema, error) {
	var number any = "string"
	if d.numbers {
		var err error
		if number, err = d.csvwNumber(); err != nil {
			return csvwSchema{}, err
		}
	}
	s := csvwSchema{Columns: make([]csvwColumn, 0, len(d.columns))}
	names, headers := d.csvwNames(), make(map[string]bool, len(d.columns))
	for _, c := range d.columns {
		headers[d.header(c)] = true
	}
	for i, c := range d.columns {
		col := csvwColumn{Name: names[i], Titles: d.titles(c, names[i], headers), Datatype: "string"}
		switch c.kind {
		case csvValue:
			missing := d.missing()
			col.Datatype, col.Null, col.Unit = number, &missing, d.unit(c)
		case csvCategory:
			col.Required, col.Description = true, d.remarks(c)
			if d.inKey[i] || d.key == nil {
				col.Property = properties[d.dim(c).Role()]
			}
			if d.has(c, "") { // which would be no text at all
				col.Null = &[]string{}
			}
		}
		s.Columns = append(s.Columns, col)
	}
	for _, i := range d.key {
		s.PrimaryKey = append(s.PrimaryKey, names[i])
	}
	return s, nil
}

// csvwNumber is the type of the values: decimal, which keeps all digits, unless some
// have an exponent, which a decimal has not.
func (d *description) csvwNumber() (any, error) {
	base := "decimal"
	exponent, err := d.exponents()
	if err != nil {
		return nil, err
	}
	if exponent {
		base = "number"
	}
	if mark := d.decimalMark(); mark != "" {
		return csvwDatatype{base, csvwFormat{mark}}, nil
	}
	return base, nil
}

// errFound ends a search.
var errFound = errors.New("found")

// exponents tells whether a number is written with one: it has many digits, or is next to
// zero, for which there is no other way than to look at all.
func (d *description) exponents() (bool, error) {
	switch {
	case d.digits > mostDigits:
		return true, nil
	case d.whole:
		return false, nil
	}
	var scratch []byte
	err := layout.Walk{Cube: d.ds, Keep: NonMissing}.Chunks(func(c *jsonstat.Chunk) error {
		for i, kind := range c.Kinds {
			token := c.Buf[c.Start[i]:c.End[i]]
			if kind == jsonstat.NumberRaw {
				scratch = jsonstat.AppendNumber(scratch[:0], token)
				token = scratch
			}
			if (kind == jsonstat.Number || kind == jsonstat.NumberRaw) && bytes.IndexByte(token, 'e') >= 0 {
				return errFound
			}
		}
		return nil
	})
	if errors.Is(err, errFound) {
		return true, nil
	}
	return false, err
}

// titles are what a column is called: its label for people, and its header, by which
// readers find it. Many look at the first only. That is the label, unless the column is
// found by neither that nor its name.
func (d *description) titles(c csvColumn, name string, headers map[string]bool) any {
	label, header := d.label(c), d.header(c)
	switch {
	case label == "" || headers[label]: // of this column, or of another
		return header
	case header == name:
		return []string{label, header}
	}
	return []string{header, label}
}

// csvwNames are the names of the columns. Value and status of a long table have theirs
// whatever dimensions are called: jsonstat-io looks for these names.
func (d *description) csvwNames() []string {
	names := make([]string, len(d.columns))
	taken, withID := make(map[string]bool, len(d.columns)), map[int]bool{} // dimensions whose ids have a column
	for _, c := range d.columns {
		if c.kind == csvCategory && c.plan.Show == ID {
			withID[c.plan.Dim] = true
		}
	}
	if !d.l.Pivoted() {
		for i, c := range d.columns {
			switch c.kind {
			case csvValue:
				names[i] = "value"
			case csvStatus:
				names[i] = "status"
			}
			taken[strings.ToLower(names[i])] = names[i] != ""
		}
	}
	for i, c := range d.columns {
		if names[i] != "" {
			continue
		}
		name := variable(d.csvwName(c, withID[c.plan.Dim]))
		unique := name
		for n := 2; taken[strings.ToLower(unique)]; n++ {
			unique = fmt.Sprintf("%s_%d", name, n)
		}
		names[i], taken[strings.ToLower(unique)] = unique, true
	}
	return names
}

// csvwName is what a column is to be named: a dimension by its id, the labels beside the
// ids of one and the statuses of a pivot by a word more.
func (d *description) csvwName(c csvColumn, withID bool) string {
	if c.kind == csvCategory {
		id := d.dim(c).ID()
		if withID && c.plan.Show == Label {
			id += "_label"
		}
		return id
	}
	var ids []string
	for _, i := range d.l.By {
		ids = append(ids, d.ds.Dimensions()[i].CategoryID(d.l.Category(i, c.place)))
	}
	if c.kind == csvStatus {
		ids = append(ids, "status")
	}
	return strings.Join(ids, "_")
}

// variable is a text as the name of a variable of a URI template (RFC 6570), which the
// name of a column is: of letters and digits of ASCII and underscores behind the first,
// all else in percent signs.
func variable(text string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_' && i > 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	if b.Len() == 0 {
		return "column"
	}
	return b.String()
}
