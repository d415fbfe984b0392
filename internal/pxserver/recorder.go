package pxserver

import (
	"errors"
	"net/http"
)

// A recorder remembers what was answered and breaks off where it is told to.
type recorder struct {
	http.ResponseWriter
	status  int
	cells   int
	limit   int // bytes that are still let through; 0 is all, -1 none
	fault   Fault
	aborted bool
}

func (w *recorder) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.limit > 0 {
		n, err := w.ResponseWriter.Write(b[:min(len(b), w.limit)])
		if w.limit -= n; w.limit == 0 && err == nil {
			w.limit, err = -1, errBrokenOff
		}
		return n, err
	}
	if w.limit < 0 {
		return 0, errBrokenOff
	}
	return w.ResponseWriter.Write(b)
}

// end breaks the connection after an answer that was cut short.
func (w *recorder) end() {
	if w.fault != Drop {
		return
	}
	if f, ok := w.ResponseWriter.(http.Flusher); ok {
		f.Flush() // what came so far is sent, or there would be no answer at all
	}
	w.aborted = true
}

var errBrokenOff = errors.New("broken off on request")

// setCells tells the recorder how many cells an answer holds.
func setCells(w http.ResponseWriter, n int) {
	if r, ok := w.(*recorder); ok {
		r.cells = n
	}
}
