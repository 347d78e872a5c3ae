#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A plan that is wrong, or a place that cannot be written, ends in one clear line before anything is built or
# booted, and earlier results stay as they were.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# A cache of its own, still empty: whoever built anything would leave it there.
export XDG_CACHE_HOME=$work/cache
mkdir -p "$work/results/earlier" "$XDG_CACHE_HOME"
echo kept >"$work/results/earlier/report.txt"
ln -s earlier "$work/results/latest"

bench() { # STATUS PLAN-TEXT
	printf '%b' "$2" >"$work/plan.ini"
	run "$1" "$root/scripts/bench" --results "$work/results" "$work/plan.ini" || return 1
	[ "$(wc -l <"$work/err")" -eq 1 ] || { why="not one line: $(cat "$work/err")"; return 1; }
	untouched
}
untouched() {
	[ -z "$(ls -A "$XDG_CACHE_HOME")" ] || { why="something was built"; return 1; }
	same_results
}
same_results() {
	[ "$(ls -A "$work/results")" = "$(printf 'earlier\nlatest')" ] || { why="results changed"; return 1; }
	[ "$(cat "$work/results/latest/report.txt")" = kept ] || { why="an earlier report changed"; return 1; }
}
two='[kernel a]\nsource = debian:linux-source-6.1\n[kernel b]\nsource = debian:linux-source-6.1\n'

key() { bench 2 "[plan]\nmood = count\n$two" && says err 'plan.ini:2: unknown key "mood".*known: mode'; }
arm() { bench 2 "${two}[bench freeze]\narms = idle warm\n" && says err 'plan.ini:6: unknown arm "warm"; known: idle'; }
file_system() { bench 2 "[plan]\nfilesystems = btrfs\n$two" && says err 'plan.ini:2:.*"btrfs"; known: ext2, ext4'; }
kernel() { bench 2 "[kernel a]\nsource = ftp:x\n" && says err 'plan.ini:2: unknown kernel "ftp:x"; choose debian:'; }
one_kernel() { bench 2 '[kernel a]\nsource = debian:linux-source-6.1\n' && says err 'two \[kernel LABEL\] sections; it has 1'; }
no_plan() {
	run 2 "$root/scripts/bench" --results "$work/results" "$work/none.ini" && says err 'none.ini: No such file' &&
		untouched
}
option() { run 2 "$root/scripts/bench" --fast && says err 'unknown option --fast'; }
unwritable() {
	printf '%b' "$two" >"$work/plan.ini"
	echo >"$work/file"
	run 4 "$root/scripts/bench" --results "$work/file/results" "$work/plan.ini" &&
		says err 'file/results: results cannot be written there' && untouched
}
no_image() {
	bench_image=$work/nowhere/bzImage
	printf '%b' "[kernel a]\nsource = image:$bench_image\n[kernel b]\nsource = image:$bench_image\n" >"$work/plan.ini"
	run 2 "$root/scripts/bench" --results "$work/results" "$work/plan.ini" && says err "$bench_image" && same_results
}
fields() {
	printf '%b' "[plan]\nseeds = 4 9\n${two}patches = x.patch\n" >"$work/plan.ini"
	run 0 "$root/build/daxmark" plan "$work/plan.ini" && says out '^seed	9$' &&
		says out '^kernel	b	debian:linux-source-6.1	x.patch$'
}
listed() { run 0 "$root/build/daxmark" list && says out '^first-write: ' && says out '^  frozen-write-readonly'; }

test_that "an unknown key is refused with file, line and the known ones" key
test_that "an unknown arm is refused with file, line and the known ones" arm
test_that "an unknown file system is refused with file, line and the known ones" file_system
test_that "an unknown kernel is refused with file, line and the choices" kernel
test_that "a plan with one kernel is no comparison" one_kernel
test_that "a plan that is not there is named" no_plan
test_that "an unknown option is refused" option
test_that "a folder that cannot be written is named" unwritable
test_that "a missing image is named and nothing is left behind" no_image
test_that "the fields of a plan are printed for scripts" fields
test_that "benchmarks and checks are listed" listed
finish
