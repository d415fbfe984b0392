package pxweb

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// checkAnswer sees whether an answer of status 200 is a dataset.
func checkAnswer(r request, resp *http.Response, file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return &saveError{err}
	}
	doc, err := openDocument(file, info.Size())
	if err == nil {
		_, err = doc.Dataset(0)
		_ = doc.Close()
	}
	if err == nil {
		return nil
	}
	e := &Error{Kind: ErrAnswer, Status: resp.StatusCode, Method: r.method, URL: r.url, Err: err}
	start := firstBytes(file)
	var s *jsonstat.ServerError
	switch {
	case errors.As(err, &s):
		e.Message, e.Page = s.Message, s.Page == "a web page"
	case isListing(start):
		e.Message = "a listing: the address is that of a level, not of a table"
	case errors.Is(err, jsonstat.ErrSyntax) && (bytes.HasPrefix(start, []byte("{")) || len(start) == 0):
		// Cut off in the middle, though the server did not say so.
		return &Error{Kind: ErrOffline, Method: r.method, URL: r.url, Err: fmt.Errorf("the answer broke off: %w", err)}
	default:
		e.Message = err.Error()
	}
	return e
}

// firstBytes is the beginning of a file, without the white space around it.
func firstBytes(file string) []byte {
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer f.Close()
	b, _ := io.ReadAll(io.LimitReader(f, 4<<10))
	return bytes.TrimSpace(b)
}

// isListing knows the answer of version 1 to a POST to a level.
func isListing(start []byte) bool {
	return bytes.HasPrefix(start, []byte("[")) && bytes.Contains(start, []byte(`"type"`)) && bytes.Contains(start, []byte(`"id"`))
}

// wrongFormat sees whether an answer is something else than the format asked for:
// a web page, a listing, an error.
func wrongFormat(r request, resp *http.Response, format string, s *spool) error {
	start := s.start()
	low := bytes.ToLower(bytes.TrimSpace(start))
	page := bytes.HasPrefix(low, []byte("<!doctype html")) || bytes.HasPrefix(low, []byte("<html"))
	object := bytes.HasPrefix(low, []byte("{")) || bytes.HasPrefix(low, []byte("["))
	isJSON := slices.Contains([]string{"json", "json-px", "json-stat", "json-stat2"}, format)
	if (page && format != "html") || (object && !isJSON) || isListing(low) || len(low) == 0 {
		message, _ := said(start)
		if message == "" {
			message = "it is empty"
		}
		return &Error{Kind: ErrAnswer, Status: resp.StatusCode, Message: message, Page: page, Method: r.method, URL: r.url}
	}
	return nil
}
