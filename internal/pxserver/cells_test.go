package pxserver

import (
	"encoding/json"
	"testing"
)

func TestCellsAreTheSameEveryTime(t *testing.T) {
	for name, f := range map[string]CellFunc{"pseudo": Pseudo(1), "whole": Whole(1), "odd": Odd(1)} {
		kinds := map[string]int{}
		changed := 0
		for i := range 5000 {
			at := []int{i % 7, i / 7}
			token, symbol := f(nil, at, 0)
			again, same := f(nil, at, 0)
			if string(token) != string(again) || symbol != same {
				t.Fatalf("%s: %v gives %s and %s", name, at, token, again)
			}
			if len(token) > 0 && !json.Valid(token) && string(token) != "-0" {
				t.Fatalf("%s: token %s", name, token)
			}
			switch {
			case len(token) == 0:
				kinds["null "+symbol]++
			case symbol != "":
				kinds["figure with a symbol"]++
			}
			if later, _ := f(nil, at, 1); string(later) != string(token) {
				changed++
			}
		}
		if changed < 3000 {
			t.Errorf("%s: an update changes only %d of 5000 figures", name, changed)
		}
		if name == "pseudo" && (kinds["null .."] == 0 || kinds["null -"] == 0 || kinds["null :"] == 0 || kinds["null ."] == 0 || kinds["figure with a symbol"] == 0) {
			t.Errorf("%s: %v", name, kinds)
		}
	}
}

func TestOddTokensAllOccur(t *testing.T) {
	seen := map[string]bool{}
	nullWithout := false
	f := Odd(90001)
	for i := range 4000 {
		token, symbol := f(nil, []int{i}, 0)
		seen[string(token)] = true
		nullWithout = nullWithout || len(token) == 0 && symbol == ""
	}
	for _, token := range OddTokens {
		if !seen[token] {
			t.Errorf("%s never comes", token)
		}
	}
	if !nullWithout {
		t.Error("there is no null without a symbol")
	}
}
