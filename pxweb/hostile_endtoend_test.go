package pxweb

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// maker makes tables at random.
type maker struct{ *rand.Rand }

func (m maker) chance(percent int) bool { return m.IntN(100) < percent }

func (m maker) text(word string) pxserver.Text {
	odd := []string{"", " æøå", ` "x"`, " <b>b</b>", " \\", " a,b", " 100 %", "\u2028"}
	return pxserver.T(word+odd[m.IntN(len(odd))], word)
}

func (m maker) notes(about string) (notes []pxserver.Note) {
	for n := range m.IntN(4) {
		notes = append(notes, pxserver.Note{Text: m.text(fmt.Sprint(about, " ", n)), Mandatory: m.chance(40)})
	}
	return notes
}

func (m maker) urns() string {
	return []string{"", "", "urn:ssb:classification:klass:131", "urn:ssb:conceptvariable:vardok:1 urn:ssb:classification:klass:2", "SCALE-TYPE=nominal"}[m.IntN(5)]
}

// variable is one that is not the contents.
func (m maker) variable(n int) pxserver.Variable {
	letter := string(rune('A' + n))
	v := pxserver.Variable{Code: "Var" + letter, Text: m.text("variabel " + letter), Notes: m.notes("variabel"), URNs: m.urns(), Show: []string{"", "code", "value", "code_value"}[m.IntN(4)]}
	if m.chance(20) {
		v.Map = "Kart"
	}
	for k := range 1 + m.IntN(6) {
		value := pxserver.Value{Code: fmt.Sprint(letter, "-", k*7%10, k), Text: m.text(fmt.Sprint("verdi ", k)), URNs: m.urns()}
		if m.chance(30) {
			value.Notes = m.notes("verdi")
		}
		v.Values = append(v.Values, value)
	}
	if m.chance(10) {
		v.Values[0].Code = v.Code // a value that is called like its variable
		if m.chance(50) {
			v.Values[0].URNs = ""
		} else {
			v.URNs = ""
		}
	}
	if v.Elimination = m.chance(50); v.Elimination && m.chance(50) {
		v.EliminationValue = v.Values[m.IntN(len(v.Values))].Code
	}
	if m.chance(50) && len(v.Values) > 2 {
		list := pxserver.CodeList{ID: "Gr" + letter, Text: m.text("gruppering"), Aggregation: true}
		for k := 0; k+1 < len(v.Values); k += 2 {
			list.Values = append(list.Values, pxserver.Group{Code: fmt.Sprint("G", k), Text: m.text("gruppe"), Members: []string{v.Values[k].Code, v.Values[k+1].Code}})
		}
		v.CodeLists = append(v.CodeLists, list)
	}
	return v
}

func (m maker) contents() pxserver.Variable {
	v := pxserver.Variable{Code: "ContentsCode", Text: m.text("statistikkvariabel"), Kind: pxserver.Contents, URNs: m.urns()}
	for k := range 1 + m.IntN(5) {
		value := pxserver.Value{Code: fmt.Sprint("C", k), Text: m.text(fmt.Sprint("innhold ", k)), Unit: m.text("enhet"), Decimals: m.IntN(3), URNs: m.urns()}
		if m.chance(50) {
			value.RefPeriod, value.MeasuringType = m.text("periode"), "Stock"
		}
		if m.chance(50) {
			value.BasePeriod, value.PriceType = m.text("2015=100"), "Fixed"
		}
		if m.chance(30) {
			value.Alternative = m.text("annet")
		}
		if m.chance(30) {
			value.Updated = time.Date(2025, 1, 1+m.IntN(20), 7, 0, 0, 0, time.UTC)
		}
		for range m.IntN(3) {
			value.Contact = append(value.Contact, pxserver.Contact{Name: fmt.Sprint("Navn ", m.IntN(3)), Raw: "raa"})
		}
		v.Values = append(v.Values, value)
	}
	return v
}

