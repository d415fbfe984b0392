package xmltoken

import (
	"bytes"
	"io"
)

// Elements calls f with each element of a document, in whose beginning x then stands, up to
// the end of the first. path is how it is reached from there: the names of elements with
// slashes between them, empty for the first itself. Tags have to match.
func Elements(r io.Reader, f func(path []byte, x *Reader) error) error {
	x := NewReader(r)
	var open []byte // the names of those that have begun, with a slash in front of each
	root := 0       // how long the first is in it
	for {
		err := x.Next()
		switch {
		case err == io.EOF && root == 0:
			return fail("it has no elements")
		case err == io.EOF:
			return fail("it ends inside of the element %.40q", last(open))
		case err != nil:
			return err
		}
		name, empty := x.Name()
		if end, ok := bytes.CutPrefix(name, []byte("/")); ok {
			if len(open) == 0 || !bytes.Equal(end, last(open)) {
				return fail("the element %.40q ends inside of %.40q", end, last(open))
			}
			if open = open[:len(open)-len(name)]; len(open) == 0 {
				return nil
			}
			continue
		}
		if len(name) == 0 {
			return fail("a tag has no name")
		}
		if open = append(append(open, '/'), name...); root == 0 {
			root = len(open)
		}
		if err := f(open[min(root+1, len(open)):], x); err != nil {
			return err
		}
		if empty {
			if open = open[:len(open)-len(name)-1]; len(open) == 0 {
				return nil
			}
		}
	}
}

// last is the last of names with a slash in front of each.
func last(names []byte) []byte { return names[bytes.LastIndexByte(names, '/')+1:] }
