package sdmxconv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// ErrNotSDMX marks an input that is no data message of SDMX, or one that does not
// make sense. What is wrong with a table has the kinds of package convert, too.
var ErrNotSDMX = errors.New("not an SDMX data message")

// What [Options] must say where a message leaves it open, besides what an
// [*jsonstat.UnknownError] tells.
var (
	ErrMeasures   = errors.New("the columns of measures must be named")
	ErrDimensions = errors.New("the columns of dimensions must be named")
	ErrStructure  = errors.New("the structure is of no use")
)

// Format is a format of data messages.
type Format string

// The formats.
const (
	JSON Format = "json" // SDMX-JSON 1.0 and its drafts, 2.0, 2.1
	CSV  Format = "csv"  // SDMX-CSV 1.0, 2.0, 2.1
)

// Options say how a message is read. The zero value, and nil, are the defaults.
//
// Of the options of tables, Label, Source, Updated, Description, Roles, which go before
// what the message says, Metric, which is the id of the dimension of measures (MEASURE
// by default), and Warn are for all messages. The others are for SDMX-CSV: they say of
// columns what the rules of SDMX do not, and a cell of a measure that is no number is
// tolerated with a warning, unless Texts is set. SDMX-JSON says itself what they would
// say: there they have no effect, with one warning.
type Options struct {
	convert.TableOptions

	// From is the format. Default: the one that the input looks like.
	From Format

	// DataSet chooses one data set of several: a position from 0, or the id or
	// label of what it is data of. Default: all.
	DataSet string

	// Lang is the language of names, such as fr or pt-BR. Default: the message's
	// own, which is its first.
	Lang string

	// WithMetric makes a dimension of the measure, also if there is but one. Units
	// are those of its categories. Several measures make one without it.
	WithMetric bool

	// Separator stands between the columns of SDMX-CSV. Default: what stands behind
	// the first name of the header.
	Separator string

	// Encoding of the text, by the names of [jsonstat.Options]. Default "": UTF-8, or
	// UTF-16 if a byte order mark says so. A mark goes before a name.
	Encoding string

	// Structure is an SDMX-JSON structure message, or a data message with the
	// same structure, that gives names to the ids of SDMX-CSV.
	Structure io.Reader
}

// reader reads a message.
type reader struct {
	o      Options
	lang   language
	said   map[string]bool
	policy rows.Policy
}

// Read makes datasets of an SDMX data message: one, or several if it has data
// sets of several structures or with observations for the same keys. It goes over
// the text of SDMX-JSON more than once: what cannot be read again is kept in a
// temporary file meanwhile. SDMX-CSV is read once. Errors of JSON are a [*jsonstat.Error] with their place, those of CSV
// and of an encoding a [*convert.TableError], what a service had to say instead of data a
// [*jsonstat.ServerError], an unknown data set or language a [*jsonstat.UnknownError].
func Read(in io.Reader, o *Options) ([]*jsonstat.Dataset, error) {
	return readAs(in, o, rows.Policy{})
}

// readAs is Read with another policy of which cubes are sparse.
func readAs(in io.Reader, o *Options, p rows.Policy) ([]*jsonstat.Dataset, error) {
	r := &reader{said: map[string]bool{}, policy: p}
	if o != nil {
		r.o = *o
	}
	r.lang.want = r.o.Lang
	return r.read(in)
}

// firstText is how much of a message is looked at before it is read.
const firstText = 64 << 10

// read reads a message.
func (r *reader) read(in io.Reader) ([]*jsonstat.Dataset, error) {
	start := false // what can be read from its start again
	s, ok := in.(io.ReadSeeker)
	if ok {
		at, err := s.Seek(0, io.SeekCurrent)
		start = err == nil && at == 0
	}
	watched := spool.Watch(in)
	raw := bufio.NewReaderSize(watched, firstText)
	text, err := csvtext.Decoded(raw, r.o.Encoding)
	if err != nil {
		return nil, watched.Cause(tableError(err))
	}
	start = start && text == raw
	first, err := text.Peek(4096)
	if err != nil && err != io.EOF {
		return nil, watched.Cause(tableError(err))
	}
	from, err := r.format(first)
	if err != nil {
		return nil, err
	}
	var sets []*jsonstat.Dataset
	if from == CSV {
		sets, err = r.readCSV(text)
		err = watched.Cause(err)
	} else {
		var again io.Reader = text
		if start {
			if _, err := s.Seek(0, io.SeekStart); err != nil {
				return nil, err
			}
			again = in
		}
		sets, err = r.readAgain(again)
		err = watched.Cause(tableError(err)) // that of another encoding is one of texts
	}
	if err == nil {
		err = r.checkRoles(sets)
	}
	if err != nil {
		return nil, err
	}
	return sets, nil
}

