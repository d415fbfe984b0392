package sdmxconv

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

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
	return read(r, in)
}

// read reads a message.
func read(r *reader, in io.Reader) ([]*jsonstat.Dataset, error) {
	start := false // what can be read from its start again
	s, ok := in.(io.ReadSeeker)
	if ok {
		at, err := s.Seek(0, io.SeekCurrent)
		start = err == nil && at == 0
	}
	watched := spool.Watch(in)
	raw := bufio.NewReaderSize(watched, firstText)
	head, _ := raw.Peek(4) // its error comes again
	text, err := csvtext.Decoded(raw, cmp.Or(r.o.Encoding, charset.UnmarkedJSON(head)))
	if err != nil {
		return nil, watched.Cause(tableError(err))
	}
	start = start && text == raw
	first, err := text.Peek(4096)
	if err != nil && err != io.EOF {
		return nil, watched.Cause(tableError(err))
	}
	from, err := formatOf(first, r.o.From)
	if err != nil {
		return nil, err
	}
	var sets []*jsonstat.Dataset
	if from == CSV {
		sets, err = readCSV(r, text)
		err = watched.Cause(err)
	} else {
		var again io.Reader = text
		if start {
			if _, err := s.Seek(0, io.SeekStart); err != nil {
				return nil, err
			}
			again = in
		}
		sets, err = readAgain(r, again)
		err = watched.Cause(tableError(err)) // that of another encoding is one of texts
	}
	if err == nil {
		err = checkRoles(r.o.Roles, sets)
	}
	if err != nil {
		return nil, err
	}
	return sets, nil
}

// readAgain reads SDMX-JSON, over which it goes more than once.
func readAgain(r *reader, in io.Reader) ([]*jsonstat.Dataset, error) {
	src, done, err := spool.Rewindable(in)
	if err != nil {
		return nil, err
	}
	defer done()
	sets, err := readJSON(r, src)
	return sets, src.Cause(locate(src, err))
}

// checkRoles finds roles that are given to dimensions that are not there.
func checkRoles(roles map[string]jsonstat.Role, sets []*jsonstat.Dataset) error {
	for _, id := range slices.Sorted(maps.Keys(roles)) {
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

// formatOf looks at the start of the input, of which it may be said what it is.
func formatOf(first []byte, said Format) (Format, error) {
	text := bytes.TrimSpace(bytes.TrimPrefix(first, []byte("\ufeff")))
	switch {
	case len(text) == 0:
		return "", notSDMX("the input is empty")
	case text[0] == '<':
		return "", markup(string(text))
	case said != "":
		return said, nil
	case text[0] == '{' || text[0] == '[':
		return JSON, nil
	}
	_, skip := csvtext.SeparatorLine(text)
	line, _, _ := strings.Cut(string(text[skip:]), "\n")
	if looksLikeCSV(line) {
		return CSV, nil
	}
	return "", notSDMX(fmt.Sprintf("the input is no SDMX-JSON and no SDMX-CSV: it starts with %q", brief(strings.TrimSpace(line))))
}

var (
	titleTag = pattern(`(?is)<title[^>]*>(.*?)</title>`)
	anyTag   = pattern(`(?s)<[^>]*>`)
	sdmxTag  = pattern(`<(\w+:)?(StructureSpecificData|GenericData|StructureSpecificTimeSeriesData|GenericTimeSeriesData|CompactData|UtilityData|CrossSectionalData|MessageGroup)\b`)
	defsTag  = pattern(`<(\w+:)?Structure\b`)
	errorTag = pattern(`<(\w+:)?(Error|RegistryInterface|Fault)\b`)
)

// markup is the error for XML and HTML.
func markup(text string) error {
	const ask = "ask the service for SDMX-JSON (Accept: application/vnd.sdmx.data+json, or format=jsondata) or SDMX-CSV"
	words := strings.Join(strings.Fields(anyTag().ReplaceAllString(text, " ")), " ")
	switch {
	case sdmxTag().MatchString(text):
		return notSDMX("the input is SDMX-ML (XML), which is not read: " + ask)
	case defsTag().MatchString(text):
		return notSDMX("the input is an SDMX-ML structure message (XML), which is not read")
	case errorTag().MatchString(text):
		return &jsonstat.ServerError{Page: "XML", Message: brief(words)}
	}
	page := "a web page"
	if strings.HasPrefix(text, "<?xml") && !strings.Contains(strings.ToLower(text), "<html") {
		page = "XML"
	}
	if m := titleTag().FindStringSubmatch(text); m != nil {
		words = strings.TrimSpace(m[1])
	}
	return &jsonstat.ServerError{Page: page, Message: brief(words)}
}
