package main

import (
	"math"
	"slices"
	"testing"
)

func TestSpread(t *testing.T) {
	tests := []struct {
		name string
		list []float64
		want spread
	}{
		{"one", []float64{3}, spread{3, 3, 3}},
		{"two: the median lies between them", []float64{4, 2}, spread{2.5, 3, 3.5}},
		{"odd, in any order", []float64{5, 1, 4, 2, 3}, spread{2, 3, 4}},
		{"even", []float64{1, 2, 3, 4}, spread{1.75, 2.5, 3.25}},
		{"one that is far out does not move it", []float64{1, 1, 1, 1, 1000}, spread{1, 1, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := slices.Clone(tt.list)
			if got := spreadOf(tt.list); got != tt.want {
				t.Errorf("spreadOf(%v) = %v, want %v", tt.list, got, tt.want)
			}
			if !slices.Equal(tt.list, before) {
				t.Errorf("the runs stand in another order now, so that pairs are lost: %v", tt.list)
			}
		})
	}
}

// The median of the ratios is not the ratio of the medians: both sides of a pair
// ran when the machine was equally busy.
func TestRatiosAreOfPairs(t *testing.T) {
	old, new := []float64{1, 10, 4}, []float64{2, 5, 8}
	got := ratios(old, new)
	if want := []float64{2, 0.5, 2}; !slices.Equal(got, want) {
		t.Fatalf("ratios = %v, want %v", got, want)
	}
	if n := above(got, 1); n != 2 {
		t.Errorf("new is slower in %d pairs, want 2", n)
	}
	if m := quantile(got, 0.5); m != 2 {
		t.Errorf("their median is %v, want 2", m)
	}
}

func TestRatiosOfNothing(t *testing.T) {
	for _, r := range ratios([]float64{0, 0, 1}, []float64{0, 1, 0}) {
		if math.IsNaN(r) || math.IsInf(r, 0) || r <= 0 {
			t.Errorf("a time of zero gives the ratio %v", r)
		}
	}
}

func TestNewFirstIsAsOftenAsOldFirst(t *testing.T) {
	first := 0
	for i := range 8 {
		if newFirst(i) {
			first++
		}
		if newFirst(i) == newFirst(i+1) {
			t.Errorf("pairs %d and %d run in the same order", i, i+1)
		}
	}
	if first != 4 {
		t.Errorf("new runs first in %d of 8 pairs", first)
	}
}

func TestParseFigures(t *testing.T) {
	got, err := parseFigures("0.012500 8192 46000000 0a1b2c3d 0.010250\n")
	want := figures{wall: 0.0125, cpu: 0.01025, peak: 8192, size: 46_000_000, sum: "0a1b2c3d"}
	if err != nil || got != want {
		t.Errorf("parseFigures = %+v, %v, want %+v", got, err, want)
	}
	if _, err := parseFigures("0.0125 8192 46000000 0a1b2c3d\n"); err == nil {
		t.Error("figures without processor time are taken")
	}
}
