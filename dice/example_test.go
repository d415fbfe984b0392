package dice_test

import (
	"fmt"
	"log"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// catch is a small cube: catch by port and year.
func catch() *jsonstat.Dataset {
	doc, err := jsonstat.Parse([]byte(`{"version":"2.0","class":"dataset","label":"Catch","id":["port","year"],"size":[2,3],
		"role":{"time":["year"]},"dimension":{
		"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North quay","S2":"South quay"}}},
		"year":{"label":"Year","category":{"index":["2022","2023","2024"]}}},
		"value":[120,118,null,87,90.5,91]}`))
	if err != nil {
		log.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		log.Fatal(err)
	}
	return ds
}

func show(ds *jsonstat.Dataset) {
	for obs, err := range ds.Observations() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(obs.Category(0).Label, obs.Category(1).ID, obs.Text())
	}
}

func ExampleParse() {
	spec, err := dice.Parse("port=S*,year=top(2)")
	if err != nil {
		log.Fatal(err)
	}
	south, err := spec.Apply(catch())
	if err != nil {
		log.Fatal(err)
	}
	show(south)
	// Output:
	// South quay 2023 90.5
	// South quay 2024 91
}

func ExampleSlice() {
	one, err := dice.Slice(catch(), "year", "2023")
	if err != nil {
		log.Fatal(err)
	}
	show(one)
	// Output:
	// North quay 2023 118
	// South quay 2023 90.5
}

func ExampleSpec_Apply() {
	spec := dice.Spec{Criteria: []dice.Criterion{
		{Dimension: "year", Select: []dice.Selector{{Kind: dice.Range, Text: "2023"}}},
		{Dimension: "port", Select: dice.IDs("N1"), Omit: true},
	}}
	ds, err := spec.Apply(catch())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(ds.Shape(), ds.Dimension("year").CategoryID(0))
	// Output: [1 2] 2023
}
