package jsonstat_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

func TestItems(t *testing.T) {
	doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"collection","link":{"item":[
{"class":"dataset","href":"https://example.org/a.json","label":"A"},
{"class":"collection","label":"Inside","link":{"item":[` + boatsByYear + `]}},
{"version":"2.0","href":"https://example.org/b.json","id":["d"],"size":[1],"dimension":{"d":{"category":{"index":["x"]}}},"value":[1]},
{"class":"dimension","label":"Sex","category":{"index":["F","M"]}}]}}`))
	require.NoError(t, err)
	require.Equal(t, []jsonstat.Item{
		{Class: "dataset", Href: "https://example.org/a.json", Label: "A", Dataset: -1},
		{Class: "collection", Label: "Inside", Embedded: true, Dataset: -1},
		{Class: "dataset", Href: "https://example.org/b.json", Embedded: true, Dataset: 1},
		{Class: "dimension", Label: "Sex", Embedded: true, Dataset: -1},
	}, doc.Items())
	ds, err := doc.Dataset(1)
	require.NoError(t, err)
	require.Equal(t, "d", ds.Dimensions()[0].ID())
}
