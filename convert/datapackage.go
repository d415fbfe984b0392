package convert

import (
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/about"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// dataPackage is the name of the format in errors.
const dataPackage = "Data Package"

// mostCategories is how many categories a Data Package lists: more are of no use to who
// reads it, and a long list may be larger than the table.
const mostCategories = 1000

// The parts of a Data Package. Each says by its profile that it is of version 2; what
// version 1 calls by another name, or asks for besides, is there too.
type (
	packageDescriptor struct {
		Schema      string            `json:"$schema"`
		Profile     string            `json:"profile"`
		Name        string            `json:"name"`
		Title       string            `json:"title,omitempty"`
		Description string            `json:"description,omitempty"`
		Homepage    string            `json:"homepage,omitempty"`
		Created     string            `json:"created,omitempty"`
		Sources     []packageSource   `json:"sources,omitempty"`
		Licenses    []packageLicence  `json:"licenses,omitempty"`
		Resources   []packageResource `json:"resources"`
	}
	packageSource struct {
		Title string `json:"title"`
		Path  string `json:"path,omitempty"`
	}
	packageLicence struct {
		Name  string `json:"name,omitempty"`
		Path  string `json:"path,omitempty"`
		Title string `json:"title,omitempty"`
	}
	packageResource struct {
		Schema      string         `json:"$schema"`
		Profile     string         `json:"profile"`
		Name        string         `json:"name"`
		Type        string         `json:"type"`
		Title       string         `json:"title,omitempty"`
		Path        string         `json:"path"`
		Format      string         `json:"format"`
		MediaType   string         `json:"mediatype"`
		Encoding    string         `json:"encoding"`
		Compression string         `json:"compression,omitempty"`
		Dialect     packageDialect `json:"dialect"`
		Table       packageSchema  `json:"schema"`
	}
	packageDialect struct {
		Schema         string `json:"$schema"`
		Header         bool   `json:"header"`
		Delimiter      string `json:"delimiter"`
		LineTerminator string `json:"lineTerminator"`
		QuoteChar      string `json:"quoteChar"`
		DoubleQuote    bool   `json:"doubleQuote"`
	}
	packageSchema struct {
		Schema        string         `json:"$schema"`
		Fields        []packageField `json:"fields"`
		MissingValues []string       `json:"missingValues"`
		PrimaryKey    []string       `json:"primaryKey,omitempty"`
	}
	packageField struct {
		Name          string              `json:"name"`
		Title         string              `json:"title,omitempty"`
		Type          string              `json:"type"`
		Description   string              `json:"description,omitempty"`
		RDFType       string              `json:"rdfType,omitempty"`
		DecimalChar   string              `json:"decimalChar,omitempty"`
		MissingValues *[]string           `json:"missingValues,omitempty"`
		Constraints   *packageConstraints `json:"constraints,omitempty"`
		Categories    []packageCategory   `json:"categories,omitempty"`
	}
	packageConstraints struct {
		Required bool     `json:"required"`
		Enum     []string `json:"enum,omitempty"`
	}
	packageCategory struct {
		Value string `json:"value"`
		Label string `json:"label"`
	}
)

// profile is the address of a profile of version 2.
func profile(name string) string { return "https://datapackage.org/profiles/2.0/" + name + ".json" }

// classes are those to which the categories of a dimension belong by its role.
var classes = map[jsonstat.Role]string{
	jsonstat.Time:   "http://www.w3.org/2006/time#TemporalEntity",
	jsonstat.Geo:    "http://www.opengis.net/ont/geosparql#SpatialObject",
	jsonstat.Metric: "http://purl.org/linked-data/cube#MeasureProperty",
}

// WriteDataPackage writes the datapackage.json that belongs beside a CSV table: the
// descriptor of a Data Package (Frictionless, version 2, which readers of version 1 take
// too) with one resource, the table that [WriteCSV] writes with the same options. file is
// the name of the table, without its folder; one that ends in .gz is compressed.
//
// The descriptor has the columns with their types, labels, units and roles, the
// categories of a dimension of up to 1,000, the texts that stand for no value, the
// columns that tell the rows apart, and title, source, licence, notes and date of the
// dataset. Values are numbers, or strings where some of them are texts. The columns are
// known by their headers, so two of the same header are a [*DescriptionError], and so is a
// separator of several characters.
//
// It may read the cells to see what they are: see [NeedDescription].
func WriteDataPackage(w io.Writer, ds *jsonstat.Dataset, file string, o *CSVOptions) error {
	d, err := describe(ds, dataPackage, o)
	if err != nil {
		return err
	}
	table, err := d.packageSchema()
	if err != nil {
		return err
	}
	name, title := plainName(file), d.about.Title
	r := packageResource{
		Schema: profile("dataresource"), Profile: "tabular-data-resource", Name: name, Type: "table", Title: title,
		Path: file, Format: "csv", MediaType: "text/csv", Encoding: d.encoding(),
		Dialect: packageDialect{
			Schema: profile("tabledialect"), Header: true, Delimiter: d.o.Separator,
			LineTerminator: d.lineEnd(), QuoteChar: `"`, DoubleQuote: true,
		},
		Table: table,
	}
	switch ending := strings.ToLower(path.Ext(file)); ending {
	case ".gz":
		r.Compression = "gz"
	case ".zst":
		return &DescriptionError{dataPackage, "it knows of tables compressed with gzip, not of " + ending, nil}
	}
	p := packageDescriptor{
		Schema: profile("datapackage"), Profile: "tabular-data-package", Name: name, Title: title,
		Description: strings.Join(d.notes(), "\n\n"), Created: d.updated(), Resources: []packageResource{r},
	}
	if len(d.about.Pages) > 0 {
		p.Homepage = d.about.Pages[0].Address
	}
	if d.about.Source != "" {
		s := packageSource{Title: d.about.Source}
		if about.IsAddress(d.about.Address) {
			s.Path = d.about.Address
		}
		p.Sources = []packageSource{s}
	}
	if address, text := d.licence(); address != "" {
		p.Licenses = []packageLicence{{Path: address, Title: text}}
	} else if text != "" {
		p.Licenses = []packageLicence{{Name: licenceName(text), Title: text}}
	}
	return writeJSON(w, p)
}

// licenceName is the name of a licence that has no address: "CC BY 4.0" is CC-BY-4.0.
func licenceName(text string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", r) {
			return r
		}
		return '-'
	}, text)
	return strings.Trim(name, "-")
}