func (m maker) table() pxserver.Table {
	t := pxserver.Table{ID: "40000", Title: m.text("Tabell"), Source: m.text("Kilde"), Notes: m.notes("tabell"), Cells: pxserver.Odd(m.Uint64()), Decimals: m.IntN(2)}
	for n := range m.IntN(4) {
		t.Variables = append(t.Variables, m.variable(n))
	}
	if m.chance(85) {
		t.Variables = append(t.Variables, m.contents())
	}
	if m.chance(90) || len(t.Variables) == 0 {
		v := pxserver.Variable{Code: "Tid", Text: m.text("år"), Kind: pxserver.Time, Show: "code"}
		for k := range 1 + m.IntN(9) {
			v.Values = append(v.Values, pxserver.Values(fmt.Sprint(2010+k))...)
		}
		t.Variables = append(t.Variables, v)
	}
	t.Heading = 1 + m.IntN(len(t.Variables))
	if m.chance(40) {
		t.Related = []pxserver.Related{{Relation: "statistics-homepage", MetaID: "KORTNAVN:x", Href: "https://www.ssb.no/x", Label: "x"}}
	}
	for i := range t.Variables { // notes that stand only beside a value
		if v := &t.Variables[i]; m.chance(30) {
			for _, value := range v.Values {
				if m.chance(50) {
					t.Notes = append(t.Notes, pxserver.Note{Text: m.text("bare " + value.Code), Mandatory: m.chance(50), Only: v.Code + "=" + value.Code})
				}
			}
			break
		}
	}
	return t
}

// selections asks for some of the variables of a table.
func (m maker) selections(t pxserver.Table, groups bool) (selections []string) {
	for _, v := range t.Variables {
		switch {
		case m.chance(30):
		case m.chance(30):
			selections = append(selections, v.Code+"=*")
		case groups && len(v.CodeLists) > 0:
			list := v.CodeLists[0]
			var codes []string
			for _, g := range list.Values {
				if m.chance(70) {
					codes = append(codes, g.Code)
				}
			}
			if len(codes) > 0 {
				selections = append(selections, v.Code+"=agg:"+list.ID+":"+strings.Join(codes, ","))
			}
		default:
			var codes []string
			for _, k := range m.Perm(len(v.Values))[:1+m.IntN(len(v.Values))] {
				codes = append(codes, v.Values[k].Code)
			}
			selections = append(selections, v.Code+"="+strings.Join(codes, ","))
		}
	}
	return selections
}

// Tables and selections at random, in parts of any size, on every server.
func TestEndToEndTablesAtRandom(t *testing.T) {
	cases := 300
	if testing.Short() {
		cases = 40
	}
	seeds := []int{305, 918, 1257} // that once went wrong
	for seed := range cases {
		seeds = append(seeds, seed)
	}
	for _, seed := range seeds {
		m := maker{rand.New(rand.NewPCG(uint64(seed), 77))}
		a := everywhere[m.IntN(len(everywhere))]
		table := m.table()
		ask := asking{"random", table.ID + a.host.Suffix, m.selections(table, !a.host.NoAggregation || !table.NoAggregation)}
		name := fmt.Sprintf("%d %s %v", seed, a, ask.selections)
		limit := 1 + m.IntN(40)
		if a.host.RemoveSingle {
			limit += 40 // contents one by one are another test's
		}
		options := func(limit int) pxserver.Options {
			return pxserver.Options{Host: a.host, MaxCells: limit, Tables: []pxserver.Table{table}, Subjects: []pxserver.Subject{}}
		}
		url, s := pxserver.Start(t, options(noLimit))
		unlimited := local{a, a.base(url, s), s}
		url, s = pxserver.Start(t, options(limit))
		limited := local{a, a.base(url, s), s}
		want := unlimited.whole(t, ask)
		got, r := limited.ask(t, ask)
		if a.host.OldSerializer && len(r.Warnings) > 0 {
			// Contents one by one, and nothing tells what the table as a whole is called.
			one, two := heart(t, want), heart(t, got)
			one.Label, two.Label = "", ""
			require.Equal(t, one, two, name)
			continue
		}
		differ(t, fmt.Sprintf("%s, limit %d, %d requests", name, limit, r.Requests), want, got)
		if t.Failed() {
			return
		}
	}
}

