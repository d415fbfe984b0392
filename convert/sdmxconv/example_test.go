package sdmxconv_test

import (
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/sdmxconv"
)

// An SDMX-JSON message as a service sends it.
func ExampleRead() {
	f, err := os.Open("../../testdata/sdmx/series.json")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	sets, err := sdmxconv.Read(f, nil)
	if err != nil {
		log.Fatal(err)
	}
	for obs, err := range sets[0].Observations() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(obs.Category(0).Label, obs.Category(2).ID, obs.Text(), obs.Status())
	}
	// Output:
	// North quay 2023 12.50 A
	// North quay 2024 13 E
	// South quay 2023  M
	// South quay 2024 8.25 A
}

// SDMX-CSV whose columns do not say which of them are dimensions.
func ExampleRead_columns() {
	table := "STRUCTURE,STRUCTURE_ID,TONS,PORT,YEAR\ndataflow,INV:BOAT(1.0),12.5,N1,2024\n"
	sets, err := sdmxconv.Read(strings.NewReader(table), &sdmxconv.Options{TableOptions: convert.TableOptions{Values: []string{"TONS"}, Dimensions: []string{"PORT", "YEAR"}}})
	if err != nil {
		log.Fatal(err)
	}
	cell, err := sets[0].At("PORT", "N1", "YEAR", "2024")
	fmt.Println(sets[0].Label(), cell.Text, err)
	// Output: BOAT 12.5 <nil>
}
