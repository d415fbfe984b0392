package pxweb

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Table is what a server says about a table before data are asked for, in
// either version of the API.
type Table struct {
	API     API
	ID      string // as it was asked for
	Path    string // below the database in version 1; else the ID
	Title   string
	Source  string
	Updated string // as the server writes it; "" in version 1
	Lang    string

	Variables []Variable // in the order of the dimensions of the data

	Discontinued bool // version 2 only

	rawTitle string // as the server writes it

	// Dataset has all of the metadata of version 2: notes, units, links. It has no
	// cells. It is nil in version 1, which knows none of these.
	Dataset *jsonstat.Dataset
}

// Variable is a variable of a table.
type Variable struct {
	Code string
	Text string

	// Dim has the values as the categories of a dimension, with labels and role,
	// and in version 2 with units, notes and identifiers. It is nil if the server
	// leaves the values out, as version 1 does where there are very many.
	Dim *jsonstat.Dimension

	// Elimination says that the variable may be left out of a query: the total is
	// given, which is that of EliminationValue if it has one, else a sum.
	Elimination      bool
	EliminationValue string // version 2 only

	contents bool // it is the contents, although no role says so

	Map       string        // version 1 only
	CodeLists []CodeListRef // version 2 only; version 1 does not tell them
}

// Role is what the variable stands for. Version 1 says time and leaves the
// contents to be known by their usual code.
func (v *Variable) Role() jsonstat.Role {
	switch {
	case v.contents:
		return jsonstat.Metric
	case v.Dim != nil:
		return v.Dim.Role()
	}
	return jsonstat.Classification
}

// Variable is the variable of that code, without regard to case if that makes
// it only one. The error is a [*jsonstat.UnknownError] with near misses.
func (t *Table) Variable(code string) (*Variable, error) {
	i, err := t.find(code)
	if err != nil {
		return nil, err
	}
	return &t.Variables[i], nil
}

func (t *Table) find(code string) (int, error) {
	folded, times := -1, 0
	for i := range t.Variables {
		if t.Variables[i].Code == code {
			return i, nil
		}
		if strings.EqualFold(t.Variables[i].Code, code) {
			folded, times = i, times+1
		}
	}
	if times == 1 {
		return folded, nil
	}
	return -1, unknown("variable", code, "", t.codes(), func(i int) string { return t.Variables[i].Text })
}

func (t *Table) codes() []string {
	list := make([]string, len(t.Variables))
	for i := range list {
		list[i] = t.Variables[i].Code
	}
	return list
}

// unknown is the error for a name that is not there; one that is the text of
// something is a near miss of that.
func unknown(kind, name, in string, all []string, text func(i int) string) error {
	e := &jsonstat.UnknownError{Kind: kind, Name: name, In: in}
	for i, id := range all {
		if len(e.Near) < 3 && strings.EqualFold(text(i), name) {
			e.Near = append(e.Near, id)
		}
	}
	if e.Near == nil {
		e.Near = jsonstat.Near(name, all)
	}
	if len(all) <= 20 {
		e.All = all
	}
	return e
}

// contentsCodes are the codes that the contents variable has on most servers.
var contentsCodes = []string{"ContentsCode", "CONTENTS", "Contents", "contents", "Tiedot", "Sisältö", "Näitaja", "Indicator"}

// Table asks for the metadata of a table. The id is that of the host; in version 1
// it may also be the path below the database.
func (c *Client) Table(ctx context.Context, id string) (*Table, error) {
	api, err := c.version(ctx)
	if err != nil {
		return nil, err
	}
	if api == V2 {
		return c.table2(ctx, id)
	}
	return c.table1(ctx, id)
}

func (c *Client) table1(ctx context.Context, id string) (*Table, error) {
	t, err := c.table1At(ctx, id)
	if err == nil || strings.Contains(strings.Trim(id, "/"), "/") || !(errors.Is(err, ErrNotFound) || errors.Is(err, ErrRefused)) {
		return t, err
	}
	// The short form knows tables by an index, in which a new one may be missing,
	// and many servers have no short form.
	hits, searchErr := c.Search(ctx, Search{Text: id})
	if searchErr != nil {
		return nil, err
	}
	for _, h := range hits {
		if strings.EqualFold(h.ID, id) || strings.HasPrefix(h.Title, id+":") || strings.EqualFold(h.Table, id) {
			return c.table1At(ctx, h.Path)
		}
	}
	return nil, err
}

