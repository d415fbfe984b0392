package pxconv_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert/pxconv"
	"github.com/jsonstat-go/toolkit/internal/growth"
)

// TestGrowth holds that time is in proportion to the file, whatever is many in it.
func TestGrowth(t *testing.T) {
	for name, make := range map[string]func(n int) string{
		"unknown keywords": func(n int) string { return file(many(n, `KEY-%d("port")="x"`)...) },
		"one keyword, many": func(n int) string {
			return file(append(many(n/2, `NOTE="%d"`), many(n/2, `NOTE("nowhere")="%d"`)...)...)
		},
		"pieces of a string": func(n int) string { return file(`NOTE=` + strings.Repeat("\"piece of a string\"\n", n)) },
		"values": func(n int) string {
			return file(`VALUES("port")=`+names(n), `CODES("port")=`+names(n), "DATA="+strings.Repeat("1 2 3 ", n)+";")
		},
		"notes on values": func(n int) string {
			return file(append(many(n, `VALUENOTE("port","v%d")="x"`), `VALUES("port")=`+names(n), `CODES("port")=`+names(n), "DATA="+strings.Repeat("1 2 3 ", n)+";")...)
		},
		"marks": func(n int) string {
			return file(append(many(n, `DATANOTECELL("v%d","*")="x"`), `VALUES("port")=`+names(n), `CODES("port")=`+names(n), "DATA="+strings.Repeat("1 2 3 ", n)+";")...)
		},
		"a deep hierarchy": func(n int) string {
			return file(`HIERARCHIES("port")="v0",`+chain(n), `VALUES("port")=`+names(n), `CODES("port")=`+names(n), "DATA="+strings.Repeat("1 2 3 ", n)+";")
		},
		"rows with keys": func(n int) string {
			return file(`KEYS("port")=CODES`, `VALUES("port")=`+names(n), `CODES("port")=`+names(n), "DATA="+strings.Join(many(n, `"v%d",1 2 3`), "\n")+";")
		},
		"languages":            func(n int) string { return file(many(n/100, `TITLE[l%d]="x"`)...) },
		"quotes that are open": func(n int) string { return file(many(n, `KEY-%d="x`)...) },
		"marks that are all on": func(n int) string {
			return file(append(many(n/50, `DATANOTECELL("*","*")="x%d"`), "DATA=1 2 3 4 5 6;")...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			growth.Check(t, 2000, func(n int) (func() error, error) {
				text := make(n)
				return func() error {
					_, _, err := readFile(text, pxconv.Options{})
					return err
				}, nil
			})
		})
	}
}

// many are texts with numbers.
func many(n int, format string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(format, i)
	}
	return list
}

func names(n int) string { return strings.Join(many(n, `"v%d"`), ",") }

// chain is a hierarchy in which each value stands below the one before.
func chain(n int) string {
	var list []string
	for i := range n - 1 {
		list = append(list, fmt.Sprintf(`"v%d":"v%d"`, i, i+1))
	}
	return strings.Join(list, ",")
}

// TestHostile holds what claims too much against bounds.
func TestHostile(t *testing.T) {
	wide := []string{`VALUES("port")=` + names(100000), `CODES("port")=` + names(100000), `VALUES("year")=` + names(100000), `CODES("year")=` + names(100000)}
	for name, text := range map[string]string{
		"a claim of 10^10 cells":  file(append(wide, "DATA=1 2 3;")...),
		"the same with keys":      file(append(wide, `KEYS("port")=CODES`, `DATA="v1",1;`)...),
		"an endless string":       base + `NOTE="` + strings.Repeat("x", 1<<20),
		"an endless cell":         file("DATA=" + strings.Repeat("1", 1<<20)),
		"an endless key":          file(`KEYS("port")=CODES`, `DATA="`+strings.Repeat("1", 1<<20)),
		"a range of all time":     file(`TIMEVAL("year")=TLIST(M1,"000101"-"999912")`, `VALUES("year")="1"`),
		"brackets without an end": strings.Repeat("VALUES(", 100000),
		"nothing but semicolons":  strings.Repeat(";", 1<<20),
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := readFile(text, pxconv.Options{})
			require.Error(t, err)
		})
	}
}
