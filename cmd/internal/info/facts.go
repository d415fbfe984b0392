package info

import (
	"cmp"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/internal/about"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// facts are what is told of a file. Their JSON is documented in docs/look.md and does not
// change, but for members that come along.
type facts struct {
	File        string      `json:"file"`   // "-" for standard input
	Format      string      `json:"format"` // as --from of jsonstat convert names it
	Datasets    []dataset   `json:"datasets,omitempty"`
	Title       string      `json:"title"`
	Table       string      `json:"table,omitempty"` // its id at the office
	Subject     string      `json:"subject,omitempty"`
	Source      string      `json:"source,omitempty"`
	Updated     string      `json:"updated,omitempty"`
	Next        string      `json:"next,omitempty"`
	Licence     string      `json:"licence,omitempty"`
	Attribution string      `json:"attribution,omitempty"`
	Contacts    []string    `json:"contacts,omitempty"`
	Pages       []page      `json:"pages,omitempty"`
	Dimensions  []dimension `json:"dimensions"`
	Cells       int64       `json:"cells"`
	Missing     *int64      `json:"missing,omitempty"` // cells without a value; not there with --no-cells
	Texts       int64       `json:"texts,omitempty"`   // values that are no numbers
	Statuses    []status    `json:"statuses,omitempty"`
	Notes       []note      `json:"notes,omitempty"`

	lang string
	doc  cli.Document
}

// A dataset is one of several, and what picks it: any of the three.
type dataset struct {
	Index int    `json:"index"`
	ID    string `json:"id,omitempty"`
	Label string `json:"label,omitempty"`
}

type page struct {
	Label   string `json:"label,omitempty"`
	Address string `json:"address"`
}

type dimension struct {
	ID    string     `json:"id"`
	Label string     `json:"label,omitempty"` // if it is not the id
	Role  string     `json:"role,omitempty"`
	Size  int        `json:"size"`
	First *category  `json:"first,omitempty"`
	Last  *category  `json:"last,omitempty"` // if it is not the first
	Units []unit     `json:"units,omitempty"`
	Links []register `json:"links,omitempty"`
}

type category struct {
	ID    string `json:"id"`
	Label string `json:"label,omitempty"` // if it is not the id
}

type unit struct {
	category
	Unit     string `json:"unit,omitempty"`
	Decimals *int   `json:"decimals,omitempty"`
	Period   string `json:"period,omitempty"`
}

// A register says where a dimension, or one of its categories, is described.
type register struct {
	Register string `json:"register,omitempty"` // Klass, Vardok, ...
	Category string `json:"category,omitempty"`
	URN      string `json:"urn"`
	Page     string `json:"page,omitempty"`
}

type status struct {
	Status  string `json:"status"`
	Cells   int64  `json:"cells"`
	Meaning string `json:"meaning,omitempty"`
}

type note struct {
	Dimension string `json:"dimension,omitempty"`
	Category  string `json:"category,omitempty"`
	Text      string `json:"text"`
	Mandatory bool   `json:"mandatory,omitempty"`
}

// title is what the format is called in a sentence.
func (f *facts) title() string {
	switch f.Format {
	case "sdmx":
		return "an SDMX message"
	case "tsv":
		f.Format = "csv"
	}
	format, _ := formats.Get(f.Format)
	return format.Title
}

// head takes over what the head of a dataset says.
func (f *facts) head(ds *jsonstat.Dataset) {
	t := about.Of(ds)
	f.lang = cmp.Or(f.lang, t.Language, "en")
	f.Title, f.Table, f.Subject, f.Source, f.Updated, f.Next = t.Title, t.ID, t.Area, t.Source, t.Updated, t.Next
	f.Licence, f.Attribution, f.Contacts = t.Licence, t.Attribution, t.Contacts
	for _, p := range t.Pages {
		f.Pages = append(f.Pages, page(p))
	}
	if t.Address != "" {
		f.Pages = append(f.Pages, page{Address: t.Address})
	}
	f.Cells = ds.Len()
	f.Dimensions = []dimension{}
	for _, d := range ds.Dimensions() {
		f.Dimensions = append(f.Dimensions, f.dimension(d))
	}
	for _, n := range about.Notes(ds) {
		one := note{Text: n.Text, Mandatory: n.Mandatory}
		if n.Dimension != nil {
			one.Dimension = n.Dimension.ID()
		}
		if n.Category >= 0 {
			one.Category = n.Dimension.CategoryID(n.Category)
		}
		f.Notes = append(f.Notes, one)
	}
}

// dimension is what there is to say of a dimension.
func (f *facts) dimension(d *jsonstat.Dimension) dimension {
	one := dimension{ID: d.ID(), Size: d.Len()}
	if label := about.Line(d.Label()); label != d.ID() {
		one.Label = label
	}
	if r := d.Role(); r != jsonstat.Classification {
		one.Role = string(r)
	}
	if n := d.Len(); n > 0 {
		first, last := categoryOf(d, 0), categoryOf(d, n-1)
		if one.First = &first; n > 1 {
			one.Last = &last
		}
	}
	for _, u := range about.Units(d) {
		one.Units = append(one.Units, unit{categoryOf(d, u.Category), u.Text, u.Decimals, u.Period})
	}
	for _, u := range d.Identifiers() {
		name := map[jsonstat.Scheme]string{jsonstat.SchemeKlass: "Klass", jsonstat.SchemeVardok: "Vardok"}[u.Scheme()]
		one.Links = append(one.Links, register{name, u.Category, u.String(), cmp.Or(u.PageURL(f.lang), u.AboutURL(f.lang))})
	}
	return one
}

func categoryOf(d *jsonstat.Dimension, k int) category {
	c := category{ID: d.CategoryID(k)}
	if label := about.Line(d.CategoryLabel(k)); label != c.ID {
		c.Label = label
	}
	return c
}

// cells counts what is in the cells.
func (f *facts) cells(ds *jsonstat.Dataset) error {
	counts, err := ds.Cells().Facts()
	if err != nil {
		return err
	}
	missing := max(0, ds.Len()-counts.Numbers-counts.Texts-counts.Booleans)
	f.Missing, f.Texts = &missing, counts.Texts+counts.Booleans
	statuses, err := ds.StatusCounts()
	if err != nil {
		return err
	}
	for _, s := range statuses {
		f.Statuses = append(f.Statuses, status{s.Status, s.Cells, ds.SymbolText(s.Status, f.lang)})
	}
	return nil
}
