package cli

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func nothing(*Context) error { return nil }

func TestCheck(t *testing.T) {
	require.NoError(t, sample(nothing).Check())
	tests := []struct {
		name   string
		change func(*Command)
		want   string
	}{
		{"no name", func(c *Command) { c.Name = "" }, `command "" needs a name, a summary and a function`},
		{"no function", func(c *Command) { c.Run = nil }, `command "sample" needs a name, a summary and a function`},
		{"no help", func(c *Command) { c.Flags = []Flag{Bool{Name: "xx"}} }, "command sample: flag --xx has no help"},
		{"flag twice", func(c *Command) { c.Flags = append(c.Flags, c.Flags[0]) }, "command sample: flag --status is there twice"},
		{"common flag", func(c *Command) { c.Flags = []Flag{Bool{Name: "force", Help: "x"}} }, "command sample: flag --force is there twice"},
		{"letter twice", func(c *Command) { c.Flags = append(c.Flags, Bool{Name: "xx", Short: 's', Help: "x"}) }, "command sample: flag -s is there twice"},
		{"common letter", func(c *Command) { c.Flags = []Flag{Bool{Name: "xx", Short: 't', Help: "x"}} }, "command sample: flag -t is there twice"},
		{"name with a capital", func(c *Command) { c.Flags = []Flag{Bool{Name: "Xx", Help: "x"}} }, `command sample: flag name "Xx" is not in lower case letters, digits and dashes`},
		{"name of one letter", func(c *Command) { c.Flags = []Flag{Bool{Name: "x", Help: "x"}} }, `command sample: flag name "x" is not in lower case letters, digits and dashes`},
		{"impossible letter", func(c *Command) { c.Flags = []Flag{Bool{Name: "xx", Short: '=', Help: "x"}} }, `command sample: flag --xx: '=' cannot be its letter`},
		{"choice of nothing", func(c *Command) { c.Flags = []Flag{Choice{Name: "xx", Help: "x"}} }, "command sample: flag --xx has nothing to choose from"},
		{"choice with a strange default", func(c *Command) {
			c.Flags = []Flag{Choice{Name: "xx", Values: []string{"a"}, Default: "b", Help: "x"}}
		}, `command sample: flag --xx: its default "b" is not among its values`},
		{"two meanings", func(c *Command) { c.Flags = append(c.Flags, Bool{Name: "no-status", Help: "x"}) }, "command sample: flag --no-status has two meanings"},
		{"old name of another flag", func(c *Command) { c.Flags = append(c.Flags, Bool{Name: "xx", Old: []string{"status"}, Help: "x"}) }, "command sample: flag --status is there twice"},
		{"old name of a common flag", func(c *Command) { c.Flags = append(c.Flags, Bool{Name: "xx", Old: []string{"force"}, Help: "x"}) }, "command sample: flag --force is there twice"},
		{"old name twice", func(c *Command) { c.Flags = append(c.Flags, String{Name: "xx", Old: []string{"marks"}, Help: "x"}) }, "command sample: flag --marks is there twice"},
		{"old name that is its own", func(c *Command) { c.Flags = append(c.Flags, Strings{Name: "xx", Old: []string{"xx"}, Help: "x"}) }, "command sample: flag --xx is there twice"},
		{"old name with a capital", func(c *Command) { c.Flags = append(c.Flags, Bool{Name: "xx", Old: []string{"Yy"}, Help: "x"}) }, `command sample: flag name "Yy" is not in lower case letters, digits and dashes`},
		{"old name of one letter", func(c *Command) { c.Flags = append(c.Flags, Bool{Name: "xx", Old: []string{"y"}, Help: "x"}) }, `command sample: flag name "y" is not in lower case letters, digits and dashes`},
		{"old name with two meanings", func(c *Command) {
			c.Flags = append(c.Flags, Choice{Name: "xx", Old: []string{"no-status"}, Values: []string{"a"}, Help: "x"})
		}, "command sample: flag --no-status has two meanings"},
		{"gone, and a flag", func(c *Command) { c.Flags = append(c.Flags, Gone{Name: "status", Say: "--by"}) }, "command sample: flag --status is there twice"},
		{"gone, and an old name", func(c *Command) { c.Flags = append(c.Flags, Gone{Name: "marks", Say: "--by"}) }, "command sample: flag --marks is there twice"},
		{"gone twice", func(c *Command) { c.Flags = append(c.Flags, Gone{Name: "wide", Say: "--by"}) }, "command sample: flag --wide is there twice"},
		{"gone, with two meanings", func(c *Command) { c.Flags = append(c.Flags, Gone{Name: "no-status", Say: "--by"}) }, "command sample: flag --no-status has two meanings"},
		{"gone, without what to say", func(c *Command) { c.Flags = append(c.Flags, Gone{Name: "xx"}) }, "command sample: flag --xx has no help"},
		{"gone, for what is no flag", func(c *Command) { c.Flags = append(c.Flags, Gone{Name: "xx", Say: "--yy=1"}) }, `command sample: flag --xx is gone, but there is no flag "--yy" to say in its place`},
		{"gone, for an old name", func(c *Command) { c.Flags = append(c.Flags, Gone{Name: "xx", Say: "--marks"}) }, `command sample: flag --xx is gone, but there is no flag "--marks" to say in its place`},
		{"example of another command", func(c *Command) { c.Examples = []Example{{Line: "other x"}} }, `command sample: example "other x" does not call it`},
		{"synopsis", func(c *Command) { c.Args = "[input] TABLE" }, `command sample: synopsis "[input] TABLE": TABLE after an optional word must be optional`},
		{"synopsis with dots in the middle", func(c *Command) { c.Args = "a... b" }, `command sample: synopsis "a... b": only the last word may end in dots`},
		{"synopsis with two outputs", func(c *Command) { c.Args = "output..." }, `command sample: synopsis "output...": there can be but one output`},
		{"synopsis with an empty word", func(c *Command) { c.Args = "[ input ]" }, `command sample: synopsis "[ input ]" has an empty word`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd := sample(nothing)
			tt.change(&cmd)
			require.EqualError(t, cmd.Check(), tt.want)
		})
	}
}

