package pxserver

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
)

// longestAddress is what the servers take; longer ones are not found.
const longestAddress = 2100

// v2 is the interface of version 2, which keeps queries besides what the site has.
type v2 struct {
	*site
	saved savedQueries
}

func newV2(s *site) *v2 { return &v2{site: s, saved: savedQueries{list: []savedQuery{oldSaved()}}} }

// serve answers a call. path is what follows the base.
func (v *v2) serve(w http.ResponseWriter, r *http.Request, path []string, body []byte) {
	c := &call2{site: v.site, w: w, r: r, params: parameters(r.URL.Query()), body: body}
	c.lang = strings.ToLower(cmp.Or(c.params["lang"], v.host.Languages[0]))
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusOK)
		return
	}
	if len(r.URL.RequestURI()) > longestAddress || strings.HasSuffix(r.URL.Path, "/") || len(path) == 0 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	fixed := make([]string, len(path))
	for i, p := range path {
		fixed[i] = strings.ToLower(p)
	}
	methods, serve := v.find(c, path, fixed)
	switch {
	case serve == nil:
		w.WriteHeader(http.StatusNotFound)
	case !slices.Contains(methods, r.Method):
		w.Header().Set("Allow", strings.Join(methods, ", "))
		w.WriteHeader(http.StatusMethodNotAllowed)
	case !slices.Contains(v.host.Languages, c.lang):
		c.fail(noLanguage)
	default:
		serve()
	}
}

// find is what answers a path, and the methods that it takes; nil is nothing.
func (v *v2) find(c *call2, path, fixed []string) (methods []string, serve func()) {
	get, post := []string{http.MethodGet}, []string{http.MethodPost}
	switch what := strings.Join(fixed[min(2, len(fixed)):], "/"); {
	case len(path) == 1 && fixed[0] == "config":
		return get, c.config
	case len(path) == 1 && fixed[0] == "tables":
		return get, c.tableList
	case len(path) >= 2 && fixed[0] == "tables" && what == "data":
		return append(get, post...), func() { c.data(path[1]) }
	case len(path) >= 2 && fixed[0] == "tables" && slices.Contains([]string{"", "metadata", "defaultselection"}, what):
		return get, func() { c.table(path[1], what, &v.saved) }
	case len(path) == 2 && fixed[0] == "codelists":
		return get, func() { c.codeList(path[1]) }
	case len(path) == 1 && fixed[0] == "savedqueries":
		return post, func() { v.saved.save(c) }
	case fixed[0] == "savedqueries" && slices.Contains([]string{"", "data", "selection"}, what):
		return get, func() { v.saved.answer(c, path[1], what) }
	}
	return nil, nil
}

func (c *call2) config() {
	h := c.host
	calls, seconds := c.maxCalls, int(c.window/time.Second)
	if c.toldPace {
		calls, seconds = h.MaxCalls, int(h.Window/time.Second)
	}
	if h.ConfigV2Zero && c.toldPace {
		calls, seconds = 0, 0
	}
	writeObject(c.w, func(j *jsonWriter) {
		j.key("apiVersion").text("2.0.0")
		j.key("appVersion").text("2.0.0-local")
		j.key("languages").array(func() {
			for i, l := range h.Languages {
				label := l
				if i < len(h.Names) {
					label = h.Names[i]
				}
				j.object(func() { j.key("id").text(l); j.key("label").text(label) })
			}
		})
		j.key("defaultLanguage").text(h.Languages[0])
		j.key("maxDataCells").number(c.toldCells)
		j.key("maxCallsPerTimeWindow").number(calls)
		j.key("timeWindow").number(seconds)
		j.key("license").text(cmp.Or(h.LicenceURL, "https://creativecommons.org/licenses/by/4.0/"))
		j.key("sourceReferences").array(func() {
			for _, l := range h.Languages {
				j.object(func() {
					j.key("language").text(l)
					j.key("text").text(T("Kilde: oppdiktede tall", "Source: invented figures").In(l))
				})
			}
		})
		j.key("defaultDataFormat").text(h.Format2)
		j.key("dataFormats").texts(c.formats())
		j.key("features").array(func() {
			j.object(func() {
				j.key("id").text("CORS")
				j.key("params").array(func() {
					j.object(func() { j.key("key").text("enabled"); j.key("value").text("True") })
				})
			})
		})
	})
}

