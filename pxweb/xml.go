package pxweb

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
)

// Definition is what Vardok says of a variable.
type Definition struct {
	Name       string
	Definition string
	Lang       string      // the language that it is in: not all are there in all
	Fields     [][2]string // all texts of the document by the path of their elements, in order
}

var xmlLang = pattern(`xml:lang=["']([A-Za-z-]+)`)

// eachToken goes through an XML document in UTF-8 or, whatever else it says, byte by
// byte.
func eachToken(text []byte, take func(xml.Token)) error {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) {
		text, err := io.ReadAll(r)
		return strings.NewReader(latin1(string(text))), err
	}
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		take(token)
	}
}

// xmlTexts lists the texts of an XML document with the paths of their elements.
func xmlTexts(text []byte) ([][2]string, error) {
	var path []string
	var list [][2]string
	err := eachToken(text, func(token xml.Token) {
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if s := strings.Join(strings.Fields(string(t)), " "); s != "" {
				list = append(list, [2]string{strings.Join(path, "/"), s})
			}
		}
	})
	return list, err
}

// Subject is a node of the tree of Statistics Norway's subjects.
type Subject struct {
	Code      string // of a subject; the short name of a statistic
	Title     string
	Statistic bool // it is a statistic, a leaf
	Level     int  // 1 is the top
	Subjects  []string
	IsPrimary bool // of a statistic: this is its main place
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
