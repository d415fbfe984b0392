package pxweb

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

func TestList(t *testing.T) {
	c, _ := client(t, pxserver.Options{}, V1, Options{})
	ctx := context.Background()
	root, err := c.List(ctx, "")
	require.NoError(t, err)
	require.Contains(t, root, Entry{ID: "be", Type: "l", Text: "Befolkning", Path: "be"})
	deep, err := c.List(ctx, "be/be01/folkemengde")
	require.NoError(t, err)
	kinds := map[string]bool{}
	for _, e := range deep {
		kinds[e.Type] = true
		if e.ID == "avsluttet" {
			require.True(t, e.Ended)
		}
	}
	require.True(t, kinds["l"] && kinds["t"])
	js, err := c.List(ctx, "js")
	require.NoError(t, err)
	for _, e := range js {
		if e.Type == "h" {
			require.Empty(t, e.Path, "a headline leads nowhere")
		}
	}
	_, err = c.List(ctx, "05839")
	require.ErrorContains(t, err, "is a table, not a level")
	_, err = c.server.table1At(ctx, "be/be01")
	require.ErrorContains(t, err, "is a level")
}

// TestListOdd reads listings as servers write them.
func TestListOdd(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"databases", `[{"dbid":"ssd","text":"Statistikdatabasen"}]`, "l ssd Statistikdatabasen ssd"},
		{"HTML in texts", `[{"id":"a","type":"l","text":"<em>Big</em> &amp; small"}]`, "l a Big & small a"},
		{"an unknown type", `[{"id":"a","type":"x","text":"A"}]`, "x a A a"},
		{"a headline without an id", `[{"id":"","type":"h","text":"H"}]`, "h  H "},
		{"a byte order mark and blanks", "  [ ]", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := serve(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, tt.text) })
			list, err := c.List(context.Background(), "")
			require.NoError(t, err)
			var got []string
			for _, e := range list {
				got = append(got, e.Type+" "+e.ID+" "+e.Text+" "+e.Path)
			}
			require.Equal(t, tt.want, strings.Join(got, "\n"))
		})
	}
}

func ids(hits []Hit) []string {
	var list []string
	for _, h := range hits {
		list = append(list, h.ID)
	}
	return list
}

func TestSearch(t *testing.T) {
	for _, api := range []API{V1, V2} {
		t.Run(api.String(), func(t *testing.T) {
			c, _ := client(t, pxserver.Options{}, api, Options{})
			ctx := context.Background()
			hits, err := c.Search(ctx, Search{Text: "befolkning"})
			require.NoError(t, err)
			require.Contains(t, ids(hits), "05839")
			seen := map[string]bool{}
			for _, h := range hits {
				require.False(t, seen[h.ID], "%s comes twice", h.ID)
				seen[h.ID] = true
				require.NotEmpty(t, h.Title)
			}
			below, err := c.Search(ctx, Search{Text: "befolk*", Under: "be"})
			require.NoError(t, err)
			require.Contains(t, ids(below), "05839")
			require.NotContains(t, ids(below), "07984")
			one, err := c.Search(ctx, Search{Text: "befolk*", Most: 1})
			require.NoError(t, err)
			require.Len(t, one, 1)
			none, err := c.Search(ctx, Search{Text: "zzzz"})
			require.NoError(t, err)
			require.Empty(t, none)
			_, err = c.Search(ctx, Search{Text: "befolk*", Fields: []string{"title"}, Days: 20000})
			require.NoError(t, err)
		})
	}
}

// TestSearchPages reads all pages of version 2, and each table once.
func TestSearchPages(t *testing.T) {
	var asked []string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		page := r.URL.Query().Get("pageNumber")
		asked = append(asked, page+" "+r.URL.Query().Get("includeDiscontinued"))
		switch page {
		case "1":
			fmt.Fprint(w, `{"tables":[{"id":"1","label":"a"},{"id":"2","label":"b","discontinued":true}],"page":{"totalPages":3}}`)
		case "2":
			fmt.Fprint(w, `{"tables":[{"id":"2","label":"b"},{"id":"3","label":"c","paths":[[{"id":"x"},{"id":"y"}]]}],"page":{"totalPages":3}}`)
		default:
			w.WriteHeader(404)
			fmt.Fprint(w, `{"type":"Parameter error","title":"Non-existent page","status":404}`)
		}
	})
	setAPI(c, V2)
	hits, err := c.Search(context.Background(), Search{Ended: true})
	require.NoError(t, err)
	require.Equal(t, []string{"1", "2", "3"}, ids(hits))
	require.Equal(t, []string{"1 true", "2 true", "3 true"}, asked)
	require.True(t, hits[1].Ended)
	require.Equal(t, "x/y", hits[2].Path)
	hits, err = c.Search(context.Background(), Search{Under: "x/y"})
	require.NoError(t, err)
	require.Equal(t, []string{"3"}, ids(hits))
}

