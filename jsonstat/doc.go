/*
Package jsonstat reads, builds and writes JSON-stat, the format in which
statistical offices publish tables. It needs nothing but the standard library,
and memory for the head of a table only, whatever the number of its cells.

Two calls are all that most programs need:

	doc, err := jsonstat.Open("table.json") // or Read(r), Parse(text)
	ds, err := doc.Dataset(0)

# What a cube is

A JSON-stat dataset is a cube: some dimensions, each with a row of categories,
and a cell for every combination of them.

	{
	  "version": "2.0", "class": "dataset", "label": "Population",
	  "id":   ["region", "year"],
	  "size": [2, 3],
	  "role": {"time": ["year"]},
	  "dimension": {
	    "region": {"category": {"index": ["0301", "1103"], "label": {"0301": "Oslo", "1103": "Stavanger"}}},
	    "year":   {"category": {"index": ["2023", "2024", "2025"]}}
	  },
	  "value":  [10, 11, 12, 20, null, 22],
	  "status": {"4": ".."}
	}

The cells stand in one row, "what does not change, first": the last dimension
runs fastest. Position 4 is Stavanger (index 1) in 2024 (index 1), for with the
sizes 2 and 3 that is 1*3 + 1. Its value is missing, and it has a status that
says why. See [Shape] for the arithmetic.

All of a document but value and status is called its head here: labels, roles,
units, notes, links. The head is small and is read at once into [Dataset] and
[Dimension]. The cells are read when they are asked for, and never all at
once: one by one ([Dataset.At]), in a loop ([Dataset.Observations]), or in
chunks of a few thousand by whoever is in a hurry ([Dataset.Cells]).

A category is known by its id, which is unique in its dimension; labels are for
people, and may occur twice. The order of the categories is that of their index,
never that of the text. Time is the dimension with the role [Time], if any,
wherever it stands.

Value and status are two things: a cell may have either, both or none. A missing
value is not zero. In a sparse dataset, where value is an object by position,
cells that are not named are missing too, and loops pass them over.

# What is read

Version 2.0 of the format is the default in everything: [Document] is a dataset,
a collection of them or a dimension. What is written is always 2.0. Read is also
what came before: bundles of datasets by name, datasets standing alone, and
documents in between with parts in both places.

Real documents break the rules. By default this package reads what has one clear
meaning by that meaning, and notes a [Warning] with a JSON Pointer: sizes written
as strings, an index without an order, a label missing, a JSON-RPC envelope
around the whole. What could mean two things (two categories in one place, a
value too few) is an error. [Options].Strict makes an error of all that the
specification refuses. The kinds of warnings list what is tolerated with a warning.

Every [Error] tells the byte, line, column and JSON Pointer. An answer that is no
table (a problem object, a web page) is a [ServerError] in the server's own
words. A name that is not there is an [UnknownError] with the names that look
like it.

The text may be compressed with gzip (others: [Options].Decompressors), may begin
with a byte order mark, and is UTF-8 or what [Options].Encoding says. JSON is read
strictly: NaN, a trailing comma and bytes that are not UTF-8 are errors with
their place. Member names are compared exactly, in this case and no other: a
dimension may well be called "ID".

# What is written

Nothing that was read is lost. [Document.Write] and [Dataset.Write] give back a
2.0 document byte for byte, but for white space: members in their order, unknown
ones too, and every number and string as the same token. 1.50 stays
1.50, and digits beyond those of a float64 stay: a number is text here until
[Cell.Float64] is asked for.

What is built in Go ([New], [NewDimension], [Values]) or was read from before 2.0
is written in one canonical order, so that equal cubes give equal bytes. To change
a head, take [Dataset.Head] or [Dimension.Spec], change the copy, and make a new
one of it; the cells go along without being read.

# Files, pipes and memory

[Open] reads a file at offsets. The text is gone through once, by [Open], to check
it, read the head and note a checkpoint every few thousand cells; after that any
cell is a short read away. [Parse] does the same with bytes in memory.

[Read] takes a stream, which can be read but once. It is spooled: up to two
mebibytes in memory, beyond that in a temporary file without a name. With
[Options].Stream the cells are not kept but flow to the one who asks for them,
where everything that [Options].Need names stood in front of them. This is for
pipes; the cells are then read once and forward, and a second time is
[ErrConsumed].

What may stand behind the cells of a stream (roles, texts, notes, the extension) is
not taken for absent. Asked for before the first cell, it has the stream spooled
after all; asked for while the cells flow, it makes them fail; behind the last cell
it is there. The end of the cells says whether the whole document is in order, with
the errors and warnings that a file has; [Document.Finish] goes there for those who
leave cells unread.

Close a [Document] when done, and not before: datasets read through it.

# Goroutines

Documents, datasets, cursors and observations are for one goroutine at a time.
Different documents have nothing to do with each other. A [*Dimension] does not
change and may be shared.
*/
package jsonstat

// What comes in is a text: a file, a pipe, bytes. What goes out is a Document with its
// Datasets, or a text again. To read the code, open dataset.go first for the model, then
// follow a text:
//
//	input.go                  opens it: file or pipe, gzip, encoding, spooling
//	prescan.go                one pass: a tree of the head, checkpoints of the cells
//	classdetection.go listing.go collection.go
//	                          what the document is, which datasets it holds
//	decode_dataset.go decode_dimension.go decode_cells.go, formatversion.go
//	                          the head of a dataset, its sizes, where its cells are
//	textcells.go textcursor.go statuscursor.go
//	                          cells from the text, with the checkpoint arithmetic
//	observation.go            one cell at a time
//	stream.go streamstate.go  a pipe of which the rest is unread; statussearch.go
//	source.go errorplace.go findings.go
//	                          where an error or warning is
//
// A cube built in Go: values.go, packedtoken.go, memorycells.go. A cube that is written:
// encode.go, encode_cells.go, verbatimcopy.go, jsonwriter.go, metadata.go. Heads of parts
// and of wholes: narrowing*.go, headunion.go, memberunion.go, extensionunion.go.
