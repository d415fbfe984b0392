package dice

import (
	"errors"
	"fmt"
	"strings"
)

// ErrJoin is the error for cubes that do not fit together.
var ErrJoin = errors.New("the cubes do not fit together")

// ErrEmpty is the error for a spec that leaves nothing of a dimension.
var ErrEmpty = errors.New("a dice must keep a category of each")

// CodeListError is a criterion with a code list where there is no server that knows its
// categories.
type CodeListError struct {
	List string // such as "agg:KommSummer"
}

// Error names the list.
func (e *CodeListError) Error() string {
	return fmt.Sprintf("%s is a code list, whose categories only a server knows", e.List)
}

// CoverageError is the error for parts that are not the whole cube, or more than it. It
// is an [ErrJoin].
type CoverageError struct {
	Cell  []int // of such a cell the place of its category in each dimension
	Parts []int // which have it, from 0: two of them if it occurs twice, none if it is missing
}

// Error says which cell it is.
func (e *CoverageError) Error() string {
	cell := strings.Trim(fmt.Sprint(e.Cell), "[]")
	if len(e.Parts) > 1 {
		return fmt.Sprintf("the cell at %s is in part %d and in part %d: %v", cell, e.Parts[0]+1, e.Parts[1]+1, ErrJoin)
	}
	return fmt.Sprintf("the cell at %s is in no part: %v", cell, ErrJoin)
}

// Unwrap returns [ErrJoin].
func (e *CoverageError) Unwrap() error { return ErrJoin }
