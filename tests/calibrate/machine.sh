#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# How often verdicts on times of this machine are right where nothing changed: short runs of one plan are dealt out to
# two sides in pairs, in random order within each, 200 times five pairs.
#
#   tests/calibrate/machine.sh [COMPARISONS]    takes root, to mount a tmpfs
#
# Prints lines for the table. Exit status 0 every bound holds, 1 one is missed, else that of what failed.

set -u -o pipefail
export LC_ALL=C
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${DAXMARK_BUILD:-$root/build}
comparisons=${1:-200} pairs=5
[[ $comparisons =~ ^[1-9][0-9]{0,3}$ ]] || { echo "machine: $comparisons comparisons: choose from 1 to 9999" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "machine: takes root, to mount a tmpfs" >&2; exit 4; }
work=$(mktemp -d) || exit 4
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A write(2) of 64 KiB: long beside the step of the clock, short enough for thousands of runs.
cat >"$work/plan.ini" <<'END'
[plan]
mode = time
filesystems = tmpfs
access = page-cache
checks = none
benchmarks = mmap-write
[bench mmap-write]
arms = write-64k
operations = 1000
END

# run_once SIDE COMPARISON POSITION PAIR: appends its records to those of the side
run_once() {
	"$build/daxmark-run" --plan "$work/plan.ini" --seed "$4" --output "$work/run" 2>"$work/err" || {
		cat "$work/err" >&2
		exit 5
	}
	{
		printf '{"kind":"run","label":"%s","source":"this machine","patches":[],"mode":"time","seed":%s' "$1" "$4"
		printf ',"plan_sha256":"0","session":"calibrate-%s","position":%s,"pair":%s,"command":"daxmark-run"}\n' "$2" "$3" "$4"
		cat "$work/run"
	} >>"$work/$1.jsonl" || exit 4
}

rejected=0 said=0
for ((i = 1; i <= comparisons; i++)); do
	rm -f "$work"/[ab].jsonl
	for ((pair = 1; pair <= pairs; pair++)); do
		order=(a b)
		[ $((RANDOM % 2)) -eq 0 ] || order=(b a)
		run_once "${order[0]}" "$i" $((2 * pair - 1)) "$pair"
		run_once "${order[1]}" "$i" $((2 * pair)) "$pair"
	done
	"$build/daxmark" compare --format json --output "$work/compare.json" "$work/a.jsonl" "$work/b.jsonl" || exit
	read -r p verdict < <(jq -r '.metrics[0] | "\(.t_p) \(.verdict)"' "$work/compare.json")
	if [ -z "${p:-}" ] || [ "$p" = null ]; then
		echo "machine: comparison $i has no p" >&2
		exit 5
	fi
	rejected=$((rejected + $(awk -v p="$p" 'BEGIN { print p <= 0.05 }')))
	case $verdict in better | worse) said=$((said + 1)) ;; esac
	[ ! -t 2 ] || printf '\r\033[K%s of %s comparisons, %s rejected' "$i" "$comparisons" "$rejected" >&2
done
[ ! -t 2 ] || printf '\r\033[K' >&2

# Where 95% of counts lie when each comparison is rejected with 5%, 2.5% at most on either side.
read -r low high < <(awk -v n="$comparisons" 'BEGIN {
	q = exp(n * log(0.95)); sum = 0; low = -1
	for (k = 0; k <= n; k++) {
		sum += q
		if (low < 0 && sum > 0.025) low = k
		if (sum >= 0.975) break
		q *= (n - k) / (k + 1) * 0.05 / 0.95
	}
	print low, k
}')
missed=0
row() { # OK WORDS
	if [ "$1" = yes ]; then
		printf '  %-66s ok\n' "$2"
	else
		printf '  %-66s MISSED\n' "$2"
		missed=1
	fi
}
row "$([ "$rejected" -ge "$low" ] && [ "$rejected" -le "$high" ] && echo yes)" \
	"p is 5% or less in $rejected of $comparisons, must be $low to $high"
row "$([ "$said" -le "$high" ] && echo yes)" "better or worse is said in $said of $comparisons, must be $high at most"
exit "$missed"
