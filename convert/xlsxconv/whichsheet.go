package xlsxconv

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/csvtext"
	"github.com/jsonstat-go/toolkit/convert/internal/rows"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// plainOf reads a sheet by rule: the one that is asked for, else the first that can be
// seen, which may turn out to be no table.
func plainOf(b *workbook, o *ReadOptions) (*jsonstat.Dataset, error) {
	s, err := choose(b, o.Sheet)
	if err != nil {
		return nil, err
	}
	ds, links, err := plainCube(b, s, o)
	if o.Sheet != "" || len(b.sheets) == 1 {
		return ds, err
	}
	table, wrong := errors.AsType[*convert.TableError](err)
	if err != nil && !wrong {
		return nil, err
	}
	seen, lerr := look(b, s, links)
	if lerr != nil {
		return nil, errors.Join(err, lerr)
	}
	switch {
	case err == nil && seen.numbers:
		return nil, &convert.TableError{Sheet: s.name, Msg: "the numbers of the sheet are those of the other ones: " + others(b, s), Also: []string{"Sheet"}, Err: convert.ErrUndecided}
	case err == nil && isFront(s.name):
		return nil, &convert.TableError{Sheet: s.name, Msg: "the sheet is called as those are that are no tables; the workbook has others: " + others(b, s), Also: []string{"Sheet"}, Err: convert.ErrUndecided}
	case err == nil && seen.links:
		(*rows.Options)(&o.TableOptions).Doubtf([]string{"Sheet"}, "the sheet %q is read, whose cells lead to others: %s", s.name, others(b, s))
	case err == nil:
	case seen.lists:
		return nil, elsewhere(table, s, "it lists the other sheets of the workbook: "+others(b, s))
	case !seen.figures || errors.Is(err, convert.ErrEmpty) || errors.Is(err, convert.ErrOneColumn) || errors.Is(err, rows.ErrNoFigures):
		return nil, elsewhere(table, s, "the workbook has other sheets: "+others(b, s))
	}
	return ds, err
}

// choose finds the sheet that is asked for, or the first that can be seen.
func choose(b *workbook, name string) (*sheetInfo, error) {
	if name != "" {
		if s := b.sheet(name); s != nil {
			return s, nil
		}
		unknown := &jsonstat.UnknownError{Kind: "sheet", Name: name, Near: jsonstat.Near(name, b.names())}
		if all := b.names(); len(all) <= 20 {
			unknown.All = all
		}
		return nil, unknown
	}
	i := slices.IndexFunc(b.sheets, func(s sheetInfo) bool { return s.visible })
	if i < 0 {
		return nil, &convert.TableError{Msg: "all sheets of the workbook are hidden: " + others(b, nil), Also: []string{"Sheet"}, Err: convert.ErrUndecided}
	}
	return &b.sheets[i], nil
}

// elsewhere adds to what is wrong with a sheet that the table may stand in another one.
func elsewhere(e *convert.TableError, s *sheetInfo, others string) error {
	with := *e
	if with.Sheet == "" {
		with.Sheet = s.name
	}
	with.Msg += "; " + others
	with.Also = append(slices.Clone(e.Also), "Sheet")
	return &with
}

// maxNamed is how many sheets a message names.
const maxNamed = 20

// others names the sheets besides one, for a message: those that can be seen first.
func others(b *workbook, but *sheetInfo) string {
	var list []string
	left := 0
	for _, visible := range []bool{true, false} {
		for i := range b.sheets {
			s := &b.sheets[i]
			switch {
			case s == but || s.visible != visible || !visible && s.name == hiddenSheet: // ours is for nobody to read
			case len(list) == maxNamed:
				left++
			case visible:
				list = append(list, quoted(s.name))
			default:
				list = append(list, quoted(s.name)+" (hidden)")
			}
		}
	}
	if left > 0 {
		list = append(list, fmt.Sprintf("and %d more", left))
	}
	return strings.Join(list, ", ")
}

// seen is what a look at the first rows of a sheet tells of it.
type seen struct {
	figures bool // some cell is a number
	links   bool // half of the other sheets that can be seen, or more and not just one, are linked to
	names   bool // half or more are linked to or named, each in a row of its own
	lists   bool // so that there is hardly another reason for it
	numbers bool // its numbers are those of the other sheets, "1" or "Table 1", each once, and no others
}

