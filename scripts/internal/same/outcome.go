package main

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// An Outcome is what came of a run on one side.
type Outcome struct {
	Exit     string
	Errors   string   // standard error
	Requests string   // what a server was asked for, a line each
	Stdout   []byte   //
	Files    []output // that were made, changed or taken away, by name
}

// An output is a file that a run left.
type output struct {
	name string
	text []byte
	gone bool
}

// streams are the parts of an outcome that are compared and that rows change.
var streams = []string{"exit", "errors", "output", "requests"}

// sameBytes tells whether two outcomes have the same bytes.
func sameBytes(a, b *Outcome) bool {
	return a.Exit == b.Exit && a.Errors == b.Errors && a.Requests == b.Requests && bytes.Equal(a.Stdout, b.Stdout) &&
		slices.EqualFunc(a.Files, b.Files, func(x, y output) bool {
			return x.name == y.name && x.gone == y.gone && bytes.Equal(x.text, y.text)
		})
}

// texts are the streams as texts that rows can change. rest is what else must be
// the same: two outputs that look alike can differ in how they are laid out.
func (o *Outcome) texts() (texts map[string]string, rest string) {
	var b, c strings.Builder
	write := func(content []byte) {
		text, rest := readable(content)
		b.WriteString(text)
		c.WriteString(rest)
	}
	write(o.Stdout)
	for _, f := range o.Files {
		if f.gone {
			fmt.Fprintf(&b, "== %s is gone\n", f.name)
			continue
		}
		fmt.Fprintf(&b, "== %s\n", f.name)
		write(f.text)
	}
	return map[string]string{"exit": o.Exit, "errors": o.Errors, "output": b.String(), "requests": o.Requests}, c.String()
}

// readable is a text that shows what is in an output. With the rest it tells all
// that counts: how a workbook is zipped and who made a Parquet file do not.
func readable(content []byte) (text, rest string) {
	var err error
	switch {
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		text, err = zipText(content)
	case bytes.HasPrefix(content, []byte("PAR1")):
		text, rest, err = parquetText(content)
	case bytes.HasPrefix(content, []byte("ARROW1")), bytes.HasPrefix(content, []byte{0xff, 0xff, 0xff, 0xff}):
		text, err = arrowText(content)
		rest = string(content)
	case bytes.HasPrefix(content, []byte{0x1f, 0x8b}):
		var inside []byte
		inside, err = gunzipped(content)
		text, _ = readable(inside)
		text, rest = "-- unpacked\n"+text, string(content)
	case bytes.HasPrefix(content, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return strconv.Quote(string(content)), ""
	default:
		return string(content), ""
	}
	if err != nil {
		return fmt.Sprintf("not readable: %v\n%q\n", err, content), ""
	}
	return text, rest
}

// changed are the files that differ between two looks at a folder.
func changed(before, after map[string][]byte) []output {
	var files []output
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if old, ok := before[name]; !ok || !bytes.Equal(old, after[name]) {
			files = append(files, output{name: name, text: after[name]})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if _, ok := after[name]; !ok {
			files = append(files, output{name: name, gone: true})
		}
	}
	return files
}

// A scrubber takes out of messages what differs from run to run and has nothing to
// do with the commands: folders, ports, addresses in memory.
type scrubber struct {
	folder  string
	servers []string // addresses without http://
}

var (
	trace     = regexp.MustCompile(`(?s)\ngoroutine \d+ .*`)
	temporary = regexp.MustCompile(`\.([a-z0-9]+)-[0-9a-f]{8}(?:-\d+-[0-9a-f]{4})?\.tmp`)
	ephemeral = regexp.MustCompile(`127\.0\.0\.1:\d+->`)
)

func (s scrubber) clean(text string) string {
	text = strings.ReplaceAll(text, s.folder, "FOLDER")
	for _, server := range s.servers {
		text = strings.ReplaceAll(text, server, "SERVER")
	}
	text = trace.ReplaceAllString(text, "\ngoroutine ...\n")
	text = temporary.ReplaceAllString(text, ".$1-########.tmp")
	return ephemeral.ReplaceAllString(text, "127.0.0.1:#->")
}
