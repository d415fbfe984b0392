// Package spool makes readers of what can be read but once ones that can be read
// again, and reads more files at offsets than may be open at a time.
//
// What comes in is an io.Reader or the names of files; what goes out can be read at
// offsets. Open the file of what is needed:
//
//	spool.go    Rewindable: a reader that is read twice; temporary files
//	stream.go   Stream: kept while it is read, in memory and then in a file
//	source.go   Source: remembers the first error of reading
//	buffer.go   Buffer: output that is kept, in memory and then in a file
//	files.go    Files: a thousand files of which 32 are open
package spool
