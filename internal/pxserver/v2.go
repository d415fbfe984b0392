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
	if len(r.URL.RequestURI()) > longestAddress || strings.HasSuffix(r.URL.Path, "/") || len(path) == 0 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if !slices.Contains(v.host.Languages, c.lang) {
		c.fail(noLanguage)
		return
	}
	post := r.Method == http.MethodPost
	fixed := make([]string, len(path))
	for i, p := range path {
		fixed[i] = strings.ToLower(p)
	}
	switch {
	case len(path) == 1 && fixed[0] == "config":
		c.config()
	case len(path) == 1 && fixed[0] == "tables":
		c.tableList()
	case len(path) >= 2 && fixed[0] == "tables":
		c.table(path[1], strings.Join(fixed[2:], "/"), post)
	case len(path) == 2 && fixed[0] == "codelists":
		c.codeList(path[1])
	case fixed[0] == "savedqueries":
		v.saved.serve(c, path[1:], post)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (c *call2) config() {
	h := c.host
	calls, seconds := c.maxCalls, int(c.window/time.Second)
	if h.ConfigV2Zero && c.hostPace {
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

func (c *call2) table(id, what string, post bool) {
	t := c.find(id)
	switch {
	case what == "data" && t == nil:
		c.fail(noTableData)
	case what == "data":
		c.data(t, post)
	case post:
		c.w.WriteHeader(http.StatusMethodNotAllowed)
	case t == nil:
		c.fail(noTable2)
	case what == "":
		writeObject(c.w, func(j *jsonWriter) { c.tableInfo(j, t, true) })
	case what == "metadata":
		c.metadata(t)
	case what == "defaultselection":
		c.selection(t, defaultSelection(t, &query2{}))
	default:
		c.w.WriteHeader(http.StatusNotFound)
	}
}

func (c *call2) data(t *Table, post bool) {
	format := strings.ToLower(cmp.Or(c.params["outputformat"], c.host.Format2))
	if !slices.Contains(allFormats2, format) {
		c.invalid("outputFormat", "The value '"+c.params["outputformat"]+"' is not valid.")
		return
	}
	if !slices.Contains(c.formats(), format) {
		c.fail(noFormat)
		return
	}
	params, ok := parseOutput(format, splitItems(c.params["outputformatparams"]))
	if !ok {
		c.fail(noFormat)
		return
	}
	q := addressQuery(c.params)
	if post {
		var err error
		if q, err = bodyQuery(c.body); err != nil {
			c.invalid("$", "The JSON value could not be converted.")
			return
		}
	}
	c.answer(t, q, format, params)
}

// metadata answers the table as JSON-stat without values.
func (c *call2) metadata(t *Table) {
	e := wholeTable(t, c.host, c.lang)
	e.edition, e.said = c.edition(t), c.said
	for i := range e.axes {
		a := &e.axes[i]
		id := c.params["codelist["+a.v.Code+"]"]
		if id == "" {
			continue
		}
		if a.list = a.v.list2(id); a.list == nil {
			c.fail(noCodeList)
			return
		}
		a.picks = nil
		for k := range a.list.Values {
			a.picks = append(a.picks, a.v.groupPick(&a.list.Values[k]))
		}
	}
	if c.params["defaultselection"] == "true" {
		if d, bad := (&query2{}).extract(t, c.host, c.maxCells); bad == nil {
			d.lang, d.edition, d.said, e = e.lang, e.edition, e.said, d
		}
	}
	writeObject(c.w, func(j *jsonWriter) {
		meta := &cubeWriter{jsonWriter: j, extract: e, old: c.host.OldSerializer,
			codeListAt: func(id string) string { return c.href("/codelists/" + id + "?lang=" + c.lang) }}
		meta.dataset()
	})
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
		j.key("links").array(func() { c.link(j, "self", "/codelists/"+list.FullID()) })
	})
}
