package pxserver

import "net/http"

// answer writes an extract in a format.
func (s *site) answer(w http.ResponseWriter, e *extract, format string, params outputParams) {
	if s.slow > 0 && e.cells() > s.slow {
		Body{503, "text/html", unavailablePage}.write(w)
		return
	}
	e.edition, e.mixed = s.countData(e.t)
	e.said = s.said
	setCells(w, e.cells())
	switch format {
	case "json-stat2":
		setType(w, "application/json; charset=utf-8")
		writeJSONStat2(w, e)
	case "json-stat":
		setType(w, "application/json; charset=utf-8")
		writeJSONStat1(w, e)
	case "json", "json-px":
		setType(w, "application/json; charset=utf-8")
		writePXJSON(w, e)
	case "csv", "csv2", "csv3":
		writeCSV(w, e, format, params)
	default:
		writeOpaque(w, e, format)
	}
}
