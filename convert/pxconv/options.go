package pxconv

import (
	"fmt"
	"time"
)

// Options choose how a PX file is read. The zero value reads it as PxWeb does, but for what
// docs/px.md lists.
type Options struct {
	// Encoding is the name of the encoding of the file. Default: what its bytes and its
	// CODEPAGE say.
	Encoding string

	// Lang is the language of the texts. Default: the file's LANGUAGE. Another one that
	// the file has not is a [*jsonstat.UnknownError].
	Lang string

	// Zone is where the times of the file were written down, to make instants of them.
	// Default: unknown, dates are written without a time.
	Zone *time.Location

	// MadeTitle makes the title as PxWeb does, of the contents and the names of the
	// variables. Default: TITLE.
	MadeTitle bool

	// Rounded gives numbers as they are shown: with the decimals of SHOWDECIMALS and
	// PRECISION, by the rule of ROUNDING. Default: as they stand in the file.
	Rounded bool

	// AllCells allows a file with KEYS to become a cube of more than 10^8 cells: the rows
	// that it leaves out are zeros, which are cells.
	AllCells bool

	// Strict refuses what the format's specification does not allow.
	Strict bool

	// Warn is told of what is tolerated, each kind once, when all was read. May be nil.
	Warn func(Warning)
}

// Warning is something about a file that is tolerated.
type Warning struct {
	Kind    WarningKind
	Keyword string // "" if it is about none
	Line    int    // of the first, from 1
	Msg     string
	Count   int // how many there are of the kind
}

// String is the message with keyword and line.
func (w Warning) String() string {
	text := w.Msg
	if w.Keyword != "" {
		text = w.Keyword + ": " + text
	}
	if w.Line > 0 {
		text = fmt.Sprintf("line %d: %s", w.Line, text)
	}
	if w.Count > 1 {
		text += fmt.Sprintf(" (%d of this kind)", w.Count)
	}
	return text
}

// WarningKind is what kind of thing is tolerated.
type WarningKind uint8

// The kinds of warnings.
const (
	WarnEncoding     WarningKind = iota // the bytes are in another encoding than CODEPAGE says
	WarnEntry                           // an entry cannot be read and is left out
	WarnCase                            // a keyword in small letters
	WarnOrder                           // language, subkey or keyword in another order than the specification's
	WarnUnknown                         // a keyword that the specification does not know
	WarnRepeated                        // a keyword that stands once stands twice
	WarnLanguage                        // a language that LANGUAGES does not name, or one that lacks texts
	WarnMissing                         // a mandatory keyword is missing
	WarnValue                           // a value that the keyword does not have
	WarnVariable                        // a keyword for a variable, a value or a cell that is not there
	WarnEmpty                           // an empty text where one belongs
	WarnDate                            // a date in another form
	WarnTime                            // TIMEVAL that cannot be used
	WarnDecimals                        // numbers of decimals that contradict each other
	WarnHierarchy                       // HIERARCHIES that cannot be used
	WarnConfidential                    // numbers that PxWeb would change
	WarnSeparator                       // cells separated by other signs than blanks, or marks without quotes
	WarnNumber                          // numbers in an odd form
	WarnEnd                             // the end of the data is missing, or more stands behind
)

// refused tells whether [Options.Strict] makes an error of it.
func (k WarningKind) refused() bool {
	switch k {
	case WarnUnknown, WarnConfidential, WarnEncoding:
		return false
	}
	return true
}
