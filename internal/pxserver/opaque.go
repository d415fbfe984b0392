package pxserver

import (
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
)

// writeOpaque writes formats of which only the bytes matter: the right type and
// beginning, and a figure that tells extracts apart.
func writeOpaque(w http.ResponseWriter, e *extract, format string) {
	sum := fnv.New64a()
	for cells := newWalk(e); cells.next(); {
		fmt.Fprintf(sum, "%s%s,", cells.token, cells.symbol)
	}
	digest := fmt.Sprintf("%016x", sum.Sum64())
	switch format {
	case "xlsx":
		setType(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
		io.WriteString(w, "PK\x03\x04\x00\xff"+digest)
	case "px":
		setType(w, "application/octet-stream")
		page := codePage(e)
		w.Write(encode("CHARSET=\"ANSI\";\r\nAXIS-VERSION=\"2013\";\r\nCODEPAGE=\""+page+"\";\r\nLANGUAGE=\""+e.lang+"\";\r\nTITLE=\""+e.label()+"\";\r\nDATA=\r\n"+digest+";\r\n", page))
	case "sdmx":
		setType(w, "text/xml")
		io.WriteString(w, `<?xml version="1.0" encoding="utf-8"?><MessageGroup><DataSet>`+digest+`</DataSet></MessageGroup>`)
	case "html":
		setType(w, "text/html; charset=utf-8")
		io.WriteString(w, "<table><caption>"+e.label()+"</caption><tr><td>"+digest+"</td></tr></table>")
	case "parquet":
		setType(w, "application/octet-stream")
		io.WriteString(w, "PAR1"+digest+"PAR1")
	}
}
