#!/usr/bin/env bash
# Measures the commands and prints a Markdown table, losses too: two commits in
# alternating pairs, or the work tree alone, or jsonstat2csv beside a bare loop.
#
#   scripts/bench/bench.sh --against COMMIT [--to COMMIT] [options] [scenario ...]
#   scripts/bench/bench.sh [options] scenario ...
#   scripts/bench/bench.sh [options] [document ...]
#
#   --against COMMIT the older side
#   --to COMMIT      the newer side (the work tree)
#   --runs N         pairs, or runs of each program, in turn (8; for documents 5)
#   --cells N        cells of the documents of scenarios (800000)
#   --short          a few runs on small documents, to try the script
#   --dir FOLDER     where documents and results go (a temporary folder)
#
# Scenarios; all if none is named, or "all":
#
#   COMMAND or COMMAND-VARIANT, from file to file unless it says otherwise;
#                    "bench.sh --list" tells them
#   merge            2 million cells in 1,000 parts, by package pxweb
#   merge-across     200,000 cells in 1,000 parts, cut along two variables
#   start            --version of each command, four times the runs
#
# Both sides read the same files; those that are no JSON-stat are made by the older
# side. Pairs run old, new, new, old, ..., after one run of each that is not
# counted. Seconds are medians; new/old is the median of the ratios of the pairs
# with its quartiles, below 1 where the newer side is faster. MB is the largest
# peak of memory. Look at the processor time: it is steadier than wall time where
# other programs run. "slower in 5 of 8" is in how many pairs the newer side used
# more of it; of equal programs each is as likely as heads in tossing a coin, and
# among fifty scenarios some come up 7 of 8. --runs 30 settles it. "bytes" tells
# whether both sides wrote the same, or are even the same program, so that what
# differs is chance.
#
# A merge is measured without its network: all parts are there, as after a call
# that was stopped, and what is timed is to ask for the metadata, read the parts
# and write the document. The older side is lent the program that does this if it
# does not have it.
#
# Documents, for jsonstat2csv beside a bare scan-and-copy loop (scripts/bench/bare)
# and, on request, the JavaScript reference (those without ssb-40m if none is
# named; that needs 3 GB of disk):
#
#   ssb-800k         800,000 cells from file to file, labels and statuses: 4 MB of
#                    JSON, 46 MB of CSV
#   ssb-8m           8 million cells: 40 MB, 460 MB
#   ssb-40m          40 million cells: 237 MB, 2.3 GB
#   ssb-40m-pipe     the same through a pipe, so that it cannot be read twice
#   sparse10         10 dimensions of 10 categories, 1,000 values, --non-missing
#   sparse2          2 dimensions of 100,000 categories, 1,000 values, --non-missing
#
#   --node           time the JavaScript reference as well: once, on ssb-800k
#                    only, since it takes half a minute there and does not
#                    finish the larger documents; needs "npm ci" in
#                    conformance/reference
#   --programs LIST  of ours and bare, those to time ("ours bare")
#
# The sparse ones are set against a start of the command, a document of 2,000
# cells. Times are wall times, with the result in the page cache; the column
# "against" has the ratios of the best times. Close other programs first.
set -euo pipefail

usage() {
	sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "$0" >&2
	exit 2
}

runs="" node=false programs="ours bare" dir="" documents=() scenarios=() compare=()
while [ $# -gt 0 ]; do
	case $1 in
	--runs | --programs | --dir | --against | --to | --cells) [ -n "${2-}" ] || usage ;;
	esac
	case $1 in
	--runs) runs=$2 && shift 2 ;;
	--node) node=true && shift ;;
	--programs) programs=$2 && shift 2 ;;
	--dir) dir=$2 && shift 2 ;;
	--against | --to | --cells) compare+=("$1" "$2") && shift 2 ;;
	--short | --list) compare+=("$1") && shift ;;
	ssb-800k | ssb-8m | ssb-40m | ssb-40m-pipe | sparse10 | sparse2) documents+=("$1") && shift ;;
	-*) usage ;;
	*) scenarios+=("$1") && shift ;;
	esac
done
[[ ${runs:-1} =~ ^[1-9][0-9]*$ ]] || usage
for p in $programs; do
	case $p in ours | bare) ;; *) usage ;; esac
