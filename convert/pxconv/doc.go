// Package pxconv reads and writes PX files (PC-Axis), the format of the tables behind PxWeb servers:
// keywords, then a long row of cells. The head becomes that of a dataset as PxWeb itself
// makes it, the cells are read from the file when they are asked for.
//
// [Read] (read.go) is where to begin. The text in front of the cells is found and decoded
// (headtext.go, encoding.go), taken apart into entries (entry.go), which say what variables
// there are (file.go, variable.go, content.go, note.go); of these the head is made
// (head.go, dimension.go, extension.go, language.go). Cells are read by a grammar for
// package window (grammar.go, cells.go), those with keys by the row (keys.go); marks on
// them become statuses (mark.go).
//
// [Write] (write.go) goes the other way: a dataset is laid out as variables with names and
// sides (outline.go), its cells are looked through for decimals and statuses (cellplan.go),
// the entries of the head are gathered and put into the order that PxWeb asks for
// (writehead.go), and written in lines of bounded length (line.go); then come the cells,
// turned if need be (writecells.go).
package pxconv
