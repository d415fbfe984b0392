package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// processCommand is what the test binary is as a process. --vlabel says what it
// does.
func processCommand() Command {
	return sample(func(c *Context) error {
		switch c.String("vlabel") {
		case "copy":
			return copyInput(c)
		case "panic":
			var list []int
			return fmt.Errorf("%d", list[len(c.names)])
		}
		w, err := c.Output()
		if err != nil {
			return err
		}
		for n := 0; ; n++ {
			if _, err := io.WriteString(w, long); err != nil {
				return err
			}
			if n == 3 && c.String("vlabel") == "hang" {
				c.Warn("hanging")
				_, err := io.ReadAll(c.stdin)
				return err
			}
		}
	})
}

// process is the test binary as a command.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs signals")
	}
	exe, err := os.Executable()
	require.NoError(t, err)
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute) // a process that is deaf ends as well
	t.Cleanup(stop)
	cmd := exec.CommandContext(ctx, exe, args...)
	cmd.Env = append(os.Environ(), asProcess+"=1", "JSONSTAT_DEBUG=")
	return cmd
}

// heard lets processes that are started from now on hear a signal, though it may
// be ignored here, as hangups are under nohup and interrupts in the background of
// a script: what is ignored is inherited, what is caught is not.
func heard(t *testing.T, sig os.Signal) {
	t.Helper()
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, sig)
	t.Cleanup(func() { signal.Stop(caught) })
	if signal.Ignored(sig) {
		t.Skipf("%v is ignored here, and stays so", sig)
	}
}

func TestProcess(t *testing.T) {
	inFolder(t, map[string]string{"in": "text"})
	cmd := process(t, "in", "out", "-v", "copy")
	text, err := cmd.CombinedOutput()
	require.NoError(t, err)
	require.Empty(t, string(text))
	require.Equal(t, "text", readFile(t, "out"))

	cmd = process(t, "-v", "copy")
	cmd.Stdin = strings.NewReader("piped")
	text, err = cmd.CombinedOutput()
	require.NoError(t, err)
	require.Equal(t, "piped", string(text))

	text, err = process(t, "none", "-v", "copy").CombinedOutput()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, exitCall, exit.ExitCode())
	require.Equal(t, "sample: none does not exist\n", string(text))
}

func TestProcessWithClosedPipe(t *testing.T) {
	cmd := process(t, "-v", "endless")
	cmd.Stdin = strings.NewReader("")
	var errout safeBuffer
	cmd.Stderr = &errout
	pipe, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = io.ReadFull(pipe, make([]byte, 1000))
	require.NoError(t, err)
	require.NoError(t, pipe.Close())
	require.NoError(t, cmd.Wait(), "exit status 0")
	require.Empty(t, errout.String())
}

func TestProcessAndSignals(t *testing.T) {
	for _, tt := range []struct {
		name    string
		sig     syscall.Signal
		ignored bool // by the test, as under nohup
	}{
		{"interrupt", syscall.SIGINT, false},
		{"terminated", syscall.SIGTERM, false},
		{"hangup", syscall.SIGHUP, false},
		{"interrupt, ignored here", syscall.SIGINT, true},
		{"hangup, ignored here", syscall.SIGHUP, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sig := tt.sig
			inFolder(t, nil)
			if tt.ignored {
				signal.Ignore(sig)
				t.Cleanup(func() { signal.Reset(sig) })
			}
			heard(t, sig)
			cmd := process(t, "-", "out", "-v", "hang")
			stdin, err := cmd.StdinPipe()
			require.NoError(t, err)
			defer stdin.Close()
			errout, err := cmd.StderrPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			line, err := bufio.NewReader(errout).ReadString('\n')
			require.NoError(t, err)
			require.Equal(t, "sample: warning: hanging\n", line)
			require.Len(t, listed(t), 1, "the temporary file")
			require.NoError(t, cmd.Process.Signal(sig))
			var exit *exec.ExitError
			require.ErrorAs(t, cmd.Wait(), &exit)
			status := exit.Sys().(syscall.WaitStatus)
			require.True(t, status.Signaled(), "a shell sees the signal")
			require.Equal(t, sig, status.Signal())
			require.Empty(t, listed(t))
		})
	}
}

