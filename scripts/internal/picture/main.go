// Command picture makes the SVG of docs/architecture.md from docs/architecture.txt.
//
//	go run ./scripts/internal/picture           writes docs/architecture.svg
//
// A test compares the two, so the picture cannot grow old beside its text.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	folder := "docs"
	text, err := os.ReadFile(filepath.Join(folder, "architecture.txt"))
	if err == nil {
		var svg []byte
		if svg, err = draw(string(text)); err == nil {
			err = os.WriteFile(filepath.Join(folder, "architecture.svg"), svg, 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}
