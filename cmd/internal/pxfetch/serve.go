package pxfetch

import (
	"cmp"
	"fmt"
	"math"
	"time"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

func serveCommand() cli.Command {
	return cli.Command{
		Name:    "serve",
		Summary: "run a PxWeb server with invented tables on this machine",
		Description: `It behaves like Statistics Norway's, in both versions of the API, and cannot be reached from other machines. Other calls use it with --host, or with PXFETCH_HOST in the environment; other programs for PxWeb work with it too, given its address.

The tables are small: 05839 and 07984 among them; pxfetch list shows all. Their figures are invented, and the same at every start. Every format comes, of what is asked for: csv, px, html, xlsx, json-px and parquet in version 2, csv, csv2, csv3, xlsx and json in version 1. Queries that are saved on it are kept until it is stopped.

As many calls as one likes are answered, though its configuration says of them what Statistics Norway's says. With --calls there is a limit, which the configuration then tells: calls above it get 429, and count as well.`,
		Examples: []cli.Example{
			{Line: "pxfetch serve --check", Text: "see whether it can run, and which tables it has"},
			{Line: "pxfetch serve --check --calls 30 --window 60", Text: "the same with a limit of 30 calls a minute"},
		},
		Flags: []cli.Flag{
			cli.String{Name: "port", Value: "NUMBER", Default: "0", Help: "port to listen at; 0 takes one that is free"},
			cli.String{Name: "max-cells", Value: "NUMBER", Help: "most cells of an answer, to see queries being cut"},
			cli.String{Name: "calls", Value: "NUMBER", Help: "most calls within a window, to see 429; those above it are refused"},
			cli.String{Name: "window", Value: "SECONDS", Help: "the window of --calls (default 60)"},
			cli.Bool{Name: "check", Help: "only start, list the tables and stop"},
		},
		Run: runServe,
	}
}

func runServe(c *cli.Context) error {
	port, err := number("--port", c.String("port"))
	if err == nil && port > 65535 {
		err = cli.Usagef("--port=%d is no port: they end at 65535", port)
	}
	if err != nil {
		return err
	}
	o := pxserver.Options{}
	if text := c.String("max-cells"); text != "" {
		if o.MaxCells, err = positive("--max-cells", text, math.MaxInt); err != nil {
			return err
		}
	}
	if err := limitCalls(c, &o); err != nil {
		return err
	}
	w, err := c.Output()
	if err != nil {
		return err
	}
	if c.Bool("check") {
		for _, t := range pxserver.Demo() {
			fmt.Fprintf(w, "%s\t%s\n", t.ID, t.Title.In("en"))
		}
		return nil
	}
	return pxserver.Serve(c.Context(), fmt.Sprintf("127.0.0.1:%d", port), o, func(base string) {
		fmt.Fprintf(w, "listening at %s\nuse it with --host=%s, or PXFETCH_HOST=%s in the environment\n", base, base, base)
		if f, ok := w.(interface{ Flush() error }); ok {
			_ = f.Flush()
		}
	})
}

// limitCalls reads how many calls are answered. Without a limit there is what Statistics
// Norway's configuration says, which is no limit.
func limitCalls(c *cli.Context, o *pxserver.Options) (err error) {
	calls, window := c.String("calls"), c.String("window")
	switch {
	case calls == "" && window != "":
		return cli.Usagef("--window is the window of --calls, which is not given")
	case calls == "":
		o.ToldPace = true
		return nil
	}
	if o.MaxCalls, err = positive("--calls", calls, math.MaxInt); err != nil {
		return err
	}
	seconds, err := positive("--window", cmp.Or(window, "60"), 1_000_000)
	o.Window = time.Duration(seconds) * time.Second
	return err
}

// positive is a number from 1 to the most that is possible.
func positive(flag, text string, most int) (int, error) {
	n, err := number(flag, text)
	switch {
	case err != nil:
		return 0, err
	case n == 0:
		return 0, cli.Usagef("%s=0: it is at least 1", flag)
	case n > most:
		return 0, cli.Usagef("%s=%d: it is at most %d", flag, n, most)
	}
	return n, nil
}
