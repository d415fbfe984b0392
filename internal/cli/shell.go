package cli

import "strings"

// ShellQuote quotes a word for a POSIX shell.
func ShellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// ShellWord is a word as a POSIX shell takes it, quoted only where that is needed.
func ShellWord(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:=,+@%", r) || r > 0x7f
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return ShellQuote(word)
}

// powershellQuote quotes a word for PowerShell.
func powershellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
