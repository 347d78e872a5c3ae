#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# daxmark crosscheck as a user meets it, and what its script refuses.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
daxmark=${DAXMARK:-$root/build/daxmark}
cd "$work" || exit 4

# ours VALUE: a count of 7 without an operation, VALUE with each
ours() {
	local bench arm metric n=2
	printf '{"kind":"run","label":"o","source":"s","mode":"count","seed":1,"patches":[],"plan_sha256":"p"}\n'
	printf '{"kind":"machine","format":1,"mode":"count","seed":1,"kernel":"6.1","runner":"r"'
	printf ',"clock":{"source":"rdtsc","unit":"instructions","ticks_per_unit":1}}\n'
	printf '{"kind":"target","fs":"ext4","access":"dax"}\n'
	while read -r bench arm metric; do
		local value=$1 fs=ext4 access=dax
		[ "$bench" != noop ] || value=7 fs=none access=none
		printf '{"kind":"sample","bench":"%s","arm":"%s","metric":"%s","fs":"%s","access":"%s"' \
			"$bench" "$arm" "$metric" "$fs" "$access"
		printf ',"unit":"instructions","better":"lower","n":4,"min":%s,"median":%s,"mean":%s' "$value" "$value" "$value"
		printf ',"p90":%s,"p99":%s,"max":%s,"histogram":[[%s,4]]}\n' "$value" "$value" "$value" "$value"
		n=$((n + 1))
	done <<-'ARMS'
		noop empty pair
		mmap-write plain-4k write
		mmap-write plain-64k write
		mmap-write write-4k write
		mmap-write write-64k write
		splice file-memory-4k move
		splice file-memory-64k move
	ARMS
	printf '{"kind":"end","lines":%s}\n' "$n"
}
# fios VALUE [JOB VALUE]: 100 in the null job, VALUE in the others but that one
fios() {
	local job apart='' value
	printf 'fio: a warning before the JSON\n{"fio version":"fio-3.33","jobs":['
	for job in null mmap-4k mmap-64k psync-4k psync-64k splice-4k splice-64k; do
		value=$1
		[ "$job" != null ] || value=100
		[ "$job" != "${2-}" ] || value=$3
		printf '%s{"jobname":"%s","desc":"ext4 dax","error":0' "$apart" "$job"
		printf ',"read":{"clat_ns":{}},"write":{"clat_ns":{"bins":{"%s":9}}}}' "$value"
		apart=,
	done
	printf ']}\n'
}
ours 207 >ours.jsonl
fios 300 >fio.json
fios 300 psync-4k 350 >dear.json
sed 's/"jobname":"splice-4k"/"jobname":"other"/' fio.json >lacking.json
sed 's/"error":0/"error":95/2' fio.json >failed.json
sed 's/"bins":{[^}]*}//g' fio.json >plain.json
sed 's/"desc":"ext4 dax"/"desc":"ext4 page-cache"/' fio.json >elsewhere.json
sed 's/"300":9/"-300":9/' fio.json >negative.json
head -c 300 fio.json >cut.json

check() { run "$1" "$daxmark" crosscheck "${@:2}"; }
refuses() { check 2 "${@:2}" && says err "$1" && [ ! -s out ]; }

