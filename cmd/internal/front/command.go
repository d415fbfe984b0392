// Package front is the command jsonstat: the front door of all commands, which are in it
// under short names, and what it has of its own. The table is in command.go; convert.go
// turns one format into another by the commands that read and write them, which pair.go
// finds; info.go says what a file is; links.go makes links of the commands' names.
package front

import (
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/cmd/internal/codes"
	"github.com/jsonstat-go/toolkit/cmd/internal/info"
	"github.com/jsonstat-go/toolkit/cmd/internal/show"
	"github.com/jsonstat-go/toolkit/cmd/internal/source"
	"github.com/jsonstat-go/toolkit/cmd/internal/suite"
	"github.com/jsonstat-go/toolkit/internal/cli"
)

// Command is the table of the command.
func Command() cli.Command {
	return cli.Command{
		Name:    "jsonstat",
		Summary: "JSON-stat and other tables of statistical offices, from and to any format",
		Examples: []cli.Example{
			{Line: "jsonstat oslo.json", Text: "what is in the file"},
			{Line: "jsonstat convert oslo.json oslo.xlsx", Text: "a workbook of it"},
			{Line: "jsonstat convert oslo.json - --to csv", Text: "CSV, into a pipe or onto the screen"},
			{Line: "jsonstat csv oslo.json --by Tid", Text: "a column for each year"},
			{Line: "jsonstat fetch get 05839 -s 'Tid=top(5)' table.json", Text: "from Statistics Norway"},
		},
		Default:  "info",
		Meant:    meant,
		Commands: commands(),
	}
}

// commands are the commands by task.
func commands() []cli.Command {
	programs := map[string]cli.Command{}
	for _, cmd := range suite.Commands() {
		programs[cmd.Short] = cmd
	}
	var list []cli.Command
	task := func(heading string, commands ...cli.Command) {
		commands[0].Task = heading
		list = append(list, commands...)
	}
	called := func(names ...string) (commands []cli.Command) {
		for _, name := range names {
			commands = append(commands, programs[name])
		}
		return commands
	}
	task("What is in a file", info.Command(), show.Print(), show.Head(), codes.Command())
	task("Any format to any other", convertCommand())
	task("JSON-stat to tables", called("csv", "xlsx", "arrow", "parquet", "px", "arrobj", "objarr", "array", "object")...)
	task("Tables to JSON-stat", called("from-csv", "from-xlsx", "from-arrow", "from-parquet", "from-px", "from-sdmx")...)
	task("Cubes to cubes", called("dice", "slice", "jsonstat")...)
	task("Statistical offices", called("fetch")...)
	task("Set-up", linksCommand())
	return list
}

// meant is what somebody means by a word that is no command: what other programs call
// one, or one of the commands of fetch.
func meant(word string) string {
	for name, words := range map[string][]string{
		"convert":   {"to", "transform", "conv", "export", "save", "write"},
		"info":      {"describe", "summary", "summarise", "summarize", "stats", "schema", "headers", "file", "what", "inspect", "dims", "dimensions"},
		"print":     {"cat", "show", "table", "pprint", "tabulate"},
		"dice":      {"filter", "select", "subset", "cut", "where"},
		"fetch":     {"download", "curl", "pxweb", "ssb"},
		"xlsx":      {"excel", "to-xlsx", "to-excel"},
		"arrow":     {"feather", "ipc", "to-arrow"},
		"csv":       {"tsv", "to-csv", "tocsv"},
		"arrobj":    {"ndjson", "jsonl", "tojsonl", "records"},
		"jsonstat":  {"json", "to-json", "to-jsonstat"},
		"from-csv":  {"fromcsv", "from-tsv", "read-csv"},
		"from-xlsx": {"from-excel", "read-excel", "fromexcel"},
		"codes":     {"categories", "values", "labels", "variables"},
		"links":     {"install", "link", "symlinks"},
		"help":      {"man", "usage", "commands"},
	} {
		if slices.Contains(words, strings.ToLower(word)) {
			return name
		}
	}
	fetch := source.Program("pxfetch")
	for _, cmd := range fetch.Commands {
		if cmd.Name == word {
			return "fetch " + word
		}
	}
	if word != "" && strings.Trim(word, "0123456789") == "" {
		return "fetch get " + word
	}
	return ""
}
