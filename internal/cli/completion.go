package cli

import "strings"

// completeWord is the first argument of a program that is to complete a line. It is no
// flag: nobody types it.
const completeWord = "--complete"

// completion is a script for a shell that completes the calls of a command. It asks the
// command itself for each word, see complete.go, under the name by which it is called.
// That of a program of programs does so for links of their names, too.
func completion(cmd Command, shell string) string {
	script := map[string]string{"bash": bashScript, "zsh": zshScript, "fish": fishScript, "powershell": powershellScript}[shell]
	names := []string{cmd.Name}
	for _, sub := range cmd.Commands {
		if sub.Short != "" {
			names = append(names, sub.Name)
		}
	}
	between := " "
	if shell == "powershell" {
		between = ", "
		for i, name := range names {
			names[i] = powershellQuote(name)
		}
	}
	function := "_" + strings.ReplaceAll(cmd.Name, "-", "_")
	return strings.NewReplacer("{name}", cmd.Name, "{names}", strings.Join(names, between), "{function}", function, "{complete}", completeWord).Replace(script)
}

// bashScript works with bash 3.2 as well, which has no compopt: it puts a blank behind
// each word.
const bashScript = `# bash completion for {name}: source it, or put it into the folder bash-completion/completions
{function}() {
	local line IFS=$' \t\n' program=${1/#\~\//$HOME/}
	local -a answer
	while IFS= read -r line; do
		answer+=("$line")
	done <<<"$("$program" {complete} bash "${COMP_LINE:0:COMP_POINT}" "$COMP_TYPE" "${COLUMNS:-80}" "$COMP_WORDBREAKS" 2>/dev/null)"
	COMPREPLY=("${answer[@]:0:${#answer[@]}-1}")
	for line in ${answer[${#answer[@]}-1]#:}; do
		compopt -o "$line" 2>/dev/null
	done
}
complete -F {function} {names}
`

const zshScript = `#compdef {names}
# zsh completion: source it, or put it as _{name} into a folder of $fpath
{function}() {
	local program=${(Q)words[1]} line
	local -a answer todo open openshown whole wholeshown long
	answer=("${(@f)$(${~program} {complete} zsh "${(j: :)words[1,CURRENT-1]} $QIPREFIX$IPREFIX$PREFIX" "$COLUMNS" 2>/dev/null)}")
	todo=(${=answer[-1]#:})
	for line in "${(@)answer[1,-2]}"; do
		if [[ ${line%%$'\t'*} == *[=/] ]]; then
			open+=("${line%%$'\t'*}") openshown+=("${line#*$'\t'}")
		else
			whole+=("${line%%$'\t'*}") wholeshown+=("${line#*$'\t'}")
		fi
	done
	[[ "${(j::)openshown}${(j::)wholeshown}" == *'  ('* ]] && long=(-l)
	case $todo[1] in
	files) compset -p $todo[2]; _files -g "$todo[3]" ;;
	folders) compset -p $todo[2]; _files -/ ;;
	list) compstate[insert]= compstate[list]='list force' ;&
	*)
		compadd $long -U -V {name} -S '' -d openshown -a open
		compadd $long -U -V {name} -d wholeshown -a whole
		;;
	esac
}
if [[ $funcstack[1] == {function} ]]; then
	{function} "$@"
else
	compdef {function} {names}
fi
`

const fishScript = `# fish completion: source it, or put it as {name}.fish into ~/.config/fish/completions
function _{function}
	set -l program (string match -v -- '*=*' (commandline -opc))[1]
	set -l answer ($program {complete} fish "$(commandline -cp)" 2>/dev/null)
	test (count $answer) -gt 1; and printf '%s\n' $answer[1..-2]
end
for name in {names}
	complete -c $name -k -f -a '(_{function})'
	# What fish puts in the place of a name it knows best.
	complete -c $name -n 'string match -qr "^~[^/]|[\$]" -- (commandline -ct)' -F
end
`

const powershellScript = `# PowerShell completion: dot-source it in your profile
Register-ArgumentCompleter -Native -CommandName {names} -ScriptBlock {
	param($word, $ast, $position)
	$length = $position - $ast.Extent.StartOffset
	$line = $ast.Extent.Text.PadRight($length).Substring(0, $length)
	$line = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($line))
	$encoding = [Console]::OutputEncoding
	try {
		[Console]::OutputEncoding = [Text.Encoding]::UTF8
		$answer = @(& $ast.GetCommandName() {complete} powershell $line 2>$null)
	} finally {
		[Console]::OutputEncoding = $encoding
	}
	$answer | Select-Object -SkipLast 1 | ForEach-Object {
		$text, $about = $_ -split "` + "`" + `t", 2
		if (-not $about) { $about = $text }
		[System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $about)
	}
}
`
