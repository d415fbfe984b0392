package pxfetch

import (
	"fmt"

	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

func serveCommand() cli.Command {
	return cli.Command{
		Name:    "serve",
		Summary: "run a PxWeb server with invented tables on this machine",
		Description: `It behaves like Statistics Norway's, in both versions of the API, and cannot be reached from other machines. Other calls use it with --host, or with PXFETCH_HOST in the environment.

The tables are small: 05839 and 07984 among them; pxfetch list shows all. It runs until it is stopped.`,
		Examples: []cli.Example{{Line: "pxfetch serve --check", Text: "see whether it can run, and which tables it has"}},
		Flags: []cli.Flag{
			cli.String{Name: "port", Value: "NUMBER", Default: "0", Help: "port to listen at; 0 takes one that is free"},
			cli.String{Name: "max-cells", Value: "NUMBER", Help: "most cells of an answer, to see queries being cut"},
			cli.Bool{Name: "check", Help: "only start, list the tables and stop"},
		},
		Run: runServe,
	}
}

func runServe(c *cli.Context) error {
	port, err := number("--port", c.String("port"))
	if err != nil {
		return err
	}
	o := pxserver.Options{}
	if text := c.String("max-cells"); text != "" {
		if o.MaxCells, err = number("--max-cells", text); err != nil {
			return err
		}
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
