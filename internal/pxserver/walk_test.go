package pxserver

import "testing"

func TestSums(t *testing.T) {
	for _, c := range []struct {
		name   string
		cells  []string // a token, or a symbol after "!"
		token  string
		symbol string
	}{
		{"whole numbers", []string{"1", "2", "40"}, "43", ""},
		{"no zeros at the end", []string{"2.5", "2.50"}, "5", ""},
		{"decimals are exact", []string{"0.1", "0.2"}, "0.3", ""},
		{"exponents", []string{"1e-7", "1"}, "1.0000001", ""},
		{"a large exponent", []string{"1.5e10", "1"}, "15000000001", ""},
		{"17 digits", []string{"12345678901234567", "0.12345678901234567"}, "12345678901234567.12345678901234567", ""},
		{"negative", []string{"-0.25", "-0.5"}, "-0.75", ""},
		{"a small negative", []string{"-0.05"}, "-0.05", ""},
		{"nil is zero", []string{"!-", "7"}, "7", ""},
		{"all nil", []string{"!-", "!-"}, "0", ""},
		{"missing makes missing", []string{"1", "!:", "2"}, "", ":"},
		{"the same symbol", []string{"!..", "!.."}, "", ".."},
		{"mixed symbols", []string{"!..", "!:", "1"}, "", SumSymbol},
		{"nil beside missing", []string{"!-", "!:"}, "", ":"},
		{"a note on a figure is not missing", []string{"5*", "2"}, "7", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var a adder
			a.reset()
			for _, cell := range c.cells {
				a.symbol = ""
				switch {
				case cell[0] == '!':
					a.symbol, cell = cell[1:], ""
				case cell[len(cell)-1] == '*':
					a.symbol, cell = "*", cell[:len(cell)-1]
				}
				a.add([]byte(cell))
			}
			token, symbol := a.result(nil)
			if string(token) != c.token || symbol != c.symbol {
				t.Errorf("got %q %q, want %q %q", token, symbol, c.token, c.symbol)
			}
		})
	}
}
