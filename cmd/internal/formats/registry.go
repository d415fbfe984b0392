package formats

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Registry answers for a command what it is given and what it would write: it is the
// field Formats of the tables of all commands that have an input or an output. Its
// zero value goes by what All says of the command.
type Registry struct {
	// Reads and Writes are the names of the formats that a call reads and writes, for
	// commands of which flags decide that. Writes that returns none means that
	// nothing is known.
	Reads, Writes func(c *cli.Call) []string
}

// Input says of an input in a format that the command does not read what it is, and
// which command reads it. Before anything is read that is so only for commands that
// would make a table of any text; all others know best what they read, and are helped
// out when they have failed.
func (r Registry) Input(c *cli.Call, first []byte, failure error) error {
	reads := r.reads(c)
	first = inUTF8(first)
	f := OfBytes(first)
	if slices.Contains(reads, f.Name) || failure == nil && !slices.Contains(reads, "csv") || !r.tells(f, reads, first, failure) {
		return nil
	}
	if inside, ok := OfName(firstInZip(first)); f.Name == "zip" && ok && inside.family == "csv" {
		f.Readers = inside.Readers // who reads tables reads archives of one
	}
	err := fmt.Errorf("this is %s, which %s", title(f, first), readBy(c, f))
	var hints []string
	own := usual(reads)
	switch {
	case f.Name == "":
		err = errors.New("this is " + f.Title + ", and no text")
	case len(f.Readers) == 0:
		hints = append(hints, f.Given)
	case own.Name == "jsonstat":
		hints = append(hints, piped(f.Readers[0], c.Arg("input"), c.Name(), nil))
	case f.Name == "jsonstat" && len(own.Writers) > 0:
		hints = append(hints, own.Writers[0]+" makes "+own.Title+" of it")
	}
	return cli.WithHints(cli.InputError(err), slices.DeleteFunc(hints, func(h string) bool { return h == "" })...)
}

// tells whether it is certain enough that an input is of format f, and helps more than
// what its reader has to say.
func (r Registry) tells(f Format, reads []string, first []byte, failure error) bool {
	var page *jsonstat.ServerError
	switch {
	case f.Name == "":
		return slices.Contains(reads, "csv") && errors.Is(failure, jsonstat.ErrEncoding) && isNoText(first)
	case f.Name == "csv":
		// What is left is not certain to be a table.
		return failure != nil && isTable(first) && !(slices.Contains(reads, "sdmx-csv") && mentionsSDMX(first))
	case f.family == "markup" && usual(reads).Name == "sdmx-json":
		return false // its reader knows what messages there are in XML
	case errors.As(failure, &page):
		return f.Name == "sdmx-ml" // of others the reader said what the server wrote in them
	case f.Name == f.family && usual(reads).family == f.family:
		// What is left of a family that the command reads its reader says more of,
		// unless it is a workbook that was looked for in an archive of tables.
		inside, ok := OfName(firstInZip(first))
		return ok && inside.Name != "xml"
	}
	return true
}

// isNoText tells bytes that cannot be a text from one that is damaged somewhere, and
// from UTF-16 without a byte order mark.
func isNoText(first []byte) bool {
	_, utf16 := charset.Unmarked(first)
	control := 0
	for _, c := range first {
		if c < 0x20 && !bytes.ContainsRune([]byte("\t\n\r\f"), rune(c)) {
			control++
		}
	}
	return !utf16 && control*32 > len(first)
}

// title is what the input is, of a web page with what is written on it, of an archive
// with what is in it.
func title(f Format, first []byte) string {
	switch f.Name {
	case "html":
		if m := regexp.MustCompile(`(?is)<title[^>]*>\s*([^<]{1,120})`).FindSubmatch(first); m != nil {
			return fmt.Sprintf("%s, %q", f.Title, strings.Join(strings.Fields(string(m[1])), " "))
		}
	case "zip":
		if name := firstInZip(first); name != "" {
			return f.Title + " with " + name + " in it"
		}
	case "json":
		return f.Title + " that does not look like JSON-stat"
	case "xls":
		return f.Title + ", or one with a password"
	}
	return f.Title
}

// readBy says which commands read a format.
func readBy(c *cli.Call, f Format) string {
	switch n := len(f.Readers); {
	case n == 0:
		return "no command reads"
	case n > 2:
		return c.Called(strings.Join(f.Readers[:2], ", ")) + " and others read"
	}
	return c.Called(strings.Join(f.Readers, " and ")) + " reads"
}

// piped is a line in which one command reads a file and another one goes on with it.
func piped(from string, input []string, to string, output []string) string {
	words := []string{from}
	for _, name := range input {
		if name != "-" && !strings.HasPrefix(name, "/dev/") {
			words = append(words, cli.ShellWord(name))
		}
	}
	words = append(words, "|", to)
	if len(output) > 0 {
		words = append(words, "-", cli.ShellWord(output[0]))
	}
	return strings.Join(words, " ")
}

// Output says of a name whose ending is that of another format which command writes that.
func (r Registry) Output(c *cli.Call, name string) error {
	f, ending := ofName(name)
	written := r.writes(c)
	if ending == "" || len(written) == 0 || f.Name == "gzip" || f.Name == "zstd" ||
		slices.ContainsFunc(written, func(w Format) bool { return w.Name == f.Name || slices.Contains(w.Shared, ending) }) {
		return nil
	}
	err := fmt.Errorf("%s would be %s, not %s", name, written[0].Title, f.Title)
	hint := f.Wanted
	switch {
	case slices.Contains(f.Writers, c.Command()) && f.Switch != "":
		hint = "--" + f.Switch + " writes " + f.Title
	case slices.Contains(f.Writers, c.Command()):
		hint = c.Name() + " writes " + f.Title + " where no flag asks for another format"
	case len(f.Writers) == 0:
	case written[0].Name == "jsonstat":
		hint = piped(c.Name()+" ...", nil, with(f.Writers[0], f.Switch), []string{name})
	default:
		hint = with(f.Writers[0], f.Switch) + " writes " + f.Title
	}
	return cli.Usage(err, hint)
}

// with is a command with a switch, if there is one.
func with(command, flag string) string {
	if flag != "" {
		command += " --" + flag
	}
	return command
}

// usual is the format of several that a command reads or writes without more ado.
func usual(names []string) Format {
	for _, name := range names {
		if f, ok := Get(name); ok && f.Switch == "" {
			return f
		}
	}
	return Format{}
}

// reads are the names of the formats that the call reads.
func (r Registry) reads(c *cli.Call) []string {
	if r.Reads != nil {
		return r.Reads(c)
	}
	return ReadBy(c.Command())
}

// Endings are those that files have which the call reads.
func (r Registry) Endings(c *cli.Call) []string { return Endings(r.reads(c)) }

// writes are the formats that the call writes, first the one that a flag asks for.
func (r Registry) writes(c *cli.Call) []Format {
	var list []Format
	if r.Writes != nil {
		for _, name := range r.Writes(c) {
			if f, ok := Get(name); ok {
				list = append(list, f)
			}
		}
		return list
	}
	for _, f := range rows() {
		if slices.Contains(f.Writers, c.Command()) && (f.Switch == "" || c.Bool(f.Switch)) {
			list = append(list, f)
		}
	}
	return list
}
