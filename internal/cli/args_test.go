package cli

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func sampleFlags() flagTable { return newFlagTable(sample(nil).allNames()) }

// words splits a command line at blanks. _ is an empty word, so that tables stay
// readable.
func words(s string) []string {
	list := strings.Fields(s)
	for i, w := range list {
		list[i] = strings.ReplaceAll(w, "_", "")
	}
	return list
}

func TestNormalise(t *testing.T) {
	tests := []struct {
		name  string
		line  string
		flags string
		names string
	}{
		{"nothing", "", "", ""},
		{"two names", "in.json out.csv", "", "in.json out.csv"},
		{"flag before the names", "--status in.json out.csv", "--status=true", "in.json out.csv"},
		{"flag between the names", "in.json -s out.csv", "--status=true", "in.json out.csv"},
		{"flag after the names", "in.json out.csv --status", "--status=true", "in.json out.csv"},
		{"flags all over", "-s in.json -n x out.csv -f", "--status=true --na=x --fid=true", "in.json out.csv"},

		{"letter", "-s", "--status=true", ""},
		{"letters in a group", "-sfo", "--status=true --fid=true --cid=true", ""},
		{"stream in a group", "-tsf", "--stream=true --status=true --fid=true", ""},
		{"help in a group", "-sh", "--status=true --help=true", ""},
		{"the group of the reference's -by", "-by x", "--big=true --by=x", ""},
		{"letter that is a digit", "-0s", "--binary=true --status=true", ""},

		{"value, long, next word", "--na x", "--na=x", ""},
		{"value, long, equals sign", "--na=x", "--na=x", ""},
		{"value, letter, next word", "-n x", "--na=x", ""},
		{"value, letter, equals sign", "-n=x", "--na=x", ""},
		{"value, letter, attached", "-nx", "--na=x", ""},
		{"value, one letter with two dashes", "--n x", "--na=x", ""},
		{"value, one letter with two dashes and equals sign", "--n=x", "--na=x", ""},
		{"value that is a number, attached", "-n5", "--na=5", ""},
		{"value that is a number, next word", "-v 2010", "--vlabel=2010", ""},
		{"value that is a sign, attached", "-c;", "--column=;", ""},
		{"value that is a sign, equals sign", "-c=;", "--column=;", ""},
		{"value that is an equals sign", "-c==", "--column==", ""},
		{"value with an equals sign", "--na=a=b", "--na=a=b", ""},
		{"value attached that has one", "-na=b", "--na=a=b", ""},
		{"value at the end of a group", "-sc ;", "--status=true --column=;", ""},
		{"value attached at the end of a group", "-sc;", "--status=true --column=;", ""},
		{"value with equals sign at the end of a group", "-sc=;", "--status=true --column=;", ""},
		{"value takes the rest, be it flags", "-nsf", "--na=sf", ""},
		{"value of several bytes, attached", "-n→", "--na=→", ""},
		{"quotes in a value stay", `-n '"q"'`, `--na='"q"'`, ""},

		{"empty value, next word", "-n _", "--na=", ""},
		{"empty value, long, next word", "--na _ in", "--na=", "in"},
		{"empty value, equals sign", "--na=", "--na=", ""},
		{"empty value, letter, equals sign", "-n=", "--na=", ""},
		{"empty name", "_ x", "", "_ x"},

		{"value is a dash", "-n -", "--na=-", ""},
		{"value is a dash, attached", "-n-", "--na=-", ""},
		{"value is a negative number", "-n -1", "--na=-1", ""},
		{"value is two dots", "-n ..", "--na=..", ""},
		{"value begins with a dash", "--na -x/y", "--na=-x/y", ""},
		{"value begins with two dashes", "--na --none--", "--na=--none--", ""},
		{"value is a known letter, then a sign", "-c -s;", "--column=-s;", ""},
		{"value is a flag, equals sign", "--na=-s", "--na=-s", ""},
		{"value is a flag, attached", "-n-s", "--na=-s", ""},
		{"value is the end of flags, equals sign", "--na=--", "--na=--", ""},

		{"boolean off, no", "--no-status", "--status=false", ""},
		{"boolean off, no and a letter", "--no-s", "--status=false", ""},
		{"boolean off, equals sign", "--status=false", "--status=false", ""},
		{"boolean off, letter, equals sign", "-s=false", "--status=false", ""},
		{"boolean off, next word", "--status false", "--status=false", ""},
		{"boolean off, letter, next word", "-s false", "--status=false", ""},
		{"boolean on, next word", "-s true in", "--status=true", "in"},
		{"boolean on, equals sign", "--status=true", "--status=true", ""},
		{"boolean in a group, the last one is meant", "-sf=false", "--status=true --fid=false", ""},
		{"boolean in a group, next word", "-sf false in", "--status=true --fid=false", "in"},
		{"boolean eats no other word", "-s in.json out.csv", "--status=true", "in.json out.csv"},
		{"boolean eats no word in other case", "-s False", "--status=true", "False"},
		{"boolean eats no number", "-s 0 1", "--status=true", "0 1"},
		{"boolean eats one word only", "-s true false", "--status=true", "false"},
		{"no eats no word", "--no-status false", "--status=false", "false"},
		{"boolean twice keeps the order", "-s --no-status --status", "--status=true --status=false --status=true", ""},

		{"value twice keeps the order", "-n a -n b", "--na=a --na=b", ""},
		{"values of a repeatable flag", "-y a --by=b --by c", "--by=a --by=b --by=c", ""},

		{"old name of a boolean", "--marks in", "--status=true", "in"},
		{"old name of a boolean, a second one", "--with-status", "--status=true", ""},
		{"old name of a boolean, off", "--no-marks", "--status=false", ""},
		{"old name of a boolean, equals sign", "--marks=false", "--status=false", ""},
		{"old name of a boolean, next word", "--marks false in", "--status=false", "in"},
		{"old name and name keep the order", "--marks --no-status", "--status=true --status=false", ""},
		{"old name of a value, equals sign", "--absent=x", "--na=x", ""},
		{"old name of a value, next word", "--absent x in", "--na=x", "in"},
		{"old name of a value, empty", "--absent=", "--na=", ""},
		{"old name of a repeatable flag", "--across a --by b --across=c", "--by=a --by=b --by=c", ""},
		{"old name of a choice", "--cells both", "--content=both", ""},
		{"value is like an old name", "--na=--marks", "--na=--marks", ""},
		{"value is gone, equals sign", "--na=--wide", "--na=--wide", ""},

		{"dash is a name", "- out.csv", "", "- out.csv"},
		{"two dashes are names", "- -", "", "- -"},
		{"end of flags", "-s -- -n --status", "--status=true", "-n --status"},
		{"end of flags at the end", "in --", "", "in"},
		{"end of flags twice", "-- a -- b", "", "a -- b"},
		{"end of flags after a boolean", "-s -- true", "--status=true", "true"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line, err := sampleFlags().normalise(words(tt.line))
			require.NoError(t, err)
			if diff := cmp.Diff(words(tt.flags), append([]string{}, line.flags...)); diff != "" {
				t.Errorf("flags (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(words(tt.names), append([]string{}, line.names...)); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNormaliseErrors(t *testing.T) {
	tests := []struct {
		name string
		line string
		want string
		hint string
	}{
		{"unknown long flag", "--zzz word", "unknown flag --zzz", "--help lists the flags; a name that begins with a dash goes after --"},
		{"unknown flag with a value", "--zzz=word", "unknown flag --zzz", "--help lists the flags; a name that begins with a dash goes after --"},
		{"mistyped flag", "--staus", "unknown flag --staus", "did you mean --status?"},
		{"case matters", "--Status", "unknown flag --Status", "did you mean --status?"},
		{"case of a letter matters", "-S", "unknown flag -S", "--help lists the flags; a name that begins with a dash goes after --"},
		{"no abbreviation", "--stat", "unknown flag --stat", "did you mean --status?"},
		{"unknown letter in a group", "-sxf", "unknown flag -x in -sxf", "--help lists the flags; a name that begins with a dash goes after --"},
		{"one dash too few", "-fid", "unknown flag -fid", "did you mean --fid?"},
		{"letter of several bytes", "-é", "unknown flag -é", "--help lists the flags; a name that begins with a dash goes after --"},
		{"no letter at all", "-=x", "unknown flag -= in -=x", "--help lists the flags; a name that begins with a dash goes after --"},
		{"no name at all", "--=x", "unknown flag --", "--help lists the flags; a name that begins with a dash goes after --"},
		{"no of a value flag", "--no-na", "unknown flag --no-na", "--na takes a value, which may be empty: --na="},
		{"no with a value", "--no-status=true", "--no-status takes no value", ""},
		{"boolean with another word", "--status=yes", `--status is true or false, not "yes"`, ""},
		{"boolean with an empty value", "-s=", `--status is true or false, not ""`, ""},
		{"boolean with a value in a group", "-fs=1", `--status is true or false, not "1"`, ""},
		{"value is missing", "in --na", "--na needs a value: write --na=TEXT", ""},
		{"value of a letter is missing", "-c", "-c needs a value: write --column=SEP", ""},
		{"value in a group is missing", "-sc", "-c needs a value: write --column=SEP", ""},
		{"flag follows", "-n -s", "-n needs a value, but -s follows: write --na=TEXT, or --na=-s if that is the value", ""},
		{"group follows", "-n -sfo", "-n needs a value, but -sfo follows: write --na=TEXT, or --na=-sfo if that is the value", ""},
		{"flag with a value follows", "-n --by=x", "-n needs a value, but --by=x follows: write --na=TEXT, or --na=--by=x if that is the value", ""},
		{"negated flag follows", "-n --no-status", "-n needs a value, but --no-status follows: write --na=TEXT, or --na=--no-status if that is the value", ""},
		{"old name without its value", "--absent", "--absent needs a value: write --na=TEXT", ""},
		{"old name with another word", "--marks=yes", `--status is true or false, not "yes"`, ""},
		{"old name, no with a value", "--no-marks=true", "--no-marks takes no value", ""},
		{"old name, no of a value flag", "--no-absent", "unknown flag --no-absent", "--na takes a value, which may be empty: --na="},
		{"old name follows", "-n --marks", "-n needs a value, but --marks follows: write --na=TEXT, or --na=--marks if that is the value", ""},
		{"old name, mistyped, is not proposed", "--mark", "unknown flag --mark", "--help lists the flags; a name that begins with a dash goes after --"},
		{"old name with one dash too few, the name is proposed", "-marks", "unknown flag -marks", "did you mean --status?"},
		{"name that is gone", "--wide", "--wide is now --by", ""},
		{"name that is gone, with a value", "--wide=x", "--wide is now --by", ""},
		{"name that is gone, before a word", "--wide in", "--wide is now --by", ""},
		{"name that is gone, off", "--no-wide", "--wide is now --by", ""},
		{"name that is gone, what to say has a value", "--upright", "--upright is now --content label", ""},
		{"name that is gone follows", "-n --wide", "-n needs a value, but --wide follows: write --na=TEXT, or --na=--wide if that is the value", ""},
		{"name that is gone, mistyped, is not proposed", "--wyde", "unknown flag --wyde", "--help lists the flags; a name that begins with a dash goes after --"},
		{"name that is gone with one dash too few", "-wide", "unknown flag -wide", "did you mean --by?"},
		{"end of flags follows", "-n -- x", "-n needs a value, but -- follows: write --na=TEXT, or --na=-- if that is the value", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := sampleFlags().normalise(words(tt.line))
			var usage *UsageError
			require.ErrorAs(t, err, &usage)
			require.Equal(t, tt.want, usage.Error())
			require.Equal(t, tt.hint, strings.Join(usage.Hints, "\n"))
		})
	}
}

func TestNormaliseClaimedLetters(t *testing.T) {
	cmd := sample(nil)
	cmd.Flags = append(cmd.Flags, Bool{Name: "header", Short: 'h', Help: "a header"})
	line, err := newFlagTable(cmd.allNames()).normalise([]string{"-h", "--help"})
	require.NoError(t, err)
	require.Equal(t, []string{"--header=true", "--help=true"}, line.flags)
}

func FuzzNormalise(f *testing.F) {
	for _, seed := range []string{
		"in.json\nout.csv\n--status\n-c\n;", "-sfo", "-n\n", "-v\n2010", "-by\nx", "-sc=;", "--no-status\nfalse",
		"--\n-x", "-", "-n\n-1", "--v=x", "-\xff", "--\xc3", "-n\xff", "--na=\x00", "-s=false\n-s\ntrue", "--=", "-=",
		"--marks\nfalse\n--no-with-status\n--absent=x\n--across\na", "--wide",
	} {
		f.Add(seed)
	}
	table := sampleFlags()
	f.Fuzz(func(t *testing.T, joined string) {
		line, err := table.normalise(strings.Split(joined, "\n"))
		if err != nil {
			if exitStatus(err) != exitCall {
				t.Fatalf("%q: %v is no error of the call", joined, err)
			}
			return
		}
		canonical := append(append(append([]string{}, line.flags...), "--"), line.names...)
		again, err := table.normalise(canonical)
		if err != nil {
			t.Fatalf("%q: canonical form %q: %v", joined, canonical, err)
		}
		if diff := cmp.Diff(line, again, cmp.AllowUnexported(commandLine{})); diff != "" {
			t.Fatalf("%q: canonical form %q changes:\n%s", joined, canonical, diff)
		}
		if _, err := parse("sample", sample(nil).AllFlags(), line.flags); err != nil && exitStatus(err) != exitCall {
			t.Fatalf("%q: %v", joined, err)
		}
	})
}
