package sdmxconv

import (
	"strconv"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// readJSON reads an SDMX-JSON message.
func readJSON(r *reader, src window.Source) ([]*jsonstat.Dataset, error) {
	if forCSV(&r.o) {
		r.warn("the message is SDMX-JSON: it says itself what its dimensions, measures and names are")
	}
	m, err := readMessage(src)
	if err != nil {
		return nil, err
	}
	if err := m.refusal(); err != nil {
		return nil, err
	}
	if e := serverError(m.errors); e != nil {
		r.warn("the message has data, but says also: " + e.(*jsonstat.ServerError).Message)
	}
	r.lang.main = first(m.header.get("contentLanguages")).str()
	chosen, err := chooseSets(r, m)
	if err != nil {
		return nil, err
	}
	groups, err := groupsOf(m, chosen)
	if err != nil {
		return nil, err
	}
	maker := cubeMaker{r, m, headerOf(m.header)}
	var all []*jsonstat.Dataset
	for _, g := range groups {
		made, err := maker.cubes(g)
		if err != nil {
			return nil, err
		}
		all = append(all, made...)
	}
	if len(all) == 0 {
		return nil, notSDMX("the message says only what is to be deleted: it has no data")
	}
	return all, r.lang.check()
}

// forCSV tells whether there are options that only SDMX-CSV needs.
func forCSV(o *Options) bool {
	return o.Structure != nil || o.Head != nil || o.Explain != nil || o.Texts || o.Content != convert.Default ||
		o.Header+o.Status+o.StatusSuffix+o.Decimal+o.Separator != "" ||
		len(o.Values)+len(o.Dimensions)+len(o.Labels)+len(o.Ignore)+len(o.By)+len(o.Stub)+len(o.Plan)+len(o.NA) > 0
}

// chooseSets lists the data sets that are asked for.
func chooseSets(r *reader, m *message) ([]int, error) {
	want := r.o.DataSet
	var named []int
	var known []string
	listed := map[string]bool{}
	flows := map[int]flow{}
	for i := range m.sets {
		if want == "" {
			named = append(named, i)
			continue
		}
		k, err := m.structureOf(i)
		if err != nil {
			return nil, err
		}
		of, met := flows[k]
		if !met {
			of = flowOfLinks(linksOf(m.structures[k]))
			flows[k] = of
		}
		if want == of.id || want == of.String() || want == r.lang.name(textsOf(m.structures[k], "name")) {
			named = append(named, i)
		}
		number := strconv.Itoa(i)
		known, listed[number] = append(known, number), true
		if of.id != "" && !listed[of.id] {
			known, listed[of.id] = append(known, of.id), true
		}
	}
	return r.chosen(named, len(m.sets), known)
}