agree() {
	check 0 ours.jsonl fio.json && says out '^All 6 rows that should agree do so within 15%' &&
		says out '^  write-4k +psync-4k +207 +300 +1\.00  agrees$' && says out '^  \(noop\) +null +7 +100$' &&
		says out 'guest instructions'
}
differ() {
	check 1 ours.jsonl dear.json && says out '^  write-4k +psync-4k +207 +350 +0\.80  differs$' &&
		says out '^1 of 6 rows that should agree DIFFER'
}
rounds() {
	check 0 ours.jsonl fio.json fio.json dear.json fio.json fio.json && says out 'psync-4k +207 +300 +1\.00  agrees'
}
json() {
	check 1 --format json ours.jsonl dear.json || return 1
	why=$(jq -r '.rows[] | select(.verdict == "differs") | "\(.arm) \(.ours) \(.fio) \(.ours_empty) \(.fio_empty) \(.ratio)"' out)
	[ "$why" = 'write-4k 207 350 7 100 0.8' ] && [ "$(jq -r '.mode, .unit, .bound_pct, (.rows | length)' out | tr '\n' ' ')" = \
		'count instructions 15 6 ' ]
}
fits() {
	check 1 ours.jsonl dear.json || return 1
	why=$(LC_ALL=C awk 'length > 72 || /[^ -~]/' out)
	[ -z "$why" ]
}
output() { check 1 --output table ours.jsonl dear.json && [ ! -s out ] && grep -q DIFFER table; }
no_json() { refuses 'ours.jsonl: is not fio|ours.jsonl: line 2: not JSON' ours.jsonl ours.jsonl; }
cut_json() { refuses 'cut.json: line [0-9]+: not JSON' ours.jsonl cut.json; }
no_bins() { refuses 'plain.json: job null has no latencies of single operations; .*json\+' ours.jsonl plain.json; }
bad_bin() { refuses 'negative.json: job mmap-4k: the bin "-300"' ours.jsonl negative.json; }
lacking() { refuses 'fio has no job splice-4k on ext4 dax' ours.jsonl lacking.json; }
failing() { refuses 'fio has no job mmap-4k on ext4 dax' ours.jsonl failed.json; }
elsewhere() { refuses 'fio has no job null on ext4 dax' ours.jsonl elsewhere.json; }
ours_lacks() {
	grep -v plain-64k ours.jsonl | sed 's/"lines":9/"lines":8/' >less.jsonl
	refuses 'the records have no mmap-write plain-64k on ext4 dax' less.jsonl fio.json
}
no_file() { refuses 'nowhere.json: No such file' ours.jsonl nowhere.json; }
no_arguments() { refuses 'takes a result file and at least one of fio' ours.jsonl; }
no_format() { refuses "there is no format 'lkml'" --format lkml ours.jsonl fio.json; }
script() {
	run 0 "$root/scripts/crosscheck" --help && says out '^usage: scripts/crosscheck' &&
		run 2 "$root/scripts/crosscheck" --rounds 0 && says err 'choose from 1 to 99' &&
		run 2 "$root/scripts/crosscheck" pmem && says err 'choose page-cache or dax'
}
# Through to its first rounds, then told to end.
nothing_left() {
	local pid status
	mkdir -p tmp
	TMPDIR=$work/tmp env --default-signal=INT "$root/scripts/crosscheck" page-cache >out 2>err &
	pid=$!
	wait_beside "$pid" grep -q 'round 1' err || { why="no round: $(cat err)"; kill "$pid"; return 1; }
	kill -INT "$pid"
	wait "$pid"
	status=$?
	[ "$status" -eq 130 ] || { why="status $status"; return 1; }
	why=$(ls -A tmp; grep "$work" /proc/self/mountinfo; losetup -a | grep "$work")
	[ -z "$why" ]
}

between() {
	sed 's/"unit":"instructions"/"parameters":{"between_kib":14},&/' ours.jsonl >between.jsonl
	run 0 "$daxmark" crosscheck between.jsonl fio.json && says out '14 KiB, not measured' || return 1
	run 0 "$daxmark" crosscheck ours.jsonl fio.json && ! says out 'KiB, not measured'
}
none_judged() {
	jq -c 'if .kind == "sample" and .bench != "noop" then {kind: "skip", bench, arm, fs, access, reason: "none here"}
		else . end' ours.jsonl >skipped.jsonl
	run 4 "$daxmark" crosscheck skipped.jsonl fio.json && says out '^NO row was judged'
}

test_that "rows that agree exit 0" agree
test_that "what ours ran between two operations is said" between
test_that "a table in which nothing could be judged is no agreement" none_judged
test_that "a row that differs exits 1" differ
test_that "of several rounds the middle half counts" rounds
test_that "JSON has the figures as they were measured" json
test_that "the table is plain ASCII in 72 columns" fits
test_that "--output writes a file" output
test_that "a file that is not fio's is refused" no_json
test_that "a file that was cut short is refused" cut_json
test_that "a file without single operations is refused with what to do" no_bins
test_that "a bin that cannot be is refused" bad_bin
test_that "a job that fio lacks is named" lacking
test_that "a job that failed is no figure" failing
test_that "another target is no substitute" elsewhere
test_that "an arm that the records lack is named" ours_lacks
test_that "a file that is not there is named" no_file
test_that "files of fio's are asked for" no_arguments
test_that "a format that is not there is refused" no_format
test_that "the script refuses what it does not know" script
if [ "$(id -u)" -eq 0 ] && losetup -f >/dev/null 2>&1 && command -v fio >/dev/null; then
	test_that "a cross-check that is interrupted leaves nothing behind" nothing_left
else
	skip_that "a cross-check that is interrupted leaves nothing behind" "takes root, loop devices and fio"
fi
finish
