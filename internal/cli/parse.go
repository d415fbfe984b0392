package cli

import (
	"io"
	"slices"
	"strings"
	"time"

	urfave "github.com/urfave/cli/v2"
)

// value is what a flag came to after all its appearances.
type value struct {
	spec  Spec
	set   bool // given, also if it equals the default
	on    bool
	text  string
	texts []string
}

// prefix goes before all names, for urfave/cli acts by itself on a flag called help.
const prefix = "flag."

// parse gives every flag its value. It is the only place that knows urfave/cli,
// which sees nothing but canonical arguments and prints nothing. It is told of the flags
// that are given alone: it takes a time that grows with the square of their number.
func parse(name string, specs []Spec, flags []string) (map[string]value, error) {
	values := make(map[string]value, len(specs))
	for _, s := range specs {
		values[s.Name] = value{spec: s, text: s.Default}
	}
	var given []Spec
	for _, f := range flags {
		name, _, _ := strings.Cut(strings.TrimPrefix(f, "--"), "=")
		if v, ok := values[name]; ok && !v.set {
			v.set = true
			values[name] = v
			given = append(given, v.spec)
		}
	}
	if len(flags) == 0 {
		return values, nil
	}
	app := &urfave.App{
		Name:            name,
		HideHelp:        true, // ours is a flag like any other
		HideHelpCommand: true,
		HideVersion:     true,
		// A value of a repeatable flag may contain commas and outer spaces.
		DisableSliceFlagSeparator: true,
		Writer:                    io.Discard,
		ErrWriter:                 io.Discard,
		Compiled:                  time.Unix(0, 1), // else the executable is looked up
		ExitErrHandler:            func(*urfave.Context, error) {},
		OnUsageError:              func(_ *urfave.Context, err error, _ bool) error { return Usage(err) },
		Action: func(c *urfave.Context) error {
			for _, s := range given {
				flag := prefix + s.Name
				v := value{spec: s, set: true}
				switch s.Kind {
				case KindBool:
					v.on = c.Bool(flag)
				case KindStrings:
					v.texts = slices.Clone(c.StringSlice(flag))
				default:
					v.text = c.String(flag)
				}
				values[s.Name] = v
			}
			return nil
		},
	}
	for _, s := range given {
		app.Flags = append(app.Flags, translate(s))
	}
	args := []string{name}
	for _, f := range flags {
		args = append(args, "--"+prefix+strings.TrimPrefix(f, "--"))
	}
	if err := app.Run(args); err != nil {
		return nil, err
	}
	return values, acceptAll(values, flags)
}

// translate makes a flag of urfave/cli. It has no letter, since the canonical
// form has none.
func translate(s Spec) urfave.Flag {
	switch s.Kind {
	case KindBool:
		return &urfave.BoolFlag{Name: prefix + s.Name}
	case KindStrings:
		return &urfave.StringSliceFlag{Name: prefix + s.Name, KeepSpace: true}
	default:
		return &urfave.StringFlag{Name: prefix + s.Name, Value: s.Default}
	}
}

// acceptAll checks every value given, also one that a later one replaced: a typing
// error should not depend on what follows it.
func acceptAll(values map[string]value, flags []string) error {
	for _, f := range flags {
		name, text, _ := strings.Cut(strings.TrimPrefix(f, "--"), "=")
		if err := values[name].spec.accept(text); err != nil {
			return err
		}
	}
	return nil
}