// A note that stands beside a value, in front of one that always stands.
func TestEndToEndNotesThatComeFirst(t *testing.T) {
	table := sized([]int{4, 1, 2, 3})
	table.Notes = []pxserver.Note{
		{Text: pxserver.T("bare a3", "a3 only"), Mandatory: true, Only: "A=a3"},
		{Text: pxserver.T("alltid", "always")},
		{Text: pxserver.T("bare a2", "a2 only"), Only: "A=a2"},
		{Text: pxserver.T("alltid også", "always too"), Mandatory: true},
		{Text: pxserver.T("bare a1", "a1 only"), Mandatory: true, Only: "A=a1"},
	}
	for _, a := range everywhere[:2] {
		url, _ := pxserver.Start(t, pxserver.Options{Tables: []pxserver.Table{table}})
		want, _ := fetch(t, clientAt(t, url, a.api, Options{}), table.ID)
		got, _ := fetch(t, clientAt(t, url, a.api, Options{Cells: 6}), table.ID)
		differ(t, a.String(), want, got)
	}
}

// Parts in other forms of values and statuses are put together all the same.
func TestEndToEndMixedForms(t *testing.T) {
	for _, a := range everywhere[:2] {
		want := start(t, a, noLimit).whole(t, faulty)
		url, _ := pxserver.Start(t, pxserver.Options{MaxCells: 50, Mixed: true})
		got, _ := fetch(t, clientAt(t, url, a.api, Options{}), faulty.table, faulty.selections...)
		require.Equal(t, cellsOf(t, want), cellsOf(t, got))
	}
}

// cellsOf lists values and statuses whatever their form.
func cellsOf(t *testing.T, document []byte) (cells []string) {
	t.Helper()
	doc, err := jsonstat.Parse(document)
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	for obs, err := range ds.Observations() {
		require.NoError(t, err)
		text := "null"
		if !obs.Missing() {
			text = obs.Text()
		}
		cells = append(cells, text+" "+obs.Status())
	}
	return cells
}

// A server that does not manage in a minute what its limit allows is asked for
// half of it.
func TestEndToEndSlowServer(t *testing.T) {
	tables := []pxserver.Table{pxserver.Large("20000", 200_000)}
	for _, a := range everywhere[:2] {
		url, _ := pxserver.Start(t, pxserver.Options{Tables: tables, MaxCells: noLimit})
		want, _ := fetch(t, clientAt(t, url, a.api, Options{}), "20000")
		url, s := pxserver.Start(t, pxserver.Options{Tables: tables, MaxCells: 100_000, SlowCells: 30_000})
		got, _ := fetch(t, clientAt(t, url, a.api, Options{}), "20000")
		differ(t, a.String(), want, got)
		require.Equal(t, 8, s.Stats().Data, "pieces of 25,000 cells")
	}
}

// A POST that is redirected stays a POST.
func TestEndToEndRedirect(t *testing.T) {
	a := at{pxserver.SSB, V1}
	want := start(t, a, noLimit).whole(t, faulty)
	url, s := pxserver.Start(t, pxserver.Options{Redirect: true, MaxCells: 100})
	c := clientAt(t, url+"/moved"+s.V1("no"), V1, Options{})
	got, _ := fetch(t, c, faulty.table, faulty.selections...)
	differ(t, "redirected", want, got)
}

// Many at the same query, at once, sharing a cache: each gets the whole.
func TestEndToEndTheSameQueryAtOnce(t *testing.T) {
	a := at{pxserver.SSB, V2}
	want := start(t, a, noLimit).whole(t, faulty)
	l := start(t, a, 30)
	cache := t.TempDir()
	var wg sync.WaitGroup
	for n := range 5 {
		c := clientAt(t, l.url, a.api, Options{Cache: cache})
		q := query(t, c, faulty.table, faulty.selections...)
		wg.Go(func() {
			r, err := c.Fetch(context.Background(), q, nil)
			if err != nil {
				t.Errorf("%d: %v", n, err)
				return
			}
			var b bytes.Buffer
			if err := errors.Join(r.Write(&b, nil), r.Done(), r.Close()); err != nil {
				t.Errorf("%d: %v", n, err)
			}
			if !bytes.Equal(want, b.Bytes()) {
				t.Errorf("%d: got %d bytes of %d", n, b.Len(), len(want))
			}
		})
	}
	wg.Wait()
	require.Empty(t, leftParts(t, cache))
}

