package pxweb

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Dataset is one of Statistics Norway's ready-made datasets.
type Dataset struct {
	ID    string
	Title string
	Tags  []string
	Table string // the number of the table that it is made from; "" if it does not say
}

var errNoServices = selectionErrorf("", "this is a service of Statistics Norway: ask the host ssb")

// Datasets lists the ready-made datasets.
func (c *Client) Datasets(ctx context.Context) ([]Dataset, error) {
	address, err := c.datasetURL("list.json")
	if err != nil {
		return nil, err
	}
	var v struct {
		Datasets []struct {
			ID    json.RawMessage `json:"id"` // a number or a text
			Title string          `json:"title"`
			Tags  json.RawMessage `json:"tags"` // a list or a text
		} `json:"datasets"`
	}
	if _, err := c.getJSON(ctx, address, &v); err != nil {
		return nil, retired(err, "")
	}
	list := make([]Dataset, len(v.Datasets))
	for i, d := range v.Datasets {
		list[i] = Dataset{ID: strings.Trim(string(d.ID), `"`), Title: oneLine(d.Title)}
		if json.Unmarshal(d.Tags, &list[i].Tags) != nil {
			var text string
			_ = json.Unmarshal(d.Tags, &text)
			list[i].Tags = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
		}
		for _, tag := range list[i].Tags {
			if len(tag) == 5 && isNumber(tag) {
				list[i].Table = tag
			}
		}
	}
	return list, nil
}

// DatasetText gets a ready-made dataset as "json" (JSON-stat before 2.0) or "csv",
// as the server makes it. One that is not there any more is an error that names
// the table to ask instead, if that can be found.
func (c *Client) DatasetText(ctx context.Context, id, form string, w io.Writer) error {
	address, err := c.datasetURL(escapePath(id) + "." + form)
	if err != nil {
		return err
	}
	text, err := c.text(ctx, request{method: http.MethodGet, url: address, accept: "*/*"})
	if err == nil {
		if message, page := said(text[:min(len(text), 4<<10)]); page {
			return &Error{Kind: ErrAnswer, Status: 200, Message: message, Page: true, URL: address}
		}
		_, err = w.Write(text)
		return err
	}
	if !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrGone) {
		return err
	}
	table := ""
	if list, e := c.Datasets(ctx); e == nil {
		if i := slices.IndexFunc(list, func(d Dataset) bool { return d.ID == id }); i >= 0 {
			table = list[i].Table
		}
	}
	return retired(err, table)
}

// datasetURL is an address of the ready-made datasets.
func (c *Client) datasetURL(name string) (string, error) {
	if c.host.Data == "" {
		return "", errNoServices
	}
	return c.host.Data + "/api/v0/dataset/" + name + "?" + url.Values{"lang": {cmp.Or(c.lang, "no")}}.Encode(), nil
}

// RetiredError is a ready-made dataset that is not there any more.
type RetiredError struct {
	Table string // the table that has the same figures; "" if not known
	Err   error
}

// Error says what to ask instead.
func (e *RetiredError) Error() string {
	instead := "its figures are in a table of the same subject"
	if e.Table != "" {
		instead = "its figures are in table " + e.Table
	}
	return fmt.Sprintf("the ready-made dataset is retired, or never was: %s (%v)", instead, e.Err)
}

// Unwrap returns what the server said.
func (e *RetiredError) Unwrap() error { return e.Err }

func retired(err error, table string) error {
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrGone) {
		return &RetiredError{table, err}
	}
	return err
}

// xml asks for XML of Statistics Norway's web site.
func (c *Client) xml(ctx context.Context, path string) (address string, text []byte, err error) {
	if c.host.Web == "" {
		return "", nil, errNoServices
	}
	address = c.host.Web + path
	text, err = c.text(ctx, request{method: http.MethodGet, url: address, accept: "application/xml, text/xml, */*"})
	return address, text, err
}

