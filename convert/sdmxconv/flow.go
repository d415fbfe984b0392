package sdmxconv

import (
	"strings"
)

// flow is what data are data of: a dataflow, or a structure.
type flow struct {
	urn, agency, id, version string
}

// link is where a message says more of itself, of its structure or of its flow.
type link struct {
	rel, kind, href, urn string
	title                texts
}

// String is the flow as SDMX-CSV names it.
func (f flow) String() string {
	s := f.id
	if f.agency != "" {
		s = f.agency + ":" + s
	}
	if f.version != "" {
		s += "(" + f.version + ")"
	}
	return s
}

var (
	urnForm  = pattern(`=([^:=]+):([^()]+)(?:\(([^()]*)\))?$`)
	hrefForm = pattern(`/(?:dataflow|datastructure|provisionagreement)/([^/?#]+)/([^/?#]+)(?:/([^/?#]+))?`)
)

// flowOfLinks finds what a structure is of by its links: the dataflow, if there is one.
func flowOfLinks(links []link) flow {
	var best flow
	rank := -1
	for _, link := range links {
		f := flow{urn: link.urn}
		if m := urnForm().FindStringSubmatch(link.urn); m != nil {
			f.agency, f.id, f.version = m[1], m[2], m[3]
		} else if m := hrefForm().FindStringSubmatch(link.href); m != nil {
			f.agency, f.id, f.version = m[1], m[2], m[3]
			if f.id == "all" { // of OECD's old service, whose flows have no agency
				f.agency, f.id = "", m[1]
			}
		} else {
			continue
		}
		k := 1
		if strings.EqualFold(link.rel, "dataflow") || strings.Contains(link.urn, ".Dataflow=") {
			k = 2
		}
		if k > rank {
			best, rank = f, k
		}
	}
	return best
}

// splitFlow splits the name of a structure, AGENCY:ID(VERSION): Name.
func splitFlow(text string) (id, name string) {
	if i := strings.Index(text, "): "); i >= 0 {
		return text[:i+1], text[i+3:]
	}
	if id, name, ok := strings.Cut(text, ": "); ok {
		return id, name
	}
	return text, ""
}

// flowOf reads AGENCY:ID(VERSION).
func flowOf(text string) flow {
	f := flow{id: text}
	if agency, id, ok := strings.Cut(text, ":"); ok {
		f.agency, f.id = agency, id
	}
	if id, version, ok := strings.Cut(f.id, "("); ok && strings.HasSuffix(version, ")") {
		f.id, f.version = id, strings.TrimSuffix(version, ")")
	}
	return f
}
