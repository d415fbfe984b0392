package jsontoken

import "github.com/jsonstat-go/toolkit/internal/window"

// Kind is the kind of a scalar or a container.
type Kind = window.Kind

// The kinds of scalars, see [window.Kind], and of containers.
const (
	Null   = window.Null
	Number = window.Number
	Raw    = window.Raw
	String = window.String
	True   = window.True
	False  = window.False
)

// The kinds of containers.
const (
	Array = False + 1 + iota
	Object
	Cells // a container that is kept as a Section
)
