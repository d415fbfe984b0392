package pxweb

import (
	"bytes"
	"encoding/json"
)

// jsonStat is the format in which parts are asked for, as both versions call it.
const jsonStat = "json-stat2"

// query1 is a query as the body of a POST in version 1.
type query1 struct {
	Query    []item1 `json:"query"`
	Response struct {
		Format string `json:"format"`
	} `json:"response"`
}

// item1 is a variable in a query of version 1.
type item1 struct {
	Code      string     `json:"code"`
	Selection selection1 `json:"selection"`
}

// selection1 is a filter of version 1.
type selection1 struct {
	Filter string   `json:"filter"`
	Values []string `json:"values"`
}

// query2 is a query as the body of a POST in version 2.
type query2 struct {
	Selection []item2 `json:"selection"`
}

// item2 is a variable in a selection of version 2.
type item2 struct {
	VariableCode string   `json:"variableCode"`
	CodeList     string   `json:"codelist,omitempty"`
	ValueCodes   []string `json:"valueCodes"`
}

// writeQuery1 writes a query of version 1.
func writeQuery1(items []item1, format string) []byte {
	q := query1{Query: items}
	q.Response.Format = format
	return compactJSON(q)
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

// indented is JSON for people to read and edit.
func indented(text []byte) []byte {
	var b bytes.Buffer
	_ = json.Indent(&b, text, "", "  ")
	return append(b.Bytes(), '\n')
}
