package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// frontDoor is a program of programs with flags of all kinds that can be completed.
func frontDoor() Command {
	csv := Command{
		Name: "thing2csv", Short: "csv", Task: "Elsewhere", Summary: "make csv of it", Args: InputOutput, ReadsJSONStat: true, Formats: endings{},
		Examples: []Example{{Line: "thing2csv in.json"}}, Run: nothing,
		Flags: []Flag{
			Bool{Name: "status", Short: 's', Help: "add statuses"},
			String{Name: "separator", Short: 'c', Value: "SEP", Help: "between columns"},
			Choice{Name: "content", Short: 'w', Values: []string{"id", "label", "both"}, Help: "what cells say"},
			Choice{Name: "explain", Values: []string{"text", "json"}, Bare: "text", Help: "say why"},
			Strings{Name: "by", Old: []string{"across"}, Short: 'y', Value: "DIM", Complete: Dimensions, Help: "across"},
			Strings{Name: "keep", Short: 'k', Value: "CRITERIA", Complete: Criteria, Help: "some"},
			String{Name: "filter", Short: 'f', Value: "DIM=CAT,...", Complete: Pairs, Help: "one"},
			String{Name: "describe", Value: "FILE", Complete: Files, Help: "more of it"},
			Gone{Name: "column", Say: "--separator"},
		},
	}
	rows := Command{
		Name: "rows2thing", Short: "from-rows", Summary: "make things of rows", Args: InputOutput, Run: nothing,
		Flags: []Flag{String{Name: "label", Help: "its label"}, Bool{Name: "texts", Help: "texts, too"}, Choice{Name: "form", Values: []string{"wide", "long"}, Help: "of the rows"}, String{Name: "dataset", Complete: DatasetNames, Help: "which"}},
		Read: func(c *Context) ([]*jsonstat.Dataset, error) {
			d, err := jsonstat.NewDimension(jsonstat.DimensionSpec{ID: "row", Categories: []jsonstat.Category{{ID: "r1"}, {ID: "r2"}}})
			if err != nil {
				return nil, err
			}
			ds, err := jsonstat.New(jsonstat.Head{Label: c.String("label"), Dimensions: []*jsonstat.Dimension{d}}, nil)
			return []*jsonstat.Dataset{ds, ds}, err
		},
	}
	return Command{
		Name: "front", Summary: "do it all", Default: "look",
		Commands: []Command{
			{Name: "look", Task: "Here", Summary: "look at it", Args: "[input]", Formats: endings{}, Flags: []Flag{Bool{Name: "long", Help: "at all of it, unlike thing2csv"}}, Run: nothing},
			csv, rows,
			{Name: "go2", Short: "go", Summary: "go and get it", Commands: []Command{
				{Name: "get", Summary: "get x", Args: "thing... ", Flags: []Flag{Bool{Name: "fast", Help: "now"}}, Run: nothing},
			}},
			{Name: "turn", Summary: "turn it into another", Args: InputOutput, Run: nothing, Operands: map[string]Completes{},
				Flags: []Flag{
					Strings{Name: "in", Complete: Options, Help: "how to read"}, Strings{Name: "out", Complete: Options, Help: "how to write"},
					Strings{Name: "keep", Complete: Criteria, Help: "some"},
				},
				HandsTo: func(c *Context, flag string) (Command, []string) {
					c.Warn("nobody sees this")
					switch {
					case flag == "out" && c.OutputName() == "":
						return Command{}, nil
					case flag == "out":
						return csv, []string{"status"}
					case strings.HasSuffix(strings.Join(c.Arg("input"), ""), ".rows"):
						return rows, []string{"label=x"}
					}
					return Command{Name: "thing", ReadsJSONStat: true}, nil
				}},
			{Name: "link", Summary: "link it", Args: "folder", Operands: map[string]Completes{"folder": Folders}, Run: nothing},
		},
	}
}

// endings are formats whose files end in one way.
type endings struct{}

