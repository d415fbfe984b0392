package pxconv_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/convert/pxconv"
)

// The files of the corpus come with what PxWeb's own software makes of each. Where ours is
// another document on purpose, or where theirs refuses a file, the tests below say why.

// corpus is a folder of the corpus.
func corpus(t *testing.T, folder ...string) string {
	t.Helper()
	root := os.Getenv("JSONSTAT_CORPUS")
	if root == "" {
		t.Skip("JSONSTAT_CORPUS names no corpus: the files of PxWeb's own software are not compared")
	}
	dir := filepath.Join(append([]string{root, "px"}, folder...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("the corpus has no folder px: %v", err)
	}
	return dir
}

// better are the made files of which we make another document than PxWeb, and why.
var better = map[string]string{
	"cont-two-subkeys":   "UNITS of variable and value is understood",
	"date-day-only":      "the day is understood",
	"date-iso":           "the time is understood",
	"date-next-bad":      "the day is understood",
	"date-one-digit":     "the time is understood",
	"date-seconds":       "the time is understood",
	"date-zone":          "the zone is understood",
	"dec-confidential":   "ones and twos stay as they are",
	"enc-late-codepage":  "CODEPAGE is found wherever it stands",
	"enc-latin1-is-utf8": "the bytes decide",
	"enc-none-cp850":     "the bytes decide",
	"enc-none-late":      "the bytes decide",
	"enc-number":         "1252 is a code page",
	"enc-utf8-is-latin1": "the bytes decide",
	"geo-map":            "MAP alone gives the role too",
	"gram-lower-case":    "keywords in small letters are known",
	"keys-unordered":     "rows may come in any order",
	"lang-no-contents":   "a label is the id where there is none, not null",
	"sep-comma-tight":    "commas separate cells",
	"sep-no-end":         "the last row is kept",
	"sep-semicolon":      "semicolons separate cells",
	"sym-sentinel":       "a number is a number",
}

// refused are made files that we refuse though PxWeb makes a document of them.
var refused = map[string]string{
	"cells-data-empty-end": "no zeros for cells that are not there",
	"cells-few-row":        "no zeros for cells that are not there",
	"cells-few-tight":      "no zeros for cells that are not there",
	"keys-duplicate":       "a row that stands twice",
	"num-comma-decimal":    "a comma may be a decimal mark",
	"num-nan":              "NaN is no number of JSON",
	"num-thousands":        "a comma may be a decimal mark",
}

// read are files that PxWeb refuses and we read, with a warning; those that are not here we
// refuse as well.
var read = map[string]bool{
	"cellnote-before-codes": true, "cont-late": true, "cont-no-table-units": true, "contact-parts-few": true, "datanotecell-before-codes": true,
	"datanotecell-many": true, "dec-16": true, "dec-big-over": false, "gram-empty-value": true, "gram-language-after-subkey": true,
	"gram-lower-case-data": true, "gram-lower-case-must": true, "gram-trailing-comma": true, "gram-unknown-language": true,
	"gram-unknown-twice": true, "hier-two-parents": true, "keys-broken-row": false, "keys-comma-cells": true, "keys-no-codes": true,
	"lang-incomplete": true, "lang-languages-first": true, "lang-no-languages": true, "lang-no-stub": false, "lang-no-units": true,
	"lang-quoted": true, "lang-undeclared-first": true, "lang-undeclared": true, "lang-values-before-stub": false,
	"prestext-0-no-version": true, "prestext-2-old": true, "prestext-after": true, "sep-comma-symbols": true, "sep-mixed": true,
	"sep-semicolon-blank": true, "shape-empty-stub": true, "sym-quoted-number": true, "time-no-values-range": true, "time-no-values": true,
	"PxWeb__PXWeb_Resources_PX_Databases_Example_error_multilang_BE0101F1ensvdescerror": true,
	"PxWeb__PXWeb_Resources_PX_Databases_Example_percent_ENdecnoround":                  true,
	"PxWeb__PXWeb_Resources_PX_Databases_Example_percent_ENdecround0":                   true,
	"pxR__tests_review_example4":     true,
	"pyaxis__pyaxis_test_data_14001": true,
}

// real are real files of which we make another document, and why.
var real = map[string]string{
	"PCAxis.Serializers__UnitTests_TestFiles_BE0101A1_contact":                   "a contact without a name has its own parts, not those of the one before",
	"PCAxis.Serializers__UnitTests_TestFiles_WierdTimeWithOneValue":              "the bytes decide",
	"PxBuild__testdata_statfin_khi_pxt_11xm":                                     "the bytes decide",
	"PxWebApi__PxWebApi_Mvc.Tests_ExpectedJson_tab4_fewcells":                    "the bytes decide",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_Doublecolumn_HA0201E8doublecol": "the bytes decide",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_Hierarchies_PR0101B3hier":       "the bytes decide",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_NPM_BE0101F1nolang":             "a day is understood",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_Population_BE101ACE":            "the bytes decide",
	"PxWeb__PXWeb_Resources_PX_Databases_Example_keys_BE101ACEkeys":              "the bytes decide",
	"pxR__tests_review_example6":                                                 "semicolons separate cells",
	"pxmake__tests_testthat_fixtures_px_TUX01":                                   "the bytes decide",
	"pyaxis__pyaxis_test_data_27067":                                             "a day is understood",
}

// TestMade compares the made files, a point each.
func TestMade(t *testing.T) { compare(t, corpus(t, "made"), better) }

// TestReal compares the real files.
func TestReal(t *testing.T) { compare(t, corpus(t), real) }

func compare(t *testing.T, folder string, differs map[string]string) {
	files, err := filepath.Glob(filepath.Join(folder, "files", "*.px"))
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, name := range files {
		base := strings.TrimSuffix(filepath.Base(name), ".px")
		t.Run(base, func(t *testing.T) {
			results := results(t, folder, base)
			if len(results) == 0 {
				_, warned, err := document(t, name, "")
				warns, reads := read[base]
				ok := officiallyRead(t, folder, base)
				switch {
				case reads && err != nil:
					t.Errorf("it is to be read: %v", err)
				case reads && warns && len(warned) == 0:
					t.Error("nothing is said")
				case !reads && !ok && err == nil:
					t.Errorf("it is read: %v", warned)
				}
				return
			}
			for lang, want := range results {
				got, _, err := document(t, name, lang)
				if why := refused[base]; why != "" {
					if err == nil {
						t.Errorf("it is read: %s", why)
					}
					return
				}
				if err != nil {
					t.Errorf("%s: %v", lang, err)
					continue
				}
				theirs, ours := comparable(t, want, base), comparable(t, got, base)
				sameDecimals(theirs, ours)
				diff := cmp.Diff(theirs, ours)
				if why := differs[base]; (diff != "") != (why != "") && len(results) == 1 || diff != "" && why == "" {
					t.Errorf("%s (%s): -PxWeb +ours\n%s", lang, why, diff)
				}
			}
		})
	}
}

// results are what PxWeb's serializer made of a file, by language.
func results(t *testing.T, folder, base string) map[string][]byte {
	list := map[string][]byte{}
	for _, ending := range []string{".js2.json", ".js2.json.gz"} {
		names, _ := filepath.Glob(filepath.Join(folder, "official", base+".*"+ending))
		for _, name := range names {
			lang := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), base+"."), ending)
			if strings.Contains(lang, ".") {
				continue // another way of calling it, or another file
			}
			text, err := os.ReadFile(name)
			if err == nil && strings.HasSuffix(name, ".gz") {
				var z *gzip.Reader
				if z, err = gzip.NewReader(bytes.NewReader(text)); err == nil {
					text, err = io.ReadAll(z)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
			list[lang] = text
		}
	}
	return list
}

