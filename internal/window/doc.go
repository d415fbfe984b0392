// Package window reads a text of any length through one small buffer that is used
// again: a [Source] of bytes below, a [Reader] over it, and for the long rows of cells
// that do not fit in memory a [Cursor], which reads one in chunks, and a [Section],
// which is what a scan of all of it found: counts, and checkpoints from which it can be
// read on. How the text writes its cells is passed in as a [Grammar]: package jsontoken
// has that of JSON.
//
// # Checkpoints
//
// A scan goes over a row once, chunk by chunk, and notes where every chunk begins, but
// no more often than every 2048 cells: the number of cells before the place, their
// position in the cube, and the offset in the text. To read on from cell 5000 of a row
// with checkpoints in front of the cells 0, 4096 and 8192, a cursor goes to the one at
// 4096 and passes over 904 cells. Of 10 million cells these are some 2400 checkpoints,
// 80 KB.
package window
