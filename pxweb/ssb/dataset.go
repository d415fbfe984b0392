package ssb

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/pxweb"
	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// Dataset is one of Statistics Norway's ready-made datasets.
type Dataset struct {
	ID    string
	Title string
	Tags  []string
	Table string // the number of the table that it is made from; "" if it does not say
}

// Datasets lists the ready-made datasets.
func (c *Client) Datasets(ctx context.Context) ([]Dataset, error) {
	address := c.datasetURL("list.json")
	var v struct {
		Datasets []struct {
			ID    json.RawMessage `json:"id"` // a number or a text
			Title string          `json:"title"`
			Tags  json.RawMessage `json:"tags"` // a list or a text
		} `json:"datasets"`
	}
	switch err := c.get(ctx, address, &v); {
	case isRetired(err):
		return nil, &RetiredError{Err: err}
	case err != nil:
		return nil, err
	}
	list := make([]Dataset, len(v.Datasets))
	for i, d := range v.Datasets {
		list[i] = Dataset{ID: strings.Trim(string(d.ID), `"`), Title: transport.OneLine(d.Title)}
		if json.Unmarshal(d.Tags, &list[i].Tags) != nil {
			var text string
			_ = json.Unmarshal(d.Tags, &text)
			list[i].Tags = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
		}
		for _, tag := range list[i].Tags {
			if isTable(tag) {
				list[i].Table = tag
			}
		}
	}
	return list, nil
}

// DatasetText gets a ready-made dataset as "json" (JSON-stat before 2.0) or "csv",
// as the server makes it. One that is not there any more is an error that names
// the table to ask instead, if that can be found.
func (c *Client) DatasetText(ctx context.Context, id, form string, w io.Writer) error {
	address := c.datasetURL(url.PathEscape(id) + "." + form)
	text, err := c.calls.Text(ctx, transport.Request{Method: http.MethodGet, URL: address, Accept: "*/*"})
	if err == nil {
		if message, page := transport.Said(text[:min(len(text), 4<<10)]); page {
			return &pxweb.Error{Kind: pxweb.ErrAnswer, Status: 200, Message: message, Page: true, URL: address}
		}
		_, err = w.Write(text)
		return err
	}
	if !isRetired(err) {
		return public(err)
	}
	table := ""
	if list, e := c.Datasets(ctx); e == nil {
		if i := slices.IndexFunc(list, func(d Dataset) bool { return d.ID == id }); i >= 0 {
			table = list[i].Table
		}
	}
	return &RetiredError{table, public(err)}
}

// datasetURL is an address of the ready-made datasets.
func (c *Client) datasetURL(name string) string {
	return c.data + "/api/v0/dataset/" + name + "?" + url.Values{"lang": {cmp.Or(c.lang, "no")}}.Encode()
}

// RetiredError is a ready-made dataset that is not there any more.
type RetiredError struct {
	Table string // the table that has the same figures; "" if not known
	Err   error
}

// Error says what to ask instead.
func (e *RetiredError) Error() string {
	instead := "its figures are in a table of the same subject"
	if e.Table != "" {
		instead = "its figures are in table " + e.Table
	}
	return fmt.Sprintf("the ready-made dataset is retired, or never was: %s (%v)", instead, e.Err)
}

// Unwrap returns what the server said.
func (e *RetiredError) Unwrap() error { return e.Err }

// isRetired tells whether an error says that what was asked for is not there any more.
func isRetired(err error) bool {
	return errors.Is(err, pxweb.ErrNotFound) || errors.Is(err, pxweb.ErrGone)
}

// isTable tells whether a text is the number of a table.
func isTable(text string) bool {
	return len(text) == 5 && strings.Trim(text, "0123456789") == ""
}
