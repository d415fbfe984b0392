// Merge puts together a table that came in many parts, as pxfetch does when a call
// goes on with what an earlier one has saved. With -save it gets the parts; without,
// all of them must be there, and none is asked for: what is left is to ask for the
// metadata, read the parts and write one document. The parts are kept, so that
// this can be repeated.
//
//	merge -at http://127.0.0.1:8080/api/pxwebapi/v2 -cache folder -cells 2000 -parts 1000 -save 1000
//	merge -at http://127.0.0.1:8080/api/pxwebapi/v2 -cache folder -cells 2000 -parts 1000 1000 out.json
//
// It uses the public API of package pxweb and nothing else, since scripts/bench
// also builds it in the tree of an older commit, which need not have it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/jsonstat-go/toolkit/pxweb"
)

func main() {
	at := flag.String("at", "", "address of the server")
	cache := flag.String("cache", "", "folder of the parts")
	cells := flag.Int64("cells", 0, "most cells of a part")
	parts := flag.Int("parts", 0, "how many parts there must be")
	save := flag.Bool("save", false, "get the parts, and write nothing")
	flag.Parse()
	names := 2
	if *save {
		names = 1
	}
	if flag.NArg() != names || *at == "" || *cache == "" {
		flag.Usage()
		os.Exit(2)
	}
	err := run(*at, *cache, *cells, *parts, flag.Arg(0), flag.Arg(1))
	if err != nil {
		fmt.Fprintln(os.Stderr, "merge:", err)
		os.Exit(1)
	}
}

func run(at, cache string, cells int64, parts int, id, output string) error {
	host, ok := pxweb.FindHost(at)
	if !ok {
		return fmt.Errorf("%q is no address", at)
	}
	client, err := pxweb.New(host, &pxweb.Options{API: pxweb.V2, Cache: cache, Cells: cells})
	if err != nil {
		return err
	}
	ctx := context.Background()
	table, err := client.Table(ctx, id)
	if err != nil {
		return err
	}
	query, err := table.Resolve(nil, nil)
	if err != nil {
		return err
	}
	result, err := client.Fetch(ctx, query, nil)
	if err != nil {
		return err
	}
	defer result.Close()
	if output == "" {
		if got := result.Reused + result.Requests; got != parts {
			return fmt.Errorf("the table came in %d parts, not in %d", got, parts)
		}
		return nil
	}
	// Else the network would be measured.
	if result.Reused != parts || result.Requests != 0 {
		return fmt.Errorf("%d of %d parts were there and %d requests were made", result.Reused, parts, result.Requests)
	}
	file, err := os.Create(output)
	if err != nil {
		return err
	}
	return errors.Join(result.Write(file, nil), file.Close())
}
