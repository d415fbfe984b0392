package jsonstat

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/jsontoken"
	"github.com/jsonstat-go/toolkit/internal/window"
)

// Class is the kind of a document (specification, "class").
type Class string

// The classes. A bundle is what came before 2.0: an object of datasets by id.
const (
	ClassDataset    Class = "dataset"
	ClassDimension  Class = "dimension"
	ClassCollection Class = "collection"
	ClassBundle     Class = "bundle"
)

// Document is what one JSON-stat text holds. It is made by [Open], [Read],
// [Parse] or the same methods of [Options]. Close it when done.
type Document struct {
	opts   Options
	in     *input
	r      *jsontoken.Reader
	parser *jsontoken.Parser
	tree   *jsontoken.Tree
	root   jsontoken.Node // the JSON-stat response, inside whatever wraps it
	class  Class
	refs   []*datasetRef
	links  []Reference
	items  []Item
	live   bool // the cells of the only dataset were not kept, or need not be
	stream stream

	warned   []WarningCount
	lastLine lineAt // of the error before
	refused  error  // the first warning, if Options.Strict refuses its kind
}

// datasetRef is an embedded dataset.
type datasetRef struct {
	id   string
	node jsontoken.Node
	ds   *Dataset // once it was asked for, or
	err  error    // what came of that
}

// Reference names a response that a collection links to but does not embed.
type Reference struct {
	Class Class
	Href  string
	Label string
}

// Item is an element of a collection, as its list has it.
type Item struct {
	Class    Class // what it is, or is said to be; may be ""
	Href     string
	Label    string
	Embedded bool // it is there and not only referred to
	Dataset  int  // of an embedded dataset: its number for Document.Dataset; else -1
}

// DatasetInfo names an embedded dataset.
type DatasetInfo struct {
	Index int
	ID    string // the name in a bundle, the address in a collection, PxWeb's table number of a lone dataset; may be ""
	Label string // may be ""
}

// Open reads the named document. A regular file stays open, and is read at
// offsets, until [Document.Close]; all else is read as by [Options.Read].
func (o Options) Open(name string) (*Document, error) {
	in, err := o.openFile(name)
	return o.read(in, err)
}

// Read reads a document from a stream. What cannot be read twice is spooled: in
// memory up to two mebibytes, else in a temporary file, unless Stream spares it.
func (o Options) Read(r io.Reader) (*Document, error) {
	in, err := o.openStream(r)
	return o.read(in, err)
}

// Parse reads a document from memory. The bytes must not change as long as the
// document is used.
func (o Options) Parse(text []byte) (*Document, error) {
	in, err := o.openBytes(text)
	return o.read(in, err)
}

// Open reads the named document with the zero [Options].
func Open(name string) (*Document, error) { return Options{}.Open(name) }

// Read reads a document from a stream with the zero [Options].
func Read(r io.Reader) (*Document, error) { return Options{}.Read(r) }

// Parse reads a document from memory with the zero [Options].
func Parse(text []byte) (*Document, error) { return Options{}.Parse(text) }

func (o Options) read(in *input, err error) (*Document, error) {
	if err != nil {
		return nil, err
	}
	d := &Document{opts: o, in: in}
	if err := d.scan(); err != nil {
		if cerr := in.Close(); cerr != nil {
			err = errors.Join(err, cerr)
		}
		return nil, err
	}
	return d, nil
}

// scan is the pre-scan: it checks the text and finds out what it holds.
func (d *Document) scan() error {
	d.r = jsontoken.NewReader(d.in.src, 0)
	d.r.NaN = d.opts.NaNAsNull
	// A stream gives its bytes in order only, those of a byte order mark too.
	for mark, at := make([]byte, d.in.start), 0; at < len(mark); {
		n, err := d.in.src.ReadAt(mark[at:], int64(at))
		if at += n; err != nil && at < len(mark) {
			return err
		}
	}
	d.r.Goto(d.in.start)
	first := d.r.Space()
	switch first {
	case 0:
		if err := d.r.CheckEnd(); err == nil {
			return &Error{Offset: 0, Err: ErrSyntax, Msg: "the input is empty"}
		}
	case '<':
		return d.webPage()
	}
	d.parser = &jsontoken.Parser{R: d.r, Tree: jsontoken.NewTree(d.in.size), IsCells: isCells, IsOpaque: isOpaque, IsWords: isWords}
	if d.in.spool != nil && d.opts.Stream && !d.opts.Strict && d.opts.Need&^NeedStatus == 0 {
		d.parser.Stop = d.canStream
	}
	err := d.parser.Document()
	d.tree = d.parser.Tree
	if err != nil {
		if err = d.textError(err); first != '{' && first != '[' {
			err = d.notJSON(err)
		}
		return err
	}
	if d.parser.Stopped() > 0 {
		d.live, d.stream.stage = true, waiting
	}
	d.root = d.tree.Node(0)
	return d.classify()
}

// Members that may be rows of cells. They stand in datasets, which lie at most
// a few levels deep: in a bundle, an envelope, the links of collections.
func isCells(name []byte, depth int) bool {
	switch string(name) {
	case "value", "status", "measure":
		return depth <= 32
	}
	return false
}

