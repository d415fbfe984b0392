// Package dice cuts cubes and puts them together: a [Spec] names the categories
// to keep of some dimensions, and [Spec.Apply] makes a dataset of them. Its head is
// narrowed in all its parts, its cells are read through those of the other dataset.
// [Join] does the reverse for datasets, [Assemble] for the cells of any boxes. Nothing is
// copied; a dice of a dice is one as well.
//
//	spec, err := dice.Parse("Region=0301/1103,Tid=top(5)")
//	if err != nil {
//		return err
//	}
//	oslo, err := spec.Apply(ds)
//
// # The grammar
//
// A criterion is the id of a dimension, an equals sign and a list of categories
// separated by slashes or commas. Criteria are separated by commas:
//
//	Region=0301/1103               two categories; so is Region=0301,1103
//	Region="Oslo/Akershus"         quotes keep signs from meaning anything
//	Region=03*                     all ids that begin with 03; ? is one character; [*] and [?] mean themselves
//	Region=agg:Fylker:F-03,F-11    a code list that a server has, see package pxweb; Apply refuses it
//	Region=agg:"A, B":F-03         its name in quotes if that holds separators; agg_Fylker: is the same as agg:Fylker:
//	Tid=2015..2020                 from one to the other, as they stand in the table; 2015.. and ..2020 too
//	Tid=top(5)                     the latest five of a time dimension, the first five of others
//	Tid=top(5,2)                   the five before the latest two
//	Tid=bottom(3)                  the reverse: the earliest three, or the last three
//	Tid=range(2015,2020)           also from(2015) and to(2020), as PxWeb spells them
//	Region=*                       all
//
// An id of the dimension is that category, even if it looks like an expression. Quotes
// are " or '; inside them the sign itself is written twice. Criteria keep the
// order of the table, however they are written. Several criteria of a dimension
// add up.
package dice

// What comes in is a dataset and a text that selects categories, or several datasets;
// what goes out is one dataset, whose cells are computed while they are read. The order
// of the flow, select first:
//
//	spec.go parser.go specjson.go     a Spec: in Go, as a text, as JSON
//	resolution.go categoryfinder.go   a Spec and a head become indexes of categories
//	glob.go timedimension.go          what * and top(5) select
//	dicedataset.go                    indexes become a dataset: Spec.Apply, Slice
//	choice.go cellmap.go runwalk.go   which cells of the cube are those of the dice
//	dicecells.go                      the cells, read through those of the cube
//	standalonecells.go                a dice as a document of its own has it
//
// and the join, of which there is one in the module:
//
//	join.go categoryorder.go          the head of the whole: Join, Concat
//	box.go assembly.go                the cells of the whole: Assemble
//	division.go ownerwalk.go          which box has which cells, and in which order
//	assemblycursor.go partreader.go   reading all boxes side by side
//
// To follow one cell, open cellmap.go first: its example is used by all others.