done

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
work=$(mktemp -d "${dir:-${TMPDIR:-/tmp}}/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Scenarios are the affair of scripts/bench/compare; what is here are documents.
if [[ ${#compare[@]} -gt 0 || ${#scenarios[@]} -gt 0 ]]; then
	[[ ${#documents[@]} -eq 0 && $programs = "ours bare" ]] && ! $node || usage
	go build -o "$work/compare" ./scripts/bench/compare
	mkdir "$work/run"
	status=0
	"$work/compare" -dir "$work/run" ${runs:+-runs "$runs"} ${compare[@]+"${compare[@]}"} ${scenarios[@]+"${scenarios[@]}"} || status=$?
	[ $status -ne 2 ] || usage
	exit $status
fi

[[ ${#documents[@]} -gt 0 ]] || documents=(ssb-800k ssb-8m sparse10 sparse2)
runs=${runs:-5}
if $node && [ ! -d conformance/reference/node_modules ]; then
	echo 'bench.sh: --node needs "npm ci" in conformance/reference' >&2
	exit 2
fi

for p in gen bare timeit; do
	go build -o "$work/$p" "./scripts/bench/$p"
done
case " $programs " in
*" ours "*) go build -trimpath -ldflags="-s -w" -o "$work/jsonstat2csv" ./cmd/jsonstat2csv ;;
esac

# once NAME COMMAND... runs a command and adds its figures to NAME's.
once() {
	local name=$1
	shift
	"$work/timeit" -written "$work/out" "$@" >>"$work/$name.times"
	rm -f "$work/out"
}

# run PROGRAM SCENARIO runs a program once.
run() {
	local doc=$work/doc.json
	case $1:$2 in
	bare:*) once bare "$work/bare" "$doc" "$work/out" ;;
	node:*) once node node "$here/reference.cjs" jsonstat2csv "$doc" "$work/out" ;;
	ours:*-pipe) once ours -pipe "$doc" "$work/jsonstat2csv" --status ;;
	ours:sparse*) once ours "$work/jsonstat2csv" --non-missing "$doc" "$work/out" ;;
	ours:*) once ours "$work/jsonstat2csv" --status "$doc" "$work/out" ;;
	start:*) once start "$work/jsonstat2csv" --status "$work/small.json" "$work/out" ;;
	esac
}

# best NAME prints the figures of its fastest run.
best() {
	sort -n "$work/$1.times" | head -n 1
}

# row SCENARIO PROGRAM prints a program's line of the table.
row() {
	local doc=$work/doc.json against="" sum="" p
	[ "$2" != start ] || doc=$work/small.json
	for p in bare ours start; do
		[ "$p" != "$2" ] && [ -e "$work/$p.times" ] || continue
		against+=" $p $(best "$p" | cut -d' ' -f1)"
	done
	[ ! -e "$work/bare.times" ] || sum=$(best bare | cut -d' ' -f3,4)
	sort -n "$work/$2.times" | awk -v scenario="$1" -v program="$2" -v input="$(wc -c <"$doc")" -v against="$against" -v sum="$sum" '
		{ t[NR] = $1; if ($2 > peak) peak = $2 }
		{ size = $3; now = $3 " " $4; if (NR > 1 && now != before) varies = 1; before = now }
		END {
			n = split(against, a, " ")
			for (i = 1; i < n; i += 2) ratios = ratios (i > 1 ? ", " : "") sprintf("%.2f × %s", t[1] / a[i + 1], a[i])
			if (varies) bytes = "vary from run to run"
			else if (sum != "" && program != "bare") bytes = now == sum ? "as bare" : "not as bare"
			median = NR % 2 ? t[(NR + 1) / 2] : (t[NR / 2] + t[NR / 2 + 1]) / 2
			printf "| %s | %s | %.2f | %.2f | %d | %.3f | %.3f | %.1f | %s | %s |\n", scenario, program,
				input / 1e6, size / 1e6, NR, t[1], median, peak / 1024, ratios, bytes
		}'
}

cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1 || true)
echo "$(uname -sm), ${cpu:-unknown processor}, $(getconf _NPROCESSORS_ONLN) cores, $(go env GOVERSION)$($node && echo ", node $(node --version)")"
echo
echo "| scenario | program | MB in | MB out | runs | best s | median s | peak MB | against | bytes |"
echo "|---|---|--:|--:|--:|--:|--:|--:|--:|---|"
for scenario in "${documents[@]}"; do
	rm -f "$work"/*.times
	case $scenario in
	ssb-800k) "$work/gen" -cells 800000 ;;
	ssb-8m) "$work/gen" -cells 8000000 ;;
	ssb-40m*) "$work/gen" -cells 40000000 ;;
	sparse*) "$work/gen" -shape "$scenario" ;;
	esac >"$work/doc.json"

	list=$programs
	case $scenario in
	sparse*)
		"$work/gen" -cells 2000 >"$work/small.json"
		case " $programs " in *" ours "*) list="ours start" ;; *) continue ;; esac
		;;
	esac
	for ((i = 0; i < runs; i++)); do
		for p in $list; do
			run "$p" "$scenario"
		done
	done
	if $node && [ "$scenario" = ssb-800k ]; then
		run node "$scenario"
		list+=" node"
	fi

	for p in $list; do
		row "$scenario" "$p"
	done
done
