package pxweb

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// pxStat is a server of its own making that behaves like PxStat's version 1: two subjects, a
// product and a table, data by GET with the query in the address.
type pxStat struct {
	onlyGet bool
	areas   int
	asked   []string // methods and paths; of data the length of the address as well
	longest int
}

func (p *pxStat) variables() (ids []string, codes map[string][]string) {
	codes = map[string][]string{"STATISTIC": {"LAK1C01", "LAK1C02"}, "TLIST(A1)": {"2023", "2024", "2025"}}
	for i := range p.areas {
		codes["C01"] = append(codes["C01"], fmt.Sprintf("area-%06d", i))
	}
	return []string{"STATISTIC", "TLIST(A1)", "C01"}, codes
}

func (p *pxStat) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	door := "/public/api.restful/PxStat.Data.Cube_API."
	p.asked = append(p.asked, r.Method+" "+strings.TrimPrefix(r.URL.Path, door))
	if p.longest = max(p.longest, len(r.URL.RequestURI())); len(r.URL.RawQuery) > 2048 {
		http.Error(w, "", http.StatusNotFound)
		return
	}
	ids, codes := p.variables()
	switch r.URL.Path {
	case door + "PxAPIv1/en":
		fmt.Fprint(w, `[{"id":"7","type":"l","text":"Lakes"},{"id":"8","type":"l","text":"Rivers"}]`)
	case door + "PxAPIv1/en/7":
		fmt.Fprint(w, `[{"id":"LAK","type":"l","text":"Lakes of the county"}]`)
	case door + "PxAPIv1/en/7/LAK":
		fmt.Fprint(w, `[{"id":"LAK1","type":"t","text":"Boats on lakes"}]`)
	case door + "ReadMetadata/LAK1/JSON-stat/2.0/en":
		fmt.Fprint(w, `{"class":"dataset","version":"2.0","extension":{"matrix":"LAK1","subject":{"code":7,"value":"Lakes"},"product":{"code":"LAK","value":"Lakes of the county"}}}`)
	case door + "PxAPIv1/en/7/LAK/LAK1":
		var q query1
		text := r.URL.Query().Get("query")
		if r.Method == http.MethodPost && !p.onlyGet {
			var b bytes.Buffer
			_, _ = b.ReadFrom(r.Body)
			text = b.String()
		}
		if text == "" {
			list := []map[string]any{}
			for _, id := range ids {
				list = append(list, map[string]any{"code": id, "text": "text of " + id, "values": codes[id], "valueTexts": codes[id], "elimination": false})
			}
			_ = json.NewEncoder(w).Encode(map[string]any{"title": "Boats on lakes", "variables": list})
			return
		}
		if json.Unmarshal([]byte(text), &q) != nil || q.Response.Format != jsonStat {
			http.Error(w, "validation", http.StatusBadRequest)
			return
		}
		for _, it := range q.Query {
			if it.Selection.Filter != "item" {
				http.Error(w, "validation", http.StatusBadRequest)
				return
			}
			codes[string(it.Code)] = slices.DeleteFunc(slices.Clone(codes[string(it.Code)]), func(c string) bool { return !slices.Contains(it.Selection.Values, c) })
		}
		p.data(w, ids, codes)
	default:
		http.NotFound(w, r)
	}
}

// data writes a dataset in which each value is made of its codes.
func (p *pxStat) data(w http.ResponseWriter, ids []string, codes map[string][]string) {
	var size, values []int
	dims := map[string]any{}
	for _, id := range ids {
		size = append(size, len(codes[id]))
		dims[id] = map[string]any{"label": "text of " + id, "category": map[string]any{"index": codes[id]}}
	}
	for _, s := range codes["STATISTIC"] {
		for _, y := range codes["TLIST(A1)"] {
			for _, a := range codes["C01"] {
				n := 0
				fmt.Sscanf(strings.TrimPrefix(a, "area-"), "%d", &n)
				values = append(values, n*100+int(s[6]-'0')*10+int(y[3]-'0'))
			}
		}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"version": "2.0", "class": "dataset", "label": "Boats on lakes", "updated": "2026-01-15T11:00:00Z", "id": ids, "size": size, "dimension": dims,
		"role": map[string]any{"metric": []string{"STATISTIC"}, "time": []string{"TLIST(A1)"}}, "value": values})
}