// A server that refuses everything is given up, what came is kept, and what is
// there is not asked for again.
func TestEndToEndGivenUp(t *testing.T) {
	for _, fault := range []pxserver.Faults{{TooMany: 1}, {Unavailable: 1}, {DropEarly: 1}} {
		l := start(t, at{pxserver.SSB, V1}, 30)
		cache := t.TempDir()
		c := clientAt(t, l.url, V1, Options{Cache: cache, Report: func(e Event) {
			if e.PartsDone == 3 {
				l.s.SetFaults(fault)
			}
		}})
		_, err := c.Fetch(context.Background(), query(t, c, faulty.table, faulty.selections...), nil)
		var e *Error
		require.ErrorAs(t, err, &e)
		require.Len(t, leftParts(t, cache), 3)
		require.Less(t, l.s.Stats().Calls, 30, "it does not give up")
		l.s.SetFaults(pxserver.Faults{})
		before := l.s.Stats().Data
		c = clientAt(t, l.url, V1, Options{Cache: cache})
		got, r := fetch(t, c, faulty.table, faulty.selections...)
		require.Equal(t, 3, r.Reused)
		require.NotEmpty(t, got)
		plan, err := c.Plan(context.Background(), r.Query)
		require.NoError(t, err)
		require.Equal(t, plan.Requests()-3+2, l.s.Stats().Data-before, "two of those that were there are asked for again")
	}
}

// Errors tell what the server said, without HTML, with the status.
func TestEndToEndErrorsTell(t *testing.T) {
	ctx := context.Background()
	for _, host := range pxserver.Hosts() {
		url, s := pxserver.Start(t, pxserver.Options{Host: host})
		c := clientAt(t, url+s.V1(host.Languages[0]), V1, Options{})
		_, err := c.Table(ctx, "ingen/slik")
		var e *Error
		require.ErrorAs(t, err, &e, host.Name)
		require.GreaterOrEqual(t, e.Status, 400, host.Name)
		require.Contains(t, err.Error(), fmt.Sprint(e.Status), host.Name)
		require.NotContains(t, err.Error(), "<", host.Name)
		require.NotContains(t, err.Error(), "{", host.Name)
	}
	for _, c := range []struct {
		name  string
		fault pxserver.Fault
		want  string
	}{
		{"503", pxserver.Unavailable, "503 Service Temporarily Unavailable"},
		{"a page with 200", pxserver.Maintenance, "Vi oppdaterer statistikkbanken"},
		{"an empty 500", pxserver.Empty500, "500"},
		{"a broken connection", pxserver.DropEarly, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			url, s := pxserver.Start(t, pxserver.Options{})
			client := clientAt(t, url, V1, Options{})
			_, err := client.Config(ctx)
			require.NoError(t, err)
			on := map[int]pxserver.Fault{}
			for n := range 40 {
				on[n+1] = c.fault
			}
			s.SetFaults(pxserver.Faults{On: on})
			_, err = client.Table(ctx, "05839")
			require.ErrorContains(t, err, c.want)
			require.NotContains(t, err.Error(), "<")
		})
	}
}

// A table has the same variables, values and roles in both versions.
func TestEndToEndOneTypeForBothVersions(t *testing.T) {
	url, _ := pxserver.Start(t, pxserver.Options{})
	for _, demo := range pxserver.Demo() {
		var tables [2]*Table
		for i, api := range []API{V1, V2} {
			c := clientAt(t, url, api, Options{Lang: "en"})
			table, err := c.Table(context.Background(), demo.ID)
			require.NoError(t, err)
			tables[i], err = c.Complete(context.Background(), table)
			require.NoError(t, err)
		}
		require.Len(t, tables[0].Variables, len(demo.Variables))
		for i, v := range demo.Variables {
			for _, table := range tables {
				if len(table.Variables) != len(demo.Variables) {
					require.Equal(t, "04232", demo.ID) // the newest serializer adds contents
					continue
				}
				got := table.Variables[i]
				require.Equal(t, v.Code, got.Code)
				require.Equal(t, v.Text.In("en"), got.Text)
				require.Equal(t, v.Elimination, got.Elimination)
				require.Equal(t, len(v.Values), got.Dim.Len())
				for k := range min(len(v.Values), 300) {
					require.Equal(t, v.Values[k].Code, got.Dim.CategoryID(k))
				}
			}
		}
	}
}

