package sdmxconv

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// message is an SDMX-JSON message whose observations are not read yet: its parts,
// of whatever generation it is, and where the observations lie. Members come in
// any order, so they can be read only when all else is known.
type message struct {
	w          *jsontoken.Reader
	header     *node
	structures []*node
	sets       []dataSet
	errors     *node

	spans struct {
		header, errors span // empty if they are not there
		structures     []span
	}
	root, data []string      // names of members, to tell what a message is that has no data
	listed     map[int]int   // structures by the data sets that they list, once they were looked for
	notes      map[int][]int // annotations of the data sets, by structure, once they were looked for
}

// dataSet is a data set: small members as they are, of the large ones the places.
type dataSet struct {
	members      map[string]*node
	small        map[string]span
	series       *keyed
	observations *keyed
}

// keyed is an object of observations or series.
type keyed struct {
	from   int64
	series int64 // how many there are, 0 of observations
	count  int64 // how many observations there are
	length int64 // in bytes
}

// member is a small member of the data set, nil if it is null or not there.
func (s *dataSet) member(name string) *node {
	if n := s.members[name]; n != nil && n.kind != null {
		return n
	}
	return nil
}

// is tells whether the data set has an action.
func (s *dataSet) is(action string) bool { return strings.EqualFold(s.member("action").str(), action) }

// readMessage finds the parts of a message and reads all but the observations.
func readMessage(src window.Source) (*message, error) {
	m := &message{w: jsontoken.NewReader(src, readWindow)}
	m.w.SkipBOM()
	if err := m.find(); err != nil {
		return nil, err
	}
	if err := m.load(); err != nil {
		return nil, err
	}
	return m, nil
}

// find goes through the whole text once.
func (m *message) find() error {
	err := m.w.Members(func(name string) error {
		m.root = append(m.root, strings.Clone(name))
		if c, err := m.w.Peek(); err != nil || name == "data" && c == '{' {
			if err != nil {
				return err
			}
			return m.w.Members(func(name string) error {
				m.data = append(m.data, strings.Clone(name))
				return m.part(name)
			})
		}
		return m.part(name)
	})
	if err != nil {
		return err
	}
	return m.w.CheckEnd()
}

// part notes where a member of the message or of its data lies.
func (m *message) part(name string) error {
	c, err := m.w.Peek()
	if err != nil {
		return err
	}
	switch {
	case name == "header" || name == "meta":
		m.spans.header, err = spanOf(m.w)
	case name == "errors" || name == "error":
		m.spans.errors, err = spanOf(m.w)
	case name == "structure" && c == '{':
		err = m.structure()
	case name == "structures" && c == '[':
		err = m.w.Elements(func(int) error { return m.structure() })
	case name == "dataSets" && c == '[':
		err = m.w.Elements(func(int) error { return m.dataSet() })
	default:
		_, err = m.w.Skip()
	}
	return err
}

// structure notes where a structure lies.
func (m *message) structure() error {
	s, err := spanOf(m.w)
	m.spans.structures = append(m.spans.structures, s)
	return err
}

// dataSet notes where the members of a data set lie.
func (m *message) dataSet() error {
	s := dataSet{small: map[string]span{}}
	err := m.w.Members(func(name string) error {
		c, err := m.w.Peek()
		if err != nil {
			return err
		}
		if c == '{' && (name == "series" || name == "observations") {
			r := &keyed{from: m.w.Offset()}
			n, err := m.w.Skip()
			if name == "series" {
				s.series, r.series, r.count = r, n.Objects[2], n.Arrays[4]
			} else {
				s.observations, r.count = r, n.Arrays[2]
			}
			r.length = m.w.Offset() - r.from
			return err
		}
		name = strings.Clone(name)
		s.small[name], err = spanOf(m.w)
		return err
	})
	m.sets = append(m.sets, s)
	return err
}

