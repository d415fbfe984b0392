// Package convert writes JSON-stat datasets as tables, and reads tables as
// datasets, in the formats that need nothing but the standard library. Formats
// that bring a module or a specification of their own are in packages below it.
//
// All tables share one layout: a column for each dimension, then the status if
// it is asked for, then the value; rows come in the order of the cube, the last
// dimension moving fastest. Or, with By, the categories of some dimensions make
// the columns. Headers and cells say the label, the id or both.
//
// Numbers are decimal text all the way: no digit of the document is lost, and
// none is made up. They are laid out as ECMAScript would (1.0 as 1, 1E3 as 1000).
//
// Writers read the cells as a stream. In long form their memory does not depend
// on the number of cells; a pivot holds one tile of cells, or the stored cells
// of a sparse cube.
package convert

// The files of a format stand on each other: its options (options.go, plan.go;
// csvoptions.go, jsonoptions.go), a cell (texts.go; csvwriter.go, jsontable.go), the rows
// or columns (csvrows.go; jsonrows.go, jsoncolumns.go, jsonwholecolumns.go), and on top
// what callers call (csv.go, csvstat.go, json.go). Of the readers tableoptions.go is at
// the bottom, csvread.go and jsonread.go are on top.
