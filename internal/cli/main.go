package cli

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Main runs a command as the process's own and does not return.
func Main(cmd Command) {
	// Without this, writing to a closed pipe kills the process before a temporary
	// file is removed; with it, the write fails with EPIPE.
	signal.Ignore(syscall.SIGPIPE)
	// What packages of others have to say is not for the user: net/http logs of servers
	// that send more than was asked for.
	log.SetOutput(io.Discard)
	signals := make(chan os.Signal, 2)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		// What was ignored on purpose, as by nohup, stays ignored.
		if !signal.Ignored(s) {
			signal.Notify(signals, s)
		}
	}
	var args []string
	if len(os.Args) > 0 {
		args = os.Args[1:]
		cmd = cmd.linked(os.Args[0])
	}
	code, by := start(cmd, Env{
		Args: args, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Signals: signals, Getenv: os.Getenv, closeStdout: true,
	})
	if by != nil {
		die(by)
	}
	os.Exit(code)
}

// die ends the process by the signal that ended the run, so that a shell sees it
// and stops its loop as well. It returns where that is not possible.
func die(by os.Signal) {
	signal.Reset(by)
	self, err := os.FindProcess(os.Getpid())
	if err == nil && self.Signal(by) == nil {
		time.Sleep(time.Second)
	}
}

// Run runs a command in an environment and returns its exit status.
func Run(cmd Command, env Env) int {
	code, _ := start(cmd, env)
	return code
}

// start also tells which signal ended the run.
func start(cmd Command, env Env) (int, os.Signal) {
	env = env.withDefaults()
	if text, ok := completions(cmd, env); ok {
		_, _ = io.WriteString(env.Stdout, text)
		return exitDone, nil
	}
	r := newRun(cmd, env)
	text, err := r.dispatch()
	if err == nil && text == "" {
		text, err = r.prepare()
	}
	if text != "" {
		err = r.print(text)
	}
	if err != nil || text != "" {
		return r.conclude(err), nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	done := make(chan error, 1)
	go r.work(ctx, done)
	select {
	case err := <-done:
		return r.conclude(err), nil
	case by := <-env.Signals:
		// From here on every write fails. A command that is stuck elsewhere, in a
		// read from a silent pipe, is left behind: the process is about to end.
		cancel()
		aborted := make(chan bool)
		go func() { // it waits for an output that is being opened, such as a pipe that nobody reads
			r.out.place.abort()
			close(aborted)
		}()
		patience := time.After(env.patience)
		select {
		case <-done:
		case <-env.Signals:
		case <-patience:
		}
		select {
		case <-aborted:
		case <-env.Signals:
		case <-patience:
		}
		r.progress.stop()
		if text := r.stopped.Load(); text != nil {
			r.report.whole(r.cmd.tool(), "stopped: "+*text)
		}
		code := exitSignal
		if number, ok := by.(syscall.Signal); ok {
			code += int(number)
		}
		return code, by
	}
}
