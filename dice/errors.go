package dice

import (
	"errors"
	"fmt"
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
