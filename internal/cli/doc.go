// Package cli is what all commands of the toolkit share: arguments, files,
// pipes, progress, errors and help. A command is a table and one call:
//
//	func main() {
//		cli.Main(cli.Command{
//			Name:          "jsonstat2csv",
//			Summary:       "turn a JSON-stat dataset into CSV",
//			Args:          cli.InputOutput,
//			ReadsJSONStat: true,
//			Flags: []cli.Flag{
//				cli.Bool{Name: "status", Short: 's', Help: "add a column of statuses"},
//			},
//			Run: func(c *cli.Context) error {
//				ds, err := c.OpenDataset(0)
//				if err != nil {
//					return err
//				}
//				w, err := c.Output()
//				if err != nil {
//					return err
//				}
//				return convert.WriteCSV(w, ds, &convert.CSVOptions{Status: c.Bool("status")})
//			},
//		})
//	}
//
// The table is pure data. Help, man page and completions are made from it:
// [Command.AllFlags] lists its flags together with those that every command has.
//
// Open run.go first, which goes through a run step by step, and main.go, which starts
// it. Below, each file calls only those in front of it: what errors say (errors.go,
// hint.go, clean.go), the rows of the table (flag.go, synopsis.go), what other programs call
// them (synonym.go), how arguments are read (args.go, parse.go), how options are handed on
// to a part of a call (handed.go), what is shown (report.go, progress.go), how a command is
// called (door.go), the call with its flags (call.go), its files (files.go, filecheck.go),
// the input (unpacked.go, zip.go, input.go, documents.go), what slipped into the output's
// name (slip.go), the output (place.go, folder.go, output.go), what Run is given
// (context.go), the table (command.go, program.go, check.go), a command as a part of
// another one (part.go), and what is made of the table (help.go, man.go, completion.go).
//
// What a shell offers while a call is being typed stands beside that, below complete.go:
// words of a line in a shell's quotes (shellline.go), the call as far as it goes
// (typing.go), its input (preview.go), what is in that (completecube.go) or in a folder
// (completefiles.go), and how the shell is told (completeprint.go). Each flag that takes a
// value says in its row what that is completed with, see [Completes].
//
// # What a command may rely on
//
// Before Run is called the flags are valid, the input exists, the output may be
// written and the two are not the same file. Nothing is created until Run asks
// for [Context.Output], and a file stands under its name only when Run returned
// nil and every byte was written. Run returns errors and prints nothing; what it
// has to say on the way goes through [Context.Warn].
//
// # Exit status
//
// 0 means done, also if whoever reads our output closed the pipe early. 2 means
// that the call was wrong: flags, a missing input, an existing output, a name
// that the dataset does not have. 3 means that there was nothing new, where
// --exit-code asks for that, see [ErrNothingNew]. 1 is everything else. A signal ends
// the process as that signal does.
//
// # Arguments
//
// The commands replace tools written in JavaScript, and scripts that call those
// must go on working. Flags may therefore stand anywhere, letters may be grouped,
// a value may follow its flag in any of the usual ways. See args.go for the rules
// and for the few places where they differ from the old tools'. No module that
// parses flags shows in the API: parse.go alone knows which one there is.
//
// A flag that is called otherwise now keeps its old name, in Old, where that name is
// free; where it is not, the name is [Gone] for one release, and using it is an error
// that says the new one:
//
//	cli.String{Name: "dimension", Old: []string{"dims"}, Value: "COLUMN,...", Help: "..."},
//	cli.Gone{Name: "metric", Say: "--with-metric"},
package cli
