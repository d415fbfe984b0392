// Package window reads a text of any length through one small buffer that is used
// again: a [Source] of bytes below, a [Reader] over it, and for the long rows of cells
// that do not fit in memory a [Cursor], which reads one in chunks, and a [Section],
// which is what a scan of all of it found: counts, and checkpoints from which it can be
// read on. How the text writes its cells is passed in as a [Grammar]: package jsontoken
// has that of JSON.
//
// # The window
//
// A text may have gigabytes, the window has 128 KB. [Reader.Fill] slides what is still
// needed (everything from Mark on) to the front and reads more behind it:
//
//	Buf before   [ 1 0 4 , 1 1 7 , 2 3 ]   Base 1000, Mark 8, Pos 10, End 10
//	Buf after    [ 2 3 5 , 9 8 , 6 1 , ]   Base 1008, Mark 0, Pos 2,  End 10
//
// The token 23 was cut by the end of the window; it moved to the front and is read again
// as 235. Every index falls by the same number, so a caller holds either an index at or
// behind Mark, which Fill moves along ([Reader.More]), or an offset in the source, which
// never changes: offset = Base + index. Behind the last byte is a zero, which no loop
// over digits, blanks or letters passes: so the loops test one condition, not two. The
// window is small and reused since fresh memory is dear: the system clears it page by page,
// and a buffer of the size of the text leaves the cache at once.
//
// # Checkpoints
//
// A scan goes over a row once, chunk by chunk, and notes where every chunk begins, but
// no more often than every 2048 cells: the number of cells before the place, their
// position in the cube, and the offset in the text. To read on from cell 5000 of a row
// with checkpoints in front of the cells 0, 4096 and 8192, a cursor goes to the one at
// 4096 and passes over 904 cells. Of 10 million cells these are some 2400 checkpoints,
// 80 KB.
//
// A checkpoint also says what the cursor has just passed ([State]), since a comma may be
// the next byte or the byte before. In a sparse row positions ascend but have gaps, so
// the number of cells and the position differ, and the search is by position: with the
// keys 3, 900, 70000 in front of three checkpoints, position 5000 is looked for from 900.
//
// # The files
//
// What comes in is a [Source]; what goes out is a [Section] of a whole row or the chunks
// of a [Cursor]. Open reader.go first, the window; then section.go (what a scan leaves),
// sectionscan.go (the scan), cursor.go (reading in chunks and at a place). words.go
// numbers the different strings of a row, which are statuses; kind.go has the kinds of
// cells, source.go a source in memory.
package window
