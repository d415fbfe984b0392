package dice

import "errors"

// ErrJoin is the error for cubes that do not fit together.
var ErrJoin = errors.New("the cubes do not fit together")

// ErrEmpty is the error for a spec that leaves nothing of a dimension.
var ErrEmpty = errors.New("a dice must keep a category of each")
