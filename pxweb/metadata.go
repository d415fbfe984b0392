package pxweb

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/jsonstat-go/toolkit/internal/pxext"
	"github.com/jsonstat-go/toolkit/jsonstat"
	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// table asks for the metadata of a table.
func (s *server) table(ctx context.Context, id string) (*Table, error) {
	at, err := s.find(ctx)
	if err != nil {
		return nil, err
	}
	var t *Table
	if at.api == V1 {
		t, err = s.table1(ctx, id)
		return t, s.elsewhere(ctx, id, err)
	}
	t, err = s.table2(ctx, id)
	if isNo(err) && at.host.has(V1) && !isTableNumber(id) {
		// Its path, or a name that version 1 has for it: what listings of version 1 print.
		if one, err1 := s.table1(ctx, id); err1 == nil {
			return s.sameIn2(ctx, one), nil
		}
	}
	return t, s.elsewhere(ctx, id, err)
}

// sameIn2 is a table of version 1 as version 2 has it, if that can be told: if its title
// begins with its number.
func (s *server) sameIn2(ctx context.Context, t *Table) *Table {
	at := s.at()
	if name := at.nameOf("", t.Title); name != "" {
		if two, err := s.table2(ctx, name); err == nil {
			return two
		}
	}
	return t
}

func (s *server) table1(ctx context.Context, id string) (*Table, error) {
	if s.at().host.isPxStat() && !strings.Contains(id, "/") {
		path, err := s.pxStatPath(ctx, id)
		if err != nil {
			return nil, err
		}
		return s.table1At(ctx, path)
	}
	t, err := s.table1At(ctx, id)
	if err == nil || strings.Contains(strings.Trim(id, "/"), "/") || !isMissing(err) {
		return t, err
	}
	// The short form knows tables by an index, in which a new one may be missing,
	// and many servers have no short form.
	hits, searchErr := s.search(ctx, Search{Text: id})
	if searchErr != nil {
		return nil, err
	}
	for _, h := range hits {
		if strings.EqualFold(h.ID, id) || strings.HasPrefix(h.Title, id+":") || strings.EqualFold(h.Table, id) {
			return s.table1At(ctx, h.Path)
		}
	}
	return nil, err
}

func (s *server) table1At(ctx context.Context, path string) (*Table, error) {
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
	at := s.at()
	address := at.url1(path)
	text, err := s.getJSON(ctx, address, &m)
	if strings.HasPrefix(strings.TrimSpace(string(text)), "[") {
		return nil, selectionErrorf("", "%q is a level with tables below it, not a table", path)
	}
	if err != nil {
		return nil, err
	}
	if len(m.Variables) == 0 {
		return nil, otherAnswer(address, "the metadata has no variables")
	}
	id := path[strings.LastIndexByte(path, '/')+1:]
	t := &Table{API: V1, ID: id, Path: strings.Trim(path, "/"), Title: transport.OneLine(m.Title), rawTitle: m.Title, Lang: at.lang, sign: sign(text, ""), read: s.calls.Now()}
	for _, v := range m.Variables {
		role := jsonstat.Classification
		switch {
		case v.Time, isPxStatTime(v.Code):
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
				return nil, otherAnswer(address, err.Error())
			}
		}
		t.Variables = append(t.Variables, out)
	}
	return t, nil
}

// contentsCodes are the codes that the contents variable has on most servers, in any case.
var contentsCodes = []string{"ContentsCode", "CONTENTS", "Tiedot", "Sisältö", "Näitaja", "Indicator", "STATISTIC"}

func isContents(code string) bool {
	return slices.ContainsFunc(contentsCodes, func(c string) bool { return strings.EqualFold(c, code) })
}

func (s *server) table2(ctx context.Context, id string) (*Table, error) {
	at := s.at()
	address := at.url2(tablePath(id)+"/metadata", nil)
	text, err := s.get(ctx, address)
	if err != nil {
		return nil, err
	}
	ds, err := readHead(address, text)
	if err != nil {
		return nil, err
	}
	t := &Table{API: V2, ID: id, Path: id, Title: transport.OneLine(ds.Label()), rawTitle: ds.Label(), Source: ds.Source(), Updated: ds.Updated(), Lang: at.lang, Dataset: ds,
		sign: sign(text, ds.Updated()), read: s.calls.Now()}
	t.Discontinued = pxext.IsDiscontinued(ds.Extension())
	for _, d := range ds.Dimensions() {
		var e struct {
			Lists []CodeListRef `json:"codelists"` // encoding/json folds the older codeLists into it
		}
		_ = json.Unmarshal(d.Extension(), &e)
		said := pxext.VariableOf(d.Extension())
		t.Variables = append(t.Variables, Variable{Code: d.ID(), Text: d.Label(), Dim: d,
			Elimination: said.Elimination, EliminationValue: said.EliminationValue, CodeLists: e.Lists})
	}
	guessContents(t)
	return t, nil
}

// guessContents finds the contents where no role says which variable they are: only
// they have units.
func guessContents(t *Table) {
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

// codeList asks for a code list.
func (s *server) codeList(ctx context.Context, id string) (*CodeList, error) {
	at := s.at()
	if !at.host.has(V2) {
		return nil, selectionErrorf("", "the server does not tell the values of %s: version 1 of the API knows code lists only by name", id)
	}
	address := at.url2("/codelists/"+escapePath(listID(id)), nil)
	l := &CodeList{}
	if _, err := s.getJSON(ctx, address, l); err != nil {
		return nil, err
	}
	if l.ID == "" && len(l.Values) == 0 {
		return nil, &Error{Kind: ErrAnswer, Status: 200, URL: address, Message: "it is no code list"}
	}
	return l, nil
}

// lists finds code lists, each once.
func (s *server) lists(ctx context.Context) Lists {
	var mu sync.Mutex
	known := map[string]*CodeList{}
	return func(name string) (*CodeList, error) {
		mu.Lock()
		defer mu.Unlock()
		if l, ok := known[name]; ok {
			return l, nil
		}
		at := s.at()
		if !at.host.has(V2) {
			return nil, nil
		}
		l, err := s.codeList(ctx, name)
		if at.api == V1 && isMissing(err) {
			l, err = nil, nil // version 2 is only asked out of curiosity
		}
		if err == nil {
			known[name] = l
		}
		return l, err
	}
}

// elsewhere looks for a table that is not there in the other languages of the server, and
// says in which it is.
func (s *server) elsewhere(ctx context.Context, id string, err error) error {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Status != http.StatusNotFound && e.Status != http.StatusBadRequest {
		return err
	}
	at := s.at()
	known := at.host.Languages
	if at.api == V2 {
		if cfg, _ := s.configure(ctx); cfg != nil && len(cfg.Languages) > 0 {
			known = cfg.Languages
		}
		at = s.at()
	}
	for _, lang := range known {
		if lang == at.lang || at.host.isPxStat() && !strings.Contains(id, "/") {
			continue
		}
		other := at
		other.lang = lang
		address := other.url1(id)
		if at.api == V2 {
			address = other.url2(tablePath(id)+"/metadata", nil)
		}
		if _, no := s.get(ctx, address); no == nil {
			return selectionErrorf("", "table %s is not there in %s, but it is in %s", id, at.lang, lang)
		}
	}
	return err
}