// Members inside which nothing is a dataset.
func isOpaque(name []byte) bool {
	switch string(name) {
	case "dimension", "extension", "role", "note", "category":
		return true
	}
	return false
}

func isWords(name []byte) bool { return string(name) == "status" }

// canStream decides at a row of cells whether it need not be kept: the dataset
// is the root, or the only member of a bundle of that name, and all that the
// consumer needs stood in front of it.
func (d *Document) canStream(name []byte, depth int) bool {
	if string(name) != "value" || depth > 2 || d.r.Space() != '[' {
		return false
	}
	t := d.parser.Tree
	// The containers around the cells are still open: {"id": …, or {"dataset": {"id": ….
	for k := range depth {
		at := 2 * k
		open := at < len(t.Tokens) && t.Tokens[at].Kind == jsontoken.Object && t.Tokens[at].End == t.Tokens[at].Pos+1
		if !open {
			return false
		}
		t.Tokens[at].Next = uint32(len(t.Tokens) - 1) // the name of the cells has no value yet
		t.Tokens[at].End = uint32(len(t.Text))
	}
	ds := t.Node(0)
	if depth == 2 {
		if name := t.Node(1).Text(); name != "dataset" {
			return false
		}
		ds = t.Node(2)
	}
	return sizesAgree(ds) && (d.opts.Need&NeedStatus == 0 || ds.Get("status").OK())
}

// sizesAgree tells whether the dimensions are all there and "size" is the
// number of their categories. Where it is not, the number of values decides.
func sizesAgree(ds jsontoken.Node) bool {
	byID, axes := splitDimensions(ds.Get("dimension"))
	pick := func(name string) jsontoken.Node {
		if n := ds.Get(name); n.IsArray() {
			return n
		}
		return axes[name]
	}
	given := pick("size")
	if !given.IsArray() {
		return false
	}
	var sizes []int
	for _, v := range given.Items {
		size, _ := wholeNumber(v)
		sizes = append(sizes, size)
	}
	ids := pick("id")
	if !ids.IsArray() || ids.Len() != len(sizes) {
		return false
	}
	for i, id := range ids.Items {
		category := byID[id.Text()].Get("category")
		index := category.Get("index")
		if !index.OK() || index.IsNull() {
			index = category.Get("label")
		}
		if index.Len() != sizes[i] {
			return false
		}
	}
	return true
}

// Close frees the file or the spooled text. The cells of d cannot be read
// afterwards.
func (d *Document) Close() error { return d.in.Close() }

// Class tells what the document is. Documents before 2.0 are bundles, or
// datasets if they have no name around them.
func (d *Document) Class() Class { return d.class }

// Len is the number of embedded datasets, those in nested collections too.
func (d *Document) Len() int {
	if d.class == ClassBundle {
		d.complete() // there may be more of them behind the first
	}
	return len(d.refs)
}

// Datasets names the embedded datasets in the order of the document.
func (d *Document) Datasets() iter.Seq[DatasetInfo] {
	return func(yield func(DatasetInfo) bool) {
		d.complete()
		for i, ref := range d.refs {
			label, _ := ref.node.Get("label").Scalar()
			if !yield(DatasetInfo{Index: i, ID: ref.id, Label: label}) {
				return
			}
		}
	}
}

// Items are the elements of a collection in the order of its list, those of
// every class, embedded or not; none for other documents. What lies in a
// collection inside it is not among them, but [Document.Datasets] has it.
func (d *Document) Items() []Item { return d.items }

// References are the responses that a collection links to without embedding
// them. They are never fetched.
func (d *Document) References() []Reference { return d.links }

// Dataset returns the i-th embedded dataset, from 0; the same one each time.
// The error is an [*UnknownError] where there are fewer, and [ErrNoData] where
// there are none at all.
func (d *Document) Dataset(i int) (*Dataset, error) {
	if d.stream.err != nil {
		return nil, d.stream.err
	}
	if i >= len(d.refs) {
		d.complete()
	}
	if i < 0 || i >= len(d.refs) {
		if err := d.noData(); err != nil {
			return nil, err
		}
		return nil, d.unknownDataset(strconv.Itoa(i))
	}
	ref := d.refs[i]
	if ref.ds == nil && ref.err == nil {
		if ref.ds, ref.err = d.dataset(ref.node); ref.err != nil {
			ref.ds = nil
			if d.stream.stage == waiting { // what stands behind may be worse
				d.complete()
				return d.Dataset(i)
			}
		}
		d.stream.opened(d, ref.ds)
	}
	return ref.ds, ref.err
}

// Find returns an embedded dataset by id, by label or, if nothing is named so,
// by position, counted from 0. Of several with one name it is the first. The
// errors are those of [Document.Dataset].
func (d *Document) Find(name string) (*Dataset, error) {
	for _, byLabel := range []bool{false, true} {
		for info := range d.Datasets() {
			if (byLabel && info.Label == name) || (!byLabel && info.ID == name) {
				return d.Dataset(info.Index)
			}
		}
	}
	if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(d.refs) {
		return d.Dataset(i)
	}
	if err := d.noData(); err != nil {
		return nil, err
	}
	return nil, d.unknownDataset(name)
}

