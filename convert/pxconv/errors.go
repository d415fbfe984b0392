package pxconv

import (
	"errors"
	"fmt"
)

// ErrNotPX marks an input that is no PX file, or one that does not make sense.
var ErrNotPX = errors.New("not a PX file")

// ErrTooLarge marks a file with KEYS whose cube has more cells than are written without
// [Options.AllCells].
var ErrTooLarge = errors.New("too many cells")

// What a PX file that is to be written cannot hold.
var (
	ErrCharacter = errors.New("the encoding lacks a character")
	ErrCell      = errors.New("a cell is neither a number nor missing")
	ErrDiffers   = errors.New("tables in two languages differ")
)

// Error is a fault of a PX file.
type Error struct {
	Keyword      string // "" if it is about none
	Line, Column int    // from 1; 0 if they are not known
	Msg          string
	Err          error // its kind: one of the errors of this package, jsonstat.ErrLimit, or an error of the input
}

// Error gives place, keyword and reason.
func (e *Error) Error() string {
	text := e.Msg
	if e.Keyword != "" {
		text = e.Keyword + ": " + text
	}
	switch {
	case e.Line > 0 && e.Column > 0:
		return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, text)
	case e.Line > 0:
		return fmt.Sprintf("line %d: %s", e.Line, text)
	}
	return text
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Err }
