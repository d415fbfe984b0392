package pxweb

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

// An asking is a kind of selection.
type asking struct {
	name       string
	table      string
	selections []string
}

// askings are all kinds of selections, over tables with notes, units, links,
// statuses and groupings.
var askings = []asking{
	{"values, the newest, groups", "05839", []string{"Region=0301,1103", "Tid=top(5)", "Alder=agg:FemAarigGruppering:F00-04,F05-09"}},
	{"groups asked for backwards", "05839", []string{"Alder=agg:FemAarigGruppering:F95-99,F100+,F00-04", "Region=5501,0301", "Tid=2025,2011"}},
	{"groups of regions", "05839", []string{"Region=agg:KommFylker:F-03,F-11,F-55", "Kjonn=*", "Tid=top(7)"}},
	{"groups of one", "05839", []string{"Region=agg:KommSummer:K-0301,K-5501,K-1103", "Kjonn=1", "Tid=*"}},
	{"value set", "05839", []string{"Region=vs:Kommuner:5501,0301,1103", "Tid=top(3)", "Kjonn=*"}},
	{"from and to", "05839", []string{"Tid=2013..2018", "Alder=010..019", "Region=0,0301"}},
	{"patterns", "05839", []string{"Alder=00*", "Region=1*", "Tid=202*"}},
	{"bottom", "05839", []string{"Tid=bottom(4)", "Alder=bottom(3)", "Region=bottom(5)"}},
	{"most of a table", "05839", []string{"Alder=*", "Region=0301,1103,5501", "Tid=*"}}, // 5,088 cells
	{"all else eliminated", "05839", []string{"Tid=*"}},
	{"the total among the values", "05839", []string{"Region=0,0301,1103,1108", "Kjonn=1,2", "Tid=top(6)"}},
	{"the total alone", "05839", []string{"Region=0", "Alder=*"}},
	{"one cell", "05839", []string{"Region=0301", "Kjonn=2", "Alder=050", "Tid=2025"}},
	{"all of a table", "07984", nil},
	{"one of the contents", "07984", []string{"ContentsCode=Indeks", "Region=*", "Kjonn=*"}},
	{"contents of two dates", "07984", []string{"ContentsCode=Sysselsatte,Indeks", "Region=*", "Kjonn=*", "Tid=top(4)"}},
	{"contents of two dates, the later first", "07984", []string{"ContentsCode=Indeks,ContentsCode", "Kjonn=0,2", "Tid=2019K1..2020K4", "Region=*"}},
	{"notes of one value", "07984", []string{"Region=5501,1103", "Tid=*", "Kjonn=*"}},
	{"months", "03013", []string{"Konsumgrp=TOTAL,01", "Tid=2024M*"}},
	{"all months", "03013", nil},
	{"value set of groups", "03013", []string{"Konsumgrp=vs:KPIdivisjon:07,04,01", "Tid=top(13)"}},
	{"nil as a symbol", "12660", nil},
	{"nil, the country left out", "12660", []string{"HusdyrSlag=01,03", "Region=03,11,34"}},
	{"districts", "10826", nil},
	{"odd codes and numbers", "90001", nil},
	{"odd codes by name", "90001", []string{`size="a,b"/"x y"/"(1)"/"K/M"/"=1"/"100%"`, "id=3,1"}},
	{"no contents", "04232", nil},
	{"no contents, some years", "04232", []string{"Tid=top(3)", "Region=01,03"}},
	{"weeks, the newest first", "03024", nil},
	{"the newest of weeks that descend", "03024", []string{"Tid=top(3)"}},
}

// at is the address of a version of a server, and how it calls the tables.
type at struct {
	host *pxserver.Host
	api  API
}

func (a at) String() string { return fmt.Sprintf("%s v%s", a.host.Name, a.api) }

// base is what a user would give as the host.
func (a at) base(base string, s *pxserver.Server) string {
	if a.api == V2 {
		return base + s.V2()
	}
	return base + s.V1(a.host.Languages[0])
}

// table is the id of a demo table.
func (a at) table(id string) string {
	for _, t := range pxserver.Demo() {
		if t.ID == id && a.api == V1 && !a.host.ShortAddress {
			return strings.TrimPrefix(t.Subjects[0]+"/"+t.Name+a.host.Suffix, "/")
		}
	}
	return id
}

// everywhere are the servers that write differently.
var everywhere = []at{
	{pxserver.SSB, V1}, {pxserver.SSB, V2}, {pxserver.SCB, V1}, {pxserver.SCB, V2}, {pxserver.Latvia, V1}, {pxserver.Latvia, V2},
	{pxserver.Estonia, V1}, {pxserver.StatFin, V1}, {pxserver.Hagstofa, V1},
}

// A local is a server that runs, with some limit of cells.
type local struct {
	at
	url string
	s   *pxserver.Server
}

func start(t *testing.T, a at, maxCells int) local {
	url, s := pxserver.Start(t, pxserver.Options{Host: a.host, MaxCells: maxCells})
	return local{a, a.base(url, s), s}
}

// ask fetches a selection through a client of its own.
func (l local) ask(t *testing.T, ask asking) ([]byte, *Result) {
	t.Helper()
	return fetch(t, clientAt(t, l.url, l.api, Options{}), l.table(ask.table), ask.selections...)
}

// whole asks a server that has no limit of cells and returns what it answered,
// byte by byte, to the one call for data.
func (l local) whole(t *testing.T, ask asking) []byte {
	t.Helper()
	_, r := l.ask(t, ask)
	require.Equal(t, 1, r.Requests, "calls for data")
	requests := l.s.Requests()
	for i := len(requests) - 1; i >= 0; i-- {
		if q := requests[i]; q.Cells > 0 {
			return replay(l.s, q)
		}
	}
	t.Fatal("the server was not asked for data")
	return nil
}

