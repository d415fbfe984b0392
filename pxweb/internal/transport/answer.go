package transport

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/jsonstat-go/toolkit/internal/charset"
)

// Get asks for a text.
func (c *Client) Get(ctx context.Context, url string) ([]byte, error) {
	return c.Text(ctx, Request{Method: http.MethodGet, URL: url})
}

// Text makes a call and returns the whole answer.
func (c *Client) Text(ctx context.Context, r Request) ([]byte, error) {
	var text []byte
	err := c.Call(ctx, r, func(_ *http.Response, body io.Reader) error {
		var err error
		text, err = io.ReadAll(body)
		return err
	})
	return text, err
}

// JSON asks for JSON of the expected shape. It returns the text as well.
func (c *Client) JSON(ctx context.Context, url string, v any) ([]byte, error) {
	text, err := c.Get(ctx, url)
	if err != nil {
		return nil, err
	}
	return text, Decode(url, text, v)
}

// Decode reads JSON of the expected shape.
func Decode(url string, text []byte, v any) error {
	decoded, err := charset.JSON(text)
	if err == nil {
		text = decoded
		err = json.Unmarshal(text, v)
	}
	if err == nil {
		return nil
	}
	e := Instead(url, text, nil)
	if e.Method = http.MethodGet; e.Message == "" || json.Valid(text) {
		e.Message = "JSON of another shape: " + shape(err)
	}
	return e
}

// shape is what an error of package json says of a shape, without the words of Go.
func shape(err error) string {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		at := cmp.Or(e.Field, "the whole")
		return fmt.Sprintf("%s is %s", at, e.Value)
	}
	return err.Error()
}

// Instead is the error of an answer that is not what was asked for: what it says
// instead.
func Instead(url string, text []byte, err error) *Error {
	message, page := Said(text[:min(len(text), 64<<10)])
	return &Error{Kind: ErrAnswer, Status: http.StatusOK, Message: message, Page: page, URL: url, Err: err}
}
