//go:build unix

// Timeit runs a command once and prints five numbers: seconds of wall time,
// peak memory in KiB, the size and CRC-32C of the file that it wrote, and seconds
// of processor time, its own and the system's for it.
//
//	timeit -written out.csv jsonstat2csv in.json out.csv
//	timeit -pipe in.json -written out.csv jsonstat2csv --status
//
// With -pipe the command's standard input is a pipe that is fed with the file,
// and its standard output goes to the file of -written. That file is removed
// first. Peak memory is what the system reports for the command; it cannot be
// below that of timeit itself, some 5 MB.
package main

import (
	"errors"
	"flag"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

func main() {
	pipe := flag.String("pipe", "", "file to feed through a pipe")
	written := flag.String("written", "", "file that the command writes")
	flag.Parse()
	if flag.NArg() == 0 || *written == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*pipe, *written, flag.Args()); err != nil {
		fmt.Fprintf(os.Stderr, "timeit: %s: %v\n", flag.Arg(0), err)
		os.Exit(1)
	}
}

func run(pipe, written string, args []string) error {
	if err := os.Remove(written); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stderr = os.Stderr
	if pipe != "" {
		in, err := os.Open(pipe)
		if err != nil {
			return err
		}
		out, err := os.Create(written)
		if err != nil {
			return err
		}
		cmd.Stdin = struct{ io.Reader }{in} // not a file, so that it becomes a pipe
		cmd.Stdout = out
	}
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		return err
	}
	state := cmd.ProcessState
	peak := state.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS == "darwin" {
		peak /= 1024
	}

	f, err := os.Open(written)
	if err != nil {
		return err
	}
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	size, err := io.Copy(sum, f)
	if err != nil {
		return err
	}
	cpu := state.UserTime() + state.SystemTime()
	fmt.Printf("%.6f %d %d %08x %.6f\n", wall.Seconds(), peak, size, sum.Sum32(), cpu.Seconds())
	return nil
}
