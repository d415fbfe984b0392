package formats

import (
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"slices"
)

// isJSON tells JSON from a text that begins with a bracket. An object with a member, or
// an array of such, is enough, even if what follows is damaged: no table has that in
// its first cell.
func isJSON(first []byte) bool {
	text := content(first)
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return false
	}
	return regexp.MustCompile(`^(\[\s*)?\{\s*"(?:[^"\\\n]|\\.)*"\s*:`).Match(text) || isOneValue(text)
}

// isOneValue tells whether a text is JSON as far as it goes, and one value only.
func isOneValue(text []byte) bool {
	d := json.NewDecoder(bytes.NewReader(text))
	depth := 0
	for {
		token, err := d.Token()
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return depth > 0 && len(text) > 1
		case err != nil:
			return false
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return len(bytes.TrimSpace(text[d.InputOffset():])) == 0
		}
	}
}

func isObject(first []byte) bool { return bytes.HasPrefix(content(first), []byte("{")) }

// isNDJSON has a value in its first line, and another one of the kind in the next.
func isNDJSON(first []byte) bool {
	line, rest, _ := bytes.Cut(content(first), []byte("\n"))
	next, _, whole := bytes.Cut(bytes.TrimSpace(rest), []byte("\n"))
	if len(line) == 0 || len(next) == 0 || line[0] != next[0] || line[0] != '{' && line[0] != '[' {
		return false
	}
	return json.Valid(line) && (json.Valid(next) || !whole && isJSON(next))
}

// member finds the name of a member anywhere in the text.
func member(first []byte, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		for rest := first; ; {
			_, after, ok := bytes.Cut(rest, []byte(`"`+name+`"`))
			if !ok {
				return false
			}
			if bytes.HasPrefix(bytes.TrimLeft(after, " \t\r\n"), []byte(":")) {
				return true
			}
			rest = after
		}
	})
}

// jsonstatMembers are what a dataset, a collection or a dimension has near its beginning:
// its class, its dimensions, or its values, which are in an array or by position.
// PxWeb's servers wrap a dataset in a member of that name, CSO's in a JSON-RPC answer,
// others in an array of one.
const jsonstatMembers = `"class"\s*:\s*"(dataset|collection|dimension)"|"(dimension|dataset)"\s*:\s*\{|` +
	`"value"\s*:\s*(\[\s*(-?[0-9]|null\b|"|\])|\{\s*("[0-9]+"\s*:|\}))|"jsonrpc"\s*:`

func isJSONStat(first []byte) bool {
	return isJSON(first) && regexp.MustCompile(jsonstatMembers).Match(first)
}

func isSDMXJSON(first []byte) bool {
	return isObject(first) && isJSON(first) && !member(first, "class", "dimension") &&
		(member(first, "dataSets", "structures", "dataStructures", "conceptSchemes") || bytes.Contains(first, []byte("sdmx-json")) || bytes.Contains(first, []byte("sdmx-twg")))
}