// lookedAt is how many rows of a sheet are looked at.
const lookedAt = 2000

// look looks at the first rows of a sheet, and at the places that its cells link to.
func look(b *workbook, s *sheetInfo, links []string) (seen, error) {
	var found seen
	others := map[string]bool{} // by name, whatever its case: is it named
	for i := range b.sheets {
		if o := &b.sheets[i]; o != s && o.visible && !isFront(o.name) { // tables lead back to contents and to notes
			others[fold(o.name)] = false
		}
	}
	n := len(others)
	numbered, counted, only := numbersOf(others), 0, true
	linked := 0
	for _, place := range links {
		name := fold(sheetOf(place))
		if named, ok := others[name]; ok && !named {
			others[name] = true
			linked++
		}
	}
	named := linked
	r, err := b.rows(s)
	if err != nil {
		return found, err
	}
	defer r.close()
	for range lookedAt {
		cells, err := r.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return found, err
		}
		first := true // that is named in the row: a header may have names of sheets, too
		for i := range cells {
			c := &cells[i]
			if c.kind == numberCell || c.kind == textCell && csvtext.IsNumber(c.text) {
				found.figures = true
				left, ok := numbered[string(c.text)]
				if only = only && ok && left; only {
					numbered[string(c.text)] = false
					counted++
				}
			}
			if c.kind != textCell || !first || named == n {
				continue
			}
			if name := saidIn(string(c.text), others); name != "" && !others[name] {
				others[name], first = true, false
				named++
			}
		}
	}
	found.numbers = only && n > 1 && counted == n
	found.links = linked > 1 && 2*linked >= n
	found.names = n > 0 && 2*named >= n
	found.lists = found.names && (named > 1 || !found.figures)
	return found, nil
}

// numbersOf are the numbers that sheets are called by, with or without a word in front; nil
// if not all have one of their own.
func numbersOf(sheets map[string]bool) map[string]bool {
	numbers := make(map[string]bool, len(sheets))
	for name := range sheets {
		digits := name[len(strings.TrimRight(name, "0123456789")):]
		if digits == "" || numbers[digits] {
			return nil
		}
		numbers[digits] = true
	}
	return numbers
}

// saidIn is the sheet that a text names, or begins with the name of: "Table 1: boats".
// It is "" if there is none. Sheets with names of digits alone are not looked for: 2024 is
// a year sooner than a sheet.
func saidIn(text string, sheets map[string]bool) string {
	const longest = 31 // of a name of a sheet, in UTF-16
	text = fold(strings.TrimSpace(text)) + " "
	said, n, letters := "", 0, false
	for i, r := range text {
		if n++; n > longest+1 {
			break
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters = letters || unicode.IsLetter(r)
			continue
		}
		if _, ok := sheets[text[:i]]; ok && letters {
			said = text[:i]
		}
	}
	return said
}

// sheetOf is the sheet of a place in a workbook: 'Table 1'!A1.
func sheetOf(place string) string {
	place = strings.TrimPrefix(place, "#")
	if i := strings.LastIndexByte(place, '!'); i >= 0 {
		place = place[:i]
	}
	if n := len(place); n > 1 && place[0] == '\'' && place[n-1] == '\'' {
		place = strings.ReplaceAll(place[1:n-1], "''", "'")
	}
	return place
}

// isFront tells whether a sheet is called as those are that are no tables: lists of sheets,
// notes.
func isFront(name string) bool {
	words := strings.FieldsFunc(fold(name), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(words, func(w string) bool {
		switch w {
		case "contents", "content", "index", "toc", "readme", "cover", "overview", "note", "notes", "metadata",
			"innhold", "innholdsfortegnelse", "oversikt", "merknad", "merknader", "noter", "indhold", "innehåll", "innehållsförteckning", "översikt",
			"inhalt", "inhaltsverzeichnis", "übersicht", "sommaire", "índice", "indice", "sisältö", "sisällys":
			return true
		}
		return false
	})
}
