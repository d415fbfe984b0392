package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	// perGroup is how many runs that differ alike are printed.
	perGroup = 2
	// maxGroups is how many kinds of differences of a command are printed.
	maxGroups = 5
	// share is how many runs there are at least for each that a row matches,
	// unless it says why it matches more.
	share = 100
)

// A report collects what differs.
type report struct {
	rows    []*Row
	keep    string
	runs    int
	ran     map[string]int // by command
	met     map[*Row]int
	by      map[string][]*Row // rows that explain a run, by its text
	groups  map[string]*group
	mistake []string // of the rows
	unsure  []string // runs that the old side does not repeat
	err     error
}

// A group is of runs that differ in the same way.
type group struct {
	command string
	count   int
	samples []string
}

func newReport(rows []*Row, keep string) *report {
	return &report{rows: rows, keep: keep, ran: map[string]int{}, met: map[*Row]int{}, by: map[string][]*Row{}, groups: map[string]*group{}}
}

// add judges a run.
func (r *report) add(res result) {
	r.runs++
	r.ran[res.run.Command]++
	v := judge(res.run, res.old, res.new, r.rows)
	switch {
	case v.same:
		return
	case v.rows != nil:
		for _, row := range v.rows {
			r.met[row]++
		}
		r.by[res.run.String()] = v.rows
		return
	case res.unsure:
		r.unsure = append(r.unsure, res.run.String())
		return
	}
	kind, text := describe(res.run, v)
	g := r.groups[kind]
	if g == nil {
		g = &group{command: res.run.Command}
		r.groups[kind] = g
	}
	if g.count++; g.count > perGroup {
		return
	}
	if r.keep != "" && r.err == nil {
		folder := filepath.Join(r.keep, fmt.Sprintf("%03d-%s", len(r.groups), res.run.Command))
		if g.count > 1 {
			folder += "-" + strconv.Itoa(g.count)
		}
		if r.err = keepRun(folder, res); r.err == nil {
			text += "  kept in " + folder + "\n"
		}
	}
	g.samples = append(g.samples, text)
}

// describe says where the outcomes of a run begin to differ. kind is the same for
// differences that look alike.
func describe(run Run, v verdict) (kind, text string) {
	kind = run.Command
	text = run.String() + "\n"
	for _, stream := range streams {
		a, b := v.old[stream], v.new[stream]
		if a == b {
			continue
		}
		at := 0
		for at < min(len(a), len(b)) && a[at] == b[at] {
			at++
		}
		where := ""
		if stream != "exit" {
			where = fmt.Sprintf(" at byte %d", at)
		}
		text += fmt.Sprintf("  %s%s\n    old %s\n    new %s\n", stream, where, excerpt(a, at, 40, 60), excerpt(b, at, 40, 60))
		kind += " " + stream
		if stream == "output" && (strings.Contains(a, "\nmessage[") || strings.Contains(a, "\nfooter.")) {
			kind += " " + alike(lineName(a, at)) // of a table in lines
			continue
		}
		kind += " " + alike(excerpt(a, at, 6, 6)) + " " + alike(excerpt(b, at, 6, 6))
	}
	return kind, text
}

// lineName is the beginning of the line around a place in a text, up to its equals
// sign.
func lineName(s string, at int) string {
	from := strings.LastIndex(s[:min(at, len(s))], "\n") + 1
	line, _, _ := strings.Cut(s[from:], "\n")
	name, _, _ := strings.Cut(line, " = ")
	return name
}

// excerpt is what stands around a place in a text.
func excerpt(s string, at, before, after int) string {
	from, to := max(0, at-before), min(len(s), at+after)
	text := strconv.Quote(s[from:to])
	if from > 0 {
		text = "..." + text
	}
	if to < len(s) {
		text += "..."
	}
	return text
}

var digits = regexp.MustCompile(`[0-9]+`)

// alike is an excerpt without numbers, which are another one for each document.
func alike(s string) string { return digits.ReplaceAllString(s, "0") }

// checkRows finds rows that no longer match, and those that match too much.
func (r *report) checkRows(examples []Run) {
	for _, row := range r.rows {
		at := fmt.Sprintf("same.differences:%d", row.Line)
		asked := slices.ContainsFunc(examples, func(e Run) bool { return e.String() == row.Example.String() })
		if asked && !slices.Contains(r.by[row.Example.String()], row) {
			r.mistake = append(r.mistake, at+": the row no longer matches its example: "+row.Example.String())
		}
		if n := r.met[row]; n*share > r.runs && row.WhySoMany == "" && n > 1 {
			r.mistake = append(r.mistake, fmt.Sprintf("%s: the row matches %d of %d runs, more than one in %d: why-so-many must say why", at, n, r.runs, share))
		}
	}
}

// rowExamples are the examples of the rows of the commands that are run.
func rowExamples(rows []*Row, only string) []Run {
	wanted := glob(only)
	var runs []Run
	for _, r := range rows {
		if wanted.MatchString(r.Example.Command) {
			runs = append(runs, r.Example)
		}
	}
	return runs
}

func (r *report) same() bool { return len(r.groups) == 0 && len(r.mistake) == 0 }

func (r *report) print(w io.Writer) {
	kinds, differ := map[string]int{}, map[string]int{} // by command
	total := 0
	for _, kind := range slices.Sorted(maps.Keys(r.groups)) {
		g := r.groups[kind]
		total, differ[g.command] = total+g.count, differ[g.command]+g.count
		if kinds[g.command]++; kinds[g.command] > maxGroups {
			continue
		}
		for _, s := range g.samples {
			fmt.Fprint(w, s)
		}
		if g.count > len(g.samples) {
			fmt.Fprintf(w, "  and %d more like these\n", g.count-len(g.samples))
		}
	}
	for _, command := range slices.Sorted(maps.Keys(differ)) {
		fmt.Fprintf(w, "%s: %d of %d runs differ in %d ways\n", command, differ[command], r.ran[command], kinds[command])
	}
	for _, m := range r.mistake {
		fmt.Fprintln(w, m)
	}
	for _, u := range r.unsure {
		fmt.Fprintf(w, "not compared, since the old side does not repeat it: %s\n", u)
	}
	for _, row := range r.rows {
		if n := r.met[row]; n > 0 {
			fmt.Fprintf(w, "meant: %d of %d runs: %s\n", n, r.runs, row.Why)
		}
	}
	if total > 0 {
		fmt.Fprintf(w, "%d of %d runs differ\n", total, r.runs)
	} else if r.same() {
		fmt.Fprintf(w, "%d runs are the same\n", r.runs)
	}
}

// keepRun writes the inputs of a run, how it is called, and both outcomes.
func keepRun(folder string, res result) error {
	files := map[string][]byte{"command": []byte(res.run.String() + "\n" + res.line + "\n")}
	maps.Copy(files, res.inputs)
	for name, o := range map[string]*Outcome{"old": res.old, "new": res.new} {
		files[name+"/exit"], files[name+"/errors"], files[name+"/stdout"] = []byte(o.Exit+"\n"), []byte(o.Errors), o.Stdout
		texts, _ := o.texts()
		files[name+"/output.txt"] = []byte(texts["output"])
		if o.Requests != "" {
			files[name+"/requests"] = []byte(o.Requests)
		}
		for _, f := range o.Files {
			if !f.gone {
				files[name+"/files/"+f.name] = f.text
			}
		}
	}
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o666); err != nil {
			return err
		}
	}
	return nil
}
