package pxweb

import (
	"bytes"
	"io"
	"os"
)

// date is what a part says of when the table was updated.
func (p *part) date() dated { return dated{p.updated, p.saved} }

// same tells whether two answers to one question are the same but for dates that say
// nothing.
func (p *part) same(other *part) (bool, error) {
	if !p.date().same(other.date()) {
		return false, nil
	}
	a, closeA, err := p.undated()
	if err != nil {
		return false, err
	}
	defer closeA()
	b, closeB, err := other.undated()
	if err != nil {
		return false, err
	}
	defer closeB()
	one, two := make([]byte, compared), make([]byte, compared)
	for {
		n, errA := io.ReadFull(a, one)
		m, errB := io.ReadFull(b, two)
		if n != m || !bytes.Equal(one[:n], two[:m]) {
			return false, nil
		}
		if errA != nil || errB != nil {
			return errA == errB || isEnd(errA) && isEnd(errB), nil
		}
	}
}

// compared is how much of two answers is compared at a time; the date of a document stands
// within the first of it.
const compared = 64 << 10

func isEnd(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }

// undated is the text of a part without its date.
func (p *part) undated() (text io.Reader, done func(), err error) {
	f, err := os.Open(p.file)
	if err != nil {
		return nil, nil, err
	}
	head := make([]byte, compared)
	n, err := io.ReadFull(f, head)
	if err != nil && !isEnd(err) {
		_ = f.Close()
		return nil, nil, err
	}
	head = head[:n]
	if p.updated != "" {
		head = bytes.Replace(head, []byte(p.updated), nil, 1)
	}
	return io.MultiReader(bytes.NewReader(head), f), func() { _ = f.Close() }, nil
}