func (endings) Missing(*Call, string) error      { return nil }
func (endings) Input(*Call, []byte, error) error { return nil }
func (endings) Output(*Call, string) error       { return nil }
func (endings) Endings(*Call) []string           { return []string{".json", ".thing"} }

// odd is a cube whose names mean something to shells and to criteria.
const odd = `{"version":"2.0","class":"dataset","id":["My dim","A/B","Tid"],"size":[3,2,12],"role":{"time":["Tid"]},"dimension":{
"My dim":{"label":"Mine","category":{"index":["a b","c/d","e=f'g"],"label":{"a b":"Gamle Oslo","c/d":"Oslo\tV","e=f'g":"Bærum"}}},
"A/B":{"category":{"index":["x","$y"],"label":{"x":"x"}}},
"Tid":{"label":"year","category":{"index":["2014","2015","2016","2017","2018","2019","2020","2021","2022","2023","2024","2025"]}}},"value":{}}`

// offered is what fish is told for a line, without time limit.
func offered(cmd Command, line string) string {
	p := newPrinter("fish", line, nil)
	return strings.TrimSuffix(p.print(completeLine(cmd, p.words)), ":\n")
}

func TestComplete(t *testing.T) {
	oslo := readFile(t, "../../testdata/oslo.json")
	collection := readFile(t, "../../testdata/energy-collection.json")
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write([]byte(oslo))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	inFolder(t, map[string]string{
		"oslo.json": oslo, "oslo.json.gz": packed.String(), "odd.json": odd, "many.json": collection, "my file.json": oslo,
		"notes.txt": "x", ".hidden.json": oslo, "table.rows": "x", "bad.json": "{", "OLD.THING": "x",
	})
	require.NoError(t, os.MkdirAll("sub/deep", 0o755))
	require.NoError(t, os.WriteFile("sub/in.json", []byte(oslo), 0o644))
	cmd := frontDoor()
	require.NoError(t, cmd.Check())
	for _, tt := range []struct{ name, line, want string }{
		{"commands", "front ", "look\tlook at it\ncsv\tmake csv of it\nfrom-rows\tmake things of rows\ngo\tgo and get it\nturn\tturn it into another\nlink\tlink it\nhelp\twhat there is, or more about one of them\n"},
		{"a command", "front li", "link\tlink it\n"},
		{"a command by the name of its program", "front thing2", "thing2csv\tmake csv of it\n"},
		{"a command in capitals", "front TU", "turn\tturn it into another\n"},
		{"a file in the place of a command", "front osl", "oslo.json\noslo.json.gz\n"},
		{"a flag of the default command", "front oslo.json --l", "--long\tat all of it, unlike front csv\n"},
		{"a flag in the place of a command", "front --ve", "--version\tprint the version\n"},
		{"a shell", "front --completion=f", "--completion=fish\n"},
		{"a command of a command", "front go g", "get\tget x\n"},
		{"its flags", "front go get x --fa", "--fast\tnow\n"},
		{"help", "front help c", "csv\tmake csv of it\n"},
		{"help of a command of a command", "front help go ", "get\tget x\n"},
		{"nothing behind that", "front help go get ", ""},
		{"no command", "front nosuch x --", "--long\tat all of it, unlike front csv\n" + common("look", "--stream")},
		{"under its own name", "front rows2thing --fo", "--form\tof the rows\n--force\treplace an output that exists\n"},
		{"with a variable in front", "A=b front li", "link\tlink it\n"},

		{"flags", "front csv --s", "--status\tadd statuses\n--separator\tbetween columns\n--strict\trefuse what the specification refuses\n--stream\tuse standard input and output, as without names\n"},
		{"letters", "front csv -s", "-s\tadd statuses\n"},
		{"not those that are given", "front csv -sc x --stream --st", "--strict\trefuse what the specification refuses\n"},
		{"but those that may come again", "front csv --by a --by", "--by\tacross\n"},
		{"not under an old name", "front csv --acr", ""},
		{"nor one that is gone", "front csv --col", ""},
		{"in capitals", "front csv --STAT", "--status\tadd statuses\n"},
		{"no flag without no", "front csv --no-sta", "--no-status\tnot: add statuses\n"},
		{"behind two dashes a file", "front csv -- -", ""},

		{"a choice", "front csv --content ", "id\nlabel\nboth\n"},
		{"in one word", "front csv --content=l", "--content=label\n"},
		{"by letter", "front csv -w l", "label\n"},
		{"by letter in one word", "front csv -swl", "-swlabel\n"},
		{"with a sign between", "front csv -w=l", "-w=label\n"},
		{"one that may stand alone", "front csv --explain=", "--explain=text\n--explain=json\n"},
		{"which takes no word", "front csv --explain n", "notes.txt\n"},
		{"a text", "front csv --separator ", ""},
		{"a file", "front csv --describe no", "notes.txt\n"},
		{"a file in one word", "front csv --describe=no", "--describe=notes.txt\n"},
		{"true", "front csv --status true od", "odd.json\n"},

		{"files of the endings", "front csv ", "OLD.THING\nbad.json\nmany.json\nmy file.json\nodd.json\noslo.json\noslo.json.gz\nsub/\n"},
		{"other files if there is none", "front csv n", "notes.txt\n"},
		{"hidden ones if asked for", "front csv .h", ".hidden.json\n"},
		{"in a folder", "front csv sub/", "sub/deep/\nsub/in.json\n"},
		{"with a blank", `front csv my\ `, "my file.json\n"},
		{"the output", "front csv oslo.json ta", "table.rows\n"},
		{"given with a flag", "front csv oslo.json --output x ", ""},
		{"and no more", "front csv a b ", ""},
		{"folders", "front link ", "sub/\n"},
		{"where a stream goes", "front csv > n", ""},
		{"a variable", "front csv $nosuch", ""},

		{"dimensions", "front csv oslo.json --by ", "Region\tdistrict\nTid\tyear\n"},
		{"the flag in front of the file", "front csv --by x oslo.json --by T", "Tid\tyear\n"},
		{"with another case", "front csv oslo.json -y ti", "Tid\tyear\n"},
		{"by the label", "front csv oslo.json -y distr", "Region\tdistrict\n"},
		{"in a list", "front csv oslo.json --by Tid,", "Tid,Region\tdistrict\n"},
		{"of a packed file", "front csv oslo.json.gz --by T", "Tid\tyear\n"},
		{"with blanks", "front csv odd.json --by M", "My dim\tMine\n"},
		{"of a file that is not there", "front csv nosuch.json --by ", ""},
		{"of no file", "front csv --by ", ""},
		{"of standard input", "front csv - --by ", ""},
		{"of a folder", "front csv sub --by ", ""},
		{"of a bad document", "front csv bad.json --by ", ""},
		{"of one dataset", "front csv many.json --dataset 1 --by ", "year\tYear\n"},
		{"datasets", "front csv many.json --dataset ", "https://example.org/energy/use.json\tEnergy use by source\nhttps://example.org/energy/prices.json\tElectricity prices\n"},
		{"a dataset without id", "front csv oslo.json --dataset=", "--dataset=0\tPopulation in three districts of Oslo, by district and year\n"},

		{"criteria: dimensions", "front csv oslo.json --keep ", "Region=\tdistrict\nTid=\tyear\n"},
		{"categories", "front csv oslo.json --keep Region=", "Region=030101\tGamle Oslo\nRegion=030102\tGrünerløkka\nRegion=030103\tSagene\nRegion=top(1)\tthe first\n"},
		{"in one word", "front csv oslo.json --keep=Region=030101/030102/", "--keep=Region=030101/030102/030103\tSagene\n"},
		{"with a letter", "front csv oslo.json -kRegion=030101,", "-kRegion=030101,030102\tGrünerløkka\n-kRegion=030101,030103\tSagene\n-kRegion=030101,Tid=\tyear\n"},
		{"by a word of the label", "front csv odd.json --keep 'My dim=Oslo", "My dim=\"a b\"\tGamle Oslo\nMy dim=\"c/d\"\tOslo V\n"},
		{"an open quote", `front csv odd.json --keep '"My dim"="a`, "\"My dim\"=\"a b\"\tGamle Oslo\n"},
		{"behind a name in quotes", `front csv odd.json --keep '"My dim"="a b"/c`, "\"My dim\"=\"a b\"/\"c/d\"\tOslo V\n"},
		{"a dimension with a slash", "front csv odd.json --keep A", "\"A/B\"=\n"},
		{"the next criterion", "front csv oslo.json --keep Tid=2024,R", "Tid=2024,Region=\tdistrict\n"},
		{"a range", "front csv oslo.json --keep Tid=2023..", "Tid=2023..2023\nTid=2023..2024\nTid=2023..2025\n"},
		{"the latest", "front csv odd.json --keep Tid=t", "Tid=top(1)\tthe latest\nTid=top(5)\tthe latest 5\nTid=top(10)\tthe latest 10\n"},
		{"so many", "front csv odd.json --keep 'Tid=top(3", "Tid=top(3)\tthe latest 3\n"},
		{"the earliest", "front csv odd.json --keep Tid=bottom", "Tid=bottom(1)\tthe earliest\nTid=bottom(5)\tthe earliest 5\nTid=bottom(10)\tthe earliest 10\n"},
		{"of a dimension that there is not", "front csv oslo.json --keep Nosuch=", ""},
		{"behind top", "front csv odd.json --keep 'Tid=top(2,1)/202", "Tid=top(2,1)/2020\nTid=top(2,1)/2021\nTid=top(2,1)/2022\nTid=top(2,1)/2023\nTid=top(2,1)/2024\nTid=top(2,1)/2025\n"},
		{"pairs", "front csv oslo.json -f ", "Region=\tdistrict\nTid=\tyear\n"},
		{"a category of a pair", "front csv oslo.json -f Tid=2024,Region=0301", "Tid=2024,Region=030101\tGamle Oslo\nTid=2024,Region=030102\tGrünerløkka\nTid=2024,Region=030103\tSagene\n"},
		{"without names that cannot be written", "front csv odd.json -f 'My dim=", "My dim=a b\tGamle Oslo\nMy dim=c/d\tOslo V\n"},
		{"one is left", "front csv oslo.json -f Tid=2024,", "Tid=2024,Region=\tdistrict\n"},

		{"options for the reader", "front turn table.rows --in ", "label=\tits label\ntexts\ttexts, too\nform=\tof the rows\ndataset=\twhich\n"},
		{"not those that are given", "front turn table.rows --in label=x --in no-texts --in ", "form=\tof the rows\ndataset=\twhich\n"},
		{"switched off", "front turn table.rows --in no-", "no-texts\tnot: texts, too\n"},
		{"a value", "front turn table.rows --in form=", "form=wide\nform=long\n"},
		{"in one word", "front turn table.rows --in=form=w", "--in=form=wide\n"},
		{"for a writer that is not known", "front turn oslo.json --out ", ""},
		{"for the writer", "front turn oslo.json x.csv --out con", "content=\twhat cells say\n"},
		{"dimensions of the input", "front turn oslo.json x.csv --out by=", "by=Region\tdistrict\nby=Tid\tyear\n"},
		{"none of the whole call", "front turn oslo.json x.csv --out force=", ""},
		{"for a document", "front turn oslo.json --in str", "strict\trefuse what the specification refuses\n"},
		{"criteria on what the reader makes", "front turn table.rows --keep ", "row=\n"},
		{"its categories", "front turn table.rows --keep row=r2", "row=r2\n"},
		{"criteria on a document", "front turn oslo.json --keep Tid=2024", "Tid=2024\n"},
		{"datasets that it makes", "front from-rows table.rows --dataset ", "0\n1\n"},
	} {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, offered(cmd, tt.line)) })
	}
}

