package ssb

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// Definition is what Vardok says of a variable.
type Definition struct {
	Name       string
	Definition string
	Lang       string      // the language that it is in: not all are there in all
	Fields     [][2]string // all texts of the document by the path of their elements, in order
}

var xmlLang = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`xml:lang=["']([A-Za-z-]+)`) })

// Vardok gets the definition of a variable in a language: nb, nn or en; "" is the
// client's.
func (c *Client) Vardok(ctx context.Context, id int, lang string) (*Definition, error) {
	lang = cmp.Or(lang, c.klassLang())
	address, text, err := c.xml(ctx, fmt.Sprintf("/a/xml/metadata/conceptvariable/vardok/%d/%s", id, url.PathEscape(lang)))
	if err != nil {
		return nil, err
	}
	d := &Definition{}
	if d.Fields, err = xmlTexts(text); err != nil || len(d.Fields) == 0 {
		return nil, public(transport.Instead(address, text, err))
	}
	for _, f := range d.Fields {
		switch last := f[0][strings.LastIndexByte(f[0], '/')+1:]; {
		case d.Definition == "" && (last == "Description" || last == "Definition"):
			d.Definition = f[1]
		case d.Name == "" && last == "Title":
			d.Name = f[1]
		}
	}
	if m := xmlLang().FindSubmatch(text); m != nil {
		d.Lang = string(m[1])
	}
	return d, nil
}
