package jsonstat

import (
	"fmt"
	"testing"
)

func ExampleSymbolText() {
	for _, symbol := range []string{":", ".."} {
		norwegian, _ := SymbolText(symbol, "nb")
		english, _ := SymbolText(symbol, "en")
		fmt.Printf("%s\t%s\t%s\n", symbol, norwegian, english)
	}
	// Output:
	// :	Vises ikke av konfidensialitetshensyn	Confidential
	// ..	Tallgrunnlag mangler	Data not available
}

func TestSymbolText(t *testing.T) {
	tests := []struct{ name, symbol, nb, nn, en string }{
		{"not possible", ".", "Ikke mulig å oppgi tall", "Ikkje mogleg å oppgi tal", "Category not applicable"},
		{"missing", "..", "Tallgrunnlag mangler", "Talgrunnlag manglar", "Data not available"},
		{"confidential", ":", "Vises ikke av konfidensialitetshensyn", "Blir ikkje vist av konfidensialitetsomsyn", "Confidential"},
		{"not yet available", "...", "Oppgave mangler foreløpig", "Oppgåve manglar førebels", "Data not yet available"},
		{"nil", "-", "Null", "Null", "Nil"},
		{"provisional", "*", "Foreløpig tall", "Førebels tal", "Provisional or preliminary figure"},
		{"sum", ".......", "Sum av ulike symboler", "Sum av ulike symbol", "Sum of different symbols"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, l := range []struct{ lang, want string }{
				{"nb", tt.nb}, {"no", tt.nb}, {"", tt.nb}, {"fi", tt.nb}, {"nb-NO", tt.nb},
				{"nn", tt.nn}, {"NN", tt.nn}, {"en", tt.en}, {"en-GB", tt.en},
			} {
				if got, ok := SymbolText(tt.symbol, l.lang); got != l.want || !ok {
					t.Errorf("SymbolText(%q, %q) = %q, %v, want %q", tt.symbol, l.lang, got, ok, l.want)
				}
			}
		})
	}
	if len(tests) != len(standardSymbols) {
		t.Errorf("%d symbols are tested, %d are in the table", len(tests), len(standardSymbols))
	}
}

func TestSymbolTextUnknown(t *testing.T) {
	for _, symbol := range []string{"", "....", "......", "........", "::", "b", "p", "0", " :"} {
		if got, ok := SymbolText(symbol, "en"); got != "" || ok {
			t.Errorf("SymbolText(%q) = %q, %v, want nothing", symbol, got, ok)
		}
	}
}

func TestExplainStatus(t *testing.T) {
	eurostat := map[string]string{
		":": "not available", "b": "break in time series", "u": "low reliability",
		"bx": "a pair of its own", "x": "extreme", "e": "", "æ": "corrected", ".": "withheld",
	}
	tests := []struct {
		name         string
		own          map[string]string
		symbol, lang string
		want         string
	}{
		{"document's own", eurostat, "b", "en", "break in time series"},
		{"document's own before the table", eurostat, ":", "en", "not available"},
		{"document's own in every language", eurostat, ":", "nb", "not available"},
		{"table without a document", nil, ":", "en", "Confidential"},
		{"table in Norwegian", nil, ":", "no", "Vises ikke av konfidensialitetshensyn"},
		{"table for what the document leaves out", eurostat, "..", "en", "Data not available"},
		{"two letters", eurostat, "bu", "en", "break in time series; low reliability"},
		{"letters beyond ASCII", eurostat, "uæ", "en", "low reliability; corrected"},
		{"two letters explained as one", eurostat, "bx", "en", "a pair of its own"},
		{"one letter unknown", eurostat, "bz", "en", ""},
		{"one letter with an empty explanation", eurostat, "be", "en", ""},
		{"signs are not letters", eurostat, "....", "en", ""},
		{"letter and sign", eurostat, "b:", "en", ""},
		{"unknown letter", eurostat, "z", "en", ""},
		{"letter without a document", nil, "b", "en", ""},
		{"letters without a document", nil, "bu", "en", ""},
		{"empty explanation", map[string]string{":": ""}, ":", "en", "Confidential"},
		{"no status", eurostat, "", "en", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := explainStatus(tt.own, tt.symbol, tt.lang); got != tt.want {
				t.Errorf("explainStatus(%q, %q) = %q, want %q", tt.symbol, tt.lang, got, tt.want)
			}
		})
	}
}