// Formats of the server come through byte by byte.
func TestEndToEndServerFormats(t *testing.T) {
	for api, formats := range map[API][]string{V1: {"csv", "csv2", "csv3", "xlsx", "json-stat"}, V2: {"csv", "px", "xlsx", "html", "json-px", "parquet"}} {
		l := start(t, at{pxserver.SSB, api}, 1000)
		for _, format := range formats {
			c := clientAt(t, l.url, api, Options{})
			var b bytes.Buffer
			require.NoError(t, c.Raw(context.Background(), query(t, c, "10826"), &RawOptions{Format: format}, &b), format)
			requests := l.s.Requests()
			w := replay(l.s, requests[len(requests)-1])
			require.Equal(t, w, b.Bytes(), format)
		}
		c := clientAt(t, l.url, api, Options{})
		err := c.Raw(context.Background(), query(t, c, faulty.table), &RawOptions{Format: formats[0]}, &bytes.Buffer{})
		require.ErrorContains(t, err, "more than the 1000")
	}
}

// Searches give a table once and find it without an index too.
func TestEndToEndSearch(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		a    at
		text string
		want string // the ids of hits
	}{
		{at{pxserver.SSB, V1}, "title:befolkning", "05839 10826 04232"},
		{at{pxserver.SSB, V2}, "befolkning", "05839 07984 10826"},
		{at{pxserver.SCB, V1}, "laks", "js/js01/husdyr/LaksPris"}, // no index
		{at{pxserver.Hagstofa, V1}, "bydel", "be/be01/folkemengde/FolkemengdeBydel.px"},
		{at{pxserver.Estonia, V1}, "title:bydel", "be/be01/folkemengde/FolkemengdeBydel.PX"},
	} {
		l := start(t, c.a, 1000)
		client := clientAt(t, l.url, c.a.api, Options{})
		hits, err := client.Search(ctx, Search{Text: c.text})
		require.NoError(t, err, c.a.String())
		var ids []string
		for _, h := range hits {
			ids = append(ids, h.ID)
		}
		require.Equal(t, c.want, strings.Join(ids, " "), c.a.String())
		for _, id := range ids {
			_, err := client.Table(ctx, id)
			require.NoError(t, err, "%s: a hit leads nowhere: %s", c.a, id)
		}
	}
	l := start(t, at{pxserver.SSB, V2}, 1000)
	hits, err := clientAt(t, l.url, V2, Options{}).Search(ctx, Search{Ended: true})
	require.NoError(t, err)
	ended := 0
	for _, h := range hits {
		if h.Ended {
			ended++
		}
	}
	require.Len(t, hits, len(pxserver.Demo()))
	require.Equal(t, 1, ended)
}

// Every level of the tree can be listed, and every table in it is found.
func TestEndToEndWalk(t *testing.T) {
	for _, host := range []*pxserver.Host{pxserver.SSB, pxserver.Estonia, pxserver.OsloCity} {
		l := start(t, at{host, V1}, 1000)
		c := clientAt(t, l.url, V1, Options{})
		tables := map[string]bool{}
		queue := []string{""}
		for len(queue) > 0 {
			list, err := c.List(context.Background(), queue[0])
			require.NoError(t, err)
			queue = queue[1:]
			for _, e := range list {
				switch e.Type {
				case "l":
					queue = append(queue, e.Path)
				case "t":
					tables[e.Path[strings.LastIndexByte(e.Path, '/')+1:]] = e.Ended
					for _, name := range []string{e.Path, e.ID} {
						_, err := c.Table(context.Background(), name)
						require.NoError(t, err, "%s: %s", host.Name, name)
					}
				}
			}
		}
		require.Len(t, tables, len(pxserver.Demo()), host.Name)
		require.True(t, tables["FolkemengdeGml"+host.Suffix], "%s: a series that ended is not marked", host.Name)
	}
}
