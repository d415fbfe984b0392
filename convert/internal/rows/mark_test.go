package rows

import (
	"fmt"
	"strings"
	"testing"
)

// TestCells holds what a cell of a column of values is: its value, and its status behind
// a slash.
func TestCells(t *testing.T) {
	tests := []struct{ name, text, want string }{
		// Numbers.
		{"a number", "12.5", "12.5"},
		{"a blank between thousands", "1 234.5", "1234.5"},
		{"a no-break space", "1\u00a0301", "1301"},
		{"a narrow one", "12\u202f001", "12001"},
		{"a thin one", "1\u2009987", "1987"},
		{"apostrophes", "1'234'567", "1234567"},
		{"a typographic apostrophe", "1’234", "1234"},
		{"groups that are no thousands", "12 34", "no number"},
		{"a group of four", "1 2345", "no number"},
		{"two marks between groups", "1 234'567", "no number"},
		{"a first group of four", "1234 567", "no number"},
		{"a zero in front of groups", "01 234", "no number"},
		{"a minus sign", "−5", "-5"},
		{"an en dash as minus", "–5.5", "-5.5"},
		{"a minus sign before groups", "−1 234", "-1234"},
		{"two signs", "−-5", "no number"},
		{"a code", "0301", "no number"},
		{"thousands by commas", "1,234", "no number"},

		// Statuses.
		{"a flag", "12.3 p", "12.3/p"},
		{"a flag right behind", "7r", "7/r"},
		{"joined flags", "9.5 bep", "9.5/bep"},
		{"a flag in brackets", "13 (p)", "13/p"},
		{"a shorthand behind a figure", "13 [low]", "13/low"},
		{"a star", "12.5*", "12.5/*"},
		{"three stars", "12.5 ***", "12.5/***"},
		{"four stars", "12.5****", "no number"},
		{"a quality", "45.2 A", "45.2/A"},
		{"use with caution", "45.2E", "45.2/E"},
		{"a rounded zero", "0s", "0/s"},
		{"a colon and a flag", ": c", "null/c"},
		{"a colon and flags", ":bep", "null/bep"},
		{"a shorthand", "[c]", "null/c"},
		{"none recorded", "[w]", "null/w"},
		{"fewer than", "<5", "null/<5"},
		{"fewer than a fraction", "< 0.5", "null/< 0.5"},
		{"dots", "..", "null/.."},
		{"an ellipsis", "…", "null/…"},
		{"a colon", ":", "null/:"},
		{"a dash", "-", "null/-"},
		{"two dashes", "--", "null/--"},
		{"suppressed", "x", "null/x"},
		{"too unreliable", "F", "null/F"},
		{"not available", "N/A", "null"},
		{"not a number", "NaN", "null"},
		{"thousands and a flag", "1 234 p", "1234/p"},

		// What is none.
		{"a unit", "12 cm", "no number"},
		{"another unit", "12 in", "no number"},
		{"flags out of order", "12 pe", "no number"},
		{"an unknown letter", "12 q", "no number"},
		{"an unknown shorthand", "[q]", "no number"},
		{"a letter alone", "q", "no number"},
		{"a range", "5-10", "no number"},

		// Notes and units.
		{"a raised note", "12¹", "12"},
		{"a note in brackets", "12 [note 1]", "12"},
		{"a flag and a note", "12 p²", "12/p"},
		{"a year in brackets", "12 [2024]", "no number"},
		{"per cent", "12.5 %", "12.5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			unit := ""
			if strings.HasSuffix(tt.text, "%") {
				unit = "%"
			}
			ds, _, err := makeCSV(fmt.Sprintf("port,year,tonnes\nN,2023,\"%s\"\nN,2024,5%[2]s\nN,2025,6%[2]s\n", tt.text, unit), Options{})
			got := "no number"
			if err == nil {
				for obs, err := range ds.Observations() {
					if err != nil {
						t.Fatal(err)
					}
					if got = obs.Text(); obs.Missing() {
						got = "null"
					}
					if s := obs.Status(); s != "" {
						got += "/" + s
					}
					break
				}
			} else if !strings.Contains(err.Error(), "is no number") && !strings.Contains(err.Error(), "no column of figures") {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("%q is %s, want %s", tt.text, got, tt.want)
			}
		})
	}
}

