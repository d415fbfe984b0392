package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode/utf16"
)

// damages are the ways to damage a document, by format.
func damages(format string) []string {
	switch format {
	case "json", "sdmx":
		return []string{"cut", "flip", "lose", "lose", "lose", "nan", "null", "twice", "latin1", "utf16"}
	case "csv":
		return []string{"cut", "flip", "line", "again", "latin1"}
	}
	return []string{"cut", "flip"}
}

// damaged damages a text. how is a way and a seed: cut-3.
func damaged(doc []byte, how string) ([]byte, error) {
	way, number, _ := strings.Cut(how, "-")
	seed, err := strconv.ParseUint(number, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%s is no way to damage a document", how)
	}
	rng := rand.New(rand.NewPCG(seed, 21))
	if len(doc) == 0 {
		return doc, nil
	}
	switch way {
	case "cut":
		return doc[:rng.IntN(len(doc))], nil
	case "flip":
		b := bytes.Clone(doc)
		for range 1 + rng.IntN(2) {
			b[rng.IntN(len(b))] ^= byte(1 << rng.IntN(8))
		}
		return b, nil
	case "lose", "twice", "null", "nan":
		return changeMember(doc, way, rng), nil
	case "latin1":
		var b []byte
		for _, r := range string(doc) {
			if r > 0xff {
				r = '?'
			}
			b = append(b, byte(r))
		}
		return b, nil
	case "utf16":
		b := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(string(doc))) {
			b = append(b, byte(u), byte(u>>8))
		}
		return b, nil
	case "line", "again":
		lines := bytes.SplitAfter(doc, []byte("\n"))
		k := rng.IntN(len(lines))
		again := bytes.Clone(lines[k])
		if lines[k] = nil; way == "again" {
			lines[k] = append(again, again...)
		}
		return bytes.Join(lines, nil), nil
	}
	return nil, fmt.Errorf("%s is no way to damage a document", how)
}

// A span is a part of a text.
type span struct{ from, to int }

// changeMember takes a member or an item out of a JSON text, writes it twice, or
// makes its value null, or NaN if it is a number. The text must be JSON; another
// one is cut.
func changeMember(doc []byte, way string, rng *rand.Rand) []byte {
	wholes, values := memberSpans(doc)
	var among []int
	for i, v := range values {
		number := strings.ContainsRune("-0123456789", rune(doc[v.from]))
		if way != "nan" || number {
			among = append(among, i)
		}
	}
	if len(among) == 0 {
		return doc[:len(doc)/2]
	}
	i := among[rng.IntN(len(among))]
	put := func(s span, text string) []byte {
		return append(append(bytes.Clone(doc[:s.from]), text...), doc[s.to:]...)
	}
	switch way {
	case "nan":
		return put(values[i], []string{"NaN", "Infinity", "-Infinity"}[rng.IntN(3)])
	case "null":
		return put(values[i], "null")
	case "twice":
		whole := string(doc[wholes[i].from:wholes[i].to])
		return put(wholes[i], whole+","+whole)
	}
	s := wholes[i]
	for k := s.to; k < len(doc); k++ { // take the comma behind it, else the one in front
		switch doc[k] {
		case ' ', '\n', '\r', '\t':
			continue
		case ',':
			return put(span{s.from, k + 1}, "")
		}
		break
	}
	for k := s.from - 1; k >= 0; k-- {
		switch doc[k] {
		case ' ', '\n', '\r', '\t':
			continue
		case ',':
			return put(span{k, s.to}, "")
		}
		break
	}
	return put(s, "")
}

// memberSpans are the members and items of a JSON text, with their names and
// without.
func memberSpans(doc []byte) (wholes, values []span) {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(doc, []byte("\ufeff"))))
	dec.UseNumber()
	shift := len(doc) - len(bytes.TrimPrefix(doc, []byte("\ufeff")))
	start := func() int { // of the next token
		at := int(dec.InputOffset()) + shift
		for at < len(doc) && strings.ContainsRune(" \n\r\t,:", rune(doc[at])) {
			at++
		}
		return at
	}
	var walk func() bool
	walk = func() bool {
		t, err := dec.Token()
		if err != nil {
			return false
		}
		open, ok := t.(json.Delim)
		if !ok {
			return true
		}
		for dec.More() {
			whole := start()
			if open == '{' {
				if _, err := dec.Token(); err != nil {
					return false
				}
			}
			value := start()
			if !walk() {
				return false
			}
			end := int(dec.InputOffset()) + shift
			wholes, values = append(wholes, span{whole, end}), append(values, span{value, end})
		}
		_, err = dec.Token()
		return err == nil
	}
	walk()
	return wholes, values
}