// common are the flags that a command has besides its own, from one of them on.
func common(command, from string) string {
	cmd, _ := frontDoor().subcommand(command)
	text := ""
	for _, s := range cmd.AllFlags() {
		if text != "" || "--"+s.Name == from {
			text += "--" + s.Name + "\t" + s.Help + "\n"
		}
	}
	return text
}

// TestCompleteIsSilent has what could hold up whoever typed a tab, or write something.
func TestCompleteIsSilent(t *testing.T) {
	inFolder(t, map[string]string{"table.rows": "x"})
	cmd := frontDoor()
	t.Run("a pipe", func(t *testing.T) {
		if err := exec.Command("mkfifo", "pipe.json").Run(); err != nil {
			t.Skip(err)
		}
		require.Empty(t, offered(cmd, "front csv pipe.json --by "))
		require.Equal(t, "strict\trefuse what the specification refuses\n", offered(cmd, "front turn pipe.json --in stri"))
	})
	t.Run("a device", func(t *testing.T) { require.Empty(t, offered(cmd, "front csv /dev/stdin --by ")) })
	t.Run("a large table", func(t *testing.T) {
		require.NoError(t, os.Truncate("table.rows", largestTable+1))
		require.Empty(t, offered(cmd, "front turn table.rows --keep "))
		require.NotEmpty(t, offered(cmd, "front turn table.rows --in "))
		require.NoError(t, os.Truncate("table.rows", 1))
	})
	t.Run("a panic", func(t *testing.T) {
		bad := frontDoor()
		bad.Commands[4].HandsTo = func(*Context, string) (Command, []string) { panic("no") }
		require.Equal(t, result{0, ":\n", ""}, runWith(bad, "", completeWord, "fish", "front turn table.rows --in "))
	})
	t.Run("a reader that takes long", func(t *testing.T) {
		slow := frontDoor()
		released := make(chan bool)
		defer close(released)
		slow.Commands[4].HandsTo = func(*Context, string) (Command, []string) { <-released; return Command{}, nil }
		begun := time.Now()
		require.Equal(t, result{0, ":\n", ""}, runWith(slow, "", completeWord, "fish", "front turn table.rows --in "))
		require.GreaterOrEqual(t, time.Since(begun), completeTime)
	})
	for _, line := range []string{"", "front", "front nosuch ", "front csv --nosuch=", "front 'csv", `front csv \`, "front csv $(", "front csv ${", "front > ", "front csv --by=$x"} {
		for _, shell := range shells {
			got := runWith(cmd, "", completeWord, shell, line)
			require.Equal(t, 0, got.code, line)
			require.Empty(t, got.errout, line)
			require.True(t, strings.HasSuffix(got.out, "\n") && strings.Contains(got.out, ":"), line)
		}
	}
	require.Contains(t, runWith(cmd, "", completeWord, "nosuch", "front ").errout, "unknown flag --complete")
}

// TestCompleteKnowsTheGrammar has criteria with each candidate put in: they select just
// that, as package dice reads them.
func TestCompleteKnowsTheGrammar(t *testing.T) {
	doc, err := jsonstat.Parse([]byte(odd))
	require.NoError(t, err)
	ds, err := doc.Dataset(0)
	require.NoError(t, err)
	for _, text := range []string{"", `"My dim"=`, "My dim=", `My dim="a b"/`, `My dim='a b','`, `A/B=`, `A/B=x,`, `A/B=x,"My dim"=`, `"A/B"=x,My dim="c/d",Tid=`, "Tid=2024,", "Tid=top(5),", "Tid=top(5,2)/bottom(1),", "Tid=2014..", "Tid=2014..2016/", "Tid=range(2014,2016),A"} {
		a := criteria(ds, "", text)
		require.NotEmpty(t, a.list, text)
		for _, c := range a.list {
			whole := a.prefix + c.shown()
			if c.open {
				whole += "*"
			}
			spec, err := dice.Parse(whole)
			require.NoError(t, err, whole)
			_, err = spec.Apply(ds)
			require.NoError(t, err, whole)
			last := spec.Criteria[len(spec.Criteria)-1]
			s := last.Select[len(last.Select)-1]
			switch {
			case c.open:
				require.Equal(t, c.id, last.Dimension, whole)
			case s.Kind == dice.ID:
				require.Equal(t, c.id, s.Text, whole)
			case s.Kind == dice.Range:
				require.Equal(t, c.id, s.To, whole)
			default:
				require.Equal(t, c.id, s.String(), whole)
			}
		}
	}
}

