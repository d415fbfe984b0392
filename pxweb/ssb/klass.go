package ssb

import (
	"cmp"
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/pxweb"
)

// Classification is a classification of Klass, Statistics Norway's register.
type Classification struct {
	Name         string         `json:"name"`
	Type         string         `json:"classificationType"`
	LastModified string         `json:"lastModified"`
	Description  string         `json:"description"`
	Versions     []KlassVersion `json:"versions"`
}

// KlassVersion is a version of a classification.
type KlassVersion struct {
	Name      string `json:"name"`
	ValidFrom string `json:"validFrom"`
	ValidTo   string `json:"validTo"` // "" if it is still valid
	Links     struct {
		Self struct {
			Href string `json:"href"`
		} `json:"self"`
	} `json:"_links"`
}

// ID is the number of the version: the last part of its address.
func (v *KlassVersion) ID() string {
	href, _, _ := strings.Cut(v.Links.Self.Href, "?")
	return href[strings.LastIndexByte(href, '/')+1:]
}

// KlassCode is a code of a classification. Over a period one code may come
// several times, with other names.
type KlassCode struct {
	Code      string `json:"code"`
	Parent    string `json:"parentCode"` // "" at the top
	Level     string `json:"level"`
	Name      string `json:"name"`
	ShortName string `json:"shortName"`
	ValidFrom string `json:"validFromInRequestedRange"`
	ValidTo   string `json:"validToInRequestedRange"`
	From      string `json:"validFrom"`
	To        string `json:"validTo"`
	Notes     string `json:"notes"`
}

// Valid is the time for which the code is valid, an end "" if it is open.
func (c *KlassCode) Valid() (from, to string) {
	return cmp.Or(c.From, c.ValidFrom), cmp.Or(c.To, c.ValidTo)
}

// KlassChange is a change of a code; it may stay the same and get another name.
type KlassChange struct {
	OldCode string `json:"oldCode"`
	OldName string `json:"oldName"`
	NewCode string `json:"newCode"`
	NewName string `json:"newName"`
	When    string `json:"changeOccurred"`
}

// Correspondence pairs a code with one of another classification.
type Correspondence struct {
	SourceCode string `json:"sourceCode"`
	SourceName string `json:"sourceName"`
	TargetCode string `json:"targetCode"`
	TargetName string `json:"targetName"`
	From       string `json:"validFrom"`
	To         string `json:"validTo"`
}

// MatchCodes holds the codes of a variable against those of a classification:
// totals, sums and closed codes of a table are not in it.
func MatchCodes(v *pxweb.Variable, codes []KlassCode) (matched, others []string) {
	known := map[string]bool{}
	for _, c := range codes {
		known[c.Code] = true
	}
	for i := range v.Dim.Len() {
		code := v.Dim.CategoryID(i)
		if known[code] {
			matched = append(matched, code)
		} else {
			others = append(others, code)
		}
	}
	return matched, others
}

// klass asks Klass.
func (c *Client) klass(ctx context.Context, path string, query url.Values, v any) error {
	query.Set("language", c.klassLang())
	address := c.data + "/api/klass/v1/" + path + "?" + query.Encode()
	return c.get(ctx, address, v)
}

// Classification tells of a classification and its versions.
func (c *Client) Classification(ctx context.Context, id int) (*Classification, error) {
	v := &Classification{}
	return v, c.klass(ctx, "classifications/"+strconv.Itoa(id), url.Values{"includeFuture": {"true"}}, v)
}

// KlassCodes lists the codes that are valid at a day, or in a period whose end is
// not part of it: days are written 2024-01-01. An empty end is open.
func (c *Client) KlassCodes(ctx context.Context, id int, from, to string) ([]KlassCode, error) {
	path, query := "classifications/"+strconv.Itoa(id)+"/codes", url.Values{"from": {from}}
	if to != "" {
		query.Set("to", to)
	}
	return c.klassCodes(ctx, path, query)
}

// KlassCodesAt lists the codes that are valid at a day.
func (c *Client) KlassCodesAt(ctx context.Context, id int, day string) ([]KlassCode, error) {
	return c.klassCodes(ctx, "classifications/"+strconv.Itoa(id)+"/codesAt", url.Values{"date": {day}})
}

func (c *Client) klassCodes(ctx context.Context, path string, query url.Values) ([]KlassCode, error) {
	var v struct {
		Codes []KlassCode `json:"codes"`
	}
	err := c.klass(ctx, path, query, &v)
	return v.Codes, err
}

// KlassChanges lists the changes of codes in a period.
func (c *Client) KlassChanges(ctx context.Context, id int, from, to string) ([]KlassChange, error) {
	query := url.Values{"from": {from}}
	if to != "" {
		query.Set("to", to)
	}
	var v struct {
		Changes []KlassChange `json:"codeChanges"`
	}
	err := c.klass(ctx, "classifications/"+strconv.Itoa(id)+"/changes", query, &v)
	return v.Changes, err
}

// KlassCorrespondence pairs the codes of a classification with those of another
// one at a day.
func (c *Client) KlassCorrespondence(ctx context.Context, id, target int, day string) ([]Correspondence, error) {
	query := url.Values{"targetClassificationId": {strconv.Itoa(target)}, "date": {day}}
	var v struct {
		Items []Correspondence `json:"correspondenceItems"`
	}
	err := c.klass(ctx, "classifications/"+strconv.Itoa(id)+"/correspondsAt", query, &v)
	return v.Items, err
}
