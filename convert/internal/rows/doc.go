// Package rows makes cubes of tables, whatever format they stand in.
//
// A table is a header and rows of cells; a cube needs to know which columns are
// dimensions, which hold values and which statuses. Nothing in a table says so, and a
// wrong guess is a wrong cube, so the package decides openly, in three steps with a
// type each:
//
//	Grid       finds the table in rows of cells whose columns have no names yet:
//	           its header, which may have several rows, labels that
//	           stand once for several rows, and what stands above and below;
//	decider    says what each column is and why: the user said so, the head of the
//	           cube did, its name does, or a rule; or it is an [Error],
//	           which proposes options that settle the whole table;
//	writer     puts the values in their places.
//
// The files stand in layers, each of which uses those below it alone. From the top:
//
//	what is called  make.go; update.go over survey.go, updatefill.go on top of it
//	the cube        fill.go over head.go over lay.go: axes, which columns become
//	what columns    decide.go, over the rules, each a type over a decision: check.go,
//	are             rowsofdata.go, figures.go, repeats.go, wide.go, names.go, said.go
//	the table       collect.go (the first pass); table.go over kept.go and column.go
//	the grid        grid.go over stub.go, notes.go, header.go and front.go
//	a cell          dictionary.go and counts.go over number.go over mark.go; words.go
//	the rest        batch.go and source.go, store.go, options.go, choice.go, errors.go
//
// The input is read once. Its first pass leaves the categories of each row, as
// numbers, and the texts of columns with many different numbers in a [store], which is
// memory at first and an unlinked file from then on; deciding and filling read the
// store. Nothing else grows with the rows, but a bitmap or the hashes of the rows
// where it must be known whether some columns tell all rows apart.
//
// A format is a [Source]: it gives batches of rows, column by column, and says where
// in its own words a row stands.
//
// A table whose rows give, change and take away observations, and say more of each than
// its values, is an [Update]: SDMX-CSV. It comes batch by batch, so that one file may
// hold several.
//
// What is coded already, such as the coordinates of a message or of a workbook of our
// own, needs no decision: it fills [Cells] itself, by cells or by observations.
package rows