// table answers what is told of a table.
func (c *call2) table(id, what string, saved *savedQueries) {
	t := c.find(id)
	switch {
	case t == nil:
		c.fail(noTable2)
	case what == "metadata":
		c.metadata(t, saved)
	case what == "defaultselection":
		c.selection(defaultSelection(t, &query2{}), "/tables/"+t.ID+"/defaultselection")
	default:
		writeObject(c.w, func(j *jsonWriter) { c.tableInfo(j, t, true) })
	}
}

func (c *call2) data(id string) {
	t := c.find(id)
	format := strings.ToLower(cmp.Or(c.params["outputformat"], c.host.Format2))
	items := splitItems(c.params["outputformatparams"])
	var invalid []fieldError
	if !slices.Contains(allFormats2, format) {
		invalid = append(invalid, fieldError{"outputFormat", "The input was not valid."})
	}
	if _, ok := outputOf(items); !ok {
		invalid = append(invalid, fieldError{"outputFormatParams", "Invalid value."})
	}
	q := addressQuery(c.params)
	if c.r.Method == http.MethodPost {
		var wrong []fieldError
		q, wrong = bodyQuery(c.body)
		invalid = append(invalid, wrong...)
	}
	if invalid != nil {
		c.invalid(invalid...)
		return
	}
	params, ok := c.output(format, items)
	switch {
	case t == nil:
		c.fail(noTableData)
	case !ok:
		c.fail(noFormat)
	default:
		c.answer(t, q, format, params)
	}
}

// metadata answers the table as JSON-stat without values: whole, or as a selection has
// it.
func (c *call2) metadata(t *Table, saved *savedQueries) {
	e := wholeTable(t, c.host, c.lang)
	byDefault, invalid := c.flag("defaultSelection")
	if invalid != nil {
		c.invalid(invalid...)
		return
	}
	if bad := c.applyLists(t, e); bad != nil {
		c.fail(bad)
		return
	}
	q := &query2{}
	if id := c.params["savedquery"]; id != "" {
		known, ok := saved.find(id)
		if !ok {
			c.fail(noSavedQuery)
			return
		}
		q, byDefault = known.Selection, true
	}
	if byDefault {
		if d, bad := q.extract(t, c.host, c.maxCells); bad == nil {
			d.lang, e = e.lang, d
		}
	}
	e.edition, e.said = c.edition(t), c.said
	writeObject(c.w, func(j *jsonWriter) {
		meta := &cubeWriter{jsonWriter: j, extract: e, old: c.host.OldSerializer,
			codeListAt: func(id string) string { return c.href("/codeLists/" + id + "?lang=" + c.lang) }}
		meta.dataset()
	})
}

// applyLists puts the code lists that the address names in the place of values.
func (c *call2) applyLists(t *Table, e *extract) *problem {
	for key, id := range c.params {
		code, ok := strings.CutPrefix(strings.TrimSuffix(key, "]"), "codelist[")
		if !ok {
			continue
		}
		k := t.variable2(code)
		if k < 0 {
			return noVariable
		}
		a := &e.axes[k]
		if a.list = a.v.list2(id); a.list == nil {
			return noCodeList
		}
		a.picks = nil
		for i := range a.list.Values {
			a.picks = append(a.picks, a.v.groupPick(&a.list.Values[i]))
		}
	}
	return nil
}

// codeList answers a code list with its members. Ids that an address cannot hold
// are not found.
func (c *call2) codeList(id string) {
	var v *Variable
	var list *CodeList
	for _, t := range c.tables2 {
		for i := range t.Variables {
			if l := t.Variables[i].list2(id); l != nil && list == nil && !strings.ContainsAny(id, "+/()<") {
				v, list = &t.Variables[i], l
			}
		}
	}
	if list == nil {
		c.fail(noCodeList2)
		return
	}
	writeObject(c.w, func(j *jsonWriter) {
		j.key("id").text(list.FullID())
		j.key("label").text(list.Text.In(c.lang))
		j.key("language").text(c.lang)
		j.key("languages").texts(c.host.Languages)
		j.key("elimination").boolean(list.Elimination)
		j.given("eliminationValueCode", list.EliminationValue)
		j.key("type").text(list.kind())
		j.key("values").array(func() {
			for i := range list.Values {
				g := &list.Values[i]
				members := g.Members
				if len(members) == 0 {
					members = []string{g.Code}
				}
				j.object(func() {
					j.key("code").text(g.Code)
					j.key("label").text(v.groupPick(g).text.In(c.lang))
					j.key("valueMap").texts(members)
				})
			}
		})
		j.key("links").array(func() { c.link(j, "self", "/codeLists/"+list.FullID()) })
	})
}
