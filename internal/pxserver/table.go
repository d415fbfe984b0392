package pxserver

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// A Text is a text in the server's own language and in English. The other one is
// used where one is empty.
type Text struct{ Local, En string }

// T is a Text of both languages.
func T(local, en string) Text { return Text{local, en} }

// In is the text in a language of the server.
func (t Text) In(lang string) string {
	if lang == "en" && t.En != "" || t.Local == "" {
		return t.En
	}
	return t.Local
}

// A Subject is a level of the tree.
type Subject struct {
	Path string // levels joined by "/"
	Text Text
	// Headline is a line that stands in the listing and leads nowhere.
	Headline bool
}

// A Table is what the server offers under one number.
type Table struct {
	ID       string   // number in both APIs: "05839"
	Name     string   // internal name, the matrix; "" is ID
	Database string   // of v1; "" is the host's
	Subjects []string // places in the tree, levels joined by "/": "be/be01"; of several the first is where v2 says it is
	Title    Text     // without the number
	Contents Text     // what the figures are, begins the label of every answer; "" is Title
	Source   Text
	Updated  time.Time // zero is one in 2025; with a contents variable its values can have later ones

	Languages []string // v2: those in which it is there; nil is all

	Variables []Variable // stub, then heading
	Heading   int        // how many of the last variables are the heading; 0 is 1
	Cells     CellFunc   // nil is Pseudo(0)

	Notes           []Note
	Related         []Related // link.related of the table
	Contact         []Contact
	NoAggregation   bool // aggregallowed is false
	Discontinued    bool
	Tags            []string
	Dataset         string // number of the ready-made dataset of the table; "" is none
	NoDate          bool   // listings do not tell when it was updated, on hosts of files nothing does
	Decimals        int    // extension.px.decimals
	Official        bool   // extension.px.official-statistics
	Copyright       bool   // extension.px.copyright
	Infofile        string // "" is "None"
	Description     string
	NextUpdate      string
	Survey          string
	Link            string // extension.px.link
	UpdateFrequency string
	TimeUnit        string // v2: Annual (""), Quarterly, Monthly, Weekly, Other
	CodePage        string // of csv and px: "" is the host's, else iso-8859-1, iso-8859-15 or utf-8

	area Text // text of its subject
}

// isIn tells whether the table is there in a language.
func (t *Table) isIn(lang string) bool {
	return t.Languages == nil || slices.Contains(t.Languages, lang)
}

// subject is the code and the text of the subject to which the table belongs.
func (t *Table) subject() (code string, area Text) {
	code, _, _ = strings.Cut(t.places()[0], "/")
	return code, t.area
}

// matrix is the internal name of the table.
func (t *Table) matrix() string { return cmp.Or(t.Name, t.ID) }

// heading is how many of the last variables are the heading.
func (t *Table) heading() int { return max(t.Heading, 1) }

// contents is what the label of the table begins with.
func (t *Table) contents() Text {
	if t.Contents != (Text{}) {
		return t.Contents
	}
	return t.Title
}

// places are the levels where a table belongs.
func (t *Table) places() []string {
	if len(t.Subjects) == 0 {
		return []string{""}
	}
	return t.Subjects
}

// A Kind says what a variable is about.
type Kind int

const (
	Plain Kind = iota
	Time
	Geo
	Contents
)

// A Variable is a dimension of a table.
type Variable struct {
	Code string
	Text Text
	Kind Kind
	Map  string // v1 metadata; makes a variable geographic as well

	Values           []Value
	Elimination      bool   // may be left out
	EliminationValue string // the code that then stands for it; "" is the sum of all values

	Show      string // code, value (""), code_value, value_code
	Notes     []Note
	URNs      string     // identifiers of the variable, separated by blanks
	CodeLists []CodeList // groupings and value sets

	at map[string]int // positions of codes, where there are many
}

// A Value is a category of a variable.
type Value struct {
	Code  string
	Text  Text
	Notes []Note
	URNs  string // identifiers of the value, separated by blanks

	// Of a contents variable only.
	Unit          Text
	Decimals      int
	RefPeriod     Text
	BasePeriod    Text
	Alternative   Text
	MeasuringType string // "" is Other
	PriceType     string // "" is NotApplicable
	Adjustment    string // "" is None
	Updated       time.Time
	Contact       []Contact // besides those of the table
}

// A CodeList is a grouping (its values stand for several of the variable's, added
// up) or a value set (its values are some of the variable's).
type CodeList struct {
	ID          string // without agg: or vs:, agg_ or vs_
	Text        Text
	Aggregation bool
	Values      []Group

	Elimination      bool
	EliminationValue string
}

// FullID is the id of the code list in PxWebApi 2.
func (c *CodeList) FullID() string {
	if c.Aggregation {
		return "agg_" + c.ID
	}
	return "vs_" + c.ID
}

func (c *CodeList) kind() string {
	if c.Aggregation {
		return "Aggregation"
	}
	return "Valueset"
}

// A Group is a value of a code list. Members nil is the value of the same code.
type Group struct {
	Code    string
	Text    Text
	Members []string
}

// A Note is a footnote; it can hold HTML.
type Note struct {
	Text      Text
	Mandatory bool
	// Only, for a note of the table: "Variable=code" of a category without which
	// the note is left out of an answer.
	Only string
}

// A Related is a ready-made address in link.related.
type Related struct{ Relation, MetaID, Href, Label, Type string }

// A Contact is a person who knows the table.
type Contact struct{ Name, Mail, Phone, Raw, Organization string }

// A CellFunc appends the number of a cell, as the server writes it, and tells its
// symbol ("" for none). Nothing appended is null. at holds the positions of the
// values in the table's order; edition is 0 and grows when the table is updated.
// It always answers the same to the same.
type CellFunc func(dst []byte, at []int, edition int) ([]byte, string)

// Values makes categories of "code=text" or "code=text=English text", or codes
// that are their own text.
func Values(codes ...string) []Value {
	values := make([]Value, len(codes))
	for i, c := range codes {
		code, text, ok := strings.Cut(c, "=")
		if !ok {
			text = code
		}
		local, en, _ := strings.Cut(text, "=")
		values[i] = Value{Code: code, Text: Text{local, en}}
	}
	return values
}

// Variable is the variable of that code, or nil.
func (t *Table) Variable(code string) *Variable {
	for i := range t.Variables {
		if t.Variables[i].Code == code {
			return &t.Variables[i]
		}
	}
	return nil
}

// Size is the number of cells of the table.
func (t *Table) Size() int {
	n := 1
	for _, v := range t.Variables {
		n *= len(v.Values)
	}
	return n
}

// index is the position of a value, or -1.
func (v *Variable) index(code string) int {
	if v.at != nil {
		if i, ok := v.at[code]; ok {
			return i
		}
		return -1
	}
	for i := range v.Values {
		if v.Values[i].Code == code {
			return i
		}
	}
	return -1
}

// number makes the look-up of codes fast.
func (v *Variable) number() {
	v.at = make(map[string]int, len(v.Values))
	for i := range v.Values {
		v.at[v.Values[i].Code] = i
	}
}

// list is the code list of that id, in v1's or v2's way of writing without the
// prefix, or nil.
func (v *Variable) list(id string, aggregation bool) *CodeList {
	for i := range v.CodeLists {
		if c := &v.CodeLists[i]; c.ID == id && c.Aggregation == aggregation {
			return c
		}
	}
	return nil
}

// every are the positions of n values.
func every(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
