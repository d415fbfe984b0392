package main

import (
	"strings"
	"testing"
)

// A constant that an int of 32 bits does not hold is a fault there, and none on 64 bits.
func TestCheck(t *testing.T) {
	for platform, want := range map[string]string{"linux/386": "overflows", "darwin/arm64": ""} {
		faults, err := check(platform, []string{"./testdata/wide"})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(faults, "\n"); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", platform, got, want)
		}
	}
	if _, err := check("windows", nil); err == nil {
		t.Error("a system without a processor is taken")
	}
}
