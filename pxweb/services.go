package pxweb

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Dataset is one of Statistics Norway's ready-made datasets.
type Dataset struct {
	ID    string
	Title string
	Tags  []string
	Table string // the number of the table that it is made from; "" if it does not say
}

var errNoServices = "this is a service of Statistics Norway: ask the host ssb"

// Datasets lists the ready-made datasets.
func (c *Client) Datasets(ctx context.Context) ([]Dataset, error) {
	if c.host.Data == "" {
		return nil, selectionErrorf("", "%s", errNoServices)
	}
	address := c.host.Data + "/api/v0/dataset/list.json?" + url.Values{"lang": {orNo(c.lang)}}.Encode()
	text, err := c.get(ctx, address)
	if err != nil {
		return nil, retired(err, "")
	}
	var v struct {
		Datasets []struct {
			ID    json.RawMessage `json:"id"` // a number or a text
			Title string          `json:"title"`
			Tags  json.RawMessage `json:"tags"` // a list or a text
		} `json:"datasets"`
	}
	if err := c.decode(address, text, &v); err != nil {
		return nil, err
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
	if c.host.Data == "" {
		return selectionErrorf("", "%s", errNoServices)
	}
	address := c.host.Data + "/api/v0/dataset/" + escapePath(id) + "." + form + "?" + url.Values{"lang": {orNo(c.lang)}}.Encode()
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

// Definition is what Vardok says of a variable.
type Definition struct {
	Name       string
	Definition string
	Lang       string      // the language that it is in: not all are there in all
	Fields     [][2]string // all texts of the document by the path of their elements, in order
}

// Vardok gets the definition of a variable in a language: nb, nn or en; "" is the
// client's.
func (c *Client) Vardok(ctx context.Context, id int, lang string) (*Definition, error) {
	if c.host.Web == "" {
		return nil, selectionErrorf("", "%s", errNoServices)
	}
	if lang == "" {
		lang = c.klassLang()
	}
	address := fmt.Sprintf("%s/a/xml/metadata/conceptvariable/vardok/%d/%s", c.host.Web, id, url.PathEscape(lang))
	text, err := c.text(ctx, request{method: http.MethodGet, url: address, accept: "application/xml, text/xml, */*"})
	if err != nil {
		return nil, err
	}
	d := &Definition{}
	if d.Fields, err = xmlTexts(text); err != nil || len(d.Fields) == 0 {
		message, page := said(text[:min(len(text), 64<<10)])
		return nil, &Error{Kind: ErrAnswer, Status: 200, Message: message, Page: page, URL: address, Err: err}
	}
	for _, f := range d.Fields {
		switch last := f[0][strings.LastIndexByte(f[0], '/')+1:]; {
		case d.Definition == "" && (last == "Description" || last == "Definition"):
			d.Definition = f[1]
		case d.Name == "" && last == "Title":
			d.Name = f[1]
		}
	}
	if m := xmlLang.FindSubmatch(text); m != nil {
		d.Lang = string(m[1])
	}
	return d, nil
}

var xmlLang = regexp.MustCompile(`xml:lang=["']([A-Za-z-]+)`)

// xmlTexts lists the texts of an XML document with the paths of their elements.
func xmlTexts(text []byte) ([][2]string, error) {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return latin1Reader(r) }
	var path []string
	var list [][2]string
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if s := strings.Join(strings.Fields(string(t)), " "); s != "" {
				list = append(list, [2]string{strings.Join(path, "/"), s})
			}
		}
	}
}

func latin1Reader(r io.Reader) (io.Reader, error) {
	text, err := io.ReadAll(r)
	return strings.NewReader(latin1(string(text))), err
}

// Subject is a node of the tree of Statistics Norway's subjects.
type Subject struct {
	Code      string // of a subject; the short name of a statistic
	Title     string
	Statistic bool // it is a statistic, a leaf
	Level     int  // 1 is the top
	Subjects  []string
	IsPrimary bool // of a statistic: this is its main place
}

// Subjects gets the tree of subjects and statistics with their short names, in
// document order.
func (c *Client) Subjects(ctx context.Context) ([]Subject, error) {
	if c.host.Web == "" {
		return nil, selectionErrorf("", "%s", errNoServices)
	}
	address := c.host.Web + "/xp/_/service/mimir/subjectStructurStatistics"
	text, err := c.text(ctx, request{method: http.MethodGet, url: address, accept: "application/xml, text/xml, */*"})
	if err != nil {
		return nil, err
	}
	list, err := c.parseSubjects(text)
	if err != nil || len(list) == 0 {
		message, page := said(text[:min(len(text), 64<<10)])
		return nil, &Error{Kind: ErrAnswer, Status: 200, Message: message, Page: page, URL: address, Err: err}
	}
	return list, nil
}

// parseSubjects reads the tree: whatever element has a code or a short name as an
// attribute is a node, and titles below it are its own.
func (c *Client) parseSubjects(text []byte) ([]Subject, error) {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return latin1Reader(r) }
	var list []Subject
	var open []int // nodes that are open, -1 for other elements
	var codes []string
	lang := ""
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			s := Subject{Level: len(codes) + 1, Subjects: slices.Clone(codes)}
			node := false
			lang = ""
			for _, a := range t.Attr {
				switch strings.ToLower(a.Name.Local) {
				case "emnekode":
					s.Code, node = a.Value, true
				case "kortnavn":
					s.Code, s.Statistic, node = a.Value, true, true
				case "isprimaerplassering":
					s.IsPrimary = strings.EqualFold(a.Value, "true") || strings.EqualFold(a.Value, "ja") || a.Value == "1"
				case "sprak", "lang":
					lang = a.Value
				}
			}
			if !node {
				open = append(open, -1)
				continue
			}
			open = append(open, len(list))
			codes = append(codes, s.Code)
			list = append(list, s)
		case xml.EndElement:
			if open[len(open)-1] >= 0 {
				codes = codes[:len(codes)-1]
			}
			open = open[:len(open)-1]
		case xml.CharData:
			s := strings.Join(strings.Fields(string(t)), " ")
			if s == "" || len(codes) == 0 {
				continue
			}
			own := &list[lastNode(open)]
			if own.Title == "" || lang == c.lang {
				own.Title = s
			}
		}
	}
}

func lastNode(open []int) int {
	for i := len(open) - 1; i >= 0; i-- {
		if open[i] >= 0 {
			return open[i]
		}
	}
	return 0
}

// Saved gets a query that was saved on a server of version 2, by its number.
func (c *Client) Saved(ctx context.Context, id string) (*SavedQuery, error) {
	if !c.host.has(V2) {
		return nil, selectionErrorf("", "only version 2 has saved queries")
	}
	address := c.host.V2 + "/savedqueries/" + escapePath(id)
	text, err := c.get(ctx, address)
	if err != nil {
		return nil, err
	}
	q, err := ParseQuery(text)
	if err != nil {
		return nil, &Error{Kind: ErrAnswer, Status: 200, Message: err.Error(), URL: address, Err: err}
	}
	return q, nil
}

// orNo is a language of Statistics Norway.
func orNo(lang string) string {
	if lang == "" {
		return "no"
	}
	return lang
}
