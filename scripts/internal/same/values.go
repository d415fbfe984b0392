package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// A chooser chooses what a flag is tried with on a document.
type chooser struct {
	*rand.Rand
	cube *Cube
}

// dim is any dimension.
func (c *chooser) dim() Dim {
	if c.cube == nil || len(c.cube.Dims) == 0 {
		return Dim{ID: "d", Label: "D"}
	}
	return c.cube.Dims[c.IntN(len(c.cube.Dims))]
}

// category is any category of a dimension.
func (c *chooser) category(d Dim) Category {
	if len(d.Categories) == 0 {
		return Category{"a", "A"}
	}
	return d.Categories[c.IntN(len(d.Categories))]
}

// single are dimensions of one category.
func (c *chooser) single() []string {
	var ids []string
	if c.cube != nil {
		for _, d := range c.cube.Dims {
			if len(d.Categories) == 1 && !strings.Contains(d.ID, ",") {
				ids = append(ids, d.ID)
			}
		}
	}
	return ids
}

// quoted quotes a text of the grammar of criteria if it needs it.
func quoted(s string) string {
	if s == "" || strings.ContainsAny(s, `,=/"'*? ().`) {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// criteria are criteria for some dimensions.
func (c *chooser) criteria() string {
	var list []string
	for range 1 + c.IntN(2) {
		d := c.dim()
		var what string
		a, b := quoted(c.category(d).ID), quoted(c.category(d).ID)
		switch c.IntN(9) {
		case 0:
			what = fmt.Sprintf("top(%d)", 1+c.IntN(3))
		case 1:
			what = fmt.Sprintf("bottom(%d)", 1+c.IntN(3))
		case 2:
			what = a + ".." + b
		case 3:
			what = a + ".."
		case 4:
			what = "?*"
		case 5:
			what = "*"
		case 6:
			what = a + "/" + b
		default:
			what = a
		}
		list = append(list, quoted(d.ID)+"="+what)
	}
	return strings.Join(list, ",")
}

// pairs are DIM=CAT of one or two dimensions, as slices take them.
func (c *chooser) pairs() string {
	d := c.dim()
	text := d.ID + "=" + c.category(d).ID
	if e := c.dim(); e.ID != d.ID && c.IntN(2) == 0 {
		text += "," + e.ID + "=" + c.category(e).ID
	}
	return text
}

// A setting is one way to give a flag.
type setting struct {
	words func(c *chooser) []string // of the call
	fails bool                      // a call with it does not get far
}

// fail are settings with which a call does not get far.
func fail(list []setting) []setting {
	for i := range list {
		list[i].fails = true
	}
	return list
}

// as are settings whose words are made for a document.
func as(list ...func(c *chooser) []string) []setting {
	var all []setting
	for _, words := range list {
		all = append(all, setting{words: words})
	}
	return all
}

// fixed are settings of one value each.
func fixed(flag string, values ...string) []setting {
	var list []setting
	for _, v := range values {
		list = append(list, setting{words: func(*chooser) []string { return []string{flag + "=" + v} }})
	}
	return list
}

// by are settings whose value is chosen for the document.
func by(flag string, values ...func(c *chooser) string) []setting {
	var list []setting
	for _, v := range values {
		list = append(list, setting{words: func(c *chooser) []string { return []string{flag + "=" + v(c)} }})
	}
	return list
}

func dimID(c *chooser) string    { return c.dim().ID }
func dimLabel(c *chooser) string { return c.dim().Label }

// roles are a role of a dimension, or of two.
func roles(c *chooser) string {
	role := []string{"time", "geo", "metric"}
	return role[c.IntN(3)] + "=" + c.dim().ID
}

// readsTables tells whether a command makes cubes of tables.
func readsTables(command string) bool {
	return strings.HasSuffix(command, "2jsonstat") && command != "jsonstat2jsonstat"
}

// A renaming is a name that a flag of a command had before and is still known by.
type renaming struct{ command, old, name string }

// renamings are those that the help does not tell of.
var renamings = [...]renaming{
	{"jsonstat2csv", "column", "separator"},
	{"csv2jsonstat", "column", "separator"}, {"csv2jsonstat", "vlabel", "value"}, {"csv2jsonstat", "slabel", "status"},
	{"sdmx2jsonstat", "dims", "dimension"}, {"sdmx2jsonstat", "measures", "value"},
}

// newName is what a flag is called today.
func newName(command, flag string) string {
	for _, r := range renamings {
		if r.command == command && r.old == flag {
			return r.name
		}
	}
	return flag
}

// valuesOf are the settings of a flag that takes a value which is not one of a
// few; nil if the table has none. A flag may mean something else in some commands.
func valuesOf(command, flag string) []setting {
	const no = "nosuch"
	f := "--" + flag
	flag = newName(command, flag)
	several := func(c *chooser) []string {
		words := []string{f + "=" + c.dim().ID}
		for range 1 + c.IntN(2) {
			words = append(words, f+"="+c.dim().ID)
		}
		return words
	}
	table := readsTables(command)
	switch {
	case flag == "output":
		return fixed(f, "-")
	case slices.Contains([]string{"matrix", "subject-code", "subject-area", "contents", "units"}, flag) && command == "jsonstat2px":
		return fixed(f, "AB01", "Fish, landed")
	case flag == "language" && command == "jsonstat2px":
		return fixed(f, "en", "no")
	case flag == "keys" && command == "jsonstat2px":
		return slices.Concat(by(f, dimID), fail(fixed(f, no)))
	case flag == "encoding" && command == "jsonstat2px":
		return slices.Concat(fixed(f, "utf-8", "windows-1252"), fail(fixed(f, no)))
	case flag == "with" && command == "jsonstat2px":
		return fail(fixed(f, no, "en="+no))
	case flag == "lang" && command == "px2jsonstat":
		return fixed(f, "en")
	case flag == "zone":
		return slices.Concat(fixed(f, "Europe/Oslo", "UTC"), fail(fixed(f, no)))
	case flag == "partition":
		return slices.Concat(by(f, dimID), fail(fixed(f, no)))
	case flag == "edition":
		return slices.Concat(fixed(f, "2026-11"), fail(fixed(f, "")))
	case flag == "stub" && !table, flag == "heading":
		return slices.Concat(by(f, dimID, dimID), as(func(c *chooser) []string { return []string{f + "=" + c.dim().ID + "," + c.dim().ID} }), fail(fixed(f, no)))
	case flag == "encoding" && command == "jsonstat2csv":
		return slices.Concat(fixed(f, "utf-8", "windows-1252", "utf-16", "utf-16be"), fail(fixed(f, no)))
	case flag == "by" && table, flag == "stub":
		return as(
			func(c *chooser) []string { return []string{"--by=Year", "--stub=" + c.dim().ID} },
			func(c *chooser) []string {
				var stub []string
				for range 1 + c.IntN(3) {
					stub = append(stub, c.dim().Label)
				}
				return []string{"--by=" + c.dim().ID, "--stub=" + strings.Join(stub, ",")}
			},
			func(c *chooser) []string { return []string{f + "=" + c.dim().ID} },
		)
	case flag == "value" && command == "sdmx2jsonstat":
		return slices.Concat(fixed(f, "OBS_VALUE", "OBS_VALUE1,OBS_VALUE2"), by(f, dimID), fail(fixed(f, no)))
	case flag == "value" && table, flag == "status" && table:
		return slices.Concat(by(f, dimID, dimLabel), fixed(f, "value", "Value", "status", "Status", "Tonnes", "amount"), fail(fixed(f, no)))
	case flag == "label":
		return fixed(f, "A label", "")
	case flag == "decimal" && table:
		return fixed(f, ",", ".", ";")
	case flag == "filter" && strings.HasSuffix(command, "dice"), flag == "keep", flag == "omit":
		return slices.Concat(by(f, (*chooser).criteria, (*chooser).criteria, (*chooser).criteria, (*chooser).criteria, (*chooser).criteria),
			fail(by(f, func(c *chooser) string { return c.dim().ID + "=" + no }, func(c *chooser) string { return quoted(c.dim().Label) + "=" + quoted(c.category(c.dim()).Label) })),
			fail(fixed(f, no+"=1", "d", "")))
	case flag == "filter":
		return slices.Concat(by(f, (*chooser).pairs, (*chooser).pairs, (*chooser).pairs), fail(by(f, func(c *chooser) string { return c.dim().ID + "=" + no })), fail(fixed(f, no+"=1", "d")))
	}
	switch flag {
	case "dataset":
		return slices.Concat(fixed(f, "0"), fail(fixed(f, "1", no, "New", "dataset")))
	case "encoding", "input-encoding":
		return slices.Concat(fixed(f, "iso-8859-1", "utf-8", "windows-1252"), fail(fixed(f, "utf-16le", no)))
	case "vlabel":
		return fixed(f, "Figure", "Status", `Cell's "worth", all`, "2010")
	case "slabel":
		return fixed(f, "Mark", "Value", "a;b")
	case "lang":
		return slices.Concat(fixed(f, "no", "nn", "en"), fail(fixed(f, "fr", "xx")))
	case "na":
		return append(fixed(f, ":", "", "not, at; all", ".", "0", "9"), as(func(*chooser) []string { return []string{f + "=-", f + "=-99"} })...)
	case "column", "separator":
		return fixed(f, ";", `\t`, "|", " | ", ".", "::", "-", "")
	case "decimal":
		return fixed(f, ",", ".", "·", "-")
	case "thousands":
		return fixed(f, ",", ".", "'", "-")
	case "unit":
		return fixed(f, "/", "::", ",")
	case "by":
		return slices.Concat(by(f, dimID, dimID, dimLabel), as(several), fail(fixed(f, no)))
	case "drop":
		return slices.Concat(as(
			func(c *chooser) []string {
				by := c.dim().ID
				drop := slices.DeleteFunc(c.single(), func(id string) bool { return id == by })
				if len(drop) == 0 {
					drop = []string{c.dim().ID}
				}
				return []string{"--by=" + by, f + "=" + strings.Join(drop, ",")}
			},
			func(c *chooser) []string { return []string{f + "=" + c.dim().ID} },
		), fail(as(func(c *chooser) []string { return []string{"--by=" + c.dim().ID, f + "=" + no} })))
	case "prefix":
		return as(func(c *chooser) []string { return []string{"--by=" + c.dim().ID, f + "=X_"} }, func(*chooser) []string { return []string{f + "=,"} })
	case "criteria":
		return slices.Concat(fixed(f, "criteria.json"), fail(fixed(f, "input.json", "none.json")))
	case "licence", "attribution", "source":
		return fixed(f, "Some text", "a, \"b\"", "")
	case "updated":
		return slices.Concat(fixed(f, "2025-02-28T11:30:00Z", "2025-02-28"), fail(fixed(f, "yesterday")))
	case "role":
		return slices.Concat(by(f, roles, roles), as(func(c *chooser) []string { return []string{f + "=" + roles(c), f + "=" + roles(c)} }),
			fixed(f, "time=Year"), fail(fixed(f, "colour=d", "geo="+no, "time=Year,geo=Port")))
	case "dimension", "ignore":
		return slices.Concat(by(f, dimID), as(func(c *chooser) []string {
			a, b := c.dim().ID, c.dim().ID
			if command == "sdmx2jsonstat" {
				return []string{f + "=" + a + "," + b}
			}
			return []string{f + "=" + a, f + "=" + b}
		}), fail(fixed(f, no)))
	case "label-column":
		return slices.Concat(by(f, func(c *chooser) string { return quoted(c.dim().ID) + "=" + quoted(c.dim().Label) }), fixed(f, "port=Port name"), fail(fixed(f, no, no+"="+no)))
	case "status-suffix":
		return fixed(f, " status", "_status", "_symbol", "")
	case "metric":
		return fixed(f, "m", "Year")
	case "plan":
		return slices.Concat(fixed(f, "plan.json"), fail(fixed(f, "head.json", "none.json")))
	case "describe":
		return slices.Concat(fixed(f, "describe.json", "head.json"), fail(fixed(f, "none.json")))
	case "head":
		return slices.Concat(fixed(f, "head.json"), fail(fixed(f, "describe.json", "none.json")))
	case "structure":
		return slices.Concat(fixed(f, "structure.json"), fail(fixed(f, "head.json", "none.json")))
	case "sheet":
		return slices.Concat(fixed(f, "Table", "1", "Tabell", "Sheet1"), fail(fixed(f, no)))
	case "header":
		return slices.Concat(fixed(f, "1", "2", "4", "0", "1-2"), fail(fixed(f, "99", "x")))
	}
	return nil
}

// settings are all ways in which a flag is tried.
func settings(command string, f Flag) []setting {
	bare := as(func(*chooser) []string { return []string{"--" + f.Name} })
	switch {
	case f.Optional:
		return slices.Concat(bare, fixed("--"+f.Name, f.Choices...), fail(fixed("--"+f.Name, "nosuch")))
	case !f.Valued:
		if f.Letter != "" {
			bare = append(bare, as(func(*chooser) []string { return []string{"-" + f.Letter} })...)
		}
		return bare
	case len(f.Choices) > 0:
		return append(fixed("--"+f.Name, f.Choices...), fail(fixed("--"+f.Name, "nosuch"))...)
	}
	list := valuesOf(command, f.Name)
	if len(list) == 0 {
		return nil
	}
	other := func(name string) setting { // the same by another name
		return setting{words: func(c *chooser) []string {
			words := slices.Clone(list[c.IntN(len(list))].words(c))
			for i, w := range words {
				if value, ok := strings.CutPrefix(w, "--"+f.Name+"="); ok {
					words[i] = name + "=" + value
				}
			}
			return words
		}}
	}
	all := slices.Clone(list)
	if f.Letter != "" {
		all = append(all, other("-"+f.Letter))
	}
	for _, r := range renamings {
		if r.command == command && r.name == f.Name {
			all = append(all, other("--"+r.old))
		}
	}
	return all
}
