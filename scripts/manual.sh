#!/usr/bin/env bash
# Writes the manual pages and the completions of all commands into a folder, in
# the layout that packages install: share/man/man1, share/bash-completion/
# completions, share/zsh/site-functions, share/fish/vendor_completions.d, and
# share/powershell. The commands of jsonstat have pages of their own, such as
# jsonstat-csv.1, which "man jsonstat csv" finds.
#
#   scripts/manual.sh FOLDER
set -euo pipefail
[ $# = 1 ] || { sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "$0" >&2; exit 2; }
share=$1/share
cd "$(dirname "$0")/.."
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
go build -o "$bin/" ./cmd/...
mkdir -p "$share"/man/man1 "$share"/bash-completion/completions "$share"/zsh/site-functions "$share"/fish/vendor_completions.d "$share"/powershell
for path in "$bin"/*; do
	name=$(basename "$path" .exe)
	"$path" --man >"$share/man/man1/$name.1"
	"$path" --completion=bash >"$share/bash-completion/completions/$name"
	"$path" --completion=zsh >"$share/zsh/site-functions/_$name"
	"$path" --completion=fish >"$share/fish/vendor_completions.d/$name.fish"
	"$path" --completion=powershell >"$share/powershell/$name.ps1"
done
"$bin/jsonstat" --complete fish 'jsonstat help ' | sed '$d' | cut -f 1 | while read -r name; do
	"$bin/jsonstat" "$name" --man >"$share/man/man1/jsonstat-$name.1"
done
