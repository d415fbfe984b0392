package jsonstat_test

import (
	"errors"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// open opens a document of the tests and its first dataset; real programs look
// at the errors.
func open(name string) (*jsonstat.Document, *jsonstat.Dataset) {
	doc, err := jsonstat.Open("../testdata/" + name)
	if err != nil {
		log.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		log.Fatal(err)
	}
	return doc, ds
}

// The whole program: open a file, look at a dimension, go through the cells,
// pick one of them.
func Example() {
	doc, err := jsonstat.Open("../testdata/oslo.json")
	if err != nil {
		log.Fatal(err)
	}
	defer doc.Close()
	ds, err := doc.Dataset(0)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(ds.Label())

	district := ds.Dimension("Region")
	for c := range district.Categories() {
		fmt.Println(c.ID, c.Label)
	}

	for obs, err := range ds.Observations() {
		if err != nil {
			log.Fatal(err)
		}
		if !obs.Missing() {
			fmt.Println(obs.Category(0).Label, obs.Category(1).Label, obs.Text())
		}
	}

	cell, err := ds.At("Region", "030103", "Tid", "2025")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("Sagene in 2025:", cell.Float64())
	// Output:
	// Population in three districts of Oslo, by district and year
	// 030101 Gamle Oslo
	// 030102 Grünerløkka
	// 030103 Sagene
	// Gamle Oslo 2023 61204
	// Gamle Oslo 2024 62377
	// Gamle Oslo 2025 63118
	// Grünerløkka 2023 65093
	// Grünerløkka 2024 65480
	// Sagene 2023 46312
	// Sagene 2024 46787
	// Sagene 2025 47025
	// Sagene in 2025: 47025
}

// A document can hold several datasets, and name others that it does not hold.
func ExampleDocument_Datasets() {
	doc, err := jsonstat.Open("../testdata/energy-collection.json")
	if err != nil {
		log.Fatal(err)
	}
	defer doc.Close()
	for info := range doc.Datasets() {
		fmt.Println(info.Index, info.Label, "<"+info.ID+">")
	}
	for _, ref := range doc.References() {
		fmt.Println("not here:", ref.Class, ref.Label, "<"+ref.Href+">")
	}
	prices, err := doc.Find("Electricity prices") // by id, label or position
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(prices.Shape(), prices.Len())
	// Output:
	// 0 Energy use by source <https://example.org/energy/use.json>
	// 1 Electricity prices <https://example.org/energy/prices.json>
	// not here: dataset Exports and imports <https://example.org/energy/trade.json>
	// not here: collection Water <https://example.org/water.json>
	// [2] 2
}

// Ids tell dimensions and categories apart, labels tell people what they are.
func ExampleDataset_Dimensions() {
	doc, ds := open("gdp-sparse.json")
	defer doc.Close()
	for _, d := range ds.Dimensions() {
		fmt.Printf("%s: %s, %d\n", d.ID(), d.Label(), d.Len())
	}
	c, err := ds.Dimension("na_item").Category("B1G")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(c.Index, c.Label)
	// Output:
	// freq: Time frequency, 1
	// unit: Unit of measure, 1
	// na_item: National accounts indicator, 2
	// geo: Geopolitical entity (reporting), 2
	// time: Time, 3
	// 1 Value added, gross
}

// Which dimension is time, which are places and which are measured is said by
// the roles, not by place or name.
func ExampleDataset_Role() {
	doc, ds := open("sysselsatte.json")
	defer doc.Close()
	for _, role := range []jsonstat.Role{jsonstat.Time, jsonstat.Geo, jsonstat.Metric, jsonstat.Classification} {
		for _, d := range ds.Role(role) {
			fmt.Println(role, d.ID())
		}
	}
	// Output:
	// time Tid
	// geo Region
	// metric ContentsCode
	// classification Kjonn
}

// Dimensions are named in any order; those with one category need not be.
func ExampleDataset_At() {
	doc, ds := open("oslo.json")
	defer doc.Close()
	cell, err := ds.At("Tid", "2025", "Region", "030102")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(cell.Missing(), cell.Status, ds.SymbolText(cell.Status, "en"))

	_, err = ds.At("Region", "Sagene", "Tid", "2025")
	fmt.Println(err)
	_, err = ds.At("region", "030103", "Tid", "2025")
	fmt.Println(err)
	// Output:
	// true .. Data not available
	// there is no category "Sagene" in dimension "Region"; did you mean "030103"?
	// there is no dimension "region"; did you mean "Region"?
}

// Missing cells come up in the loop; whether to count them is yours to say.
func ExampleDataset_Observations() {
	doc, ds := open("oslo.json")
	defer doc.Close()
	sum, missing := 0.0, 0
	for obs, err := range ds.Observations() {
		if err != nil {
			log.Fatal(err)
		}
		if obs.Missing() {
			missing++
			continue
		}
		if ds.Dimension("Tid").CategoryID(obs.Index(1)) == "2025" {
			sum += obs.Float64()
		}
	}
	fmt.Println(sum, "persons in 2025;", missing, "cell missing")
	// Output:
	// 110143 persons in 2025; 1 cell missing
}

// All values as a slice of floats in row-major order, missing ones as NaN, and
// as a map by the ids of the categories.
func ExampleObservation_Float64() {
	doc, ds := open("boats.json")
	defer doc.Close()
	var floats []float64
	byID := map[[2]string]float64{}
	for obs, err := range ds.Observations() {
		if err != nil {
			log.Fatal(err)
		}
		floats = append(floats, obs.Float64())
		if !obs.Missing() {
			byID[[2]string{obs.Category(0).ID, obs.Category(1).ID}] = obs.Float64()
		}
	}
	fmt.Println(floats)
	fmt.Println(len(byID), byID[[2]string{"S2", "pc"}])
	// Output:
	// [120 12.5 NaN 7.25]
	// 3 7.25
}

// A status stands for something: in the words of the document if it has any,
// else by the standard table, in Norwegian or English.
func ExampleDataset_SymbolText() {
	doc, ds := open("sysselsatte.json")
	defer doc.Close()
	seen := map[string]bool{}
	for obs, err := range ds.Observations() {
		if err != nil {
			log.Fatal(err)
		}
		if s := obs.Status(); s != "" && !seen[s] {
			seen[s] = true
			fmt.Printf("%-2s %-38s %s\n", s, ds.SymbolText(s, "no"), ds.SymbolText(s, "en"))
		}
	}
	other, gdp := open("gdp-sparse.json")
	defer other.Close()
	fmt.Println("bep", gdp.SymbolText("bep", "en"))
	// Output:
	// *  Foreløpig tall                         Provisional or preliminary figure
	// .. Tallgrunnlag mangler                   Data not available
	// :  Vises ikke av konfidensialitetshensyn  Confidential
	// bep break in time series; estimated; provisional
}

// Units belong to the categories of the metric dimension. PxWeb writes the name
// of the unit as base, and decimals may be missing.
func ExampleUnit() {
	doc, ds := open("sysselsatte.json")
	defer doc.Close()
	for _, metric := range ds.Role(jsonstat.Metric) {
		for c := range metric.Categories() {
			decimals := "as written"
			if c.Unit != nil && c.Unit.Decimals != nil {
				decimals = fmt.Sprint(*c.Unit.Decimals)
			}
			fmt.Printf("%s: %s, decimals: %s\n", c.Label, c.Unit.Text(), decimals)
		}
	}
	// Output:
	// Sysselsatte: 1 000 personer, decimals: 0
	// Sysselsatte i prosent av befolkningen: prosent, decimals: 1
}

// Where figures come from and what is to be said about them. The date is kept as
// the office wrote it; as a time it is read leniently.
func ExampleDataset_UpdatedTime() {
	doc, ds := open("gdp-sparse.json")
	defer doc.Close()
	when, err := ds.UpdatedTime()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(ds.Source(), ds.Updated(), when.UTC().Format("2 January 2006 15:04"))

	other, work := open("sysselsatte.json")
	defer other.Close()
	for _, note := range work.Notes() { // may hold HTML
		fmt.Println("-", strings.ReplaceAll(note, "<br>", " "))
	}
	region := work.Dimension("Region")
	fmt.Println(region.Notes(), region.At(region.Index("5501")).Notes)
	for _, link := range work.Links() {
		fmt.Println(link.Rel, link.Label, link.Href)
	}
	// Output:
	// Invented figures 2025-03-14T23:00:00+0100 14 March 2025 22:00
	// - Tallene er oppdiktet. Se «Om statistikken».
	// - Tall for 2. kvartal 2025 er foreløpige.
	// [Kommuner per 1.1.2024.] [Til og med 2023: 5401 Tromsø.]
	// related Statistikkens hjemmeside https://www.ssb.no/aku
	// related Om statistikken https://www.ssb.no/aku#om-statistikken
}

// Statistics Norway's documents say by identifiers which classification a
// dimension uses and how a figure is defined.
func ExampleDimension_Identifiers() {
	doc, ds := open("sysselsatte.json")
	defer doc.Close()
	for _, d := range ds.Dimensions() {
		for _, u := range d.Identifiers() {
			fmt.Printf("%s %q: %s\n", d.ID(), u.Category, u)
			fmt.Println("  page:", u.PageURL("en"))
			if u.APIURL("en") != "" {
				fmt.Println("  data:", u.APIURL("en"))
			}
		}
	}
	// Output:
	// Region "": urn:ssb:classification:klass:131
	//   page: https://www.ssb.no/en/klass/klassifikasjoner/131
	//   data: https://data.ssb.no/api/klass/v1/classifications/131?language=en
	// Kjonn "": urn:ssb:classification:klass:2
	//   page: https://www.ssb.no/en/klass/klassifikasjoner/2
	//   data: https://data.ssb.no/api/klass/v1/classifications/2?language=en
	// Kjonn "": urn:ssb:conceptvariable:vardok:2798
	//   page: https://www.ssb.no/a/metadata/conceptvariable/vardok/2798/en
	//   data: https://www.ssb.no/a/xml/metadata/conceptvariable/vardok/2798/en
	// ContentsCode "Sysselsatte": urn:ssb:conceptvariable:vardok:1743
	//   page: https://www.ssb.no/a/metadata/conceptvariable/vardok/1743/en
	//   data: https://www.ssb.no/a/xml/metadata/conceptvariable/vardok/1743/en
	// ContentsCode "Prosent": urn:ssb:contextvariable:common:5ea1a2b6-7f60-4d5e-9d0c-1d2e3f4a5b6c:12:Prosent
	//   page: https://www.ssb.no/kompis/statbank/?id=5ea1a2b6-7f60-4d5e-9d0c-1d2e3f4a5b6c&ver=12&val=Prosent&lang=en
}

// A cube made in Go. Cells come in row-major order; a Values takes them in any.
func ExampleNew() {
	port, err := jsonstat.NewDimension(jsonstat.DimensionSpec{
		ID: "port", Label: "Port", Role: jsonstat.Geo,
		Categories: []jsonstat.Category{{ID: "N1", Label: "North quay"}, {ID: "S2", Label: "South quay"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	year, err := jsonstat.NewDimension(jsonstat.DimensionSpec{
		ID: "year", Role: jsonstat.Time,
		Categories: []jsonstat.Category{{ID: "2024"}, {ID: "2025"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	values := jsonstat.NewValues(4)
	values.SetFloat64(0, 120)
	if err := values.SetNumber(1, "12.50"); err != nil { // keeps its digits
		log.Fatal(err)
	}
	values.SetStatus(2, ":")
	values.SetFloat64(3, 7.25)

	ds, err := jsonstat.New(jsonstat.Head{
		Label: "Boat harvest", Source: "Invented Office",
		Dimensions: []*jsonstat.Dimension{port, year},
	}, values.Cells())
	if err != nil {
		log.Fatal(err)
	}
	if err := ds.Write(os.Stdout, nil); err != nil {
		log.Fatal(err)
	}
	// Output:
	// {"version":"2.0","class":"dataset","label":"Boat harvest","source":"Invented Office","role":{"time":["year"],"geo":["port"]},"id":["port","year"],"size":[2,2],"dimension":{"port":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North quay","S2":"South quay"}}},"year":{"category":{"index":["2024","2025"]}}},"value":[120,12.50,null,7.25],"status":{"2":":"}}
}

// A changed copy: the head is taken apart, the cells go along unread.
func ExampleDataset_Head() {
	doc, ds := open("boats.json")
	defer doc.Close()
	head := ds.Head()
	head.Label = "Boats"
	head.Updated = ""
	spec := ds.Dimension("port").Spec()
	spec.Label = "Quay"
	quay, err := jsonstat.NewDimension(spec)
	if err != nil {
		log.Fatal(err)
	}
	head.Dimensions = []*jsonstat.Dimension{quay, ds.Dimension("what")}
	changed, err := jsonstat.New(head, ds.Cells())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(changed.Label(), changed.Dimension("port").Label(), changed.Dimension("port").Role())
	// Output:
	// Boats Quay geo
}

// What was before 2.0 is written as 2.0.
func ExampleDataset_Write() {
	doc, err := jsonstat.Parse([]byte(`{"dataset":{"dimension":{"id":["sex"],"size":["2"],"sex":{"category":{"index":{"M":0,"F":1}}}},"value":{"1":2.50}}}`))
	if err != nil {
		log.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		log.Fatal(err)
	}
	for _, w := range doc.Warnings() {
		fmt.Println("warning:", w)
	}
	if err := ds.Write(os.Stdout, &jsonstat.WriteOptions{Values: jsonstat.Dense}); err != nil {
		log.Fatal(err)
	}
	// Output:
	// warning: a size is the string "2", not a number (at /dataset/dimension/size/0)
	// {"version":"2.0","class":"dataset","id":["sex"],"size":[2],"dimension":{"sex":{"category":{"index":{"M":0,"F":1}}}},"value":[null,2.50]}
}

// Categories can be parts of each other.
func ExampleDimension_Walk() {
	doc, ds := open("consumption-hierarchy.json")
	defer doc.Close()
	for depth, c := range ds.Dimension("purpose").Walk() {
		fmt.Println(strings.Repeat("  ", depth) + c.Label)
	}
	// Output:
	// All purposes
	//   Food and beverages
	//     Food
	//       Bread and cereals
	//       Fish
	//     Beverages
	//   Housing and energy
}

// From a pipe, the cells are read as they come and not kept.
func ExampleOptions_Read() {
	pipe, err := os.Open("../testdata/oslo.json") // os.Stdin, or the body of a response
	if err != nil {
		log.Fatal(err)
	}
	defer pipe.Close()
	doc, err := jsonstat.Options{Stream: true}.Read(pipe)
	if err != nil {
		log.Fatal(err)
	}
	defer doc.Close()
	ds, err := doc.Dataset(0)
	if err != nil {
		log.Fatal(err)
	}
	most := 0.0
	for obs, err := range ds.Observations() {
		if err != nil {
			log.Fatal(err)
		}
		most = max(most, obs.Cell().Float64())
		if obs.Position() == 4 {
			break
		}
	}
	fmt.Println(most)
	// Output:
	// 65480
}

// What a server says in the place of a table comes out as its own words.
func ExampleServerError() {
	_, err := jsonstat.Read(strings.NewReader(`{"type":"Parameter error","title":"Non-existent value","status":400}`))
	fmt.Println(err)
	_, err = jsonstat.Read(strings.NewReader("<html><title>503 Service Unavailable</title><p>Back at 08:00.</p></html>"))
	fmt.Println(err)
	// Output:
	// the server answered with an error, not with data: 400 Non-existent value
	// the input is a web page, not JSON: 503 Service Unavailable: Back at 08:00.
}

// By default what has one clear meaning is read; Strict refuses it.
func ExampleOptions_Parse() {
	text := []byte("{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"d\"],\n \"size\":[\"2\"],\n" +
		"\"dimension\":{\"d\":{\"category\":{\"index\":[\"a\",\"b\"]}}},\"value\":[1,2]}")
	for _, strict := range []bool{false, true} {
		doc, err := jsonstat.Options{Strict: strict}.Parse(text)
		if err != nil {
			log.Fatal(err)
		}
		ds, err := doc.Dataset(0)
		fmt.Println(ds != nil, err)
	}
	// Output:
	// true <nil>
	// false a size is the string "2", not a number (line 2, column 10, byte 56, at /size/0)
}

// A dataset is found by its id, its label or its number.
func ExampleDocument_Find() {
	doc, err := jsonstat.Open("../testdata/oslo.json")
	if err != nil {
		log.Fatal(err)
	}
	defer doc.Close()
	ds, err := doc.Find("Population in three districts of Oslo, by district and year")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(ds.Shape())
	_, err = doc.Find("Population of Bergen")
	fmt.Println(errors.Is(err, jsonstat.ErrUnknown))
	// Output:
	// [3 3]
	// true
}

// One row of the table: the cells along the dimension that is not named.
func ExampleDataset_Series() {
	doc, ds := open("oslo.json")
	defer doc.Close()
	time, cells, err := ds.Series("Region", "030103")
	if err != nil {
		log.Fatal(err)
	}
	for i, cell := range cells {
		fmt.Println(time.CategoryID(i), cell.Text)
	}
	// Output:
	// 2023 46312
	// 2024 46787
	// 2025 47025
}

// Cells of a large and mostly empty cube are set in any order; numbers keep their digits.
func ExampleNewSparseValues() {
	values := jsonstat.NewSparseValues()
	if err := values.SetNumber(70, "12.50"); err != nil {
		log.Fatal(err)
	}
	values.SetFloat64(3, 0.1)
	values.SetStatus(4, "..")

	spec := jsonstat.DimensionSpec{ID: "d"}
	for i := range 100 {
		spec.Categories = append(spec.Categories, jsonstat.Category{ID: fmt.Sprint("c", i)})
	}
	d, err := jsonstat.NewDimension(spec)
	if err != nil {
		log.Fatal(err)
	}
	ds, err := jsonstat.New(jsonstat.Head{Dimensions: []*jsonstat.Dimension{d}}, values.Cells())
	if err != nil {
		log.Fatal(err)
	}
	for obs, err := range ds.Observations() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s %q %q\n", obs.Category(0).ID, obs.Text(), obs.Status())
	}
	// Output:
	// c3 "0.1" ""
	// c4 "" ".."
	// c70 "12.50" ""
}

// The indexes of the categories and the position of a cell in row-major order.
func ExampleShape() {
	shape := jsonstat.Shape{2, 3} // regions, years
	pos, err := shape.Position(1, 1)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(pos, shape.Coords(5, nil), shape.Strides())
	// Output: 4 [1 2] [3 1]
}
