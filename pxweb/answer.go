package pxweb

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// wordsInstead is the error of an answer that is not what was asked for: what it says
// instead.
func wordsInstead(address string, text []byte, err error) *Error {
	message, page := said(text[:min(len(text), 64<<10)])
	return &Error{Kind: ErrAnswer, Status: 200, Message: message, Page: page, URL: address, Err: err}
}

// decode reads JSON of the expected shape.
func decode(address string, text []byte, v any) error {
	decoded, err := charset.JSON(text)
	if err == nil {
		text = decoded
		err = json.Unmarshal(text, v)
	}
	if err == nil {
		return nil
	}
	e := wordsInstead(address, text, nil)
	if e.Method = http.MethodGet; e.Message == "" || json.Valid(text) {
		e.Message = fmt.Sprintf("JSON of another shape: %v", err)
	}
	return e
}

// readHead reads a document without cells.
func readHead(address string, text []byte) (*jsonstat.Dataset, error) {
	doc, err := jsonstat.Parse(text)
	if err == nil {
		var ds *jsonstat.Dataset
		if ds, err = doc.Dataset(0); err == nil {
			return ds, nil
		}
	}
	e := wordsInstead(address, text, err)
	if !e.Page {
		e.Message = err.Error()
	}
	return nil, e
}
