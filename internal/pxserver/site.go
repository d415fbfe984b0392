package pxserver

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"
)

// A site is what a server offers, whatever the version of the interface: tables, where
// they stand, and how often they were updated.
type site struct {
	host     *Host
	tables   []*Table
	tables2  []*Table // as v2 has them
	subjects []Subject
	index    sync.Map // what searches look at

	// The limits that are told, of which those of cells and values hold.
	maxCells, toldCells, maxValues, maxCalls int
	window                                   time.Duration
	toldPace                                 bool // the configurations tell the host's calls, whatever holds

	slow    int
	retired bool
	mixed   bool
	dates   Dates
	now     func() time.Time

	mu          sync.Mutex
	editions    map[string]int // times that a table was updated
	answers     int            // with data
	updateAfter int            // answers from now on all tables are updated; 0 is never
}

// defaultUpdated is when tables were updated that do not say.
var defaultUpdated = time.Date(2025, 2, 19, 7, 0, 0, 0, time.UTC)

func newSite(o Options) *site {
	s := &site{host: o.Host, subjects: o.Subjects, slow: o.SlowCells, retired: o.RetiredDatasets, mixed: o.Mixed, dates: o.Dates,
		now: o.Now, toldPace: o.HostPace || o.ToldPace, editions: map[string]int{}, updateAfter: o.Faults.UpdateAfter}
	if s.host == nil {
		s.host = SSB
	}
	s.maxCells = cmp.Or(o.MaxCells, s.host.MaxCells)
	s.toldCells = cmp.Or(o.ToldCells, s.maxCells)
	s.maxValues = cmp.Or(o.MaxValues, s.host.MaxValues)
	s.maxCalls, s.window = cmp.Or(o.MaxCalls, 100_000), cmp.Or(o.Window, 10*time.Second)
	if o.HostPace {
		s.maxCalls, s.window = s.host.MaxCalls, s.host.Window
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.subjects == nil {
		s.subjects = DemoSubjects()
	}
	tables := o.Tables
	if tables == nil {
		tables = Demo()
	}
	for _, t := range tables {
		s.add(t)
	}
	return s
}

// add adds a table, with what it does not say.
func (s *site) add(t Table) {
	if t.Updated.IsZero() {
		t.Updated = defaultUpdated
	}
	if t.Cells == nil {
		t.Cells = Pseudo(0)
	}
	t.Variables = slices.Clone(t.Variables)
	for i := range t.Variables {
		if len(t.Variables[i].Values) > 100 {
			t.Variables[i].number()
		}
	}
	code, _ := t.subject()
	for _, l := range s.subjects {
		if l.Path == code {
			t.area = l.Text
		}
	}
	s.tables = append(s.tables, &t)
	s.tables2 = append(s.tables2, s.withContents(&t))
}

// withContents is the table as v2 has it: on hosts of files a table without a
// contents variable gets one, in front of the others.
func (s *site) withContents(t *Table) *Table {
	if !s.host.FileTables || slices.ContainsFunc(t.Variables, func(v Variable) bool { return v.Kind == Contents }) {
		return t
	}
	with := *t
	contents := Variable{Code: "CONTENTS", Text: T("contents", "contents"), Kind: Contents,
		Values: []Value{{Code: "content", Text: t.contents(), Decimals: t.Decimals}}}
	with.Variables = slices.Insert(slices.Clone(t.Variables), 0, contents)
	with.Heading = t.heading()
	with.Cells = func(dst []byte, positions []int, edition int) ([]byte, string) {
		return t.Cells(dst, positions[1:], edition) // without the one that was put in
	}
	return &with
}

// V1 is the path of the database of v1 in a language, "" if the host has no v1.
func (s *site) V1(lang string) string {
	pattern := s.host.V1
	if lang == "en" && s.host.V1En != "" {
		pattern = s.host.V1En
	}
	return strings.Replace(pattern, "{lang}", lang, 1)
}

// V2 is the path of v2, "" if the host has none.
func (s *site) V2() string { return s.host.V2 }

// edition is how often a table was updated since the server began.
func (s *site) edition(t *Table) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.editions[t.ID]
}

// Update updates a table: its date and its figures change.
func (s *site) Update(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.editions[id]++
}

// setUpdateAfter has all tables updated after so many answers.
func (s *site) setUpdateAfter(answers int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updateAfter = answers
}

// countData takes note of an answer with data and says which edition it shows, and
// whether in another form.
func (s *site) countData(t *Table) (edition int, mixed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	edition = s.editions[t.ID]
	s.answers++
	if s.updateAfter > 0 {
		if s.updateAfter--; s.updateAfter == 0 {
			for _, t := range s.tables {
				s.editions[t.ID]++
			}
		}
	}
	return edition, s.mixed && s.answers%2 == 0
}

// updated is when a table was updated last.
func (s *site) updated(t *Table) time.Time {
	return t.Updated.Add(time.Duration(s.edition(t)) * time.Hour)
}

// said is what a document says of when a table was updated, "" if it says nothing.
func (s *site) said(updated time.Time, edition int) string {
	switch s.dates {
	case NoDates:
		return ""
	case DatesEndless:
		return "9999-12-31T23:59:59Z"
	case DatesOfAnswer:
		updated = s.now()
	case DatesOfCreation:
		updated = updated.Add(-time.Duration(edition) * time.Hour)
	}
	return updated.UTC().Format("2006-01-02T15:04:05Z")
}

// newSince tells whether a table was updated within so many days.
func (s *site) newSince(t *Table, days int) bool {
	return s.now().Sub(s.updated(t)) <= time.Duration(days)*24*time.Hour
}

// database is the database of a table.
func (s *site) database(t *Table) string {
	if s.host.DatabasePerTable {
		return t.matrix()
	}
	return cmp.Or(t.Database, s.host.Database)
}

func (s *site) databases() []string {
	var all []string
	if !s.host.DatabasePerTable {
		all = append(all, s.host.Database)
	}
	for _, t := range s.tables {
		if db := s.database(t); !slices.Contains(all, db) {
			all = append(all, db)
		}
	}
	return all
}

// id1 is the id of a table in listings of v1.
func (s *site) id1(t *Table) string { return t.matrix() + s.host.Suffix }

// places are the levels where a table stands in v1.
func (s *site) places(t *Table) []string {
	if s.host.DatabasePerTable {
		return []string{""}
	}
	return t.places()
}

// isLevel tells whether there is a level of that path.
func (s *site) isLevel(db, level string) bool {
	return level == "" || slices.ContainsFunc(s.levels(db), func(l Subject) bool { return l.Path == level })
}

// levels are all levels: those with a text first, then those that only tables name.
func (s *site) levels(db string) []Subject {
	var levels []Subject
	if db == s.host.Database {
		levels = slices.Clone(s.subjects)
	}
	add := func(path string) {
		if path != "" && !slices.ContainsFunc(levels, func(l Subject) bool { return l.Path == path }) {
			id := path[strings.LastIndexByte(path, '/')+1:]
			levels = append(levels, Subject{Path: path, Text: T(id, id)})
		}
	}
	for _, t := range s.tables {
		if s.database(t) != db {
			continue
		}
		for _, place := range s.places(t) {
			for i := range place {
				if place[i] == '/' {
					add(place[:i])
				}
			}
			add(place)
		}
	}
	return levels
}

// text1 is the text of a table in listings and searches.
func (s *site) text1(t *Table, lang string) string {
	text := t.Title.In(lang)
	if s.host.NumberedTitles {
		text = t.ID + ": " + text
	}
	if s.host.HTMLTexts {
		text = "<em>" + text + "</em>"
	}
	return text
}