// Vardok gets the definition of a variable in a language: nb, nn or en; "" is the
// client's.
func (c *Client) Vardok(ctx context.Context, id int, lang string) (*Definition, error) {
	lang = cmp.Or(lang, c.klassLang())
	address, text, err := c.xml(ctx, fmt.Sprintf("/a/xml/metadata/conceptvariable/vardok/%d/%s", id, url.PathEscape(lang)))
	if err != nil {
		return nil, err
	}
	d := &Definition{}
	if d.Fields, err = xmlTexts(text); err != nil || len(d.Fields) == 0 {
		return nil, wordsInstead(address, text, err)
	}
	for _, f := range d.Fields {
		switch last := f[0][strings.LastIndexByte(f[0], '/')+1:]; {
		case d.Definition == "" && (last == "Description" || last == "Definition"):
			d.Definition = f[1]
		case d.Name == "" && last == "Title":
			d.Name = f[1]
		}
	}
	if m := xmlLang().FindSubmatch(text); m != nil {
		d.Lang = string(m[1])
	}
	return d, nil
}

// Subjects gets the tree of subjects and statistics with their short names, in
// document order.
func (c *Client) Subjects(ctx context.Context) ([]Subject, error) {
	address, text, err := c.xml(ctx, "/xp/_/service/mimir/subjectStructurStatistics")
	if err != nil {
		return nil, err
	}
	list, err := parseSubjects(text, c.lang)
	if err != nil || len(list) == 0 {
		return nil, wordsInstead(address, text, err)
	}
	return list, nil
}

// klassLang is the client's language as Klass and Vardok have it.
func (c *Client) klassLang() string {
	if c.lang == "no" || c.lang == "" {
		return "nb"
	}
	return c.lang
}

// klass asks Klass.
func (c *Client) klass(ctx context.Context, path string, query url.Values, v any) error {
	if c.host.Data == "" {
		return selectionErrorf("", "Klass is a service of Statistics Norway: ask the host ssb")
	}
	query.Set("language", c.klassLang())
	address := c.host.Data + "/api/klass/v1/" + path + "?" + query.Encode()
	_, err := c.getJSON(ctx, address, v)
	return err
}

// Classification tells of a classification and its versions.
func (c *Client) Classification(ctx context.Context, id int) (*Classification, error) {
	v := &Classification{}
	return v, c.klass(ctx, "classifications/"+strconv.Itoa(id), url.Values{"includeFuture": {"true"}}, v)
}

// KlassCodes lists the codes that are valid at a day, or in a period whose end is
// not part of it: days are written 2024-01-01. An empty end is open.
func (c *Client) KlassCodes(ctx context.Context, id int, from, to string) ([]KlassCode, error) {
	path, query := "classifications/"+strconv.Itoa(id)+"/codes", url.Values{"from": {from}}
	if to != "" {
		query.Set("to", to)
	}
	return c.klassCodes(ctx, path, query)
}

// KlassCodesAt lists the codes that are valid at a day.
func (c *Client) KlassCodesAt(ctx context.Context, id int, day string) ([]KlassCode, error) {
	return c.klassCodes(ctx, "classifications/"+strconv.Itoa(id)+"/codesAt", url.Values{"date": {day}})
}

func (c *Client) klassCodes(ctx context.Context, path string, query url.Values) ([]KlassCode, error) {
	var v struct {
		Codes []KlassCode `json:"codes"`
	}
	err := c.klass(ctx, path, query, &v)
	return v.Codes, err
}

// KlassChanges lists the changes of codes in a period.
func (c *Client) KlassChanges(ctx context.Context, id int, from, to string) ([]KlassChange, error) {
	query := url.Values{"from": {from}}
	if to != "" {
		query.Set("to", to)
	}
	var v struct {
		Changes []KlassChange `json:"codeChanges"`
	}
	err := c.klass(ctx, "classifications/"+strconv.Itoa(id)+"/changes", query, &v)
	return v.Changes, err
}

// KlassCorrespondence pairs the codes of a classification with those of another
// one at a day.
func (c *Client) KlassCorrespondence(ctx context.Context, id, target int, day string) ([]Correspondence, error) {
	query := url.Values{"targetClassificationId": {strconv.Itoa(target)}, "date": {day}}
	var v struct {
		Items []Correspondence `json:"correspondenceItems"`
	}
	err := c.klass(ctx, "classifications/"+strconv.Itoa(id)+"/correspondsAt", query, &v)
	return v.Items, err
}