// officiallyRead tells whether PxWeb reads a file, though its serializer fails.
func officiallyRead(t *testing.T, folder, base string) bool {
	text, err := os.ReadFile(filepath.Join(folder, "official", base+".messages.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.HasPrefix(string(text), "result\tok")
}

// document is what we make of a file as PxWeb shows it.
func document(t *testing.T, name, lang string) (text []byte, warned []pxconv.Warning, err error) {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if lang == "default" {
		lang = ""
	}
	ds, done, err := pxconv.Read(f, &pxconv.Options{
		Lang: lang, Zone: time.UTC, Rounded: true, MadeTitle: true, Warn: func(w pxconv.Warning) { warned = append(warned, w) },
	})
	if err != nil {
		return nil, warned, err
	}
	defer done()
	var b bytes.Buffer
	err = ds.Write(&b, nil)
	return b.Bytes(), warned, err
}

// comparable is a document without what differs everywhere: what we keep and PxWeb loses,
// decimals of units that it does not know (-1) and dates that it does not understand, and the
// dimension of contents, which the serializer alone calls otherwise than PxWebApi 2 does.
func comparable(t *testing.T, text []byte, base string) any {
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatalf("%v: %.200s", err, text)
	}
	dims := doc["dimension"].(map[string]any)
	if d, ok := dims["ContentsCode"].(map[string]any); ok && d["label"] == "EliminatedContents" {
		text = bytes.ReplaceAll(text, []byte(`"EliminatedValue"`), []byte(`"content"`))
		text = bytes.ReplaceAll(text, []byte(`"ContentsCode"`), []byte(`"CONTENTS"`))
		doc = nil
		if err := json.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		dims = doc["dimension"].(map[string]any)
		d := dims["CONTENTS"].(map[string]any)
		px := doc["extension"].(map[string]any)["px"].(map[string]any)
		d["label"] = "contents"
		lang, _ := px["language"].(string)
		switch lang, _, _ = strings.Cut(lang, "-"); lang {
		case "sv":
			d["label"] = "tabellinnehåll"
		case "no":
			d["label"] = "statistikkvariabel"
		}
		x := d["extension"].(map[string]any)
		x["elimination"], x["show"] = false, "value"
		stub, _ := px["stub"].([]any)
		px["stub"] = append([]any{"CONTENTS"}, stub...)
	}
	px := doc["extension"].(map[string]any)["px"].(map[string]any)
	for _, lost := range []string{"keywords", "languages", "cellnote"} {
		delete(px, lost)
	}
	for _, of := range []struct {
		object map[string]any
		name   string
	}{{doc, "updated"}, {px, "nextUpdate"}} {
		if date, ok := of.object[of.name].(string); ok && strings.HasPrefix(date, "9999") {
			delete(of.object, of.name)
		}
	}
	if status, ok := doc["status"].(map[string]any); ok && len(status) == 0 {
		delete(doc, "status")
	}
	if role, ok := doc["role"].(map[string]any); ok && base != "geo-map" && !strings.HasPrefix(base, "geo") {
		delete(role, "geo") // MAP alone gives it here
	}
	for _, id := range doc["id"].([]any) {
		simple(dims[id.(string)].(map[string]any)["category"].(map[string]any))
	}
	return doc
}

// simple brings the two ways of writing categories into one.
func simple(category map[string]any) {
	delete(category, "child")
	if list, ok := category["index"].([]any); ok {
		index := map[string]any{}
		for i, id := range list {
			index[id.(string)] = float64(i)
		}
		category["index"] = index
	}
	if category["label"] == nil {
		labels := map[string]any{}
		for id := range category["index"].(map[string]any) {
			labels[id] = id
		}
		category["label"] = labels
	}
	units, _ := category["unit"].(map[string]any)
	for _, unit := range units {
		delete(unit.(map[string]any), "label")
	}
}

// sameDecimals takes the decimals of units out of our document that PxWeb does not know, -1
// or null there, and those of the dimension of contents that it makes, which its serializer
// alone and PxWebApi 2 take from different keywords.
func sameDecimals(want, got any) {
	theirs, ours := units(want), units(got)
	for key, unit := range theirs {
		d, known := unit["decimals"].(float64)
		if !known || d < 0 || strings.HasPrefix(key, "CONTENTS ") {
			delete(unit, "decimals")
			delete(ours[key], "decimals")
		}
	}
}

// units are those of all categories, by the ids of dimension and category.
func units(doc any) map[string]map[string]any {
	list := map[string]map[string]any{}
	for id, d := range doc.(map[string]any)["dimension"].(map[string]any) {
		of, _ := d.(map[string]any)["category"].(map[string]any)["unit"].(map[string]any)
		for category, unit := range of {
			list[id+" "+category] = unit.(map[string]any)
		}
	}
	return list
}