func TestWrongTableIsAnInternalError(t *testing.T) {
	cmd := sample(nothing)
	cmd.Summary = ""
	got := runWith(cmd, "")
	require.Equal(t, exitFailed, got.code)
	require.Contains(t, got.errout, "sample: internal error: ")
}

func TestCommonFlags(t *testing.T) {
	names := func(cmd Command) string {
		s := ""
		for _, f := range cmd.AllFlags() {
			s += " " + f.Name
		}
		return s
	}
	tests := []struct {
		name string
		cmd  Command
		want string
	}{
		{"nothing", Command{}, " quiet help version man completion"},
		{"input only", Command{Args: "input"}, " stream quiet help version man completion"},
		{"other arguments", Command{Args: "TABLE..."}, " quiet help version man completion"},
		{"output", Command{Args: "TABLE [output]"}, " stream output force quiet help version man completion"},
		{"JSON-stat", Command{Args: InputOutput, ReadsJSONStat: true}, " dataset strict nan pad input-encoding stream output force quiet help version man completion"},
		{"own flags come first", Command{Flags: []Flag{Bool{Name: "xx"}}}, " xx quiet help version man completion"},
		{"old names and those that are gone are none", Command{Flags: []Flag{Gone{Name: "zz"}, Bool{Name: "xx", Old: []string{"yy"}}}}, " xx quiet help version man completion"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, names(tt.cmd)) })
	}
}

// TestCommonGone: the name of a common flag that is gone is an error in each command that
// has such flags, unless it means something of its own there.
func TestCommonGone(t *testing.T) {
	for _, tt := range []struct {
		name  string
		reads bool
		flag  Flag
		want  string
	}{
		{"gone", true, Bool{Name: "xx", Help: "x"}, "encoding --input-encoding"},
		{"a flag of its own", true, String{Name: "encoding", Help: "x"}, ""},
		{"an old name of its own", true, String{Name: "xx", Old: []string{"encoding"}, Help: "x"}, ""},
		{"gone of its own", true, Gone{Name: "encoding", Say: "--pad"}, "encoding --pad"},
		{"no JSON-stat", false, Bool{Name: "xx", Help: "x"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd := Command{Name: "sample", Summary: "s", Args: InputOutput, ReadsJSONStat: tt.reads, Flags: []Flag{tt.flag}, Run: func(*Context) error { return nil }}
			require.NoError(t, cmd.Check())
			got := ""
			for _, s := range cmd.GoneNames() {
				got += s.Name + " " + s.Help
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestHelpLetterIsFree(t *testing.T) {
	help := func(cmd Command) rune {
		for _, f := range cmd.AllFlags() {
			if f.Name == "help" {
				return f.Short
			}
		}
		return -1
	}
	require.Equal(t, 'h', help(Command{}))
	require.Equal(t, rune(0), help(Command{Flags: []Flag{Bool{Name: "header", Short: 'h'}}}))
}

func TestArgsMatch(t *testing.T) {
	tests := []struct {
		name string
		args Args
		give []string
		want map[string][]string
		err  string
	}{
		{"nothing of nothing", "", nil, map[string][]string{}, ""},
		{"something of nothing", "", []string{"a"}, nil, `there is an argument too many: "a"`},
		{"no files", InputOutput, nil, map[string][]string{}, ""},
		{"one file", InputOutput, []string{"a"}, map[string][]string{"input": {"a"}}, ""},
		{"two files", InputOutput, []string{"a", "b"}, map[string][]string{"input": {"a"}, "output": {"b"}}, ""},
		{"three files", InputOutput, []string{"a", "b", "c d"}, nil, `there is an argument too many: "c d"`},
		{"required", "TABLE [output]", nil, nil, "TABLE is missing"},
		{"required and optional", "TABLE [output]", []string{"a"}, map[string][]string{"TABLE": {"a"}}, ""},
		{"many", "WORD...", []string{"a", "b"}, map[string][]string{"WORD": {"a", "b"}}, ""},
		{"many means one at least", "WORD...", nil, nil, "WORD is missing"},
		{"many that are optional", "A [B...]", []string{"a", "b", "c"}, map[string][]string{"A": {"a"}, "B": {"b", "c"}}, ""},
		{"none that are optional", "[B...]", nil, map[string][]string{"B": nil}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.args.match(tt.give)
			if tt.err != "" {
				require.EqualError(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
