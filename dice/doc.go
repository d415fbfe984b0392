// Package dice cuts cubes and puts them together: a [Spec] names the categories
// to keep of some dimensions, and [Spec.Apply] makes a dataset of them, whose
// head is narrowed whole and whose cells are read through the other's. [Join]
// does the reverse for datasets, [Assemble] for the cells of any boxes. Nothing is
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
// parted by slashes or commas. Criteria are parted by commas:
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
// What is an id of the dimension is that category, whatever it looks like. Quotes
// are " or '; inside them the sign itself is written twice. Criteria keep the
// order of the table, however they are written. Several criteria of a dimension
// add up.
package dice

// A spec is read by parse.go and json.go, held against a head by resolve.go, which asks
// finder.go, and cut out by apply.go: plan.go knows where the cells lie, cells.go reads
// them.
//
// There is one join: assembly.go puts boxes together, for join.go, which says what the
// head is, and for whoever brings a head of his own. A box is what a dice keeps, so
// plan.go knows where its cells lie in the whole. division.go says which box has which
// cells, turns.go in which order they come; assemblycursor.go reads them, each box by an
// arm (arm.go).
