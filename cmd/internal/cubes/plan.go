package cubes

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// jsonRaw is a plan as package convert gives and takes it.
type jsonRaw = json.RawMessage

// plan is what a plan says of columns: see [convert.TableOptions].Explain.
type plan struct {
	Header       string      `json:"header"`
	Values       []string    `json:"value"`
	Status       string      `json:"status"`
	StatusSuffix string      `json:"status-suffix"`
	Dimensions   []string    `json:"dimension"`
	Labels       [][2]string `json:"label-column"`
	Ignore       []string    `json:"ignore"`
	By           []string    `json:"by"`
	Stub         []string    `json:"stub"`

	Columns []planColumn `json:"columns"`
	Rows    int64        `json:"rows"`
	Cells   int64        `json:"cells"`
	Error   string       `json:"error"`
}

// planColumn is a column and what it was taken for.
type planColumn struct {
	Number     int    `json:"number"`
	Name       string `json:"name"`
	Part       string `json:"part"`
	Why        string `json:"why"`
	Of         string `json:"of"`
	Categories int    `json:"categories"`
}

// readPlan takes a plan apart. One that is none is empty.
func readPlan(text jsonRaw) (p plan) {
	if len(text) > 0 {
		_ = json.Unmarshal(text, &p) // what package convert made
	}
	return p
}

// line is a plan as the options of a command, "" if it says nothing.
func (p plan) line() string {
	var words []string
	add := func(flag, value string) {
		if value != "" {
			words = append(words, cli.Option(flag, value))
		}
	}
	add("header", p.Header)
	add("value", writeNames(p.Values))
	add("status", p.Status)
	add("status-suffix", p.StatusSuffix)
	add("by", writeNames(p.By))
	add("stub", writeNames(p.Stub))
	add("dimension", writeNames(p.Dimensions))
	for _, pair := range p.Labels {
		add("label-column", writeName(pair[0], "=")+"="+writeName(pair[1], "="))
	}
	add("ignore", writeNames(p.Ignore))
	return strings.Join(words, " ")
}

// text is a decision for people: a line for each column, what it makes, and how to say
// the same outright.
func (p plan) text(tool string) string {
	rows := [][]string{{"column", "is", "why", "categories"}}
	for _, c := range p.Columns {
		name := c.Name
		if name == "" {
			name = fmt.Sprintf("(%d)", c.Number)
		}
		part, why, categories := c.Part, c.Why, ""
		if c.Of != "" {
			part += " of " + c.Of
		}
		if c.Part == "dimension" {
			categories = fmt.Sprint(c.Categories)
		}
		rows = append(rows, []string{name, part, why, categories})
	}
	width := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, text := range r {
			width[i] = min(max(width[i], len([]rune(text))), 40)
		}
	}
	var b strings.Builder
	for _, r := range rows {
		line := ""
		for i, text := range r {
			line += text + strings.Repeat(" ", max(0, width[i]-len([]rune(text)))+2)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	if p.Error != "" {
		fmt.Fprintf(&b, "\n%s: %s\n", count(p.Rows, "row"), p.Error)
		return b.String()
	}
	fmt.Fprintf(&b, "\n%s, %s. The same, said outright:\n%s %s\n", count(p.Rows, "row"), count(p.Cells, "cell"), tool, p.line())
	return b.String()
}

// count is a number of things.
func count(n int64, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprint(n, " ", thing)
}
