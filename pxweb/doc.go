// Package pxweb gets tables from PxWeb servers, through PxWebApi 1 and 2: whole,
// politely and exact.
//
//	host, _ := pxweb.FindHost("ssb")
//	c, err := pxweb.New(host, nil)
//	table, err := c.Table(ctx, "05839")
//	wanted, err := dice.Parse("Region=0301,1103,Tid=top(5)")
//	query, err := table.Resolve(wanted.Criteria, c.Lists(ctx))
//	result, err := c.Fetch(ctx, query, nil)
//	defer result.Close()
//	err = result.Write(w, nil) // one JSON-stat document
//	err = result.Done()
//
// # What it takes care of
//
// Selections are resolved before anything is asked: a query names every value by
// its code, in the order of the table, so that a table that is published between
// two requests cannot shift anything, and a typing error is an error with near
// misses instead of a variable that the server leaves out without a word.
//
// A query with more cells than the server gives at once is cut into the fewest
// requests that can be ([Query.Plan]), along any of its variables. The parts are
// files; the document is made of them in one pass, by code and never by place,
// and is byte for byte what a server without a limit would have sent. Memory
// follows the metadata.
//
// Calls are kept within what the server allows, over all processes of a user: the
// smallest of what its configuration, its headers and the table of hosts say.
// Server errors and broken connections are tried again with growing pauses and
// smaller parts, after 429 a whole window is slept, and what was refused is never
// asked again unchanged. Parts are saved, so that the same query goes on where it
// was stopped.
//
// # Errors
//
// What a server says is an [*Error] with its own words and the HTTP status, and one
// of the sentinels to branch on. A selection that a table cannot follow is
// a [*SelectionError], an unknown name a [*jsonstat.UnknownError].
package pxweb

// The way of a selection, from what was typed to the request, goes one way through these
// files: dice.Parse, or query1.go and query2.go for the languages of the two versions, which
// queryfile.go and addresses have; resolve.go, which makes it codes of a table; plan.go and
// planner.go, which cut it into boxes; query1.go or query2.go again, which write a box; ask.go,
// which sends it.
//
// The files in layers, each above those that it uses; client.go is the one to open first.
//
//	client.go                                              what a caller calls
//	news.go fetch.go edition.go result.go                  a query in parts, and the table made of them
//	head.go headorder.go headtitle.go unite.go itemunion.go merge.go part.go   how parts are united
//	ask.go pxstat.go plan.go planner.go job.go             requests for data, what is cut, what is saved
//	queryfile.go query1.go query2.go                       queries as the versions have them
//	resolve.go savedquery.go selection.go                  from criteria to a query
//	metadata.go search.go table.go                         what there is at a server
//	server.go site.go language.go config.go errors.go      the server itself
//	address.go page.go                                     what addresses say
//	hosts.go tree.go pattern.go                            what knows of nothing else
//
// Calls are made by pxweb/internal/transport, which knows of no table.
