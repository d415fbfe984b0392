package pxserver

import (
	"bytes"
	"cmp"
	"net/http"
)

const unavailablePage = `<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>`

// write answers with a body.
func (b Body) write(w http.ResponseWriter) {
	setType(w, cmp.Or(b.Type, "text/html; charset=utf-8"))
	w.WriteHeader(b.Status)
	w.Write([]byte(b.Text))
}

func setType(w http.ResponseWriter, contentType string) { w.Header().Set("Content-Type", contentType) }

// writeObject answers 200 with an object of JSON.
func writeObject(w http.ResponseWriter, members func(*jsonWriter)) {
	writeJSON(w, http.StatusOK, "application/json; charset=utf-8", func(j *jsonWriter) { j.object(func() { members(j) }) })
}

// writeArray answers 200 with an array of JSON.
func writeArray(w http.ResponseWriter, elements func(*jsonWriter)) {
	writeJSON(w, http.StatusOK, "application/json; charset=utf-8", func(j *jsonWriter) { j.array(func() { elements(j) }) })
}

func writeJSON(w http.ResponseWriter, status int, contentType string, f func(*jsonWriter)) {
	var b bytes.Buffer
	j := &jsonWriter{w: &b}
	f(j)
	j.flush()
	setType(w, contentType)
	w.WriteHeader(status)
	w.Write(b.Bytes())
}
