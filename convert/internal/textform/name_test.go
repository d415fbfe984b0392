package textform

import (
	"strings"
	"testing"
)

func TestName(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Region", "Region"},
		{"Kjønn", "Kjonn"},
		{"Ångström (å)", "Angstrom_a"},
		{"a,b;c=d\te", "a_b_c_d_e"},
		{"2020", "_2020"},
		{"年", "column"},
		{"", "column"},
		{"_x_", "x"},
		{"Straße", "Strasse"},
		{strings.Repeat("ab", 300), strings.Repeat("ab", 125)},
	} {
		if got := Name(tt.text); got != tt.want {
			t.Errorf("%q is %q, want %q", tt.text, got, tt.want)
		}
	}
}
