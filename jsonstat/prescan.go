package jsonstat

import (
	"github.com/jsonstat-go/toolkit/internal/jsontoken"
)

// The pre-scan is the one pass over a text that makes a Document. jsontoken.Parser builds
// a tree of everything but the cells: where it meets a member called value or status it
// scans the row instead, counts it and notes checkpoints (internal/window). Then
// classdetection.go says what the tree is. The head of a dataset is decoded from the tree
// when it is asked for (decode_dataset.go), since a bundle may hold a thousand.
//
// Which members are rows of cells is decided by name and depth before the value is read:
// "value" inside "dimension" or "extension" is not one. A row that turns out to hold
// arrays or objects was none, and the parser goes back and reads it as a tree.

// newContents is what a text of which nothing is known yet holds.
func newContents(o Options, in *input) *contents {
	src := &source{in: in, nan: o.NaNAsNull, state: &streamState{}}
	return &contents{decoder: decoder{src, &findings{text: src, strict: o.Strict}, o}}
}

// scan is the pre-scan: it checks the text and finds out what it holds.
func (d *contents) scan() (err error) {
	d.r = jsontoken.NewReader(d.in.src, 0)
	d.r.NaN = d.nan
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
	err = d.parser.Document()
	if err != nil {
		if err = d.textError(err); first != '{' && first != '[' {
			err = d.notJSON(err)
		}
		return err
	}
	if d.parser.Stopped() > 0 {
		d.state.stage = stageBeforeCells
	} else {
		// The window and the buffers of the scan are not needed any more, and there may
		// be a thousand documents.
		d.r, d.parser = nil, &jsontoken.Parser{Tree: d.parser.Tree, Inside: d.parser.Inside}
	}
	return d.classify(d.parser.Tree.Node(0))
}

// isCells tells members that may be rows of cells. They are in datasets, which are at
// most a few levels deep: in a bundle, an envelope, the links of collections.
func isCells(name []byte, depth int) bool {
	switch string(name) {
	case "value", "status", "measure":
		return depth <= 32
	}
	return false
}

// isOpaque tells members inside which nothing is a dataset.
func isOpaque(name []byte) bool {
	switch string(name) {
	case "dimension", "extension", "role", "note", "category":
		return true
	}
	return false
}

// isWords tells the members whose different strings are collected.
func isWords(name []byte) bool { return string(name) == "status" }

// canStream decides at a row of cells whether it need not be kept: the dataset
// is the root, or the only member of a bundle of that name, and all that the
// consumer needs stood in front of it.
func (d *contents) canStream(name []byte, depth int) bool {
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