// replay is the answer to a call that was made before.
func replay(s *pxserver.Server, q pxserver.Request) []byte {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(q.Method, q.URL, strings.NewReader(q.Body)))
	return w.Body.Bytes()
}

const noLimit = 1 << 30

// differ tells where two documents differ.
func differ(t *testing.T, what string, want, got []byte) {
	t.Helper()
	if bytes.Equal(want, got) {
		return
	}
	i := 0
	for i < len(want) && i < len(got) && want[i] == got[i] {
		i++
	}
	around := func(b []byte) string { return string(b[max(0, i-150):min(len(b), i+150)]) }
	t.Errorf("%s: differs at byte %d:\nwhole  …%s…\nmerged …%s…", what, i, around(want), around(got))
}

// A document that is put together is the document that the server would have
// given, whatever the limit, the version and the age of the server.
func TestEndToEndSplitIsWhole(t *testing.T) {
	for _, a := range everywhere {
		if testing.Short() && a.host != pxserver.SSB {
			continue
		}
		unlimited := start(t, a, noLimit)
		limited := map[int]local{}
		for _, limit := range []int{7, 100, 5000} {
			limited[limit] = start(t, a, limit)
		}
		for i, ask := range askings {
			if i%3 != 0 && a.host != pxserver.SSB && ask.table != "07984" {
				continue // other servers write other documents, but select alike
			}
			t.Run(a.String()+"/"+ask.name, func(t *testing.T) {
				want := unlimited.whole(t, ask)
				cells := unlimited.s.Requests()[len(unlimited.s.Requests())-1].Cells
				for limit, l := range limited {
					if cells <= limit && limit > 7 || cells > 100*limit && (a.host != pxserver.SSB || ask.name != "all of a table") {
						continue // not cut, or cut into hundreds; one such table is enough
					}
					if testing.Short() && cells > 30*limit {
						continue
					}
					l.s.Reset()
					got, r := l.ask(t, ask)
					differ(t, fmt.Sprintf("limit %d, %d requests", limit, r.Requests), want, got)
					for _, q := range l.s.Requests() {
						if q.Status != http.StatusOK && a.host != pxserver.Hagstofa { // whose limit has to be found out
							t.Errorf("limit %d: %d for %s %s", limit, q.Status, q.URL, q.Body)
						}
					}
				}
			})
		}
	}
}

// A cut along the contents alone, in pieces of one, which some servers answer
// without their dimension or under another name: it is made again.
func TestEndToEndContentsOneByOne(t *testing.T) {
	ask := asking{"contents", "07984", []string{"Region=5501,0301", "Kjonn=0,1", "Tid=top(2)"}}
	for _, a := range everywhere {
		t.Run(a.String(), func(t *testing.T) {
			want := start(t, a, noLimit).whole(t, ask)
			got, r := start(t, a, 1).ask(t, ask)
			if !a.host.RemoveSingle {
				differ(t, "limit 1", want, got)
				return
			}
			// The parts do not tell all that the whole does.
			require.Equal(t, heart(t, want), heart(t, got))
			require.NotEmpty(t, r.Warnings)
		})
	}
}

// essence is what must not get lost on the way: what the cells are, and the cells.
type essence struct {
	Label     string
	ID        []string
	Size      []int
	Role      map[string][]string
	Dimension map[string]struct {
		Label    string
		Category struct {
			Index map[string]int
			Label map[string]string
		}
	}
	Value  []json.RawMessage
	Status map[string]string
}

func heart(t *testing.T, document []byte) (e essence) {
	t.Helper()
	require.NoError(t, json.Unmarshal(document, &e))
	return e
}

// Versions 1 and 2 of the same server give the same document.
func TestEndToEndBothVersionsGiveTheSame(t *testing.T) {
	base, _ := pxserver.Start(t, pxserver.Options{MaxCells: 100})
	for _, ask := range askings {
		one, _ := fetch(t, clientAt(t, base, V1, Options{}), ask.table, ask.selections...)
		two, _ := fetch(t, clientAt(t, base, V2, Options{}), ask.table, ask.selections...)
		differ(t, ask.name, one, two)
	}
}

// Variables of which version 1 tells no values.
func TestEndToEndValuesThatAreNotTold(t *testing.T) {
	ask := asking{"names", "12891", []string{"Etternavn=000*", "Tid=*"}}
	for _, a := range everywhere[:2] {
		want := start(t, a, noLimit).whole(t, ask)
		l := start(t, a, 130_000)
		got, _ := fetch(t, clientAt(t, l.url, a.api, Options{Cells: 30}), ask.table, ask.selections...)
		differ(t, a.String(), want, got)
	}
}

// What came is refused if it is not the part that was asked for.
func TestEndToEndWrongAnswersAreRefused(t *testing.T) {
	for _, fault := range []pxserver.Fault{pxserver.Listing, pxserver.Maintenance} {
		base, _ := pxserver.Start(t, pxserver.Options{MaxCells: 100, Faults: pxserver.Faults{DataOnly: true,
			On: map[int]pxserver.Fault{1: fault, 2: fault, 3: fault, 4: fault, 5: fault, 6: fault, 7: fault, 8: fault, 9: fault, 10: fault}}})
		c := clientAt(t, base, V1, Options{})
		q := query(t, c, "07984")
		r, err := c.Fetch(context.Background(), q, nil)
		require.ErrorIs(t, err, ErrAnswer)
		require.Nil(t, r)
	}
}
