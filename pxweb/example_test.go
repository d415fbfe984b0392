package pxweb_test

import (
	"context"
	"fmt"
	"log"
	"net/http/httptest"
	"os"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/pxserver"
	"github.com/jsonstat-go/toolkit/jsonstat"
	"github.com/jsonstat-go/toolkit/pxweb"
)

// A table, or some of it, as one JSON-stat document.
func Example() {
	server := httptest.NewServer(pxserver.New(pxserver.Options{}))
	defer server.Close()
	ctx := context.Background()

	host, _ := pxweb.FindHost(server.URL) // or "ssb"
	c, err := pxweb.New(host, &pxweb.Options{Cache: os.TempDir()})
	if err != nil {
		log.Fatal(err)
	}
	table, err := c.Table(ctx, "05839")
	if err != nil {
		log.Fatal(err)
	}
	wanted, err := dice.Parse("Region=0301,1103,Tid=top(2)")
	if err != nil {
		log.Fatal(err)
	}
	query, err := table.Resolve(wanted.Criteria, c.Lists(ctx))
	if err != nil {
		log.Fatal(err)
	}
	result, err := c.Fetch(ctx, query, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer result.Close()
	file, err := os.CreateTemp("", "table-*.json")
	if err != nil {
		log.Fatal(err)
	}
	defer os.Remove(file.Name())
	if err := result.Write(file, nil); err != nil {
		log.Fatal(err)
	}
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
	if err := result.Done(); err != nil { // what was saved of the parts may go
		log.Fatal(err)
	}

	doc, err := jsonstat.Open(file.Name())
	if err != nil {
		log.Fatal(err)
	}
	defer doc.Close()
	ds, err := doc.Dataset(0)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(ds.Label(), ds.Shape())
	// Output: Befolkning, etter region, statistikkvariabel og år [2 1 2]
}

// How many cells and requests a query needs, before any data are asked for.
func ExampleQuery_Plan() {
	server := httptest.NewServer(pxserver.New(pxserver.Options{}))
	defer server.Close()
	ctx := context.Background()
	host, _ := pxweb.FindHost(server.URL)
	c, err := pxweb.New(host, &pxweb.Options{Cache: os.TempDir()})
	if err != nil {
		log.Fatal(err)
	}
	table, err := c.Table(ctx, "05839")
	if err != nil {
		log.Fatal(err)
	}
	query, err := table.Resolve(nil, nil) // all of it
	if err != nil {
		log.Fatal(err)
	}
	plan, err := query.Plan(5000)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(plan.Cells, plan.Requests(), plan.Split())
	// Output: 40704 9 [Alder into 9]
}
