package pxfetch

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// The shapes of --json, which docs/pxfetch.md documents. Members are added, never changed.

// tableLine is a line of a search or a listing: a table, or a level.
type tableLine struct {
	Type    string `json:"type"` // "t" table, "l" level, "h" headline
	ID      string `json:"id"`   // to ask for it
	Title   string `json:"title"`
	Path    string `json:"path,omitempty"`
	Updated string `json:"updated,omitempty"` // as the server writes it
	First   string `json:"firstPeriod,omitempty"`
	Last    string `json:"lastPeriod,omitempty"`
	Ended   bool   `json:"ended"`
}

// subjectLine is a line of the tree of subjects.
type subjectLine struct {
	Code      string   `json:"code"`
	Title     string   `json:"title"`
	Statistic bool     `json:"statistic"`
	Level     int      `json:"level"`
	Subjects  []string `json:"subjects"` // above it
}

// codeLine is a line of the codes of a variable or a code list.
type codeLine struct {
	Code    string   `json:"code"`
	Text    string   `json:"text"`
	Members []string `json:"members,omitempty"` // of a grouping
}

// metaObject is what meta tells of a table.
type metaObject struct {
	Table     string         `json:"table"`
	Title     string         `json:"title"`
	API       string         `json:"api"`
	Lang      string         `json:"lang,omitempty"`
	Updated   string         `json:"updated,omitempty"`
	Source    string         `json:"source,omitempty"`
	Licence   string         `json:"licence,omitempty"`
	Cite      string         `json:"cite,omitempty"`
	Ended     bool           `json:"ended"`
	Variables []metaVariable `json:"variables"`
	Notes     []metaNote     `json:"notes"`
	Links     []metaLink     `json:"links,omitempty"` // with --links
}

type metaVariable struct {
	Code        string     `json:"code"`
	Text        string     `json:"text"`
	Role        string     `json:"role,omitempty"`
	Values      int        `json:"values"` // 0 if the server does not tell them, for being very many
	First       string     `json:"first,omitempty"`
	Last        string     `json:"last,omitempty"`
	Elimination bool       `json:"mayBeLeftOut"`
	Value       string     `json:"valueWhenLeftOut,omitempty"` // "" is the sum
	Lists       []metaList `json:"codeLists,omitempty"`
}

type metaList struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

type metaNote struct {
	Variable  string `json:"variable,omitempty"`
	Value     string `json:"value,omitempty"`
	Text      string `json:"text"`
	Mandatory bool   `json:"mandatory"`
}

type metaLink struct {
	Variable string `json:"variable,omitempty"`
	Value    string `json:"value,omitempty"`
	URN      string `json:"urn,omitempty"`
	Label    string `json:"label,omitempty"`
	Page     string `json:"page,omitempty"`
	API      string `json:"api,omitempty"`
}

// jsonFlag asks for JSON for programs.
func jsonFlag() cli.Flag {
	return cli.Bool{Name: "json", Help: "for programs: a JSON object in each line"}
}

// jsonLine writes a value in a line.
func jsonLine(w io.Writer, v any) error {
	text, err := jsonText(v, "")
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// jsonText is a value as JSON with a line end, indented if that is wished.
func jsonText(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	err := enc.Encode(v)
	return b.Bytes(), err
}