func (d *Document) unknownDataset(name string) error {
	var ids []string
	for info := range d.Datasets() {
		if info.ID != "" {
			ids = append(ids, info.ID)
		} else {
			ids = append(ids, strconv.Itoa(info.Index))
		}
	}
	return newUnknown("dataset", name, "", ids)
}

// Dimension returns the dimension of a document of class dimension. Such
// documents rarely say what their dimension is called: its id is "id" if that
// is there, else the label.
func (d *Document) Dimension() (*Dimension, error) {
	if d.class != ClassDimension {
		return nil, d.errorAt(d.root, ErrNotJSONStat, "the document is a %s, not a dimension", d.class)
	}
	id, _ := d.root.Get("id").Scalar()
	if id == "" {
		id, _ = d.root.Get("label").Scalar()
	}
	dim, err := d.dimension(id, d.root)
	if err == nil {
		err = d.refused
	}
	if err != nil {
		return nil, err
	}
	return dim, nil
}

// Warnings are what the reader had to put up with, by kind, in the order in
// which the kinds came up. Datasets are looked into when they are first asked
// for, and cells of a stream as they flow, so later calls may tell more.
func (d *Document) Warnings() []WarningCount { return d.warned }

// noData is the error for a document without embedded datasets, nil for others.
func (d *Document) noData() error {
	switch {
	case len(d.refs) > 0:
		return nil
	case d.class == ClassDimension:
		return d.errorAt(d.root, ErrNoData, "the document is a dimension, without cells")
	case len(d.links) == 0:
		return d.errorAt(d.root, ErrNoData, "the %s is empty: it holds no dataset", d.class)
	}
	const most = 5
	var hrefs []string
	for _, l := range d.links {
		if l.Href != "" {
			hrefs = append(hrefs, jsontoken.Shorten(clean(l.Href), 200))
		}
	}
	what := "the collection embeds no dataset, it only refers to some; fetch one of: "
	switch {
	case len(hrefs) == 0:
		what = "the collection embeds no dataset, it only names some, without their addresses"
	case len(hrefs) > most:
		what += strings.Join(hrefs[:most], ", ") + fmt.Sprintf(" and %d more", len(hrefs)-most)
	default:
		what += strings.Join(hrefs, ", ")
	}
	return d.errorAt(d.root.Get("link"), ErrNoData, "%s", what)
}

// warn notes a departure from the specification; n is where.
func (d *Document) warn(kind WarningKind, n jsontoken.Node, format string, args ...any) {
	d.warnMany(kind, 1, n, format, args...)
}

// warnMany notes several at once. What it costs to say where is spent on the
// first of a kind only.
func (d *Document) warnMany(kind WarningKind, count int, n jsontoken.Node, format string, args ...any) {
	for i := range d.warned {
		if d.warned[i].Kind == kind {
			d.warned[i].Count += count
			return
		}
	}
	w := Warning{Kind: kind, Msg: fmt.Sprintf(format, args...), Pointer: n.Pointer()}
	d.warned = append(d.warned, WarningCount{Warning: w, Count: count})
	if d.opts.Strict && d.refused == nil && kind.refused() {
		d.refused = d.errorAt(n, ErrNotJSONStat, "%s", w.Msg)
	}
}

// warnings adds those of a kind to what was warned of.
func (d *Document) warnings(w WarningCount) {
	for i := range d.warned {
		if d.warned[i].Kind == w.Kind {
			d.warned[i].Count += w.Count
			return
		}
	}
	d.warned = append(d.warned, w)
}

// errorAt makes an error about a value of the tree.
func (d *Document) errorAt(n jsontoken.Node, sentinel error, format string, args ...any) error {
	e := &Error{Offset: -1, Msg: fmt.Sprintf(format, args...), Err: sentinel}
	if n.OK() {
		e.Pointer = n.Pointer()
		e.Offset = n.Token().Off
		if place, ok := n.T.Places[n.I]; ok {
			e.Line, e.Column = place.Line, place.Column
		} else {
			e.Line, e.Column = d.lineColumn(e.Offset)
		}
	}
	return e
}

// textError turns an error of the tokenizer into one with line, column and pointer.
func (d *Document) textError(err error) error {
	var bad *window.SyntaxError
	if !errors.As(err, &bad) {
		var below *window.ReadError
		if errors.As(err, &below) {
			return below.Err
		}
		return err
	}
	e := &Error{Offset: bad.Offset, Msg: bad.Msg, Err: ErrSyntax}
	if bad.Limit {
		e.Err = ErrLimit
	}
	e.Line, e.Column = d.lineColumn(bad.Offset)
	e.Pointer = d.pointerAt(bad)
	switch {
	case bad.NaN:
		e.Err = ErrNaN
	case bad.UTF8:
		e.Err = ErrEncoding
	}
	return e
}
