// Package jsontoken is the tokenizer and the writer of JSON of the module, for documents,
// tables and messages. It is strict, and reads texts of any length
// through one small window (package window).
//
//   - A [Reader] is the tokenizer: scalar.go, over number.go and string.go. It is also
//     the [window.Grammar] by which rows of cells are read: see cellgrammar.go, the loop
//     that most time is spent in.
//   - A [Parser] makes a [Tree] of a text, but for rows of cells, of which it notes where
//     they are and what a scan of them found. A [Node] is a value of a tree.
//   - A text of which only a piece is looked at at a time is read value by value:
//     [Reader.Members], [Reader.Elements], [Reader.Token] and others in valuereader.go.
//   - [Reader.PathAt] says where in a text something is.
//   - [AppendString], [AppendName] and their like write.
//
// What comes in is a [window.Source] of UTF-8, what goes out are tokens, trees, rows of
// cells, and errors with an offset. Open tree.go first, which shows what a document
// becomes, then parser.go.
//
// It knows nothing of JSON-stat. Small values that are read whole, such as extensions and
// descriptions, are left to encoding/json.
package jsontoken
