package cmd

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// typed are lines that somebody types, up to a tab, and what stands in the line then. Where
// a shell quotes otherwise than the others its line is in others.
var typed = []struct {
	name, line, want string
	others           map[string]string
}{
	{"a command", "jsonstat conv", "jsonstat convert ", nil},
	{"a command under its own name", "jsonstat jsonstat2c", "jsonstat jsonstat2csv ", nil},
	{"a command of a command", "jsonstat fetch ser", "jsonstat fetch serve ", nil},
	{"help", "jsonstat help conv", "jsonstat help convert ", nil},
	{"a flag", "jsonstat convert oslo.json --kee", "jsonstat convert oslo.json --keep ", nil},
	{"a flag of a single command", "jsonstat2csv --status-t", "jsonstat2csv --status-text ", nil},
	{"a flag of a command of a single command", "pxfetch get 05839 --dry", "pxfetch get 05839 --dry-run ", nil},
	{"a choice", "jsonstat convert oslo.json --to par", "jsonstat convert oslo.json --to parquet ", nil},
	{"a choice behind an equals sign", "jsonstat convert oslo.json --to=par", "jsonstat convert oslo.json --to=parquet ", nil},
	{"an option", "jsonstat convert oslo.json x.csv --out conten", "jsonstat convert oslo.json x.csv --out content=", nil},
	{"the value of an option", "jsonstat convert oslo.json x.csv --out content=bo", "jsonstat convert oslo.json x.csv --out content=both ", nil},
	{"a dimension", "jsonstat convert oslo.json --keep Ti", "jsonstat convert oslo.json --keep Tid=", nil},
	{"a dimension behind an equals sign", "jsonstat convert oslo.json --keep=Ti", "jsonstat convert oslo.json --keep=Tid=", nil},
	{"a category", "jsonstat convert oslo.json --keep Tid=2023/2024/", "jsonstat convert oslo.json --keep Tid=2023/2024/2025 ", nil},
	{"a category by its label", "jsonstat convert oslo.json --keep Region=Sag", "jsonstat convert oslo.json --keep Region=030103 ", nil},
	{"the latest", "jsonstat dice oslo.json -f Tid=t", `jsonstat dice oslo.json -f Tid=top\(1\) `, nil},
	{"the latest in quotes", "jsonstat dice oslo.json -f 'Tid=top(2", "jsonstat dice oslo.json -f 'Tid=top(2)' ", nil},
	{"a dimension with a blank", "jsonstat csv odd.json --by My", `jsonstat csv odd.json --by My\ dim `, nil},
	{"a category with a blank", "jsonstat dice odd.json --keep 'My dim=a", `jsonstat dice odd.json --keep 'My dim="a b"' `,
		map[string]string{"fish": `jsonstat dice odd.json --keep My\ dim=\"a\ b\" `}},
	{"a category with a blank, without quotes", `jsonstat dice odd.json --keep My\ dim=Alp`, `jsonstat dice odd.json --keep My\ dim=\"a\ b\" `, nil},
	{"of another format", "jsonstat convert catch.csv --keep Po", "jsonstat convert catch.csv --keep Port=", nil},
	{"a file", "jsonstat convert osl", "jsonstat convert oslo.json ", nil},
	{"a file with a blank", "jsonstat2csv my", `jsonstat2csv my\ file.json `, nil},
	{"a file with a blank in quotes", `jsonstat2csv "my`, `jsonstat2csv "my file.json" `, nil},
	{"a file behind an equals sign", "jsonstat from-csv catch.csv --describe=no", "jsonstat from-csv catch.csv --describe=notes.txt ", nil},
	{"a folder", "jsonstat links da", "jsonstat links data/", nil},
	{"nothing that there is", "jsonstat convert oslo.json --keep Nosuch", "jsonstat convert oslo.json --keep Nosuch", nil},
}

