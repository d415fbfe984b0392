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

// Parts of a table that were fetched one after the other become one cube again.
func ExampleJoin() {
	ds := catch()
	var parts []*jsonstat.Dataset
	for _, text := range []string{"year=..2023", "year=2024"} {
		spec, err := dice.Parse(text)
		if err != nil {
			log.Fatal(err)
		}
		part, err := spec.Apply(ds)
		if err != nil {
			log.Fatal(err)
		}
		parts = append(parts, part)
	}
	whole, err := dice.Join("year", parts...)
	if err != nil {
		log.Fatal(err)
	}
	north, err := dice.Slice(whole, "port", "N1")
	if err != nil {
		log.Fatal(err)
	}
	show(north)
	// Output:
	// North quay 2022 120
	// North quay 2023 118
	// North quay 2024
}

// The values of a table came in two files, its metadata in a third one.
func ExampleConcat() {
	head, err := jsonstat.New(catch().Head(), nil)
	if err != nil {
		log.Fatal(err)
	}
	piece := func(values ...float64) *jsonstat.Dataset {
		spec := jsonstat.DimensionSpec{ID: "row"}
		for i := range values {
			spec.Categories = append(spec.Categories, jsonstat.Category{ID: fmt.Sprint(i)})
		}
		rows, err := jsonstat.NewDimension(spec)
		if err != nil {
			log.Fatal(err)
		}
		ds, err := jsonstat.New(jsonstat.Head{Dimensions: []*jsonstat.Dimension{rows}}, jsonstat.Floats(values...).Cells())
		if err != nil {
			log.Fatal(err)
		}
		return ds
	}
	whole, err := dice.Concat(head, piece(120, 118, 99, 87), piece(90.5, 91))
	if err != nil {
		log.Fatal(err)
	}
	cell, err := whole.At("port", "S2", "year", "2022")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(cell.Text)
	// Output: 87
}

func ExampleParseJSON() {
	spec, err := dice.ParseJSON([]byte(`{"port": {"omit": ["N1"]}, "year": "bottom(1)"}`))
	if err != nil {
		log.Fatal(err)
	}
	earliest, err := spec.Apply(catch())
	if err != nil {
		log.Fatal(err)
	}
	show(earliest)
	// Output: South quay 2022 87
}

// What a spec selects can be asked without a dice: indexes of categories, nil for all.
func ExampleSpec_Resolve() {
	spec, err := dice.Parse("year=2023..")
	if err != nil {
		log.Fatal(err)
	}
	keep, err := spec.Resolve(catch().Dimensions())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(keep[0] == nil, keep[1])
	// Output: true [1 2]
}