// TestCompleteManyCategories holds that a list is short, and what its words have in common
// is what all have.
func TestCompleteManyCategories(t *testing.T) {
	var ids []candidate
	for _, first := range []string{"a", "b", "c"} {
		for n := range 1000 {
			ids = append(ids, candidate{id: first + strings.Repeat("x", n%7) + string(rune('a'+n%26)) + strings.Repeat("y", n/26)})
		}
	}
	a := matching(ids, "", "")
	require.Len(t, a.list, most-1, "the first is also that by the alphabet")
	require.True(t, strings.HasPrefix(a.list[most-2].id, "c"))
	require.Equal(t, ids[0], a.list[0])
	require.InDelta(t, most, len(matching(ids, "", "cxx").list), 2)
	require.Len(t, matching(ids[:most], "", "").list, most)
}

// TestCompletionScripts holds the scripts against the grammar of their shells, as far as
// they are here; that of PowerShell against what it says.
func TestCompletionScripts(t *testing.T) {
	for _, cmd := range []Command{sample(nothing), program(nothing), frontDoor()} {
		power := completion(cmd, "powershell")
		for _, want := range []string{"Register-ArgumentCompleter -Native -CommandName '" + cmd.Name + "'", " --complete powershell $line 2>$null", "-split \"`t\", 2", "CompletionResult]::new($text, $text, 'ParameterValue', $about)"} {
			require.Contains(t, power, want)
		}
		for _, pair := range []string{"{}", "()", "[]"} {
			require.Equal(t, strings.Count(power, pair[:1]), strings.Count(power, pair[1:]), pair)
		}
		for shell, check := range map[string][]string{"bash": {"-n"}, "zsh": {"-n"}, "fish": {"--no-execute"}} {
			script := completion(cmd, shell)
			require.NotContains(t, script, "{name")
			require.NotContains(t, script, "{function}")
			path, err := exec.LookPath(shell)
			if err != nil {
				continue
			}
			run := exec.Command(path, check...)
			run.Stdin = strings.NewReader(script)
			out, err := run.CombinedOutput()
			require.NoError(t, err, "%s: %s", shell, out)
		}
	}
	require.True(t, strings.HasPrefix(completion(frontDoor(), "zsh"), "#compdef front thing2csv rows2thing go2\n"))
	require.Contains(t, completion(frontDoor(), "bash"), "complete -F _front front thing2csv rows2thing go2\n")
	require.Contains(t, completion(frontDoor(), "powershell"), "-CommandName 'front', 'thing2csv', 'rows2thing', 'go2' ")
	require.Contains(t, completion(sample(nothing), "fish"), "for name in sample\n")
}

// TestCompleteTildes has the caller's home.
func TestCompleteTildes(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	require.NoError(t, os.WriteFile(filepath.Join(home, "odd.json"), []byte(odd), 0o644))
	cmd := frontDoor()
	require.Equal(t, "~/odd.json\n", offered(cmd, "front csv ~/o"))
	require.Equal(t, "Tid\tyear\n", offered(cmd, "front csv ~/odd.json --by T"))
	require.Equal(t, "Tid\tyear\n", offered(cmd, "front csv $HOME/odd.json --by T"))
	require.Empty(t, offered(cmd, "front csv ~nobody/o"))
}
