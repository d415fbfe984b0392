package period

import (
	"testing"
	"time"
)

func TestParseFirstDay(t *testing.T) {
	tests := []struct {
		code string
		day  string // "" is no period
		f    Frequency
	}{
		{"2024", "2024-01-01", Year},
		{"1801", "1801-01-01", Year},
		{"1600", "1600-01-01", Year},
		{"2199", "2199-01-01", Year},
		{"2024H1", "2024-01-01", Half},
		{"2024H2", "2024-07-01", Half},
		{"2024-S2", "2024-07-01", Half},
		{"2024T1", "2024-01-01", Tertial},
		{"2024T3", "2024-09-01", Tertial},
		{"2024Q1", "2024-01-01", Quarter},
		{"2024-Q3", "2024-07-01", Quarter},
		{"2024K4", "2024-10-01", Quarter},
		{"2024k4", "2024-10-01", Quarter},
		{"2024M01", "2024-01-01", Month},
		{"2024M1", "2024-01-01", Month},
		{"2024m12", "2024-12-01", Month},
		{"2024-12", "2024-12-01", Month},
		{"202412", "2024-12-01", Month},
		{"2024W01", "2024-01-01", Week},
		{"2025U01", "2024-12-30", Week}, // begins in the year before
		{"2021W01", "2021-01-04", Week},
		{"2020W53", "2020-12-28", Week},
		{"2024-W05", "2024-01-29", Week},
		{"2024V05", "2024-01-29", Week},
		{"2024-02-29", "2024-02-29", Day},
		{"20240229", "2024-02-29", Day},
		{"2024M02D29", "2024-02-29", Day},

		{"", "", None},
		{"202", "", None},
		{"0301", "", None}, // a municipality
		{"2200", "", None},
		{"1599", "", None},
		{"2024 ", "", None},
		{"2024-", "", None},
		{"2024--01", "", None},
		{"2024H0", "", None},
		{"2024H3", "", None},
		{"2024T4", "", None},
		{"2024Q5", "", None},
		{"2024K", "", None},
		{"2024M00", "", None},
		{"2024M13", "", None},
		{"2024M001", "", None},
		{"2024-13", "", None},
		{"2024-1", "", None},
		{"2021W53", "", None}, // the year has 52
		{"2024W00", "", None},
		{"2024W54", "", None},
		{"2023-02-29", "", None},
		{"2024-0101", "", None},
		{"202401-01", "", None},
		{"20240230", "", None},
		{"20240100", "", None},
		{"2024M00D05", "", None},
		{"2024M12D31", "2024-12-31", Day},
		{"2024M12D32", "", None},
		{"2024M1D05", "2024-01-05", Day},
		{"2024M13D01", "", None},
		{"2024MD01", "", None},
		{"2019-2020", "", None}, // several years have no frequency
		{"2019/2020", "", None},
		{"2024X1", "", None},
		{"2024\x111", "", None}, // Q without its sixth bit
		{"2024é1", "", None},
		{"total", "", None},
	}
	for _, tt := range tests {
		t.Run(tt.code, func(t *testing.T) {
			day, f, ok := ParseFirstDay(tt.code)
			got := ""
			if ok {
				got = day.Format(time.DateOnly)
			}
			if got != tt.day || f != tt.f || ok != (tt.day != "") {
				t.Errorf("ParseFirstDay(%q) = %q, %d, %t; want %q, %d", tt.code, got, f, ok, tt.day, tt.f)
			}
			if ok && (day.Location() != time.UTC || !day.Equal(day.Truncate(24*time.Hour))) {
				t.Errorf("ParseFirstDay(%q) = %v, not midnight UTC", tt.code, day)
			}
		})
	}
}

func TestFirstDays(t *testing.T) {
	tests := []struct {
		name  string
		codes []string
		ok    bool
	}{
		{"years", []string{"2022", "2023", "2024"}, true},
		{"descending quarters", []string{"2024K2", "2024K1", "2023K4"}, true},
		{"one", []string{"2024"}, true},
		{"none", nil, false},
		{"two frequencies", []string{"2023", "2024K1"}, false},
		{"the same period in two spellings", []string{"2024Q1", "2024K1"}, false},
		{"not all are periods", []string{"2023", "total"}, false},
		{"quarters that begin like tertials", []string{"2024T1", "2024T2", "2024T3", "2024T4"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			days, ok := FirstDays(tt.codes)
			if ok != tt.ok || (ok && len(days) != len(tt.codes)) {
				t.Fatalf("FirstDays(%q) = %v, %t; want %t", tt.codes, days, ok, tt.ok)
			}
			for i, day := range days {
				if want, _, _ := ParseFirstDay(tt.codes[i]); !day.Equal(want) {
					t.Errorf("day %d is %v, want %v", i, day, want)
				}
			}
		})
	}
}

// Every day of the calendar comes back from its own code, and the first days of
// weeks and months are not after it.
func TestCalendar(t *testing.T) {
	for day := date(1999, 12, 1); day.Year() < 2030; day = day.AddDate(0, 0, 1) {
		got, f, ok := ParseFirstDay(day.Format(time.DateOnly))
		if !ok || f != Day || !got.Equal(day) {
			t.Fatalf("%v came back as %v (%d, %t)", day, got, f, ok)
		}
		year, w := day.ISOWeek()
		monday, _, ok := week(year, w)
		if !ok || day.Before(monday) || day.Sub(monday) >= 7*24*time.Hour {
			t.Fatalf("%v is in week %d of %d, which begins %v", day, w, year, monday)
		}
	}
}
