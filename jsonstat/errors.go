package jsonstat

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/near"
)

// Sentinels that a caller may branch on with [errors.Is]. All other problems of
// a document are plain [*Error] values, told apart by their text alone.
var (
	// ErrSyntax marks text that is not JSON: a stray character, a truncated
	// document, bad UTF-8, NaN where it was not allowed.
	ErrSyntax = errors.New("not valid JSON")

	// ErrNotJSONStat marks JSON that is no dataset, collection or dimension, or
	// one that breaks the rules of the format in a way that has no one meaning or
	// that [Options].Strict refuses.
	ErrNotJSONStat = errors.New("not JSON-stat")

	// ErrNoData marks a document that holds no data: a collection that only
	// refers to datasets, a dimension on its own, a dataset whose dimension is
	// elsewhere. None of them is fetched.
	ErrNoData = errors.New("no embedded dataset")

	// ErrSize marks a cube whose number of cells does not fit in 63 bits, or
	// whose parts contradict each other about their size.
	ErrSize = errors.New("sizes do not agree")

	// ErrShort is the ErrSize of fewer values than cells, see [Options.Pad].
	ErrShort = fmt.Errorf("fewer values than cells: %w", ErrSize)

	// ErrLimit marks a document beyond a limit of the reader: depth, length of a
	// string, size of the head, number of different statuses.
	ErrLimit = errors.New("limit exceeded")

	// ErrUnknown marks a dataset, dimension or category that is not there. The
	// error is an [*UnknownError].
	ErrUnknown = errors.New("unknown name")

	// ErrEncodingName marks an [Options].Encoding that is not known: a fault of
	// the call, not of the document.
	ErrEncodingName = errors.New("unknown encoding")

	// ErrConsumed is returned when cells of a streamed document are asked for a
	// second time, or out of order. See [Options.Stream].
	ErrConsumed = errors.New("the cells were streamed and are gone")
)

// Error is a problem of a document, with the place where it is. The zero value
// means nothing.
type Error struct {
	Offset  int64  // bytes from the start of the (uncompressed, UTF-8) text; -1 if unknown
	Line    int    // from 1; 0 if unknown
	Column  int    // in bytes, from 1; 0 if unknown
	Pointer string // JSON Pointer (RFC 6901) of the value; "" is the root
	Msg     string // what is wrong and, where it helps, what would be right
	Err     error  // one of the sentinels, or the error of the reader below; may be nil
}

// Error says what is wrong, then where: "… (line 3, column 14, byte 57, at /size/2)".
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Msg)
	if e.Msg == "" && e.Err != nil {
		b.WriteString(e.Err.Error())
	}
	var where []string
	if e.Line > 0 {
		where = append(where, fmt.Sprintf("line %d, column %d", e.Line, e.Column))
	}
	if e.Offset >= 0 && (e.Line > 0 || e.Offset > 0) {
		where = append(where, fmt.Sprintf("byte %d", e.Offset))
	}
	if e.Pointer != "" {
		where = append(where, "at "+oneLine(e.Pointer))
	}
	if len(where) > 0 {
		fmt.Fprintf(&b, " (%s)", strings.Join(where, ", "))
	}
	return b.String()
}

// Unwrap returns the sentinel or the error below, for [errors.Is].
func (e *Error) Unwrap() error { return e.Err }

// ServerError is what a server said instead of sending a cube: a JSON-stat
// error response, a problem object (RFC 9110), a PxWeb error or a web page.
type ServerError struct {
	Status  int    // HTTP status as the text gives it; 0 if it does not
	Message string // the server's own words, stripped of HTML, on one line
	Page    string // "a web page" or "XML" if the text is not JSON at all, else ""
}

// Error repeats the server's words.
func (e *ServerError) Error() string {
	what := "the server answered with an error, not with data: "
	if e.Page != "" {
		what = "the input is " + e.Page + ", not JSON: "
	}
	if e.Status != 0 && !strings.Contains(e.Message, strconv.Itoa(e.Status)) {
		what += strconv.Itoa(e.Status) + " "
	}
	return what + e.Message
}

// UnknownError names a thing that a document does not have. It is [ErrUnknown].
type UnknownError struct {
	Kind string   // "dataset", "dimension" or "category"
	Name string   // what was asked for
	In   string   // the id of the dimension for a category; else ""
	Near []string // ids that look like Name, best first, at most 3
	All  []string // all ids, when there are 20 or fewer; else nil

	preferred int // how many of Near were put in front
}

// Error names the thing and, if there are any, the near misses.
func (e *UnknownError) Error() string {
	s := fmt.Sprintf("there is no %s %q", e.Kind, brief(e.Name))
	if e.In != "" {
		s += fmt.Sprintf(" in dimension %q", brief(e.In))
	}
	if len(e.Near) > 0 {
		s += "; did you mean " + quoteList(e.Near, " or ") + "?"
	}
	return s
}

// Unwrap makes errors.Is(err, ErrUnknown) true.
func (e *UnknownError) Unwrap() error { return ErrUnknown }

// brief shortens a name for a message.
func brief(name string) string { return jsontoken.Shorten(name, 40) }

// oneLine is a JSON Pointer for a message: ids can be long and have line breaks.
func oneLine(ptr string) string {
	ptr = jsontoken.Shorten(ptr, 300)
	if strings.ContainsFunc(ptr, unicode.IsControl) {
		return strconv.Quote(ptr)
	}
	return ptr
}

// quoteList writes names in quotes, the last two parted by last.
func quoteList(names []string, last string) string {
	var b strings.Builder
	for i, n := range names {
		switch {
		case i == 0:
		case i == len(names)-1:
			b.WriteString(last)
		default:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", brief(n))
	}
	return b.String()
}

// Special cases of ErrSyntax, for the commands' hints.
var (
	// ErrNaN marks NaN, Infinity or -Infinity, see [Options.NaNAsNull].
	ErrNaN = fmt.Errorf("NaN and Infinity are not JSON: %w", ErrSyntax)

	// ErrEncoding marks text that is not UTF-8, see [Options.Encoding].
	ErrEncoding = fmt.Errorf("not UTF-8: %w", ErrSyntax)
)

// prefer puts a name in front of those that only look like the one asked for,
// behind others that were preferred. It reports false when there is no room.
func (e *UnknownError) prefer(name string) bool {
	if e.preferred == near.Most {
		return false
	}
	if i := slices.Index(e.Near, name); i >= 0 {
		if i < e.preferred {
			return true
		}
		e.Near = slices.Delete(e.Near, i, i+1)
	}
	e.Near = slices.Insert(e.Near, e.preferred, name)
	e.Near = e.Near[:min(len(e.Near), near.Most)]
	e.preferred++
	return true
}

// newUnknown makes an UnknownError with its near misses.
func newUnknown(kind, name, in string, all []string) *UnknownError {
	e := &UnknownError{Kind: kind, Name: name, In: in, Near: near.Names(name, all)}
	if len(all) <= 20 {
		e.All = all
	}
	return e
}

// Near returns the names that look like name, best first, at most three: those
// that differ in case only, that one can reach with few keystrokes, or that
// begin or end with name. Equally good ones stay in their order. It is for
// messages of the kind "did you mean ...?".
func Near(name string, names []string) []string { return near.Names(name, names) }
