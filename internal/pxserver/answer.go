package pxserver

import (
	"net/http"
	"slices"
)

// answer writes an extract in a format.
func (s *site) answer(w http.ResponseWriter, e *extract, format string, params outputParams) {
	if s.slow > 0 && e.cells() > s.slow {
		Body{503, "text/html", unavailablePage}.write(w)
		return
	}
	e.edition, e.mixed = s.countData(e.t)
	e.said = s.said
	setCells(w, e.cells())
	if format != "json-stat2" {
		e.added = nil // of the newest serializer of JSON-stat alone
	}
	switch format {
	case "json-stat2":
		setType(w, e.jsonType())
		writeJSONStat2(w, e)
	case "json-stat":
		setType(w, e.jsonType())
		writeJSONStat1(w, e)
	case "json", "json-px":
		setType(w, e.jsonType())
		writePXJSON(w, e)
	case "csv", "csv2", "csv3":
		writeCSV(w, e, format, params)
	case "px":
		writePX(w, e)
	case "html":
		writeHTML(w, e, params)
	case "xlsx":
		writeXLSX(w, e, params)
	case "parquet":
		writeParquet(w, e)
	case "sdmx":
		writeSDMX(w, e)
	}
}

// jsonType is the content type of data as JSON.
func (e *extract) jsonType() string {
	if e.second {
		return "application/json; charset=UTF-8"
	}
	return "application/json; charset=utf-8"
}

// canBe tells whether the real servers of version 2 can write the extract in a format:
// a sheet needs something in the stub, and Parquet a period of which the first day is
// known.
func (e *extract) canBe(format string) bool {
	switch format {
	case "xlsx":
		stub, _ := e.sides()
		return len(stub) > 0
	case "parquet":
		return !slices.ContainsFunc(e.shown, func(i int) bool {
			a := &e.axes[i]
			return a.v.Kind == Time && slices.ContainsFunc(a.picks, func(p pick) bool { _, ok := firstDay(p.code); return !ok })
		})
	}
	return true
}
