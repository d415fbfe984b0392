#!/usr/bin/env bash
# Measures the program jsonstat, which holds all commands, and fails where it is more
# than it may be: 32 MB without symbols, 8 ms over the start of jsonstat2csv. Then convert
# beside the two single commands in a pipe, and beside one of them alone.
#
#   scripts/bench/front.sh [--runs N] [--cells N]
#
# Runs alternate: N starts (100) of each, a tenth of them of conversions; times are
# medians. Close other programs first: of a busy machine the start says nothing, and
# the script says so.
set -euo pipefail

runs=100 cells=800000
while [ $# -gt 0 ]; do
	case $1 in
	--runs) runs=$2 && shift 2 ;;
	--cells) cells=$2 && shift 2 ;;
	*) sed -n '2,/^set /{/^#/!d;s/^# \{0,1\}//;p;}' "$0" >&2 && exit 2 ;;
	esac
done
cd "$(dirname "$0")/../.."
work=$(mktemp -d "${TMPDIR:-/tmp}/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
go build -o "$work/" ./scripts/bench/gen ./scripts/bench/timeit
mkdir "$work/bin"
go build -trimpath -ldflags="-s -w" -o "$work/bin/" ./cmd/...
PATH=$work/bin:$PATH

# The wall time, the processor time and the peak of memory of one run, a line.
once() { "$work/timeit" -written "$work/out" "$@" | awk '{ print $1, $5, $2 }'; }
starts() { "$work/timeit" -pipe /dev/null -written "$work/out" "$@" | awk '{ print $1, $5, $2 }'; }
median() { sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
column() { cut -d ' ' -f "$1" "$2" | median; }

size=$(stat -c %s "$work/bin/jsonstat" 2>/dev/null || stat -f %z "$work/bin/jsonstat")
for ((i = 0; i < runs; i++)); do
	starts jsonstat2csv --version >>"$work/one"
	starts jsonstat csv --version >>"$work/all"
done
awk -v size="$size" -v one="$(column 1 "$work/one")" -v all="$(column 1 "$work/all")" 'BEGIN {
	printf "size %.1f MB (at most 32)\n", size / 1e6
	printf "start %.1f ms, jsonstat2csv %.1f ms: %.1f ms more (at most 8)\n", all * 1e3, one * 1e3, (all - one) * 1e3
	exit size > 32e6 || all - one > 8e-3
}' || failed=1
load=$(uptime | sed 's/.*load averages\{0,1\}: *\([0-9.]*\).*/\1/')
if [ -n "${failed-}" ]; then
	echo "more than it may be; the load of the machine was $load before" >&2
fi

"$work/gen" -cells "$cells" >"$work/doc.json"
jsonstat2csv --status --cid --fid "$work/doc.json" "$work/doc.csv"
jsonstat2parquet "$work/doc.json" "$work/doc.parquet"
printf '\n%s cells\n\n| conversion | by | median s | processor s | peak MB |\n|---|---|--:|--:|--:|\n' "$cells"
for pair in json-xlsx json-parquet json-csv csv-json csv-parquet parquet-csv csv-csv; do
	in=${pair%-*} out=${pair#*-}
	reader=${in}2jsonstat writer=jsonstat2$out
	rm -f "$work"/*.times
	for ((i = 0; i < (runs + 9) / 10; i++)); do
		once jsonstat convert "$work/doc.$in" "$work/out" --to "${out/#json/jsonstat}" --from "${in/#json/jsonstat}" >>"$work/convert.times"
		cksum <"$work/out" >"$work/convert.sum"
		case $pair in
		json-*) once "$writer" "$work/doc.$in" "$work/out" >>"$work/single.times" ;;
		*-json) once "$reader" "$work/doc.$in" "$work/out" >>"$work/single.times" ;;
		*) once sh -c "$reader '$work/doc.$in' | $writer - '$work/out'" >>"$work/single.times" ;;
		esac
		cksum <"$work/out" | cmp - "$work/convert.sum"
	done
	for by in convert single; do
		awk -v by="$by" -v pair="$pair" -v s="$(column 1 "$work/$by.times")" -v cpu="$(column 2 "$work/$by.times")" -v mb="$(column 3 "$work/$by.times")" \
			'BEGIN { printf "| %s | %s | %.3f | %.3f | %.0f |\n", pair, by, s, cpu, mb / 1024 }'
	done
done
exit "${failed:-0}"
