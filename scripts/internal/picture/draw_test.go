package main

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The picture is the one of its text.
func TestPictureIsCurrent(t *testing.T) {
	docs := filepath.Join("..", "..", "..", "docs")
	text, err := os.ReadFile(filepath.Join(docs, "architecture.txt"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := draw(string(text))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(docs, "architecture.svg"))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("docs/architecture.svg is not the picture of architecture.txt (%v): go run ./scripts/internal/picture", err)
	}
	dec := xml.NewDecoder(bytes.NewReader(want))
	for {
		if _, err := dec.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// Every package that the text names exists.
func TestPackagesExist(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	text, err := os.ReadFile(filepath.Join(root, "docs", "architecture.txt"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "list", "-C", root, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	groups, err := parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range groups {
		for _, b := range g.boxes {
			for _, name := range strings.Split(b.name, ", ") {
				if strings.Contains(name, "/") && !strings.ContainsAny(name, "* ") && !strings.Contains(name, "TOOL") && !strings.Contains(string(out), "/"+name+"\n") {
					t.Errorf("there is no package %s", name)
				}
			}
		}
	}
}

func TestParseFails(t *testing.T) {
	for text, want := range map[string]string{"a | b": "line 1: a box before the first lane", "lane x\na|b|c|d": "line 2: more than three parts"} {
		if _, err := draw(text); err == nil || err.Error() != want {
			t.Errorf("the error of %q is %v, want %s", text, err, want)
		}
	}
}