// load reads the parts that were found, but for observations.
func (m *message) load() error {
	var err error
	if m.header, err = load(m.w, m.spans.header); err != nil {
		return err
	}
	if m.errors, err = load(m.w, m.spans.errors); err != nil {
		return err
	}
	for _, s := range m.spans.structures {
		n, err := load(m.w, s)
		if err != nil {
			return err
		}
		m.structures = append(m.structures, n)
	}
	for i := range m.sets {
		set := &m.sets[i]
		set.members = map[string]*node{}
		for name, s := range set.small {
			if set.members[name], err = load(m.w, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// structureOf is the place of the structure of a data set.
func (m *message) structureOf(i int) (int, error) {
	if m.listed == nil {
		m.listed = map[int]int{}
		for at, s := range m.structures {
			for _, set := range s.get("dataSets").indexes() {
				m.listed[set] = at
			}
		}
	}
	k := m.listed[i]
	if n := m.sets[i].member("structure"); n != nil {
		k = n.index()
	}
	if k < 0 || k >= len(m.structures) {
		return 0, &jsonstat.Error{Offset: -1, Pointer: fmt.Sprintf("/data/dataSets/%d/structure", i), Msg: fmt.Sprintf("the structure that data set %d names is not there: the message has %d", i, len(m.structures)), Err: ErrNotSDMX}
	}
	return k, nil
}

// annotated are the annotations of the data sets: all that their lists point to, of those
// of a structure.
func (m *message) annotated(structure int) []int {
	if list, known := m.notes[structure]; known {
		return list
	}
	var list []int
	listed := make([]bool, len(m.structures[structure].get("annotations").list()))
	for i := range m.sets {
		for _, at := range m.sets[i].member("annotations").indexes() {
			if at >= 0 && at < len(listed) && !listed[at] {
				listed[at] = true
				list = append(list, at)
			}
		}
	}
	if m.notes == nil {
		m.notes = map[int][]int{}
	}
	m.notes[structure] = list
	return list
}

// refusal says why a message has no data to convert, nil if it has.
func (m *message) refusal() error {
	has := func(names ...string) bool {
		for _, n := range names {
			if slices.Contains(m.root, n) || slices.Contains(m.data, n) {
				return true
			}
		}
		return false
	}
	not := func(what string) error { return &jsonstat.Error{Msg: what, Err: ErrNotSDMX} }
	if len(m.sets) == 0 || len(m.structures) == 0 {
		if e := serverError(m.errors); e != nil {
			return e
		}
	}
	switch {
	case has("dataSets") && len(m.structures) > 0 && len(m.sets) == 0:
		return not("the message has a structure but no data sets: the query found nothing")
	case has("dataSets") && len(m.structures) > 0:
		return nil
	case has("dataSets"):
		return not("the message has data sets but no structure, without which they mean nothing")
	case has("CompactData", "GenericData", "StructureSpecificData"):
		return not("this is SDMX-ML (XML) that was turned into JSON, as IMF's old service does, not SDMX-JSON: ask a service of SDMX 3 or 2.1, such as api.imf.org, for SDMX-JSON or SDMX-CSV")
	case has("dataStructures", "dataflows", "codelists", "conceptSchemes", "Structure"):
		return not("this is a structure message: it describes data and has none. It can give names to SDMX-CSV")
	case has("metadataSets"):
		return not("this is a message of reference metadata: it has no data sets")
	case slices.Contains(m.root, "class") || slices.Contains(m.root, "dataset"):
		return not("this is JSON-stat already")
	}
	return not("this is no SDMX-JSON data message: there are no dataSets")
}

// serverError makes an error of what a service said went wrong, nil if it said nothing.
func serverError(n *node) error {
	if n == nil {
		return nil
	}
	list := n.list()
	if n.kind != array {
		list = []node{*n}
	}
	e := &jsonstat.ServerError{}
	var said []string
	for i := range list {
		item := &list[i]
		if code, err := strconv.Atoi(item.get("code").str()); err == nil && e.Status == 0 {
			e.Status = code
		}
		words := item.str()
		for _, name := range []string{"title", "detail", "message"} {
			word := item.get(name).str()
			if item.get(name) != nil && item.get(name).kind == object { // a text in several languages
				word = first(item.get(name)).str()
			}
			if word == "" {
				word = first(item.get(name + "s")).str()
			}
			if word == "" || strings.Contains(words, word) {
				continue
			}
			if words != "" {
				words += ": "
			}
			words += word
		}
		if words != "" {
			said = append(said, words)
		}
	}
	if len(list) == 0 {
		return nil
	}
	e.Message = strings.Join(said, "; ")
	if e.Message == "" {
		e.Message = brief(n.text)
	}
	return e
}
