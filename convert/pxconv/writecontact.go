package pxconv

import (
	"encoding/json"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// contactSaid is a contact of a document.
type contactSaid struct {
	Raw, Name, Mail, Phone, Organization string
}

// contactOfDataset is CONTACT, of all contacts: in eight parts each, where that gives them back, else
// their texts.
func contactOfDataset(ds *jsonstat.Dataset) string {
	var extension struct{ Contact []contactSaid }
	if ds.Extension() == nil || json.Unmarshal(ds.Extension(), &extension) != nil {
		return ""
	}
	var texts, parts []string
	for _, c := range extension.Contact {
		if text, ok := c.parts(); ok {
			parts = append(parts, text)
		}
		if c.Raw == "" {
			var list []string
			for _, part := range []string{c.Name, c.Organization, c.Phone, c.Mail} {
				if part != "" {
					list = append(list, part)
				}
			}
			c.Raw = strings.Join(list, ", ")
		}
		if c.Raw != "" {
			texts = append(texts, c.Raw)
		}
	}
	if len(parts) == len(extension.Contact) && len(parts) > 0 {
		return strings.Join(parts, "||") + "||"
	}
	return strings.Join(texts, "##")
}

// parts is a contact in the eight parts of which PxWeb makes it: first and last name, prefix,
// phone, mail, organization, department, unit. ok is false if it was made of something else.
func (c *contactSaid) parts() (text string, ok bool) {
	first, last, _ := strings.Cut(c.Name, " ")
	rest, ok := strings.CutPrefix(c.Raw, first+" "+last+", "+c.Organization+"#")
	if !ok || c.Name == "" || strings.ContainsAny(c.Name+c.Organization+c.Phone+c.Mail, "#|") {
		return "", false
	}
	if c.Mail != "" {
		if rest, ok = strings.CutSuffix(rest, "#"+c.Mail); !ok {
			return "", false
		}
	}
	prefix, ok := strings.CutSuffix(rest, " "+c.Phone)
	if !ok || strings.Contains(prefix, "#") {
		return "", false
	}
	return strings.Join([]string{first, last, prefix, c.Phone, c.Mail, c.Organization, "", ""}, "#"), true
}
