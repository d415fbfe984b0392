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

// A cube that comes in boxes, cut along both dimensions: the cells are those of the
// boxes, the head is the caller's.
func ExampleAssemble() {
	ds := catch()
	box := func(port, years string) jsonstat.Cells {
		spec, err := dice.Parse("port=" + port + ",year=" + years)
		if err != nil {
			log.Fatal(err)
		}
		sub, err := spec.Apply(ds)
		if err != nil {
			log.Fatal(err)
		}
		return sub.Cells()
	}
	cells, err := dice.Assemble(jsonstat.Shape{2, 3}, []dice.Part{
		{Places: [][]int{{0}, nil}, Cells: box("N1", "*")},
		{Places: [][]int{{1}, {1}}, Cells: box("S2", "2023")},
		{Places: [][]int{{1}, {0, 2}}, Cells: box("S2", "2022/2024")},
	})
	if err != nil {
		log.Fatal(err)
	}
	whole, err := jsonstat.New(ds.Head(), cells)
	if err != nil {
		log.Fatal(err)
	}
	south, err := dice.Slice(whole, "port", "S2")
	if err != nil {
		log.Fatal(err)
	}
	show(south)
	// Output:
	// South quay 2022 87
	// South quay 2023 90.5
	// South quay 2024 91
}