// TestListUnknownLevel names the top levels, and asks for no more pages than a listing does.
func TestListUnknownLevel(t *testing.T) {
	var asked []string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		page := r.URL.Query().Get("pageNumber")
		asked = append(asked, page)
		switch page {
		case "1":
			fmt.Fprint(w, `{"tables":[{"id":"1","label":"a","paths":[[{"id":"pp","label":"Prices"},{"id":"kpi"}],[]]},{"id":"2","label":"b"}],"page":{"totalPages":2}}`)
		default:
			fmt.Fprint(w, `{"tables":[{"id":"3","label":"c","paths":[[{"id":"be","label":"Big &amp; <b>small</b>"}],[{"id":"pp","label":"Other"}]]}],"page":{"totalPages":2}}`)
		}
	})
	setAPI(c, V2)
	c.server.learn(func(at *site) { at.host.V1 = "" })
	ctx := context.Background()
	list, err := c.List(ctx, "pp")
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, []string{"1", "2"}, asked)
	asked = nil
	_, err = c.List(ctx, "xx")
	require.Equal(t, &jsonstat.UnknownError{Kind: "level", Name: "xx", All: []string{"be", "pp"}}, err)
	require.Equal(t, []string{"1", "2"}, asked)
	_, err = c.List(ctx, "big & small")
	require.Equal(t, &jsonstat.UnknownError{Kind: "level", Name: "big & small", Near: []string{"be"}, All: []string{"be", "pp"}}, err)
}

// TestWalk looks through levels where there is no search.
func TestWalk(t *testing.T) {
	base, s := pxserver.Start(t, pxserver.Options{Host: pxserver.SCB})
	host, ok := FindHost(base + s.V1("sv"))
	require.True(t, ok)
	c, err := New(host, &Options{Cache: t.TempDir()})
	require.NoError(t, err)
	hurry(c)
	hits, err := c.Search(context.Background(), Search{Text: "befolk*"})
	require.NoError(t, err)
	require.NotEmpty(t, hits)
	tab, err := c.Table(context.Background(), hits[0].ID)
	require.NoError(t, err)
	require.NotEmpty(t, tab.Variables)
}

// TestTables reads the metadata of both versions into one type.
func TestTables(t *testing.T) {
	base, _ := pxserver.Start(t, pxserver.Options{})
	ctx := context.Background()
	one, err := clientAt(t, base, V1, Options{}).Table(ctx, "05839")
	require.NoError(t, err)
	two, err := clientAt(t, base, V2, Options{}).Table(ctx, "05839")
	require.NoError(t, err)
	require.Len(t, two.Variables, len(one.Variables))
	for i := range one.Variables {
		a, b := &one.Variables[i], &two.Variables[i]
		require.Equal(t, a.Code, b.Code)
		require.Equal(t, a.Text, b.Text)
		require.Equal(t, a.Elimination, b.Elimination, a.Code)
		require.Equal(t, a.Role(), b.Role(), a.Code)
		require.Equal(t, a.Dim.Len(), b.Dim.Len())
		for k := range a.Dim.Len() {
			require.Equal(t, a.Dim.CategoryID(k), b.Dim.CategoryID(k))
			require.Equal(t, a.Dim.CategoryLabel(k), b.Dim.CategoryLabel(k))
		}
	}
	require.Empty(t, one.Variables[2].CodeLists)
	require.NotEmpty(t, two.Variables[2].CodeLists)
	require.NotEmpty(t, two.Updated)
	require.NotNil(t, two.Dataset)
}

