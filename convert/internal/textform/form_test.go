package textform

import "testing"

func TestOf(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"a word", "North quay", "North quay"},
		{"a blank in front", " North", "North"},
		{"a blank behind", "North ", "North"},
		{"two blanks", "North  quay", "North quay"},
		{"a no-break space", "North\u00a0quay", "North quay"},
		{"a tab", "North\tquay", "North quay"},
		{"blanks alone", "  ", ""},
		{"a byte order mark", "\ufeffNorth", "North"},
		{"a letter and a mark", "A\u030ase", "Åse"},
		{"one letter", "Åse", "Åse"},
		{"a Greek letter and a mark", "Ε\u0301", "Έ"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Of(tt.text); got != tt.want {
				t.Errorf("Of(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}
