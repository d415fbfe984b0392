// Package pxserver is a local PxWeb server for tests and for trying things out:
// PxWebApi 1 and 2 over tables made in Go, with the limits, the errors and the
// habits of the real ones.
//
//	base, server := pxserver.Start(t, pxserver.Options{MaxCells: 100})
//	resp, err := http.Post(base+"/api/v0/en/table/05839", "application/json", query)
//
// A [Host] says which real server it behaves like: addresses, languages, limits,
// formats, the forms of its errors. A [Table] is metadata and a function that
// gives the token and the symbol of any cell, so a table of any size is served
// without being held. [Faults] makes it answer 429 or 503, drop connections or
// serve pages where data was asked for. It counts calls as the real servers do,
// refused ones as well, and tells by [Server.Stats] whether a client kept to the
// limit.
//
// Its files, from the bottom up: table.go is what is served, cells.go and demo.go make
// some of it, host.go is how a real server behaves. extract.go is an answer, walk.go its
// cells and figure.go how they are shown; jsonstat1.go, jsonstat2.go, pxjson.go, csv.go,
// pxfile.go, and over grid.go html.go and xlsx.go write it, and parquet.go over thrift.go;
// answer.go chooses. site.go is what a server holds; search.go and index.go find tables.
// query1.go and v1.go are version 1. Of version 2 problem.go is what can be wrong with a
// call, expression.go, selection2.go and defaultselection.go what it chooses, query2.go how
// it is read; call2.go, tables2.go, saved.go and v2.go answer it. services.go is what
// Statistics Norway has besides. server.go is on top: it counts calls, spoils some and
// passes on the others.
//
// Version 2 is held against recorded answers of a real server by recordings_test.go. What
// is otherwise on purpose: apiVersion, which clients want to be 2.0.0 at least; addresses
// of pages have no slash behind tables, and addresses that end in one are not found, as at
// Statistics Norway.
//
// Its JSON-stat is written by hand here, apart from package jsonstat, so that it
// can judge what a client made of it.
package pxserver