// start starts the server and makes a client of it.
func (p *pxStat) start(t *testing.T) *Client {
	t.Helper()
	s := httptest.NewServer(p)
	t.Cleanup(s.Close)
	return clientAt(t, s.URL+"/public/api.restful/PxStat.Data.Cube_API.PxAPIv1/en", Auto, Options{})
}

func TestPxStat(t *testing.T) {
	p := &pxStat{areas: 4}
	c := p.start(t)
	ctx := context.Background()
	root, err := c.List(ctx, "")
	require.NoError(t, err)
	require.Equal(t, Entry{ID: "7", Type: "l", Text: "Lakes", Path: "7"}, root[0])
	cfg, err := c.Config(ctx)
	require.NoError(t, err)
	require.Equal(t, Limits{Cells: defaultCells, Calls: defaultCalls, Window: defaultWindow}, c.Limits())
	require.Equal(t, V1, cfg.API)

	tab, err := c.Table(ctx, "LAK1")
	require.NoError(t, err)
	require.Equal(t, []string{"LAK1", "7/LAK/LAK1"}, []string{tab.ID, tab.Path})
	require.Equal(t, []jsonstat.Role{jsonstat.Metric, jsonstat.Time, jsonstat.Classification},
		[]jsonstat.Role{tab.Variables[0].Role(), tab.Variables[1].Role(), tab.Variables[2].Role()})
	_, err = c.Table(ctx, "nosuch")
	require.ErrorIs(t, err, ErrNotFound)

	p.asked = nil
	text, _ := fetch(t, c, "7/LAK/LAK1", "C01=area-000001,area-000003", "TLIST(A1)=top(1)")
	require.Equal(t, []string{"GET PxAPIv1/en/7/LAK/LAK1", "GET PxAPIv1/en/7/LAK/LAK1"}, p.asked, "metadata and data, and no configuration")
	require.Contains(t, string(text), `"value":[115,315,125,325]`)
}

// TestPxStatAddresses keeps the addresses of large queries short: what is wanted whole is not
// named, the rest is cut into parts.
func TestPxStatAddresses(t *testing.T) {
	tests := []struct {
		name, selection string
		areas, requests int
		cells           int
	}{
		{"a whole table", "", 2000, 1, 12000},
		{"most of a variable", "C01=area-0000*,area-00010*,area-00011*", 2000, 2, 720},
		{"one value less than all", "C01=area-0*,TLIST(A1)=2024..2025", 500, 1, 2000},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := &pxStat{areas: tt.areas, onlyGet: true}
			c := p.start(t)
			var wanted []string
			if tt.selection != "" {
				wanted = []string{tt.selection}
			}
			q := query(t, c, "7/LAK/LAK1", wanted...)
			plan, err := c.Plan(context.Background(), q)
			require.NoError(t, err)
			r, err := c.Fetch(context.Background(), q, nil)
			require.NoError(t, err)
			defer r.Close()
			require.Equal(t, tt.requests, r.Requests)
			require.Equal(t, tt.requests, plan.Requests(), "a dry run says so")
			require.EqualValues(t, tt.cells, r.Cells)
			require.LessOrEqual(t, p.longest, maxPxStat)
			require.NoError(t, r.Done())
		})
	}
}

// TestPxStatPost sends by POST what cannot be cut.
func TestPxStatPost(t *testing.T) {
	p := &pxStat{areas: 400}
	c := p.start(t)
	q := query(t, c, "7/LAK/LAK1", "C01=area-0000*,area-00010*,area-00011*")
	var b bytes.Buffer
	require.NoError(t, c.Raw(context.Background(), q, &RawOptions{Format: jsonStat}, &b))
	require.Equal(t, "POST PxAPIv1/en/7/LAK/LAK1", p.asked[len(p.asked)-1])
	require.Contains(t, b.String(), `"size":[2,3,120]`)
}

func TestEscapePxStat(t *testing.T) {
	require.Equal(t, `%7B%22a%22:%5B%22x%20y%2Bz%22,%22%C3%B8%22%5D%7D`, escapePxStat([]byte(`{"a":["x y+z","ø"]}`)))
}
