package pxweb

import (
	"bytes"
	"encoding/json"
)

// query1 is the body of a query of version 1.
type query1 struct {
	Query    []item1 `json:"query"`
	Response struct {
		Format string `json:"format"`
	} `json:"response"`
}

// item1 is a variable in a query of version 1.
type item1 struct {
	Code      string `json:"code"`
	Selection struct {
		Filter string   `json:"filter"`
		Values []string `json:"values"`
	} `json:"selection"`
}

// item2 is a variable in a selection of version 2.
type item2 struct {
	VariableCode string   `json:"variableCode"`
	CodeList     string   `json:"codelist,omitempty"`
	ValueCodes   []string `json:"valueCodes"`
}

// compactJSON writes JSON and leaves characters as they are.
func compactJSON(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // strings and numbers alone
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