// shells are how each is started: the file that sets it up, what stands in it, and the call.
// The prompt says READY, and control and O print the line.
var shells = map[string]struct {
	file, setUp string
	args        []string
}{
	"bash": {"set-up", `PS1='READY '
for program in jsonstat jsonstat2csv pxfetch; do source <($program --completion=bash); done
bind 'set enable-bracketed-paste off'
bind -x '"\C-o": printf "LINE<%s>\n" "$READLINE_LINE"'
`, []string{"--noprofile", "--rcfile", "set-up", "-i"}},
	"zsh": {".zshrc", `PS1='READY '
autoload -Uz compinit && compinit -D -u
for program in jsonstat jsonstat2csv pxfetch; do source <($program --completion=zsh); done
print-line() { print -r -- "LINE<$BUFFER>" }
zle -N print-line
bindkey '^O' print-line
`, []string{"-d", "-i"}},
	"fish": {"set-up", `for program in jsonstat jsonstat2csv pxfetch; $program --completion=fish | source; end
function fish_prompt; printf 'READY '; end
bind \co 'printf "LINE<%s>\n" (commandline)'
`, []string{"--no-config", "-i", "-C", "source set-up"}},
}

// TestCompletionOnTerminal types lines into real shells on a terminal, a tab behind them,
// and holds what the shell makes of each.
func TestCompletionOnTerminal(t *testing.T) {
	for name, shell := range shells {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := program(t, name)
			dir := completionFolder(t)
			write(t, filepath.Join(dir, shell.file), shell.setUp)
			term := startOnTerminal(t, completing(t, dir, path, shell.args...))
			term.expect(t, regexp.MustCompile(`READY `))
			line := regexp.MustCompile(`LINE<([^>]*)>`)
			for _, tt := range typed {
				want := tt.want
				if other, ok := tt.others[name]; ok {
					want = other
				}
				// Control and U takes away the line before.
				if _, err := term.WriteString("\x15" + tt.line + "\t\x0f"); err != nil {
					t.Fatal(err)
				}
				if got := term.expect(t, line); got[1] != want {
					t.Errorf("%s: %q becomes %q, want %q", tt.name, tt.line, got[1], want)
				}
			}
		})
	}
}

// terminal is the side of a terminal at which somebody sits.
type terminal struct {
	*os.File
	shown []byte      // what was not looked at
	more  chan []byte // what comes, closed at the end
}

// startOnTerminal runs a program on a terminal of its own until the test ends.
func startOnTerminal(t *testing.T, cmd *exec.Cmd) *terminal {
	t.Helper()
	user, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { _ = user.Close() })
	var number, unlocked uint32
	control := func(request uintptr, arg unsafe.Pointer) {
		if _, _, err := syscall.Syscall(syscall.SYS_IOCTL, user.Fd(), request, uintptr(arg)); err != 0 {
			t.Fatal(err)
		}
	}
	control(syscall.TIOCSPTLCK, unsafe.Pointer(&unlocked))
	control(syscall.TIOCGPTN, unsafe.Pointer(&number))
	control(syscall.TIOCSWINSZ, unsafe.Pointer(&[4]uint16{24, 120}))
	program, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = program, program, program
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	err = cmd.Start()
	_ = program.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	term := &terminal{File: user, more: make(chan []byte, 100)}
	go func() {
		defer close(term.more)
		for {
			piece := make([]byte, 4096)
			n, err := user.Read(piece)
			term.more <- piece[:n]
			if err != nil {
				return // the program has ended
			}
		}
	}()
	return term
}

// expect reads on until something like the pattern was shown.
func (term *terminal) expect(t *testing.T, pattern *regexp.Regexp) (match []string) {
	t.Helper()
	patience := time.After(2 * time.Minute)
	for {
		if at := pattern.FindIndex(term.shown); at != nil {
			match = pattern.FindStringSubmatch(string(term.shown))
			term.shown = bytes.Clone(term.shown[at[1]:])
			return match
		}
		select {
		case piece, ok := <-term.more:
			if !ok {
				t.Fatalf("it ended, and nothing like %s was shown: %q", pattern, term.shown)
			}
			term.shown = append(term.shown, piece...)
		case <-patience:
			t.Fatalf("nothing like %s was shown: %q", pattern, term.shown)
		}
	}
}
