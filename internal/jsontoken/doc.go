// Package jsontoken is the tokenizer and the writer of JSON of the module, for documents,
// tables and messages. It is strict, and reads texts of any length
// through one small window (package window).
//
//   - A [Reader] is the tokenizer. It is also the [window.Grammar] by which rows of cells
//     are read: see cells.go, the loop that most time is spent in.
//   - A [Parser] makes a [Tree] of a text, but for rows of cells, of which it notes where
//     they are and what a scan of them found. A [Node] is a value of a tree.
//   - A text of which only a piece is looked at at a time is read value by value:
//     [Reader.Members], [Reader.Elements], [Reader.Token] and others in pull.go.
//   - [Reader.PathAt] says where in a text something is.
//   - [AppendString], [AppendName] and their like write.
//
// It knows nothing of JSON-stat. What is read whole and has little in it, as extensions
// and descriptions do, is left to encoding/json.
package jsontoken
