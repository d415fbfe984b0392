package suite

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// TestCommands holds that every command is on the list, in order, that its table
// makes sense, and that it is called as its folder is.
func TestCommands(t *testing.T) {
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, e := range entries {
		if _, err := os.Stat("../../" + e.Name() + "/main.go"); err == nil && e.Name() != "jsonstat" { // which holds them all
			want = append(want, e.Name())
		}
	}
	for _, c := range Commands() {
		got = append(got, c.Name)
		if err := c.Check(); err != nil {
			t.Error(err)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the commands differ from the folders of cmd (-want +got):\n%s", diff)
	}
}

// TestFlagNames holds that every flag of every table has a long name and a help text.
func TestFlagNames(t *testing.T) {
	for _, c := range all(Commands()) {
		for _, s := range c.AllFlags() {
			if len(s.Name) < 2 || s.Help == "" {
				t.Errorf("%s: flag --%s has no name to speak of, or no help", c.Name, s.Name)
			}
		}
	}
}

// all are commands and what they choose from.
func all(commands []cli.Command) []cli.Command {
	var list []cli.Command
	for _, c := range commands {
		list = append(list, c)
		list = append(list, all(c.Commands)...)
	}
	return list
}
