package pxconv_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/convert/pxconv"
)

// again writes what was read of a file, and reads that.
func again(t *testing.T, text []byte, o *pxconv.WriteOptions) (before, file, after string, warned []string) {
	t.Helper()
	ds, done, err := pxconv.Read(bytes.NewReader(text), nil)
	if err != nil {
		t.Skipf("it is refused: %v", err)
	}
	defer done()
	var one, px, other bytes.Buffer
	require.NoError(t, ds.Write(&one, nil))
	if o == nil {
		o = &pxconv.WriteOptions{}
	}
	o.Warn = func(message string) { warned = append(warned, message) }
	require.NoError(t, pxconv.Write(&px, ds, o))
	back, done2, err := pxconv.Read(bytes.NewReader(px.Bytes()), &pxconv.Options{Warn: func(w pxconv.Warning) {
		if w.Kind != pxconv.WarnUnknown && w.Kind != pxconv.WarnConfidential {
			warned = append(warned, "read: "+w.String())
		}
	}})
	require.NoError(t, err, px.String())
	defer done2()
	require.NoError(t, back.Write(&other, nil))
	return one.String(), px.String(), other.String(), warned
}

// parsed is a document as values, without the encoding of its file, DECIMALS, which rise to
// the digits that there are, and what lines of notes are separated by.
func parsed(t *testing.T, doc string) map[string]any {
	t.Helper()
	doc = strings.ReplaceAll(strings.ReplaceAll(doc, `\r\n`, `\n`), `\n\n`, `\n \n`)
	doc = strings.ReplaceAll(doc, `\n\n`, `\n \n`)
	var v map[string]any
	require.NoError(t, json.Unmarshal([]byte(doc), &v))
	px := v["extension"].(map[string]any)["px"].(map[string]any)
	if keywords, ok := px["keywords"].(map[string]any); ok {
		delete(keywords, "CODEPAGE")
		delete(keywords, "DECIMALS")
		for _, standard := range []string{"CHARSET", "AXIS-VERSION"} {
			if keywords[standard] == nil {
				keywords[standard] = map[string]string{"CHARSET": "ANSI", "AXIS-VERSION": "2013"}[standard]
			}
		}
	}
	return v
}

