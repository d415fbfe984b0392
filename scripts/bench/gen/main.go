// Gen writes documents of any size for measurements, always the same for the same
// flags: JSON-stat, messages of SDMX, and PX files. The shapes:
//
//   - ssb: what Statistics Norway's PxWebApi answers for a large table: members
//     in its order, five dimensions, one cell in twenty without a value but
//     with a status. 800,000 cells are about 4 MB, and 46 MB as CSV with labels
//     and statuses.
//   - sparse10: 10 dimensions of 10 categories, 1,000 values by position.
//   - sparse2: 2 dimensions of 100,000 categories, 1,000 values by position.
//   - px, px-marks: a PX file, with a mark in one cell of twenty.
//   - sdmx-flat, sdmx-series: SDMX-JSON with its observations in one object, or
//     in series; sdmx-csv: the same observations as SDMX-CSV.
//
// Instead of a document, -half prints a filter for jsonstatdice that keeps every
// second region of the shape ssb. Figures and names are invented. Usage:
//
//	gen -cells 8000000 > table.json
//	gen -shape sparse10 > sparse.json
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
)

func main() {
	shape := flag.String("shape", "ssb", "ssb, sparse10, sparse2, sdmx-flat, sdmx-series, sdmx-csv, px or px-marks")
	cells := flag.Int("cells", 800_000, "cells of the shapes that are not sparse, rounded up to whole regions")
	half := flag.Bool("half", false, "print a filter that keeps half of the shape ssb")
	flag.Parse()

	w := bufio.NewWriterSize(os.Stdout, 64<<10)
	switch {
	case flag.NArg() > 0 || *cells < 1:
		flag.Usage()
		os.Exit(2)
	case *half:
		filter(w, *cells)
	case *shape == "ssb":
		ssb(w, *cells)
	case *shape == "sdmx-flat":
		newMessage(*cells).flat(w)
	case *shape == "sdmx-series":
		newMessage(*cells).series(w)
	case *shape == "sdmx-csv":
		newMessage(*cells).csv(w)
	case *shape == "px", *shape == "px-marks":
		px(w, *cells, *shape == "px-marks")
	case *shape == "sparse10":
		sparse(w, 10, 10, 1000)
	case *shape == "sparse2":
		sparse(w, 2, 100_000, 1000)
	default:
		fmt.Fprintf(os.Stderr, "gen: unknown shape %q\n", *shape)
		os.Exit(2)
	}
	if err := w.Flush(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}
