package pxconv

import (
	"io"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/internal/charset"
	"github.com/jsonstat-go/toolkit/internal/spool"
	"github.com/jsonstat-go/toolkit/internal/window"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// readHeadText makes the file of the entries of its head.
func (f *file) readEntries(entries []*entry, bad []entryError) error {
	f.entries = entries
	for _, b := range bad {
		if isMandatory(b.keyword) || b.keyword == "CODES" {
			return &Error{Keyword: b.keyword, Line: b.line, Column: b.column, Msg: b.msg, Err: ErrNotPX}
		}
		f.warn(WarnEntry, b.keyword, b.line, "%s: it is left out", b.msg)
	}
	f.setLanguages()
	f.setTables()
	if f.o.Lang != "" {
		f.lang = strings.ToLower(f.o.Lang)
		if !slices.Contains(f.languages, f.lang) {
			return &jsonstat.UnknownError{Kind: "language", Name: f.o.Lang, Near: jsonstat.Near(f.lang, f.languages), All: f.languages}
		}
	}
	for _, step := range []func() error{f.setVariables, f.setValues, f.setContent, f.checkMandatory, f.checkOrder, f.setDecimals, f.setPrecision, f.setRest} {
		if err := step(); err != nil {
			return err
		}
	}
	return f.refused
}

// Read makes a dataset of a PX file, whose cells are read from it as they are asked for: it
// must stay as it is until the dataset is no longer used, and then done is called. What
// cannot be read at offsets is kept in a temporary file until then. Errors are an [*Error]
// with the place, or a [*jsonstat.UnknownError] for a language.
func Read(r io.Reader, o *Options) (ds *jsonstat.Dataset, done func(), err error) {
	f := &file{}
	if o != nil {
		f.o = *o
	}
	src, done, err := spool.Rewindable(r)
	if err != nil {
		return nil, nil, err
	}
	ds, again, err := f.read(src)
	if again != nil {
		before := done
		done = func() { again(); before() }
	}
	if err == nil {
		err = f.refused
	}
	if f.o.Warn != nil && err == nil {
		for _, w := range f.warnings {
			f.o.Warn(w)
		}
	}
	if err != nil {
		done()
		return nil, nil, src.Cause(err)
	}
	return ds, done, nil
}

// read reads the file. What is in UTF-16 is kept in UTF-8 meanwhile.
func (f *file) read(src *spool.Source) (ds *jsonstat.Dataset, done func(), err error) {
	mark := make([]byte, 3)
	n, err := src.ReadAt(mark, 0)
	if err != nil && err != io.EOF {
		return nil, nil, err
	}
	marked := string(mark[:n]) == charset.MarkUTF8
	start := int64(0)
	if marked {
		start = int64(n)
	}
	var text window.Source = src
	if e, ok := f.utf16(mark[:n]); ok {
		if text, done, err = recoded(src, e); err != nil {
			return nil, done, err
		}
		f.o.Encoding, start, marked = "utf-8", 0, false
	}
	ds, err = f.dataset(text, start, marked)
	return ds, done, err
}

// utf16 tells whether the file is in UTF-16, by its byte order mark or by the option.
func (f *file) utf16(head []byte) (e charset.Encoding, ok bool) {
	if e, ok := charset.Marked(head); ok {
		return e, e != charset.UTF8
	}
	e, ok = charset.Named(f.o.Encoding)
	return e, ok && (e == charset.UTF16LE || e == charset.UTF16BE)
}

// dataset reads head and cells.
func (f *file) dataset(src window.Source, start int64, marked bool) (*jsonstat.Dataset, error) {
	text, err := readHead(src, start)
	if err != nil {
		return nil, err
	}
	enc, why, err := decide(f.o.Encoding, text.raw, marked)
	if err != nil {
		return nil, err
	}
	f.enc = enc
	if why != "" {
		f.warn(WarnEncoding, "CODEPAGE", 0, "%s", why)
	}
	r := &entryReader{text: enc.decode(text.raw), warn: f.warn}
	entries, bad := r.all()
	if text.data < 0 {
		return nil, f.noData(entries, bad)
	}
	if text.small {
		f.warn(WarnCase, "DATA", r.line, "the keyword is in small letters")
	}
	if err := f.readEntries(entries, bad); err != nil {
		return nil, err
	}
	var shape jsonstat.Shape
	for _, v := range f.variables {
		shape = append(shape, v.len())
	}
	n, err := shape.Cells()
	if err != nil {
		return nil, &Error{Keyword: "VALUES", Msg: "the cube is too large: the product of the numbers of values is above 2^63", Err: jsonstat.ErrLimit}
	}
	say := f.newStatuses()
	h, err := f.head()
	if err != nil {
		return nil, err
	}
	c, err := f.cells(src, text.data, n, say)
	if err != nil {
		return nil, err
	}
	return jsonstat.New(h, c)
}

// noData is the error for a text without DATA.
func (f *file) noData(entries []*entry, bad []entryError) error {
	if len(entries) == 0 {
		return &Error{Msg: "this is no PX file: it has no keywords", Err: ErrNotPX}
	}
	if len(bad) > 0 {
		b := bad[0]
		return &Error{Keyword: b.keyword, Line: b.line, Column: b.column, Msg: b.msg + "; and there is no DATA", Err: ErrNotPX}
	}
	return f.fault(nil, "DATA", "it is missing")
}

// cells finds the cells.
func (f *file) cells(src window.Source, data, n int64, say *statuses) (jsonstat.Cells, error) {
	var round *rounding
	if f.o.Rounded {
		round = f.newRounding()
	}
	if f.hasKeys() {
		c, err := f.readKeys(src, data, n, say)
		if err != nil {
			return nil, err
		}
		c.round = round
		return c, nil
	}
	s, err := f.scanCells(src, data, n)
	if err != nil {
		return nil, err
	}
	return &cells{src: src, section: s, n: n, say: say, round: round}, nil
}

// recoded is a text as UTF-8, kept in a temporary file until done is called.
func recoded(src *spool.Source, e charset.Encoding) (text window.Source, done func(), err error) {
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	return spool.Rewindable(charset.NewReader(src, e))
}
