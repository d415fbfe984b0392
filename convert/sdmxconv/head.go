package sdmxconv

import (
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// mediaType is that of the link to the message itself.
const mediaType = "application/vnd.sdmx.data+json"

// header is what a message says of itself.
type header struct {
	prepared     string
	name, sender texts
	senderID     string
	request      string // the address of the request that it answers
	links        []link
	test         bool
}

// head is the head of a cube: what a message says of itself and its structure.
func (h *header) head(s *structure, of flow, l *language) jsonstat.Head {
	head := jsonstat.Head{Label: l.name(s.name), Updated: h.prepared, Source: l.name(h.sender)}
	for _, label := range []string{l.name(h.name), of.id} {
		if head.Label == "" {
			head.Label = label
		}
	}
	if head.Source == "" {
		head.Source = h.senderID
	}
	if note := l.name(s.note); note != head.Label && note != "" {
		head.Notes = append(head.Notes, note)
	}
	for _, i := range s.notes {
		head.Notes = append(head.Notes, s.annotations[i].said(l))
	}
	head.Links = h.linksOf(s, l)
	return head
}

// linksOf are the links of a message: the request that it answers, and where its
// structure is described.
func (h *header) linksOf(s *structure, l *language) []jsonstat.Link {
	var links []jsonstat.Link
	have := map[[2]string]bool{}
	add := func(rel, kind, href, label string) {
		if href != "" && !have[[2]string{rel, href}] {
			have[[2]string{rel, href}] = true
			links = append(links, jsonstat.Link{Rel: rel, Type: kind, Href: href, Label: label})
		}
	}
	for _, rel := range []string{"request", "self"} {
		for _, link := range h.links {
			if strings.EqualFold(link.rel, rel) && len(links) == 0 {
				add("alternate", mediaType, link.href, "")
			}
		}
	}
	add("alternate", mediaType, h.request, "")
	for _, link := range h.links {
		rel := strings.ToLower(link.rel)
		switch rel {
		case "request", "self":
			continue
		case "copyright", "license", "help", "about", "related", "describedby", "via":
		default:
			rel = "related"
		}
		add(rel, link.kind, link.href, l.name(link.title))
	}
	for _, link := range s.links {
		add("describedby", link.kind, link.href, l.name(link.title))
	}
	return links
}
