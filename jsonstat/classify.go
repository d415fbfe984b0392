package jsonstat

import (
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// classify finds out what the document is, unwraps envelopes and lists the
// embedded datasets.
func (d *Document) classify() error {
	if err := d.unwrap(); err != nil {
		return err
	}
	class, err := d.classOf(d.root)
	if err != nil {
		return err
	}
	d.class = class
	switch class {
	case ClassDataset:
		id, _ := d.root.get("extension").get("px").get("tableid").scalar()
		d.refs = []*datasetRef{{id: id, node: d.root}}
	case ClassCollection:
		d.collect(d.root, 0)
	case ClassBundle:
		for name, m := range d.root.members {
			if looksLikeDataset(m) {
				d.refs = append(d.refs, &datasetRef{id: name, node: m})
			}
		}
	}
	return d.refused
}

// unwrap takes the response out of a JSON-RPC envelope and out of an array of one.
func (d *Document) unwrap() error {
	for range 3 {
		switch {
		case d.root.isArray() && d.root.len() == 1:
			for _, item := range d.root.items {
				d.root = item
			}
			d.warn(WarnEnvelope, d.root, "the document is the only item of an array")
		case d.root.isObject() && d.root.get("jsonrpc").ok():
			if fault := d.root.get("error"); fault.isObject() {
				return serverError(fault)
			}
			result := d.root.get("result")
			if !result.isObject() && !result.isArray() {
				return d.errorAt(d.root, ErrNotJSONStat, "the JSON-RPC response has no result")
			}
			d.root = result
			d.warn(WarnEnvelope, result, "the document is wrapped in a JSON-RPC response")
		default:
			return nil
		}
	}
	return nil
}

// classOf tells the class by name, else by shape.
func (d *Document) classOf(n node) (Class, error) {
	if !n.isObject() {
		return "", d.errorAt(n, ErrNotJSONStat, "the document is %s: JSON-stat is an object", n.what())
	}
	class, _ := n.get("class").scalar()
	switch Class(class) {
	case ClassCollection, ClassDimension:
		return Class(class), nil
	case ClassDataset:
		if !n.get("dimension").ok() && n.get("error").ok() {
			return "", serverError(n)
		}
		return ClassDataset, nil
	case "error":
		return "", serverError(n)
	}
	if looksLikeDataset(n) {
		return ClassDataset, nil
	}
	for _, m := range n.members {
		if looksLikeDataset(m) {
			return ClassBundle, nil
		}
	}
	switch {
	case n.get("link").get("item").isArray():
		d.warn(WarnClass, n, `"class" is missing: the links make it a collection`)
		return ClassCollection, nil
	case n.get("category").isObject():
		d.warn(WarnClass, n, `"class" is missing: the categories make it a dimension`)
		return ClassDimension, nil
	case looksLikeError(n):
		return "", serverError(n)
	case class != "":
		return "", d.errorAt(n.get("class"), ErrNotJSONStat, `class %q is not known: it is "dataset", "collection" or "dimension"`, class)
	}
	return "", d.errorAt(n, ErrNotJSONStat, "the document is JSON but not JSON-stat: it has no dimensions and no values")
}

// looksLikeDataset tells a dataset by its shape, since many have no class.
func looksLikeDataset(n node) bool {
	dims := n.get("dimension")
	if !dims.isObject() {
		return false
	}
	cells := n.get("value").ok() || n.get("measure").ok()
	sized := (n.get("id").isArray() || dims.get("id").isArray()) && (n.get("size").isArray() || dims.get("size").isArray())
	return cells || sized
}

// collect lists the datasets embedded in a collection, in those inside it too.
func (d *Document) collect(n node, depth int) {
	if depth > 16 {
		d.warn(WarnDepth, n, "collections more than 16 levels inside each other are left out")
		return
	}
	for _, item := range n.get("link").get("item").items {
		href, _ := item.get("href").scalar()
		label, _ := item.get("label").scalar()
		class, _ := item.get("class").scalar()
		switch {
		case looksLikeDataset(item):
			if class == "" {
				d.warn(WarnClass, item, `an embedded dataset has no "class"`)
			}
			d.refs = append(d.refs, &datasetRef{id: href, node: item})
		case item.get("link").get("item").isArray():
			d.collect(item, depth+1)
		default:
			d.links = append(d.links, Reference{Class: Class(class), Href: href, Label: label})
		}
	}
}

// looksLikeError knows the errors of the format itself ("error"), of PxWeb, and
// of RFC 9110 and ASP.NET.
func looksLikeError(n node) bool {
	if n.get("error").ok() || n.get("errors").ok() {
		return true
	}
	return n.get("title").isString() && (n.get("status").ok() || n.get("type").ok() || n.get("detail").ok())
}

// serverError collects the words of a server.
func serverError(n node) error {
	e := &ServerError{}
	var words []string
	add := func(n node) {
		text, ok := n.scalar()
		if text = clean(text); !ok || text == "" {
			return
		}
		for _, w := range words {
			if w == text {
				return
			}
		}
		words = append(words, text)
	}
	var visit func(n node, depth int)
	visit = func(n node, depth int) {
		if depth > 4 {
			return
		}
		for _, item := range n.items {
			visit(item, depth+1)
		}
		if !n.isObject() && !n.isArray() {
			add(n)
			return
		}
		for _, name := range []string{"status", "code"} {
			if s, ok := n.get(name).scalar(); ok && e.Status == 0 {
				if v, err := strconv.Atoi(s); err == nil && v >= 100 && v < 600 {
					e.Status = v
				}
			}
		}
		for _, name := range []string{"title", "label", "message", "detail"} {
			add(n.get(name))
		}
		for _, name := range []string{"error", "errors"} {
			visit(n.get(name), depth+1)
		}
		if depth == 1 && len(words) == 0 {
			for _, m := range n.members { // ASP.NET: errors by field
				visit(m, depth+1)
			}
		}
	}
	visit(n, 0)
	e.Message = shorten(strings.Join(words, ": "), 400)
	if e.Message == "" {
		e.Message = shorten(clean(n.raw()), 400)
	}
	return e
}

var (
	htmlTitle = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
	htmlDrop  = regexp.MustCompile(`(?is)<(script|style|head)\b.*?</(script|style|head)>|<!--.*?-->`)
	htmlTag   = regexp.MustCompile(`(?s)<[^>]*>`)
	htmlError = regexp.MustCompile(`\b[45]\d\d\b`)
)

// webPage makes the error for HTML or XML in the place of JSON: its title and
// its first line of text.
func (d *Document) webPage() error {
	page := make([]byte, 64<<10)
	n := 0
	for n < len(page) {
		k, err := d.in.src.ReadAt(page[n:], d.in.start+int64(n))
		n += k
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	text := string(page[:n])
	title := ""
	if m := htmlTitle.FindStringSubmatch(text); m != nil {
		title = clean(m[1])
	}
	first := ""
	for line := range strings.Lines(htmlTag.ReplaceAllString(htmlDrop.ReplaceAllString(text, ""), "\n")) {
		if first = clean(line); first != "" {
			break
		}
	}
	said := title
	if first != "" && first != title {
		said = strings.TrimPrefix(title+": "+first, ": ")
	}
	e := &ServerError{Message: shorten(said, 400)}
	if m := htmlError.FindString(title); m != "" {
		e.Status, _ = strconv.Atoi(m)
	}
	kind := "a web page"
	if lower := strings.ToLower(text[:min(len(text), 1024)]); strings.HasPrefix(strings.TrimSpace(lower), "<?xml") && !strings.Contains(lower, "<html") {
		kind = "XML"
	}
	if e.Message == "" {
		e.Message = "an empty page"
	}
	e.Page = kind
	return e
}

// clean puts a text on one line, without HTML and control characters.
func clean(s string) string {
	s = html.UnescapeString(htmlTag.ReplaceAllString(s, " "))
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || (r >= 0x7f && r < 0xa0) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
