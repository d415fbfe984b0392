package cubes

import (
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/internal/cli"
)

// TestLine holds that a plan written as options is read by a shell, and by the flags, as
// the plan that it was.
func TestLine(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell to read options as one")
	}
	odd := []string{"plain", "two words", "it's", `a "quote"`, `"quoted"`, "a,b", "x=1", "$HOME `id` \\n", "*", "", "-x", "é€", " blank ", "a;b|c&d<e>(f)#!~"}
	names := slices.DeleteFunc(slices.Clone(odd), func(s string) bool { return s == "" })
	plans := []plan{
		{Header: "3-4", Status: "it's", StatusSuffix: " Status", Values: names, Dimensions: names, Ignore: names},
		{By: []string{"Contents", "Time, day"}, Stub: names},
	}
	for _, a := range names {
		plans = append(plans, plan{Values: []string{a}, Labels: [][2]string{{a, "label"}, {"id", a}}})
	}
	for _, want := range plans {
		line := new(cli.Call).Text(want.line())
		out, err := exec.Command(shell, "-c", `set -- `+line+`; for a do printf '%s\001' "$a"; done`).Output()
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if got := readBack(t, strings.Split(strings.TrimSuffix(string(out), "\x01"), "\x01")); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is\n%+v\nwant\n%+v", line, got, want)
		}
	}
}

// readBack reads options as the flags do.
func readBack(t *testing.T, words []string) (p plan) {
	t.Helper()
	for i := 0; i < len(words); i++ {
		flag, value, ok := strings.Cut(words[i], "=")
		if !ok {
			i++
			value = words[i]
		}
		list := func(separator byte) []string {
			names, ok := splitNames(value, separator)
			if !ok {
				t.Fatalf("%q is no list", value)
			}
			return names
		}
		switch flag {
		case "--header":
			p.Header = value
		case "--status":
			p.Status = value
		case "--status-suffix":
			p.StatusSuffix = value
		case "--value":
			p.Values = list(',')
		case "--dimension":
			p.Dimensions = list(',')
		case "--ignore":
			p.Ignore = list(',')
		case "--by":
			p.By = list(',')
		case "--stub":
			p.Stub = list(',')
		case "--label-column":
			pair := list('=')
			if len(pair) != 2 {
				t.Fatalf("%q is no pair", value)
			}
			p.Labels = append(p.Labels, [2]string{pair[0], pair[1]})
		default:
			t.Fatalf("there is no option %q", flag)
		}
	}
	return p
}

// TestSplitNames has lists as people type them.
func TestSplitNames(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
		ok   bool
	}{
		{"a", []string{"a"}, true},
		{"a,b", []string{"a", "b"}, true},
		{`"a,b",c`, []string{"a,b", "c"}, true},
		{`"a ""b""",c`, []string{`a "b"`, "c"}, true},
		{`5" tape,c`, []string{`5" tape`, "c"}, true},
		{`"5" tape,c`, []string{`"5" tape`, "c"}, true},
		{`a,`, []string{"a", ""}, true},
		{`"a`, nil, false},
		{`a,"b`, nil, false},
	} {
		got, ok := splitNames(tt.text, ',')
		if ok != tt.ok || ok && !slices.Equal(got, tt.want) {
			t.Errorf("%s is %q, %v, want %q, %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}
