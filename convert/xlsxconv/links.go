package xlsxconv

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// hyperlink is a cell of the information sheet that can be clicked.
type hyperlink struct{ cell, address string }

// infoPart is the name of the part of the information sheet, which is made behind
// the hidden one.
func (p *plan) infoPart() string { return dataPart(len(p.sheets) + 1) }

// relationsPart is the name of the part with the addresses of its links.
func (p *plan) relationsPart() string {
	return strings.Replace(p.infoPart(), "worksheets/", "worksheets/_rels/", 1) + ".rels"
}

// allLinks writes the links of the information sheet into its parts. excelize knows
// the first alone, since it goes through all that it has to add one: the others are
// written as that one is.
func (p *plan) allLinks(part string, text []byte) ([]byte, error) {
	tag := ""
	switch {
	case len(p.links) < 2:
		return text, nil
	case part == p.infoPart():
		tag = "hyperlink"
	case part == p.relationsPart():
		tag = "Relationship"
	default:
		return text, nil
	}
	from := bytes.Index(text, []byte("<"+tag+" "))
	end := "</" + tag + ">"
	length := bytes.Index(text[max(from, 0):], []byte(end))
	if from < 0 || length < 0 {
		return nil, fmt.Errorf("laying out the workbook: %s has no links", part)
	}
	to := from + length + len(end)
	first := string(text[from:to])
	var others bytes.Buffer
	for i, l := range p.links[1:] {
		others.WriteString(strings.NewReplacer(
			`ref="`+p.links[0].cell+`"`, `ref="`+l.cell+`"`,
			`Target="`+attribute(p.links[0].address)+`"`, `Target="`+attribute(l.address)+`"`,
			`"rId1"`, `"rId`+strconv.Itoa(i+2)+`"`,
		).Replace(first))
	}
	return slices.Concat(text[:to], others.Bytes(), text[to:]), nil
}

// attribute is a text as it stands in an attribute.
func attribute(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes all
	return b.String()
}