func TestProcessKeepsIgnoringSignals(t *testing.T) {
	inFolder(t, nil)
	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := process(t)
	cmd.Path, cmd.Args = "/bin/sh", []string{"sh", "-c", "trap '' HUP; exec \"$0\" - out -v hang", exe}
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	errout, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	_, err = bufio.NewReader(errout).ReadString('\n')
	require.NoError(t, err)
	require.NoError(t, cmd.Process.Signal(syscall.SIGHUP))
	require.NoError(t, stdin.Close())
	require.NoError(t, cmd.Wait())
	require.Equal(t, []string{"out"}, listed(t))
}

func TestProcessPanics(t *testing.T) {
	cmd := process(t, "-v", "panic")
	cmd.Stdin = strings.NewReader("")
	text, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, exitFailed, exit.ExitCode())
	require.Equal(t, "sample: internal error: runtime error: index out of range [0] with length 0 (please report this at "+issues+")\n", string(text))

	cmd = process(t, "-v", "panic")
	cmd.Stdin = strings.NewReader("")
	cmd.Env = append(cmd.Env, "JSONSTAT_DEBUG=1")
	text, _ = cmd.CombinedOutput()
	require.Contains(t, string(text), "processCommand")
}

func TestSignalEndsRunThatListens(t *testing.T) {
	inFolder(t, nil)
	signals := make(chan os.Signal, 1)
	ended := make(chan error, 1)
	cmd := sample(func(c *Context) error {
		w, err := c.Output()
		if err != nil {
			return err
		}
		signals <- os.Interrupt
		<-c.Context().Done()
		for err == nil { // no write gets through any more
			_, err = io.WriteString(w, long)
		}
		ended <- err
		return nil // swallowed, and yet nothing is left
	})
	var errout safeBuffer
	code := Run(cmd, Env{Args: []string{"-", "out"}, Stdin: strings.NewReader(""), Stdout: &safeBuffer{}, Stderr: &errout, Signals: signals, patience: time.Minute})
	require.Equal(t, exitSignal+int(syscall.SIGINT), code)
	require.ErrorIs(t, <-ended, errStopped)
	require.Empty(t, errout.String())
	require.Empty(t, listed(t))
}

func TestSignalLeavesDeafRunBehind(t *testing.T) {
	inFolder(t, nil)
	signals := make(chan os.Signal, 1)
	wake, late := make(chan bool), make(chan error)
	cmd := sample(func(c *Context) error {
		signals <- syscall.SIGTERM
		<-wake
		_, err := c.Output()
		late <- err
		return err
	})
	code := Run(cmd, Env{Args: []string{"-", "out"}, Stdin: strings.NewReader(""), Stdout: &safeBuffer{}, Stderr: &safeBuffer{}, Signals: signals, patience: time.Millisecond})
	require.Equal(t, exitSignal+int(syscall.SIGTERM), code)
	close(wake)
	require.ErrorIs(t, <-late, errStopped)
	require.Empty(t, listed(t))
}

func TestExitCodes(t *testing.T) {
	tests := []struct {
		name string
		cmd  Command
		args string
		want int
	}{
		{"done", sample(nothing), "", exitDone},
		{"wrong flag", sample(nothing), "--zzz", exitCall},
		{"wrong choice", sample(nothing), "--content=x", exitCall},
		{"missing value", sample(nothing), "-n", exitCall},
		{"too many names", sample(nothing), "- - -", exitCall},
		{"failure", failing(errors.New("x")), "", exitFailed},
		{"wrong name", failing(Usagef("x")), "", exitCall},
		{"no such flag in the table", sample(func(c *Context) error { c.Bool("zzz"); return nil }), "", exitFailed},
		{"panic without a value", sample(func(*Context) error { panic(nil) }), "", exitFailed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := runWith(tt.cmd, "", words(tt.args)...)
			require.Equal(t, tt.want, got.code)
			require.Equal(t, tt.want == exitDone, got.errout == "")
			require.LessOrEqual(t, strings.Count(got.errout, "\n"), 2)
		})
	}
}

func TestRunThatEndsItsGoroutine(t *testing.T) {
	got := runWith(sample(func(*Context) error { runtime.Goexit(); return nil }), "")
	require.Equal(t, exitFailed, got.code)
}