// readAgain reads SDMX-JSON, over which it goes more than once.
func (r *reader) readAgain(in io.Reader) ([]*jsonstat.Dataset, error) {
	src, done, err := spool.Rewindable(in)
	if err != nil {
		return nil, err
	}
	defer done()
	sets, err := r.readJSON(src)
	if err = src.Cause(locate(src, err)); err != nil {
		return nil, err
	}
	return sets, nil
}

// checkRoles finds roles that are given to dimensions that are not there.
func (r *reader) checkRoles(sets []*jsonstat.Dataset) error {
	for _, id := range slices.Sorted(maps.Keys(r.o.Roles)) {
		var err error
		for _, ds := range sets {
			if _, _, err = ds.FindDimension(id); err == nil {
				break
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) warn(message string) {
	if r.o.Warn != nil && !r.said[message] {
		r.said[message] = true
		r.o.Warn(message)
	}
}

// format looks at the start of the input.
func (r *reader) format(first []byte) (Format, error) {
	text := bytes.TrimSpace(bytes.TrimPrefix(first, []byte("\ufeff")))
	switch {
	case len(text) == 0:
		return "", &jsonstat.Error{Offset: -1, Msg: "the input is empty", Err: ErrNotSDMX}
	case text[0] == '<':
		return "", markup(string(text))
	case r.o.From != "":
		return r.o.From, nil
	case text[0] == '{' || text[0] == '[':
		return JSON, nil
	}
	_, skip := csvtext.SeparatorLine(text)
	line, _, _ := strings.Cut(string(text[skip:]), "\n")
	if looksLikeCSV(line) {
		return CSV, nil
	}
	return "", &jsonstat.Error{Offset: -1, Msg: fmt.Sprintf("the input is no SDMX-JSON and no SDMX-CSV: it starts with %q", brief(strings.TrimSpace(line))), Err: ErrNotSDMX}
}

var (
	titleTag = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
	anyTag   = regexp.MustCompile(`(?s)<[^>]*>`)
	sdmxTag  = regexp.MustCompile(`<(\w+:)?(StructureSpecificData|GenericData|StructureSpecificTimeSeriesData|GenericTimeSeriesData|CompactData|UtilityData|CrossSectionalData|MessageGroup)\b`)
	defsTag  = regexp.MustCompile(`<(\w+:)?Structure\b`)
	errorTag = regexp.MustCompile(`<(\w+:)?(Error|RegistryInterface|Fault)\b`)
)

// markup is the error for XML and HTML.
func markup(text string) error {
	const ask = "ask the service for SDMX-JSON (Accept: application/vnd.sdmx.data+json, or format=jsondata) or SDMX-CSV"
	not := func(what string) error { return &jsonstat.Error{Offset: -1, Msg: what, Err: ErrNotSDMX} }
	words := strings.Join(strings.Fields(anyTag.ReplaceAllString(text, " ")), " ")
	switch {
	case sdmxTag.MatchString(text):
		return not("the input is SDMX-ML (XML), which is not read: " + ask)
	case defsTag.MatchString(text):
		return not("the input is an SDMX-ML structure message (XML), which is not read")
	case errorTag.MatchString(text):
		return &jsonstat.ServerError{Page: "XML", Message: brief(words)}
	}
	page := "a web page"
	if strings.HasPrefix(text, "<?xml") && !strings.Contains(strings.ToLower(text), "<html") {
		page = "XML"
	}
	if m := titleTag.FindStringSubmatch(text); m != nil {
		words = strings.TrimSpace(m[1])
	}
	return &jsonstat.ServerError{Page: page, Message: brief(words)}
}

// locate finds the line and column of an error that has but an offset.
func locate(src io.ReadSeeker, err error) error {
	e, ok := errors.AsType[*jsonstat.Error](err)
	if !ok || e.Line > 0 || e.Offset <= 0 {
		return err
	}
	if _, serr := src.Seek(0, io.SeekStart); serr != nil {
		return err
	}
	e.Line, e.Column = 1, 1
	buf := make([]byte, 64<<10)
	for left := e.Offset; left > 0; {
		n, rerr := src.Read(buf[:min(int64(len(buf)), left)])
		e.Line += bytes.Count(buf[:n], []byte{'\n'})
		if i := bytes.LastIndexByte(buf[:n], '\n'); i >= 0 {
			e.Column = n - i
		} else {
			e.Column += n
		}
		if left -= int64(n); rerr != nil {
			break
		}
	}
	return err
}
