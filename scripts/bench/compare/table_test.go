package main

import (
	"strings"
	"testing"
)

func TestPairsRow(t *testing.T) {
	// Two pairs: the newer side takes half the time and a quarter of the memory.
	old := series{{1, 0.5, 4096, 2_000_000, "aa"}, {2, 1, 8192, 2_000_000, "aa"}}
	half := series{{0.5, 0.25, 1024, 2_000_000, "aa"}, {1, 0.5, 2048, 2_000_000, "aa"}}
	tests := []struct {
		name string
		r    result
		want string
	}{
		{"the same bytes", result{old: old, new: half},
			"| dice | 0 of 2 | 1.500 | 0.750 | 0.500 (0.500–0.500) | 0.750 | 0.375 | 0.500 (0.500–0.500) | 8.0 | 2.0 | 3.00 | 2.00 | same |"},
		{"a loss", result{old: half, new: old},
			"| dice | 2 of 2 | 0.750 | 1.500 | 2.000 (2.000–2.000) | 0.375 | 0.750 | 2.000 (2.000–2.000) | 2.0 | 8.0 | 3.00 | 2.00 | same |"},
		{"older side without the program", result{new: half, oldFault: errMissing.Error()},
			"| dice | - | - | 0.750 | - | - | 0.375 | - | - | 2.0 | 3.00 | 2.00 | old: has no such program |"},
		{"newer side failed", result{old: old, newFault: "dice failed"},
			"| dice | - | 1.500 | - | - | 0.750 | - | - | 8.0 | - | 3.00 | 2.00 | new: dice failed |"},
		{"both failed", result{oldFault: "dice failed", newFault: "dice failed"},
			"| dice | - | - | - | - | - | - | - | - | - | 3.00 | - | both: dice failed |"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.r.scenario, tt.r.size = scenario{name: "dice", in: "doc.json"}, 3_000_000
			got := tt.r.pairsRow()
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			head, _, _ := strings.Cut(pairsHead, "\n")
			if strings.Count(got, "|") != strings.Count(head, "|") {
				t.Error("the row has not as many columns as the head")
			}
		})
	}
}

func TestBytes(t *testing.T) {
	run := func(size int64, sum string) figures { return figures{size: size, sum: sum} }
	tests := []struct {
		name     string
		old, new series
		want     string
	}{
		{"same", series{run(5, "a"), run(5, "a")}, series{run(5, "a"), run(5, "a")}, "same"},
		{"as long, other bytes", series{run(5, "a")}, series{run(5, "b")}, "differ"},
		{"longer", series{run(5, "a")}, series{run(7, "b")}, "differ: +2"},
		{"shorter", series{run(5, "a")}, series{run(4, "b")}, "differ: -1"},
		{"not even one side is constant", series{run(5, "a"), run(5, "a")}, series{run(5, "a"), run(5, "b")}, "vary from run to run"},
		{"nothing to compare with", nil, series{run(5, "a")}, ""},
	}
	if got := (&result{old: series{run(5, "a")}, new: series{run(5, "a")}, twin: true}).bytes(); got != "same program" {
		t.Errorf("of one program: %q", got)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := (&result{old: tt.old, new: tt.new}).bytes(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAloneRow(t *testing.T) {
	r := result{scenario: scenario{name: "start dice"}, new: series{{0.0125, 0.01, 8192, 24, "aa"}, {0.0145, 0.012, 8192, 24, "aa"}}}
	got := r.aloneRow()
	if want := "| start dice | 2 | 0.0135 (0.0130–0.0140) | 0.0110 (0.0105–0.0115) | 8.0 | - | 0.00 |  |"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	head, _, _ := strings.Cut(aloneHead, "\n")
	if strings.Count(got, "|") != strings.Count(head, "|") {
		t.Error("the row has not as many columns as the head")
	}
}