func (c *Client) table1At(ctx context.Context, path string) (*Table, error) {
	address := c.url1(path)
	text, err := c.get(ctx, address)
	if err != nil {
		return nil, err
	}
	var m struct {
		Title     string `json:"title"`
		Variables []struct {
			Code        string   `json:"code"`
			Text        string   `json:"text"`
			Map         string   `json:"map"`
			Values      []string `json:"values"`
			ValueTexts  []string `json:"valueTexts"`
			Elimination bool     `json:"elimination"`
			Time        bool     `json:"time"`
		} `json:"variables"`
	}
	if strings.HasPrefix(strings.TrimSpace(string(text)), "[") {
		return nil, selectionErrorf("", "%q is a level with tables below it, not a table", path)
	}
	if err := c.decode(address, text, &m); err != nil {
		return nil, err
	}
	if len(m.Variables) == 0 {
		return nil, &Error{Kind: ErrAnswer, Status: 200, Method: "GET", URL: address, Message: "the metadata has no variables"}
	}
	id := path[strings.LastIndexByte(path, '/')+1:]
	t := &Table{API: V1, ID: id, Path: strings.Trim(path, "/"), Title: oneLine(m.Title), rawTitle: m.Title, Lang: c.lang}
	hasTime := false
	for _, v := range m.Variables {
		hasTime = hasTime || v.Time
	}
	for _, v := range m.Variables {
		role := jsonstat.Classification
		switch {
		case v.Time:
			role = jsonstat.Time
		case v.Map != "":
			role = jsonstat.Geo
		case isContents(v.Code):
			role = jsonstat.Metric
		}
		out := Variable{Code: v.Code, Text: v.Text, Elimination: v.Elimination, Map: v.Map}
		if len(v.Values) > 0 {
			cats := make([]jsonstat.Category, len(v.Values))
			for i, code := range v.Values {
				cats[i].ID = code
				if i < len(v.ValueTexts) {
					cats[i].Label = v.ValueTexts[i]
				}
			}
			if out.Dim, err = jsonstat.NewDimension(jsonstat.DimensionSpec{ID: v.Code, Label: v.Text, Role: role, Categories: cats}); err != nil {
				return nil, &Error{Kind: ErrAnswer, Status: 200, Method: "GET", URL: address, Message: err.Error()}
			}
		}
		t.Variables = append(t.Variables, out)
	}
	return t, nil
}

func isContents(code string) bool {
	for _, c := range contentsCodes {
		if c == code {
			return true
		}
	}
	return false
}

func (c *Client) table2(ctx context.Context, id string) (*Table, error) {
	address := c.url2("/tables/"+escapePath(id)+"/metadata", nil)
	text, err := c.get(ctx, address)
	if err != nil {
		return nil, err
	}
	ds, err := readHead(text)
	if err != nil {
		return nil, answerError(address, text, err)
	}
	t := &Table{API: V2, ID: id, Path: id, Title: oneLine(ds.Label()), rawTitle: ds.Label(), Source: ds.Source(), Updated: ds.Updated(), Lang: c.lang, Dataset: ds}
	var root struct {
		Discontinued *bool `json:"discontinued"`
		PX           struct {
			Discontinued *bool `json:"discontinued"`
		} `json:"px"`
	}
	_ = json.Unmarshal(ds.Extension(), &root)
	for _, d := range []*bool{root.Discontinued, root.PX.Discontinued} {
		t.Discontinued = t.Discontinued || (d != nil && *d)
	}
	for _, d := range ds.Dimensions() {
		var e struct {
			Elimination          bool          `json:"elimination"`
			EliminationValueCode string        `json:"eliminationValueCode"`
			Lists                []CodeListRef `json:"codelists"` // encoding/json folds the older codeLists into it
		}
		_ = json.Unmarshal(d.Extension(), &e)
		t.Variables = append(t.Variables, Variable{Code: d.ID(), Text: d.Label(), Dim: d,
			Elimination: e.Elimination, EliminationValue: e.EliminationValueCode, CodeLists: e.Lists})
	}
	t.guessContents()
	return t, nil
}

