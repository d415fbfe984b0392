package convert_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

const fleet = `port,year,boats,crew
North quay,2023,12,31
North quay,2024,14,35
South quay,2023,7,16
`

// A table that does not say what its columns are: the error proposes a plan, which was
// tried on the table.
func ExampleReadCSV_undecided() {
	_, err := convert.ReadCSV(strings.NewReader(fleet), nil)
	table, ok := errors.AsType[*convert.TableError](err)
	if !ok || !errors.Is(err, convert.ErrUndecided) {
		log.Fatal(err)
	}
	fmt.Println(err)
	fmt.Println(string(table.Propose))

	ds, err := convert.ReadCSV(strings.NewReader(fleet), &convert.ReadCSVOptions{
		TableOptions: convert.TableOptions{Plan: table.Propose},
	})
	if err != nil {
		log.Fatal(err)
	}
	cell, err := ds.At("port", "North quay", "year", "2024", "measure", "crew")
	fmt.Println(cell.Text, err)
	// Output:
	// several columns hold figures: boats, crew
	// {"value":["boats","crew"]}
	// 35 <nil>
}

// The same said outright, with a dimension of another name and a role.
func ExampleReadCSV() {
	ds, err := convert.ReadCSV(strings.NewReader(fleet), &convert.ReadCSVOptions{
		TableOptions: convert.TableOptions{
			Values: []string{"boats", "crew"},
			Metric: "Contents",
			Roles:  map[string]jsonstat.Role{"year": jsonstat.Time},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range ds.Dimensions() {
		fmt.Println(d.ID(), d.Len(), d.Role())
	}
	cell, err := ds.At("port", "South quay", "year", "2024", "Contents", "boats")
	fmt.Println(cell.Missing(), err)
	// Output:
	// port 2 classification
	// year 2 time
	// Contents 2 metric
	// true <nil>
}

// What each column was taken for.
func ExampleTableOptions_explain() {
	table := "Port,Year,Status,Tonnes\nN1,2023,,120\nN1,2024,e,118.5\n"
	_, err := convert.ReadCSV(strings.NewReader(table), &convert.ReadCSVOptions{
		TableOptions: convert.TableOptions{Explain: func(plan json.RawMessage) {
			var p struct {
				Columns []struct{ Name, Part, Why string }
			}
			if err := json.Unmarshal(plan, &p); err != nil {
				log.Fatal(err)
			}
			for _, c := range p.Columns {
				fmt.Println(c.Name, c.Part, c.Why)
			}
		}},
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// Port dimension rule
	// Year dimension rule
	// Status status name
	// Tonnes value rule
}
