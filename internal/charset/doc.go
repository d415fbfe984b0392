// Package charset knows the encodings of texts. What comes in is a text in one of them,
// what goes out is UTF-8, or the reverse.
//
//	charset.go  names of encodings, byte order marks, what the first bytes show
//	reader.go   to UTF-8, as a stream
//	json.go     the same for JSON, whose first character is ASCII
//	writer.go   from UTF-8; a character that the encoding lacks is an error with its place
package charset