// TestSuppressed holds that a column that is called as values are holds them, however
// many of them are suppressed.
func TestSuppressed(t *testing.T) {
	ds, _, err := makeCSV("REF_DATE,GEO,VALUE\n2023,N,x\n2024,N,x\n2023,S,F\n2024,S,12.5E\n", Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for obs, err := range ds.Observations() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, obs.Text()+"/"+obs.Status())
	}
	if s := strings.Join(got, " "); s != "/x /F /x 12.5/E" {
		t.Errorf("the cells are %s", s)
	}
}

// TestMarks holds what the decimal mark is, and what stands between thousands.
func TestMarks(t *testing.T) {
	many := func(sep string, values ...string) string {
		var b strings.Builder
		b.WriteString("port" + sep + "year" + sep + "tonnes\n")
		for i, v := range values {
			fmt.Fprintf(&b, "N%s%d%s%s\n", sep, 2000+i, sep, v)
		}
		return b.String()
	}
	tens := strings.Fields(strings.Repeat("1.234 ", 10))
	tests := []struct {
		name, text string
		open       bool // as separated by semicolons
		o          Options
		want, err  string
	}{
		{"a comma", many(";", "1,5", "2"), true, Options{}, "1.5 2", ""},
		{"a point, as PxWeb writes", many(";", "1.5", "2"), true, Options{}, "1.5 2", ""},
		{"a comma in one of many", many(";", "1,5", "2.5"), true, Options{}, "", `"2.5" is no number`},
		{"a point and three digits", many(";", "385.107", "85.1"), true, Options{}, "385.107 85.1", ""},
		{"a point and three digits throughout", many(";", "385.107", "85.107", "12"), true, Options{}, "", "may be a decimal mark, or stand between thousands"},
		{"three digits behind a zero", many(";", "0.107", "85.107"), true, Options{}, "0.107 85.107", ""},
		{"three digits, and a word", many(";", "385.107", "85.107"), true, Options{Thousands: "."}, "385107 85107", ""},
		{"three digits, and the other word", many(";", "385.107", "85.107"), true, Options{Decimal: "."}, "385.107 85.107", ""},
		{"a comma and three digits", many(";", "385,107", "85,107"), true, Options{}, "385.107 85.107", ""},
		{"codes with points beside values with commas", "code;year;t\n1.1;2023;1,5\n2.1;2023;2,5\n2.1;2024;3\n1.1;2024;4\n", true, Options{}, "1.5 4 2.5 3", ""},
		{"codes with commas beside values with points", "code;year;t\n1,1;2023;1.5\n2,1;2023;2.5\n2,1;2024;3\n1,1;2024;4\n", true, Options{}, "1.5 4 2.5 3", ""},
		{"points and a comma", many(";", "1.234,5", "2"), true, Options{}, "", `"1.234,5" is no number`},
		{"points and a comma, and a word", many(";", "1.234,5", "2"), true, Options{Thousands: "."}, "1234.5 2", ""},

		{"a point beside commas", many(",", "1.5", "2"), false, Options{}, "1.5 2", ""},
		{"nine fractions of three digits", many(",", append(tens[1:], "15")...), false, Options{}, strings.Repeat("1.234 ", 9) + "15", ""},
		{"ten of them beside a small number", many(",", append(tens, "15")...), false, Options{}, "", "may be a decimal mark, or stand between thousands"},
		{"ten of them beside a large one", many(",", append(tens, "1500")...), false, Options{}, strings.Repeat("1.234 ", 10) + "1500", ""},
		{"ten of them alone", many(",", tens...), false, Options{}, strings.TrimSpace(strings.Repeat("1.234 ", 10)), ""},
		{"ten of them beside another fraction", many(",", append(tens, "15", "1.5")...), false, Options{}, strings.Repeat("1.234 ", 10) + "15 1.5", ""},
		{"ten of them beside a zero", many(",", append(tens, "0")...), false, Options{}, strings.Repeat("1.234 ", 10) + "0", ""},
		{"ten of them, and a word", many(",", append(tens, "15")...), false, Options{Decimal: "."}, strings.Repeat("1.234 ", 10) + "15", ""},
		{"points beside marks", many(";", "1.234 p", "12.345 p", "567"), true, Options{}, "", "may be a decimal mark, or stand between thousands"},
		{"points behind another minus", many(";", "−1.234", "12.345", "567"), true, Options{}, "", "may be a decimal mark, or stand between thousands"},
		{"points right in front of flags", many(";", "1.234p", "12.345", "567"), true, Options{}, "", "may be a decimal mark, or stand between thousands"},
		{"thousands in quotes", many(",", `"1,234"`, "5"), false, Options{}, "", `"1,234" is no number`},
		{"thousands in quotes, and a word", many(",", `"1,234"`, "5", `"1,234,567.5"`), false, Options{Thousands: ","}, "1234 5 1234567.5", ""},
		{"what is no group beside thousands", many(",", `"1,23"`, "5"), false, Options{Thousands: ","}, "", `"1,23" is no number`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sep := ","
			if tt.open {
				sep = ";"
			}
			ds, _, err := makeTable(tt.text, sep, Format{Open: tt.open}, tt.o)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("the error is %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for obs, err := range ds.Observations() {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, obs.Text())
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("the values are %s, want %s", s, tt.want)
			}
		})
	}
}

