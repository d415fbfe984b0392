package suite

import (
	"archive/zip"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/internal/shapes"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// cuttings are calls of each command that writes what it keeps of a dataset.
var cuttings = []struct {
	command string
	options [][]string
}{
	{"jsonstat2array", [][]string{nil, {"-s", "--content=columns"}}},
	{"jsonstat2arrobj", [][]string{nil, {"-sum"}, {"--non-empty", "--ndjson"}}},
	{"jsonstat2arrow", [][]string{nil, {"--type=auto", "--content=columns"}, {"--non-missing"}, {"--dates", "--format=stream", "--drop-constant"}}},
	{"jsonstat2csv", [][]string{nil, {"-s"}, {"--rich"}, {"--non-missing", "--dataset=0", "--drop-constant"}}},
	{"jsonstat2jsonstat", [][]string{{"-m"}, {"-mos"}}},
	{"jsonstat2objarr", [][]string{nil, {"-sum"}, {"--non-empty"}}},
	{"jsonstat2object", [][]string{nil, {"-s"}}},
	{"jsonstat2parquet", [][]string{nil, {"--type=auto", "--content=both"}, {"--non-empty"}}},
	{"jsonstat2xlsx", [][]string{nil, {"--pivot"}, {"--status-place=cell"}, {"--content=columns", "--drop-constant"}}},
}

// TestKeepEverywhere: with --keep and --omit a command writes to the byte what it makes of
// what jsonstatdice keeps by them.
func TestKeepEverywhere(t *testing.T) {
	var texts [][]byte
	for _, s := range shapes.Cubes() {
		texts = append(texts, []byte(s.JSON))
	}
	seeds := uint64(60)
	if testing.Short() {
		seeds = 10
	}
	for seed := range seeds {
		texts = append(texts, shapes.Random(seed))
	}
	commands := map[string]cli.Command{}
	for _, c := range Commands() {
		commands[c.Name] = c
	}
	compared, n := 0, 0
	for _, text := range texts {
		list := criteriaFor(t, text)
		if len(list) > 0 && testing.Short() {
			i := n % len(list)
			list = list[i : i+1]
		}
		for _, how := range list {
			n++
			part := call(commands["jsonstatdice"], strings.NewReader(string(text)), append([]string{"--quiet"}, how...)...)
			for _, name := range []string{"jsonstat2jsonstat", "jsonstatslice"} {
				if got := call(commands[name], strings.NewReader(string(text)), append([]string{"--quiet"}, how...)...); got.out != part.out || got.status != part.status {
					t.Fatalf("%s %q: it is not what jsonstatdice writes\nstatus %d, %s\n got %.600s\nwant %.600s", name, how, got.status, got.errs, got.out, part.out)
				}
			}
			for _, writer := range cuttings {
				for i, options := range writer.options {
					if !*everything && (i+n)%len(writer.options) != 0 || len(text) > 20_000 && n%8 != 0 {
						continue // each has its turn
					}
					c, args := commands[writer.command], append([]string{"--quiet"}, options...)
					got := call(c, strings.NewReader(string(text)), append(slices.Clone(args), how...)...)
					if part.status != 0 {
						if got.status == 0 && !strings.Contains(part.errs, "--all-cells") {
							t.Errorf("%s %q %q: there is no error\njsonstatdice: %s%.500s", c.Name, options, how, part.errs, text)
						}
						continue
					}
					if c.Name == "jsonstat2jsonstat" && strings.Contains(part.out, `"label":{}`) {
						continue // labels that are not there come when it is read once more
					}
					want := call(c, strings.NewReader(part.out), args...)
					compared++
					if got.status != want.status || got.status == 0 && got.out != want.out {
						t.Fatalf("%s %q %q: it is not what jsonstatdice makes\nstatus %d, %s\n got %q\nstatus %d, %s\nwant %q\ninput: %.800s",
							c.Name, options, how, got.status, got.errs, whereApart(got.out, want.out), want.status, want.errs, whereApart(want.out, got.out), text)
					}
				}
			}
		}
	}
	if compared < 500 {
		t.Errorf("%d runs were compared", compared)
	}
}

// whereApart is a text from the place where it differs from another one, of workbooks in the part
// where that is.
func whereApart(a, b string) string {
	files := func(text string) string {
		r, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
		if err != nil {
			return text
		}
		all := ""
		for _, f := range r.File {
			part, err := r.Open(f.Name)
			if err != nil {
				return text
			}
			content, err := io.ReadAll(part)
			if err != nil {
				return text
			}
			all += "\n== " + f.Name + "\n" + string(content)
		}
		return all
	}
	a, b = files(a), files(b)
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-200)
	return a[from:min(len(a), i+200)]
}

// criteriaFor are criteria for the first dataset of a document: its largest dimension without
// a category, one category, and an end of each dimension.
func criteriaFor(t *testing.T, text []byte) [][]string {
	t.Helper()
	doc, err := jsonstat.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	ds, err := doc.Dataset(0)
	if err != nil {
		t.Fatal(err)
	}
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	var large *jsonstat.Dimension
	var ends []string
	for _, d := range ds.Dimensions() {
		if large == nil || d.Len() > large.Len() {
			large = d
		}
		ends = append(ends, fmt.Sprintf("--keep=%s=bottom(%d)", quote(d.ID()), max(1, d.Len()/2)))
	}
	if large == nil || large.Len() == 0 {
		return nil
	}
	dim, last := quote(large.ID()), quote(large.CategoryID(large.Len()-1))
	return [][]string{ends, {"--keep=" + dim + "=" + last}, {"--omit=" + dim + "=" + last}}
}
