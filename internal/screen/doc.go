// Package screen lays out text on a terminal. What comes in is any text, from a server
// or a file; what goes out is harmless and aligned: how wide it is (width.go), what must
// not reach the terminal (visible.go), and columns of it (table.go, to open first).
package screen
