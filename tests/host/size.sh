#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# daxmark size: what it takes and what it refuses.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
daxmark=${BUILD:-$root/build}/daxmark
cd "$work" || exit 4

# timed LABEL BOOTS MEDIAN STEP: boots whose operations take MEDIAN to MEDIAN + 2 ns
timed() {
	awk -v label="$1" -v boots="$2" -v median="$3" -v step="$4" 'BEGIN {
		for (seed = 1; seed <= boots; seed++) {
			m = median + int(seed * step) % 3
			printf "{\"kind\":\"run\",\"label\":\"%s\",\"source\":\"image:/x\",\"mode\":\"time\"", label
			printf ",\"seed\":%d,\"command\":\"x\",\"plan_sha256\":\"cafe\",\"patches\":[]}\n", seed
			printf "{\"kind\":\"machine\",\"format\":1,\"mode\":\"time\",\"seed\":%d,\"kernel\":\"6.1\"", seed
			print ",\"clock\":{\"source\":\"tsc\",\"unit\":\"ns\",\"ticks_per_unit\":1,\"overhead\":9},\"runner\":\"b\"}"
			print "{\"kind\":\"target\",\"fs\":\"ext4\",\"access\":\"dax\",\"dax\":true}"
			printf "{\"kind\":\"sample\",\"bench\":\"first-write\",\"arm\":\"cold\",\"fs\":\"ext4\","
			printf "\"access\":\"dax\",\"metric\":\"write\",\"unit\":\"ns\",\"better\":\"lower\",\"n\":1000,"
			printf "\"min\":%d,\"median\":%d,\"mean\":%d,\"p90\":%d,\"p99\":%d,\"max\":%d,", m, m, m, m, m, m
			printf "\"histogram\":[[%d,1000]]}\n{\"kind\":\"end\",\"lines\":3}\n", m
		}
	}' >"$1.jsonl"
}
timed base 6 100 1
timed new 6 110 1.5
timed one 1 100 1
timed other 1 110 1
awk -v label=without -v change=0 -f "$root/tests/unit/data/side.awk" >count.jsonl
awk -v label=with -v change=1 -f "$root/tests/unit/data/side.awk" >count2.jsonl

says_pairs() {
	run 0 "$daxmark" size base.jsonl new.jsonl && says out '^[0-9]+ pairs of boots know the change' &&
		says out 'to \+-1% ' && says out 'this comparison has 6' && ! grep -nE '.{73}' out
}
narrower_takes_more() {
	local one tenth
	one=$("$daxmark" size base.jsonl new.jsonl | sed -n 's/ pairs of boots know.*//p')
	tenth=$("$daxmark" size --precision 0.1 base.jsonl new.jsonl | sed -n 's/ pairs of boots know.*//p')
	why="$one, then $tenth"
	[ "$tenth" -gt "$one" ]
}
into_a_file() {
	run 0 "$daxmark" size -o report base.jsonl new.jsonl && [ ! -s out ] && grep -q 'pairs of boots' report
}
counts() { run 2 "$daxmark" size count.jsonl count2.jsonl && says err 'is of mode count: only times vary'; }
one_boot() { run 2 "$daxmark" size one.jsonl other.jsonl && says err 'seen from 2 pairs on'; }
bad_precision() {
	local value
	for value in 0 -1 1x nan; do
		run 2 "$daxmark" size --precision="$value" base.jsonl new.jsonl &&
			says err "precision is '$value', not a percentage above 0" || return 1
	done
}

test_that "the pairs that a precision takes are said, in 72 columns" says_pairs
test_that "a narrower interval takes more pairs" narrower_takes_more
test_that "--output writes a file" into_a_file
test_that "counts are refused: more boots do not make them better" counts
test_that "one boot a side says nothing of how boots differ" one_boot
test_that "a precision that is none is refused" bad_precision
finish