// packageSchema has the columns.
func (d *description) packageSchema() (packageSchema, error) {
	s := packageSchema{Schema: profile("tableschema"), Fields: make([]packageField, 0, len(d.columns)), MissingValues: d.missing()}
	seen := make(map[string]bool, len(d.columns))
	for _, c := range d.columns {
		f := d.packageField(c)
		if seen[f.Name] {
			return s, &DescriptionError{dataPackage, fmt.Sprintf("columns are told apart by their headers, and two are called %q", f.Name), []string{"ValueName", "StatusName"}}
		}
		seen[f.Name] = true
		s.Fields = append(s.Fields, f)
	}
	for _, i := range d.key {
		s.PrimaryKey = append(s.PrimaryKey, s.Fields[i].Name)
	}
	return s, nil
}

// packageField is a column.
func (d *description) packageField(c csvColumn) packageField {
	f := packageField{Name: d.header(c), Title: d.label(c), Type: "string"}
	switch c.kind {
	case csvValue:
		f.Description = d.unit(c)
		if d.numbers {
			f.Type, f.DecimalChar = "number", d.decimalMark()
		}
	case csvStatus:
		// A symbol that elsewhere stands for no value is one here.
		if d.has(c, *d.o.NA) {
			f.MissingValues = &[]string{""}
		}
	default:
		f.Description, f.RDFType = d.remarks(c), classes[d.dim(c).Role()]
		f.Constraints = &packageConstraints{Required: true}
		var labels []string
		f.Constraints.Enum, labels = d.texts(c, mostCategories)
		for i, label := range labels {
			f.Categories = append(f.Categories, packageCategory{f.Constraints.Enum[i], label})
		}
		if d.has(c, d.missing()...) {
			f.MissingValues = &[]string{}
		}
	}
	return f
}
