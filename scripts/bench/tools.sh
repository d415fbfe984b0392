#!/usr/bin/env bash
# Times the commands beside what the JavaScript reference does, on one document
# of the shape of Statistics Norway's answers, and prints a Markdown table. With
# 8 million cells, which the reference does not finish, ours alone are timed.
#
#   scripts/bench/tools.sh [--runs N] [--cells N] [--no-node] [tool ...]
#
# It needs "npm ci" in conformance/reference. Ours run N times (5), the reference
# once, for it takes seconds. Close other programs first.
set -euo pipefail

runs=5 cells=800000 node=true tools=()
while [ $# -gt 0 ]; do
	case $1 in
	--runs) runs=$2 && shift 2 ;;
	--cells) cells=$2 && shift 2 ;;
	--no-node) node=false && shift ;;
	-*) sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "$0" >&2 && exit 2 ;;
	*) tools+=("$1") && shift ;;
	esac
done
[[ ${#tools[@]} -gt 0 ]] || tools=(jsonstat2csv jsonstatdice jsonstatdice-filter csv2jsonstat jsonstat2arrobj jsonstat2objarr jsonstat2array jsonstat2object)

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
if $node && [ ! -d conformance/reference/node_modules ]; then
	echo 'tools.sh: needs "npm ci" in conformance/reference, or --no-node' >&2
	exit 2
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
go build -o "$work/gen" ./scripts/bench/gen
go build -o "$work/timeit" ./scripts/bench/timeit
go build -trimpath -ldflags="-s -w" -o "$work/" ./cmd/...
"$work/gen" -cells "$cells" >"$work/doc.json"
"$work/jsonstat2csv" --status "$work/doc.json" "$work/doc.csv"

# A filter that keeps about half of the regions.
filter=$("$work/gen" -cells "$cells" -half)

echo "$(uname -sm), $(getconf _NPROCESSORS_ONLN) cores, $(go env GOVERSION)$($node && echo ", node $(node --version)"); $cells cells"
echo
echo "| command | best s | median s | peak MB | reference s | reference MB | times as fast |"
echo "|---|--:|--:|--:|--:|--:|--:|"
for t in "${tools[@]}"; do
	tool=${t%-filter} in="$work/doc.json" flags=(--status)
	case $t in
	csv2jsonstat) in="$work/doc.csv" flags=() ;;
	jsonstatdice) flags=() ;;
	jsonstatdice-filter) flags=(--filter "$filter") ;;
	esac
	rm -f "$work"/*.times
	for ((i = 0; i < runs; i++)); do
		rm -f "$work/out"
		"$work/timeit" -written "$work/out" "$work/$tool" "$in" "$work/out" "${flags[@]}" >>"$work/ours.times"
	done
	if $node; then
		rm -f "$work/out"
		f="" && [[ $t == *-filter ]] && f=$filter
		FILTER=$f "$work/timeit" -written "$work/out" node --max-old-space-size=8192 "$here/reference.cjs" "$tool" "$in" "$work/out" >"$work/node.times"
	else
		echo "0 0" >"$work/node.times"
	fi
	sort -n "$work/ours.times" | awk -v name="$t" -v ref="$(cut -d' ' -f1,2 "$work/node.times")" '
		{ t[NR] = $1; if ($2 > peak) peak = $2 }
		END {
			split(ref, r, " ")
			median = NR % 2 ? t[(NR + 1) / 2] : (t[NR / 2] + t[NR / 2 + 1]) / 2
			if (r[1] > 0) rest = sprintf("%.2f | %.0f | %.0f", r[1], r[2] / 1024, r[1] / median)
			else rest = "- | - | -"
			printf "| %s | %.3f | %.3f | %.1f | %s |\n", name, t[1], median, peak / 1024, rest
		}'
done
