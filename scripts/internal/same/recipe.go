package main

import "strings"

// A recipe is how a table is made of a JSON-stat document, for the commands that
// read tables. The old side's command makes it, so that both sides read the same
// bytes.
type recipe struct {
	format  string
	options []string // {dim} is the last dimension
}

// recipes are all of them. A name is the format and the number in this list.
func recipes(format string) []recipe {
	lists := map[string][]string{
		"csv": {"", "--rich", "-s", "-sfo", "--excel -s", "--by {dim}", "--by {dim} -fo", "--content columns -s", "--content both --field both",
			"--rich -c ; -u /", "--eol crlf --bom", "-c ; -s --na :", "--rich --na : -d ,", "--non-missing -so"},
		"xlsx":    {"", "--pivot", "--by {dim}", "--content columns", "--no-title", "--fid --cid --no-title", "--dates --pivot", "--by {dim} --no-title"},
		"px":      {"", "--keys", "--encoding windows-1252", "--matrix AB01 --language no"},
		"arrow":   {"", "-c", "--content columns -f", "--dates -c", "--format stream", "--compression zstd --type auto", "--non-missing -c", "--type utf8"},
		"parquet": {"", "-c", "--content columns -f", "--dates -c", "--compression none", "--compression gzip --type auto", "--non-missing -c", "--compression snappy --type utf8"},
	}
	var all []recipe
	for _, options := range lists[format] {
		all = append(all, recipe{format, strings.Fields(options)})
	}
	return all
}
