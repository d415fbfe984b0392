package main

import (
	"bufio"
	"fmt"
	"strings"
)

// px writes a PX file: regions, kinds and years, one cell in twenty a mark if marks says so.
func px(w *bufio.Writer, cells int, marks bool) {
	const regions, kinds = 400, 20
	years := max(1, (cells+regions*kinds-1)/(regions*kinds))
	fmt.Fprint(w, `CHARSET="ANSI";
AXIS-VERSION="2013";
CODEPAGE="utf-8";
LANGUAGE="en";
CREATION-DATE="20250601 09:00";
DECIMALS=0;
MATRIX="BENCH";
SUBJECT-CODE="XX";
SUBJECT-AREA="Invented";
TITLE="Boats by region, kind and year";
CONTENTS="Boats";
UNITS="number";
STUB="region","kind";
HEADING="year";
`)
	for _, v := range []struct {
		name string
		n    int
	}{{"region", regions}, {"kind", kinds}, {"year", years}} {
		for _, keyword := range []string{"VALUES", "CODES"} {
			fmt.Fprintf(w, "%s(%q)=", keyword, v.name)
			for i := range v.n {
				if i > 0 {
					w.WriteString(",\n")
				}
				fmt.Fprintf(w, `"%s %d"`, strings.ToLower(keyword[:1])+v.name, i)
			}
			w.WriteString(";\n")
		}
	}
	w.WriteString("DATA=\n")
	seed := uint32(1)
	for i := range regions * kinds * years {
		if seed = seed*1664525 + 1013904223; marks && seed>>16%20 == 0 {
			w.WriteString(`".." `)
		} else {
			fmt.Fprintf(w, "%d ", seed>>12%10000)
		}
		if i%years == years-1 {
			w.WriteByte('\n')
		}
	}
	w.WriteString(";\n")
}
