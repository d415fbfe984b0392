package conformance_test

// frameDifferences are those of the command line, the same in all commands. The
// reference's command line is not installed here, so nothing is run against it;
// what ours does is in the scripts of cmd/testdata/script.
var frameDifferences = []difference{
	{name: "stream-status", reason: "0 is success everywhere else; `set -e` and pipefail would stop a script"},
	{name: "failure-status", reason: "a script can tell a wrong call from wrong data"},
	{name: "failure-text", reason: "whoever called needs to know what is wrong, and where"},
	{name: "success-text", reason: "no news is good news; standard output belongs to the data"},
	{name: "document-warnings", reason: "what was read leniently may not be what was meant; `--quiet` keeps them back"},
	{name: "existing-output", reason: "a script that runs again would leave more and more files, none of which is the one it named"},
	{name: "same-file", reason: "reading a file while it is replaced loses it"},
	{name: "output-ending", reason: "a program that opens the file goes by its name, and fails"},
	{name: "other-format", reason: "what was given is known, and so is the command that reads it"},
	{name: "tab-endings", reason: "that is what the endings mean"},
	{name: "no-names", reason: "that is what other tools do"},
	{name: "stray-name", reason: "a file that was meant to be read would be passed over"},
	{name: "extra-names", reason: "likewise, or it is an unquoted space"},
	{name: "number-names", reason: "a name is the text that was typed"},
	{name: "unknown-flags", reason: "a typing error must not change the result"},
	{name: "attached-values", reason: "that is how getopt reads a letter with a value"},
	{name: "values-left-out", reason: "nobody means the text `true`"},
	{name: "quotes-around-values", reason: "the shell has taken off its own; what is left was meant"},
	{name: "repeated-flags", reason: "the last one wins, so that an alias can be overridden"},
	{name: "separator-names", reason: "nobody separates columns by a word, and a shell takes signs for its own"},
	{name: "impossible-separators", reason: "no reader could make sense of the table"},
	{name: "void-options", reason: "an option without effect is a mistake that nobody sees"},
	{name: "huge-cubes", reason: "a hundred million empty lines are hardly what is wanted; `--all-cells` writes them"},
}
