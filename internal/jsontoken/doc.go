// Package jsontoken is the only tokenizer and writer of JSON of the module, but for
// answers and files of a fixed small shape. It is strict, and reads texts of any length
// through one small window (package window).
//
//   - A [Reader] is the tokenizer. It is also the [window.Grammar] by which rows of cells
//     are read: see cells.go, the loop that most time is spent in.
//   - A [Parser] makes a [Tree] of a text, but for rows of cells, of which it notes where
//     they are and what a scan of them found. A [Node] is a value of a tree.
//   - [AppendString] writes strings.
//
// It knows nothing of JSON-stat.
package jsontoken