// changed are the files that come back otherwise, and why.
var changed = map[string]string{
	"bool-wrong":                     "a value that is none is left out",
	"cellnote-code":                  "a note about what is not there is left out",
	"cellnote-few":                   "a note about what is not there is left out",
	"cellnote-many":                  "a note about what is not there is left out",
	"cont-by-code":                   "a unit of what is not there is left out",
	"contact-empty":                  "a contact without text, or without its parts, is left out",
	"contact-parts-few":              "a contact without text, or without its parts, is left out",
	"datanotecell-many":              "a mark on what is not there is left out",
	"datanotecell-unknown":           "a mark on what is not there is left out",
	"date-bad-day":                   "dates are written in the form of the format, and those that are none left out",
	"date-day-only":                  "dates are written in the form of the format, and those that are none left out",
	"date-empty":                     "dates are written in the form of the format, and those that are none left out",
	"date-iso":                       "dates are written in the form of the format, and those that are none left out",
	"date-next-bad":                  "dates are written in the form of the format, and those that are none left out",
	"date-one-digit":                 "dates are written in the form of the format, and those that are none left out",
	"date-seconds":                   "dates are written in the form of the format, and those that are none left out",
	"date-zone":                      "dates are written in the form of the format, and those that are none left out",
	"dec-16":                         "PX knows 15 decimals",
	"dec-precision-code":             "a keyword about what is not there is left out",
	"dec-show-7":                     "SHOWDECIMALS that does not count is left out",
	"dec-show-before":                "SHOWDECIMALS that does not count is left out",
	"dec-show-more":                  "SHOWDECIMALS that does not count is left out",
	"elim-before-values":             "ELIMINATION of what is no value is YES",
	"elim-code":                      "ELIMINATION of what is no value is YES",
	"elim-unknown":                   "ELIMINATION of what is no value is YES",
	"geo-map-unknown":                "a keyword about what is not there is left out",
	"gram-language-after-subkey":     "what a language lacks is that of the first",
	"gram-unknown-twice":             "PxWeb stumbles over an unknown keyword that stands twice",
	"gram-unknown-language":          "what a language lacks is that of the first",
	"hier-names-count":               "what cannot be understood is left out",
	"hier-two-parents":               "PxWeb reads one parent",
	"hier-unknown-code":              "what cannot be understood is left out",
	"keys-lower":                     "KEYS is CODES in capitals, for each variable",
	"keys-two-one-said":              "KEYS is CODES in capitals, for each variable",
	"lang-first-incomplete":          "what a language lacks is that of the first",
	"lang-incomplete":                "what a language lacks is that of the first",
	"lang-no-contents":               "what a language lacks is that of the first",
	"lang-no-stub":                   "what a language lacks is that of the first",
	"lang-no-units":                  "what a language lacks is that of the first",
	"lang-no-values":                 "what a language lacks is that of the first",
	"lang-undeclared-first":          "what a language lacks is that of the first",
	"lang-undeclared":                "what a language lacks is that of the first",
	"must-description-default-alone": "a value that is none is left out",
	"note-unknown":                   "a note about what is not there is left out",
	"note-value-code":                "a note about what is not there is left out",
	"prestext-2-old":                 "AXIS-VERSION is one in which PRESTEXT is what it is today",
	"prestext-4":                     "PRESTEXT that is unknown stays",
	"prestext-text":                  "AXIS-VERSION is one in which PRESTEXT is what it is today",
	"sym-empty-text":                 "an empty DATASYMBOL is none",
	"time-fewer":                     "TIMEVAL is made of the values",
	"time-range-short":               "TIMEVAL is made of the values",
	"time-stray-quote":               "TIMEVAL is made of the values",
	"time-unknown-variable":          "a keyword about what is not there is left out",
	"PCAxis.Serializers__UnitTests_TestFiles_BE0101A1_contact":                               "SHOWDECIMALS that does not count is left out",
	"PCAxis.Serializers__UnitTests_TestFiles_BE0101A1_with_notes":                            "SHOWDECIMALS that does not count is left out",
	"PxStat__server_build_PxStatCore.Test_Resources_MIM04":                                   "line breaks in texts become blanks",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_NPM_BE0101F1nolang":                         "dates are written in the form of the format, and those that are none left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_Population_BE0101A1proc":                    "SHOWDECIMALS that does not count is left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_Population_BE0101A1procproc":                "SHOWDECIMALS that does not count is left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_error_continue_BE0101F1errorCellnote":       "a note about what is not there is left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_error_continue_BE0101F1errorDescription":    "a value that is none is left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_error_continue_BE0101F1errorDoubleCol":      "a keyword about what is not there is left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_error_continue_BE0101F1errorElimYes":        "a keyword about what is not there is left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_error_continue_BE0101F1errorNoteVar":        "a note about what is not there is left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_error_continue_BE0101F1errorShowdecimals2":  "SHOWDECIMALS that does not count is left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_error_continue_BE0101F1errorTimeval":        "TIMEVAL is made of the values",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_error_fatal_BE0101F1errorContVariableunits": "a unit of what is not there is left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_error_multilang_BE0101F1ensvdescerror":      "what a language lacks is that of the first",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_percent_BE0101A1procnorounding":             "SHOWDECIMALS that does not count is left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_percent_BE0101A1procspar":                   "SHOWDECIMALS that does not count is left out",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_percent_ENdecnoround":                       "AXIS-VERSION is one in which PRESTEXT is what it is today",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_percent_ENdecround0":                        "AXIS-VERSION is one in which PRESTEXT is what it is today",
	"pxR__tests_review_example4":                              "dates are written in the form of the format, and those that are none left out",
	"pxmake__tests_testthat_fixtures_px_no_timeval_or_codes2": "empty dates and contacts are left out",
	"pyaxis__pyaxis_test_data_14001":                          "AXIS-VERSION is one in which PRESTEXT is what it is today",
	"pyaxis__pyaxis_test_data_27067":                          "dates are written in the form of the format, and those that are none left out",
}

// TestWriteMade holds that the made and the real files come back as they were.
func TestWriteMade(t *testing.T) {
	for _, folder := range []string{corpus(t, "made"), corpus(t)} {
		files, err := filepath.Glob(filepath.Join(folder, "files", "*.px"))
		require.NoError(t, err)
		for _, name := range files {
			t.Run(strings.TrimSuffix(filepath.Base(name), ".px"), func(t *testing.T) {
				text, err := os.ReadFile(name)
				require.NoError(t, err)
				before, px, after, warned := again(t, text, nil)
				diff := cmp.Diff(parsed(t, before), parsed(t, after))
				if why := changed[strings.TrimSuffix(filepath.Base(name), ".px")]; why != "" {
					if diff == "" && len(warned) == 0 {
						t.Errorf("nothing is changed, though %s", why)
					}
					return
				}
				if diff != "" || len(warned) > 0 {
					t.Errorf("%v\n%s\n%s", warned, diff, px[:min(len(px), 3000)])
				}
			})
		}
	}
}
