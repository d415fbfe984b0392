package ssb

import (
	"context"
	"encoding/xml"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// Subject is a node of the tree of Statistics Norway's subjects.
type Subject struct {
	Code      string // of a subject; the short name of a statistic
	Title     string
	Statistic bool // it is a statistic, a leaf
	Level     int  // 1 is the top
	Subjects  []string
	IsPrimary bool // of a statistic: this is its main place
}

// Subjects gets the tree of subjects and statistics with their short names, in
// document order.
func (c *Client) Subjects(ctx context.Context) ([]Subject, error) {
	address, text, err := c.xml(ctx, "/xp/_/service/mimir/subjectStructurStatistics")
	if err != nil {
		return nil, err
	}
	list, err := parseSubjects(text, c.lang)
	if err != nil || len(list) == 0 {
		return nil, public(transport.Instead(address, text, err))
	}
	return list, nil
}

// parseSubjects reads the tree, with the titles in a language: whatever element has
// a code or a short name as an attribute is a node, and titles below it are its own.
func parseSubjects(text []byte, inLang string) ([]Subject, error) {
	var list []Subject
	var isNode []bool // of the elements that are open
	var nodes []int   // those that are nodes
	var codes []string
	lang := ""
	err := eachToken(text, func(token xml.Token) {
		switch t := token.(type) {
		case xml.StartElement:
			s := Subject{Level: len(codes) + 1, Subjects: slices.Clone(codes)}
			node := false
			lang = ""
			for _, a := range t.Attr {
				switch strings.ToLower(a.Name.Local) {
				case "emnekode":
					s.Code, node = a.Value, true
				case "kortnavn":
					s.Code, s.Statistic, node = a.Value, true, true
				case "isprimaerplassering":
					s.IsPrimary = strings.EqualFold(a.Value, "true") || strings.EqualFold(a.Value, "ja") || a.Value == "1"
				case "sprak", "lang":
					lang = a.Value
				}
			}
			isNode = append(isNode, node)
			if node {
				nodes, codes, list = append(nodes, len(list)), append(codes, s.Code), append(list, s)
			}
		case xml.EndElement:
			if isNode[len(isNode)-1] {
				nodes, codes = nodes[:len(nodes)-1], codes[:len(codes)-1]
			}
			isNode = isNode[:len(isNode)-1]
		case xml.CharData:
			s := strings.Join(strings.Fields(string(t)), " ")
			if s == "" || len(nodes) == 0 {
				return
			}
			own := &list[nodes[len(nodes)-1]]
			if own.Title == "" || lang == inLang {
				own.Title = s
			}
		}
	})
	return list, err
}
