package cubes

import (
	"errors"

	"github.com/jsonstat-go/toolkit/cmd/internal/formats"
	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/internal/cli"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// A Job is how a command that reads tables does its work.
type Job struct {
	// Read makes the cubes: one, unless the format knows of several. It returns none
	// and no error where the plan is asked for in their place.
	Read func(c *cli.Context, t *Table) ([]*jsonstat.Dataset, error)

	Form jsonstat.Form // of values and statuses, unless a flag says otherwise
	Hint string        // for a cube that is too large to be written whole
}

// Command completes the table of a command that reads tables, with what runs it.
func (r Reader) Command(cmd cli.Command, job Job) cli.Command {
	cmd.Args, cmd.Flags, cmd.Run, cmd.Read = cli.InputOutput, r.flags(), job.run, job.read
	if cmd.Formats == nil {
		cmd.Formats = formats.Registry{}
	}
	return cmd
}

// run makes the cubes and writes them, or how they were decided.
func (j Job) run(c *cli.Context) error {
	t, sets, err := j.cubes(c)
	switch {
	case t == nil:
		return err
	case t.explains() && (err == nil || errors.Is(err, convert.ErrUndecided) || errors.Is(err, convert.ErrText)):
		if werr := t.explain(c.String("explain")); werr != nil || err == nil {
			return werr
		}
		return cli.Answered(failure(c.Call, err))
	case err != nil:
		return failure(c.Call, err)
	}
	c.Made(sets[0])
	w, err := c.Output()
	if err != nil {
		return err
	}
	if len(sets) > 1 {
		c.Warn("the message makes %d datasets: they are written as a collection; --dataset picks one", len(sets))
	}
	return tooLarge(write(w, sets, Forms(c, j.Form)), j.Hint)
}

// read makes the cubes for others to write.
func (j Job) read(c *cli.Context) ([]*jsonstat.Dataset, error) {
	if c.IsSet("explain") {
		return nil, cli.Usagef("--explain writes no cube: say it to %s itself", c.Command())
	}
	t, sets, err := j.cubes(c)
	if err != nil && t != nil {
		err = failure(c.Call, err)
	}
	return sets, err
}

// cubes makes the cubes. Without a table it is the call that is wrong.
func (j Job) cubes(c *cli.Context) (*Table, []*jsonstat.Dataset, error) {
	t, err := readFlags(c)
	if err != nil {
		return nil, nil, err
	}
	c.Close(t.close)
	sets, err := j.Read(c, t)
	return t, sets, err
}

// One is the cube as the only one, or the error.
func One(ds *jsonstat.Dataset, err error) ([]*jsonstat.Dataset, error) {
	if err != nil || ds == nil {
		return nil, err
	}
	return []*jsonstat.Dataset{ds}, nil
}