// guessContents finds the contents where no role says which variable they are: only
// they have units.
func (t *Table) guessContents() {
	if len(t.Dataset.Role(jsonstat.Metric)) > 0 {
		return
	}
	for i := range t.Variables {
		v := &t.Variables[i]
		if v.Dim.Role() == jsonstat.Classification && (v.Dim.HasUnits() || isContents(v.Code)) {
			v.contents = true
			return
		}
	}
}

// readHead reads a document without cells.
func readHead(text []byte) (*jsonstat.Dataset, error) {
	doc, err := jsonstat.Parse(text)
	if err != nil {
		return nil, err
	}
	return doc.Dataset(0)
}

// answerError is the error of an answer that is no JSON-stat.
func answerError(address string, text []byte, err error) error {
	message, page := said(text[:min(len(text), 64<<10)])
	if !page {
		message = err.Error()
	}
	return &Error{Kind: ErrAnswer, Status: 200, Message: message, Page: page, URL: address, Err: err}
}

// CodeListRef names a code list of a variable.
type CodeListRef struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Type  string `json:"type"` // Aggregation or Valueset
}

// CodeList is a grouping or a value set of a variable.
type CodeList struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Type   string `json:"type"` // Aggregation or Valueset
	Values []struct {
		Code    string   `json:"code"`
		Label   string   `json:"label"`
		Members []string `json:"valueMap"` // codes of the variable that the value is made of
	} `json:"values"`
	Elimination      bool   `json:"elimination"`
	EliminationValue string `json:"eliminationValueCode"`
}

// CodeList asks for a code list by its id (agg_KommSummer) or by the name that
// version 1 has for it (agg:KommSummer). Only version 2 tells code lists; for
// a host that has both it is asked.
func (c *Client) CodeList(ctx context.Context, id string) (*CodeList, error) {
	if !c.host.has(V2) {
		return nil, selectionErrorf("", "the server does not tell the values of %s: version 1 of the API knows code lists only by name", id)
	}
	address := c.url2("/codelists/"+escapePath(listID(id)), url.Values{})
	text, err := c.get(ctx, address)
	if err != nil {
		return nil, err
	}
	l := &CodeList{}
	if err := c.decode(address, text, l); err != nil {
		return nil, err
	}
	if l.ID == "" && len(l.Values) == 0 {
		return nil, &Error{Kind: ErrAnswer, Status: 200, URL: address, Message: "it is no code list"}
	}
	return l, nil
}

// listID is the name of a code list in version 2, listName that in version 1.
func listID(name string) string {
	if kind, rest, ok := strings.Cut(name, ":"); ok && isListKind(kind) {
		return kind + "_" + rest
	}
	return name
}

func listName(id string) string {
	for _, kind := range listKinds {
		if rest, ok := strings.CutPrefix(id, kind+"_"); ok {
			return kind + ":" + rest
		}
	}
	return id
}

// listKinds are the kinds of code lists, the longest names first.
var listKinds = []string{"agg_single", "agg_all", "agg", "vs"}

func isListKind(kind string) bool {
	for _, k := range listKinds {
		if strings.EqualFold(k, kind) {
			return true
		}
	}
	return false
}

// dimension makes a dimension of the values of a list.
func (l *CodeList) dimension(v *Variable) (*jsonstat.Dimension, error) {
	spec := jsonstat.DimensionSpec{ID: v.Code, Label: v.Text, Role: v.Role()}
	for _, value := range l.Values {
		spec.Categories = append(spec.Categories, jsonstat.Category{ID: value.Code, Label: value.Label})
	}
	d, err := jsonstat.NewDimension(spec)
	if err != nil {
		return nil, fmt.Errorf("code list %s: %w", l.ID, err)
	}
	return d, nil
}