// TestPercent holds that values in per cent have it as their unit.
func TestPercent(t *testing.T) {
	tests := []struct {
		name, text string
		o          Options
		want, err  string
	}{
		{"one measure", "port,share\nN,12.5 %\nS,7%\nV,..\n", Options{}, `"extension":{"unit":{"label":"%","symbol":"%","position":"end"}}`, ""},
		{"some cells only", "port,share\nN,12.5 %\nS,7\n", Options{}, "", `line 2: share: "12.5 %" is in per cent, and other cells are not`},
		{"one of two measures", "port,share,tonnes\nN,12.5 %,3\nS,7 %,4\n", Options{Values: []string{"share", "tonnes"}}, `"unit":{"share":{"label":"%","symbol":"%","position":"end"}}`, ""},
		{"headings", "port,2023,2024\nN,1 %,3 %\nS,7 %,4 %\n", Options{By: []string{"Year"}}, `"extension":{"unit"`, ""},
		{"some headings only", "port,2023,2024\nN,1 %,3\nS,7 %,4\n", Options{By: []string{"Year"}}, "", "is in per cent, and 2024 are not"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ds, _, err := makeCSV(tt.text, tt.o)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("the error is %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			if err := ds.Write(&b, nil); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(b.String(), tt.want) {
				t.Errorf("%s has no %s", b.String(), tt.want)
			}
		})
	}
}

// TestNoteTexts holds what begins as notes below a table do, and what only looks a little
// so: of these most rows begin with one, and must not be taken for a note each.
func TestNoteTexts(t *testing.T) {
	for text, want := range map[string]bool{
		"Source: Office": true, "NOTE 3: provisional": true, " Kilde: Kontoret": true, "källa:": true,
		"* provisional": true, " *": true, "© Office": true, "Merknad 1 : a": true,
		"": false, "North": false, "Øygarden": false, "Ærø: øy": false, "Москва": false, "2024-01-31T10:00": false,
		"Sources of energy: sun": false, "Notes, and: more": false, "Sør: nord": false, "a:b": false, "¹ note": false,
	} {
		if got := isNoteText([]byte(text)); got != want {
			t.Errorf("%q begins as notes do: %v", text, got)
		}
	}
}
