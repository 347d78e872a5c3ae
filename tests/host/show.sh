#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# daxmark show as a user meets it: what it prints of one result file, and what it refuses.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
daxmark=${DAXMARK:-$root/build/daxmark}
side() { awk "$@" -f "$root/tests/unit/data/side.awk"; }
cd "$work" || exit 4
side -v label=native -v change=1 -v mode=time >time.jsonl
side -v label=with -v change=0 >count.jsonl
side -v label=with -v change=1 -v mode=emulated >emulated.jsonl
sed '$d' time.jsonl >cut.jsonl
: >empty.jsonl

show() { run "$1" "$daxmark" show "${@:2}"; }
# A refusal prints its reason and nothing else.
refuses() { show 2 "${@:2}" && says err "$1" && [ ! -s "$work/out" ]; }

times() {
	show 0 time.jsonl &&
		says out '^On Linux 6\.1\.159 \("native"\), a first write to a page already read' &&
		says out '^First write to a 4 KiB page \(ext4, DAX\), time of one operation$' &&
		says out '^  read-then-write +3\.83 us +3\.83 us +3\.9[0-9] us +1 +0\.0%$' &&
		says out '^  n = 6144 ' && says out '^    build/daxmark show results/latest/native.jsonl$'
}
fits() {
	local file
	for file in time count emulated; do
		show 0 "$file.jsonl" || return 1
		why="$file: $(awk 'length > 72' out)"
		[ "$why" = "$file: " ] || return 1
		! LC_ALL=C grep -q '[^ -~]' out || { why="$file: a byte that is not ASCII"; return 1; }
	done
}
counts() {
	show 0 count.jsonl && says out ', guest instructions$' && says out 'FAIL on ext2 DAX: ' &&
		says out 'checks that fail: c/mtime updated' || return 1
	why=$(grep -E '[MG]B/s|[0-9] [num]s' out)
	[ -z "$why" ]
}
emulated() { show 0 emulated.jsonl && says out 'emulated runs give checks' && ! says out read-then-write; }
no_second_side() {
	show 0 time.jsonl || return 1
	why=$(grep -E 'a side|daxmark compare|verdict|both sides' out)
	[ -z "$why" ]
}
json_shape() {
	show 0 --format json time.jsonl || return 1
	python3 - out <<'END' 2>seen || { why=$(tail -n 1 seen); return 1; }
import json, sys
c = json.load(open(sys.argv[1]))
assert c["mode"] == "time" and len(c["metrics"]) == 193 and len(c["checks"]) == 24
fields = """bench arm metric unit better fs access value low high mean p99 bytes_per_second
            faults_per_operation n""".split()
for m in c["metrics"]:
    for field in fields:
        assert field in m, field
    assert m["unit"] == "ns" and m["low"] <= m["value"] <= m["high"]
for k in c["checks"]:
    assert set(k) == set("name fs access verdict evidence".split())
assert c["skipped"] == []
[m] = [m for m in c["metrics"] if (m["arm"], m["fs"], m["access"]) == ("read-then-write", "ext4", "dax")]
assert (m["value"], m["n"], m["faults_per_operation"]) == (3833, 6144, 1)
END
}
output_is_whole() {
	show 0 --output report time.jsonl && show 0 time.jsonl && cmp -s out report || return 1
	echo earlier >report
	show 2 --output report cut.jsonl || return 1
	[ "$(cat report)" = earlier ] || { why='an error changed the earlier file'; return 1; }
	show 4 --output nowhere/report time.jsonl && says err 'nowhere/report: cannot be written'
}
full_device() {
	"$daxmark" show time.jsonl >/dev/full 2>err
	[ $? -eq 4 ] && says err 'standard output: cannot be written: No space left on device'
}
no_file() { refuses 'exactly one can be shown'; }
two_files() { refuses 'exactly one can be shown' time.jsonl count.jsonl; }
unknown_format() { refuses "there is no format 'lkml'; there are text and json" --format lkml time.jsonl; }
cut_file() { refuses 'cut.jsonl:[0-9]+: the stream from line [0-9]+ has no "end"' cut.jsonl; }
empty_file() { refuses 'empty.jsonl:0: the file has no stream' empty.jsonl; }
missing_file() { refuses 'nowhere.jsonl: No such file' nowhere.jsonl; }

test_that 'show gives times in a unit that suits them' times
test_that 'show is plain ASCII in 72 columns' fits
test_that 'show gives counts as instructions, without a rate' counts
test_that 'show gives the checks of an emulated run alone' emulated
test_that 'show speaks of one side' no_second_side
if command -v python3 >/dev/null; then
	test_that 'show --format json has the fixed fields' json_shape
else
	skip_that 'show --format json has the fixed fields' 'python3 is not there to read it'
fi
test_that 'show --output is written whole or not at all' output_is_whole
test_that 'a full disk behind show is an error' full_device
test_that 'show without a file is refused' no_file
test_that 'show of two files is refused' two_files
test_that 'show names the formats it has' unknown_format
test_that 'show refuses a run that was cut short' cut_file
test_that 'show refuses an empty file' empty_file
test_that 'show names a file that is not there' missing_file
finish