// TestOtherCodeLists reads code lists under the name of older builds.
func TestOtherCodeLists(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"version":"2.0","class":"dataset","id":["a"],"size":[1],"dimension":{"a":{"category":{"index":["x"]},"extension":{"codeLists":[{"id":"agg_Y","label":"y","type":"Aggregation"}]}}},"value":[],"extension":{"discontinued":true}}`)
	})
	setAPI(c, V2)
	tab, err := c.Table(context.Background(), "t")
	require.NoError(t, err)
	require.Equal(t, []CodeListRef{{ID: "agg_Y", Label: "y", Type: "Aggregation"}}, tab.Variables[0].CodeLists)
	require.True(t, tab.Discontinued)
}

func TestShortNamesFallBackToSearch(t *testing.T) {
	base, s := pxserver.Start(t, pxserver.Options{Host: pxserver.StatFin})
	host, ok := FindHost(base + s.V1("fi"))
	require.True(t, ok)
	c, err := New(host, &Options{Cache: t.TempDir()})
	require.NoError(t, err)
	hurry(c)
	tab, err := c.Table(context.Background(), "Folkemengde2.px")
	if err != nil {
		tab, err = c.Table(context.Background(), "be/be01/folkemengde/"+pxserver.Demo()[0].Name+".px")
	}
	require.NoError(t, err)
	require.NotEmpty(t, tab.Variables)
}

func TestCodeLists(t *testing.T) {
	c, _ := client(t, pxserver.Options{}, V2, Options{})
	for _, name := range []string{"agg:FemAarigGruppering", "agg_FemAarigGruppering"} {
		l, err := c.CodeList(context.Background(), name)
		require.NoError(t, err)
		require.Equal(t, "F00-04", l.Values[0].Code)
		require.Equal(t, []string{"000", "001", "002", "003", "004"}, l.Values[0].Members)
	}
	_, err := c.CodeList(context.Background(), "agg_None")
	require.ErrorIs(t, err, ErrNotFound)
	require.Equal(t, "agg_single_x", listID("agg_single:x"))
	require.Equal(t, "agg_single:x", listName("agg_single_x"))
	require.Equal(t, "agg:5-year.agg", listName(listID("agg:5-year.agg")))
}

// TestComplete finds values that version 1 leaves out.
func TestComplete(t *testing.T) {
	c, s := client(t, pxserver.Options{MaxValues: 50}, V1, Options{})
	ctx := context.Background()
	tab, err := c.Table(ctx, "05839")
	require.NoError(t, err)
	require.Nil(t, tab.Variables[2].Dim)
	s.Reset()
	whole, err := c.Complete(ctx, tab)
	require.NoError(t, err)
	require.Nil(t, tab.Variables[2].Dim, "the table stays as it is")
	tab = whole
	require.Equal(t, 106, tab.Variables[2].Dim.Len())
	require.LessOrEqual(t, s.Stats().Calls, 2, "the configuration and one question")
	list, err := criteria("Alder=10*,Region=0301")
	require.NoError(t, err)
	q, err := tab.Resolve(list, nil)
	require.NoError(t, err)
	require.Contains(t, chosen(q), "Alder=100,101,102,103,104,105+")
}

// TestRaw passes the server's own files on untouched, and nothing else.
func TestRaw(t *testing.T) {
	base, _ := pxserver.Start(t, pxserver.Options{})
	ctx := context.Background()
	for api, formats := range map[API][]string{V1: {"csv", "csv2", "csv3", "json-stat"}, V2: {"csv", "px", "html", "json-px"}} {
		c := clientAt(t, base, api, Options{})
		q := query(t, c, "05839", "Tid=top(1)")
		for _, f := range formats {
			var b bytes.Buffer
			require.NoError(t, c.Raw(ctx, q, &RawOptions{Format: f}, &b), "%s %s", api, f)
			require.NotEmpty(t, b.Bytes())
		}
		err := c.Raw(ctx, q, &RawOptions{Format: "nonsense"}, &bytes.Buffer{})
		if api == V1 {
			require.ErrorIs(t, err, ErrRefused)
		} else {
			require.ErrorContains(t, err, "there is no format nonsense: this server gives json-stat2, csv")
		}
		c.LimitCells(0)
		c.LimitCells(1)
		err = c.Raw(ctx, query(t, c, "05839", "Tid=top(2)"), &RawOptions{Format: "csv"}, &bytes.Buffer{})
		require.ErrorContains(t, err, "cannot be put together")
	}
	for name, body := range map[string]string{"a page": "<!doctype html><body>Vedlikehold", "an error": `{"error":"x"}`, "a listing": `[{"id":"a","type":"l","text":"A"}]`, "nothing": ""} {
		c := serve(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, body) })
		q := &Query{Table: &Table{API: V1, ID: "t", Path: "t"}}
		require.ErrorIs(t, c.Raw(ctx, q, &RawOptions{Format: "csv3"}, &bytes.Buffer{}), ErrAnswer, name)
	}
}

func TestDefaultExtract(t *testing.T) {
	for _, api := range []API{V1, V2, Auto} {
		c, _ := client(t, pxserver.Options{}, api, Options{})
		ctx := context.Background()
		tab, err := c.Table(ctx, "05839")
		require.NoError(t, err)
		q, err := c.DefaultQuery(ctx, tab)
		require.NoError(t, err)
		require.NotEmpty(t, q.Chosen)
		if api == Auto { // as of a server that does not tell
			q = &Query{Table: tab, Default: true}
		}
		r, err := c.Fetch(ctx, q, nil)
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, r.Write(&b, nil))
		require.NoError(t, r.Done())
		doc, err := jsonstat.Parse(b.Bytes())
		require.NoError(t, err)
		ds, err := doc.Dataset(0)
		require.NoError(t, err)
		require.Equal(t, r.Cells, ds.Len())
	}
}

func TestSaved(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		require.Equal(t, "/api/pxwebapi/v2/savedqueries/10012345", r.URL.Path)
		fmt.Fprint(w, `{"id":"10012345","tableId":"05839","language":"no","selection":{"selection":[{"variableCode":"Tid","valueCodes":["top(1)"]}]},"outputFormat":"json-stat2","outputFormatParams":[]}`)
	})
	setAPI(c, V2)
	q, err := c.Saved(context.Background(), "10012345")
	require.NoError(t, err)
	require.Equal(t, "05839", q.Table)
	require.Len(t, q.Criteria, 1)
}

func TestSince(t *testing.T) {
	require.True(t, Since("2025-02-19T07:00:00Z", "2025-02-18T07:00:00Z"))
	require.False(t, Since("2025-02-19T07:00:00Z", "2025-02-19T08:00:00+01:00"))
	require.False(t, Since("2025-02-19T07:00:00Z", "2025-02-19T07:00:00Z"))
	require.True(t, Since("b", "a"))
}
