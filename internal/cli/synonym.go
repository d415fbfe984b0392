package cli

import (
	"slices"
	"strings"
)

// A synonym is what other programs call something that ours call otherwise.
type synonym struct {
	words []string // without dashes; single letters as they are typed
	flags []string // ours, of which the first that the command has is meant; "field id" is one with its value
	say   string   // in place of a flag where the command has none of them; may be empty
}

// synonyms are in the order in which they are asked.
func synonyms() []synonym {
	return []synonym{
		{[]string{"q", "silent", "s"}, []string{"quiet"}, ""},
		{[]string{"V", "ver"}, []string{"version"}, ""},
		{[]string{"h", "?", "usage"}, []string{"help"}, ""},
		{[]string{"o", "out", "outfile", "output-file", "outputfile", "to-file", "O"}, []string{"output"}, ""},
		{[]string{"i", "in", "input", "infile", "input-file", "file"}, nil, "the input is the first argument"},
		{[]string{"overwrite", "clobber", "yes", "y", "replace", "f"}, []string{"force"}, ""},
		{[]string{"delimiter", "delim", "delimeter", "sep", "seperator", "fs", "ofs", "ifs", "field-separator", "column-separator", "out-delimiter", "d", "F"}, []string{"separator", "column"}, ""},
		{[]string{"decimal-separator", "decimal-mark", "decimal-point", "dec", "decimalmark"}, []string{"decimal"}, ""},
		{[]string{"thousand", "thousands-separator", "grouping"}, []string{"thousands"}, ""},
		{[]string{"null", "nulls", "nullvalue", "null-value", "na-rep", "missing", "na-value", "na-values", "empty", "nodata"}, []string{"na"}, ""},
		{[]string{"charset", "codepage", "code-page", "enc", "from-encoding", "e"}, []string{"input-encoding", "encoding"}, ""},
		{[]string{"to-encoding", "output-encoding", "out-encoding"}, []string{"encoding"}, ""},
		{[]string{"eol-style", "line-ending", "line-endings", "newline", "lineterminator", "line-terminator", "crlf"}, []string{"eol crlf"}, ""},
		{[]string{"utf8-bom", "utf-8-bom", "add-bom", "write-bom"}, []string{"bom"}, ""},
		{[]string{"locale", "language"}, []string{"lang"}, ""},
		{[]string{"fid"}, []string{"field id"}, ""},
		{[]string{"flabel"}, []string{"field label"}, ""},
		{[]string{"ids", "codes", "id", "code"}, []string{"content id"}, ""},
		{[]string{"labels", "names"}, []string{"content label"}, ""},
		{[]string{"pivot", "wide", "spread", "pivot-wider", "unpivot", "melt", "long", "gather", "pivot-longer"}, []string{"by"}, ""},
		{[]string{"filter", "select", "where", "query", "dice", "only"}, []string{"keep"}, "jsonstatdice --keep keeps some categories"},
		{[]string{"exclude", "except", "without"}, []string{"omit"}, "jsonstatdice --omit leaves out some categories"},
		{[]string{"sort", "order", "order-by", "sort-by"}, nil, "rows are in the order of the document, which is that of its categories"},
		{[]string{"head", "limit", "rows", "max-rows", "nrows", "first", "n"}, []string{"keep"}, "jsonstatdice --keep keeps some categories"},
		{[]string{"compress", "compression", "gzip", "zip", "zst", "z"}, []string{"compression"}, "an output whose name ends in .gz or .zst is compressed"},
		{[]string{"worksheet", "sheet-name", "tab"}, []string{"sheet"}, ""},
		{[]string{"values", "value-column", "measure", "measures"}, []string{"value"}, ""},
		{[]string{"dims", "dimensions", "keys", "id-vars"}, []string{"dimension"}, ""},
		{[]string{"no-header", "no-headers", "headerless"}, []string{"header 0"}, ""},
		{[]string{"headers", "header-row", "skip", "skip-rows", "skip-lines"}, []string{"header"}, ""},
		{[]string{"pretty", "indent", "compact"}, nil, "jq lays out JSON"},
		{[]string{"verbose", "debug"}, nil, "there is nothing more to be said; --quiet says less"},
		{[]string{"url", "uri"}, nil, "nothing is read from the network: pxfetch get, or curl, in front of a pipe"},
	}
}

// synonymOf is what to say of the name of a flag that only other programs have, "" for
// none; has tells which flags the command has, with a value where that is not empty.
func synonymOf(name string, has func(flag, value string) bool) string {
	for _, s := range synonyms() {
		if !slices.Contains(s.words, name) && !(len(name) > 1 && slices.Contains(s.words, strings.ReplaceAll(strings.ToLower(name), "_", "-"))) {
			continue
		}
		for _, flag := range s.flags {
			if word, value, _ := strings.Cut(flag, " "); has(word, value) {
				return "did you mean --" + flag + "?"
			}
		}
		if s.say != "" {
			return s.say
		}
	}
	return ""
}

// valueSynonyms are what other programs call the words that a flag chooses from.
func valueSynonyms() map[string][]string {
	return map[string][]string{
		"jsonstat": {"json", "json-stat", "json-stat2", "jsonstat2"},
		"csv":      {"text", "txt"},
		"tsv":      {"tab", "tabs"},
		"csv-stat": {"jsv", "csvstat", "rich"},
		"xlsx":     {"excel", "exel", "xls", "workbook"},
		"arrow":    {"feather", "ipc", "arrows"},
		"parquet":  {"pq"},
		"ndjson":   {"jsonl", "jsonlines", "lines"},
		"arrobj":   {"records", "objects"},
		"array":    {"rows", "arrays"},
		"objarr":   {"columns"},
		"sdmx":     {"sdmx-json", "sdmx-csv", "sdmxjson", "sdmx-ml"},
	}
}
