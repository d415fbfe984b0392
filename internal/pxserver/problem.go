package pxserver

import (
	"net/http"
	"strings"
)

// A problem is an error of v2. Status is that of the answer, inside the one in
// the object, where they differ.
type problem struct {
	status, inside int
	title          string
	detailed       bool // it says detail, the title once more
}

func wrong(title string) *problem { return &problem{status: http.StatusBadRequest, title: title} }

func detailed(status int, title string) *problem {
	return &problem{status: status, title: title, detailed: true}
}

// The titles, misspelled as on the real servers.
var (
	noVariable        = wrong("Non-existent variable")
	noValue           = wrong("Non-existent value")
	noCodeList        = wrong("Non-existent codelist")
	missingSelection  = wrong("Missing selection for mandantory variable")
	illegalSelection  = wrong("Illegal selection for mandantory variable")
	illegalExpression = wrong("Illegal selection expression")
	tooManyCells2     = detailed(http.StatusBadRequest, "Too many cells selected")
	noFormat          = detailed(http.StatusBadRequest, "Unsupported output format")
	noLanguage        = wrong("Unsupported language")
	noTable2          = &problem{status: http.StatusNotFound, title: "Non-existent table"}
	noTableData       = &problem{status: http.StatusBadRequest, inside: http.StatusNotFound, title: "Non-existent table"}
	noPage            = detailed(http.StatusNotFound, "Non-existent page")
	noCodeList2       = &problem{status: http.StatusNotFound, inside: http.StatusBadRequest, title: "Non-existent codelist"}
	noSavedQuery      = detailed(http.StatusNotFound, "Saved query not found")
	crash             = &problem{status: http.StatusInternalServerError} // without a body
)

// A fieldError is a part of a call that is not what it has to be.
type fieldError struct{ field, message string }

func required(field string) fieldError {
	name := field[strings.LastIndexByte(field, '.')+1:]
	return fieldError{field, "The " + name + " field is required."}
}

func notValid(field, value string) fieldError {
	return fieldError{field, "The value '" + value + "' is not valid."}
}
