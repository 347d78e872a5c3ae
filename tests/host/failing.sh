#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a run of this machine writes on fails: a device that dies in the middle, one that has no room for what it says
# it has, a full disk under the results or the temporary folder. It says so, it is no result, and nothing is left.
#
# $DAXMARK_FAULTS sets how many devices die: a fifth of it (default 3), $DAXMARK_FAULT_SEED when they do.
# shellcheck disable=SC2317 # the functions are called by test_that

own_mounts=1
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

runner=$root/build/daxmark-run
rounds=$((${DAXMARK_FAULTS:-15} / 5))
[ "$rounds" -ge 3 ] || rounds=3
seed=${DAXMARK_FAULT_SEED:-$RANDOM}
PATH=$PATH:/usr/sbin:/sbin
export TMPDIR=$work/tmp
mkdir "$TMPDIR" "$work/under"
device=''
give_back() {
	[ -z "$device" ] || losetup -d "$device"
	device=''
	! mountpoint -q "$work/under" || wait_until umount "$work/under"
}
trap 'give_back 2>/dev/null; rm -rf "$work"' EXIT
if [ "$(id -u)" -ne 0 ] || ! losetup -f >/dev/null 2>&1; then
	skip_that "a device that dies in the middle of a run is named and gives no result" "takes root and loop devices"
	finish
fi

plan() { # TARGET-LINE...
	printf '[plan]\nmode = time\nseeds = 1\nfilesystems = ext4\naccess = page-cache\nchecks = ctime-mtime frozen-write-readonly\n'
	printf 'benchmarks = first-write splice freeze\n[bench first-write]\narms = cold read-then-write hole\n[bench splice]\n'
	printf 'arms = pipe-file-4k sendfile-4k\n[bench freeze]\narms = dirty-mapped-64\noperations = 8\n[target disk]\n'
	printf '%s\n' "$@"
}
nothing_left() {
	if [ -n "$(ls -A "$TMPDIR")" ]; then
		why="left: $(ls -A "$TMPDIR")"
	elif pgrep -x daxmark-guard -P "$pid" >/dev/null; then
		why="a guard is left"
	elif grep -q '"kind":"end"' "$work/records" 2>/dev/null; then
		why="the records were closed"
	fi
	[ -z "$why" ]
}

# A device on a file of a file system that is shut down: from then on each read and write of it is an error.
attach_mortal() {
	rm -f "$work/disk"
	truncate -s 128M "$work/disk" && mke2fs -q -t ext4 "$work/disk" && mount -o loop "$work/disk" "$work/under" &&
		truncate -s 64M "$work/under/image" && device=$(losetup -f --show "$work/under/image")
}
die() { xfs_io -x -c shutdown "$work/under"; }
run_until() { # MILLISECONDS: runs, and the device dies after so many; none when they are 0. Sets status.
	plan "device = $device" >"$work/plan.ini"
	timeout -s KILL 600 "$runner" --plan "$work/plan.ini" --output "$work/records" 2>"$work/err" &
	pid=$!
	if [ "$1" -gt 0 ]; then
		sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"
		die
	fi
	wait "$pid"
	status=$?
}
dies() {
	local round start takes ms finished=0 seen=''
	attach_mortal || return 1
	start=${EPOCHREALTIME/./}
	run_until 0
	takes=$(((${EPOCHREALTIME/./} - start) / 1000))
	[ "$status" -eq 0 ] || { why="does not run: $(cat "$work/err")"; return 1; }
	give_back
	RANDOM=$seed
	for ((round = 0; round < rounds; round++)); do
		ms=$((1 + RANDOM * takes / 32768))
		attach_mortal || return 1
		run_until "$ms"
		give_back
		if [ "$status" -eq 0 ]; then
			grep -q '"kind":"end"' "$work/records" || why="status 0 without an end"
			finished=$((finished + 1))
		elif [ "$status" -eq 2 ]; then # before it was taken
			grep -qE 'cannot be (looked at$|read at byte)' "$work/err" || why="status 2: $(tail -n 1 "$work/err")"
		elif [ "$status" -ne 5 ] || ! grep -qE '^daxmark-run: .*(Input/output error|Read-only file system)' "$work/err"; then
			why="status $status: $(tail -n 2 "$work/err")"
		else
			nothing_left
			seen=$(sed -n 's/^daxmark-run: \([^:]*\):.*/\1/p' "$work/err" | head -n 1)
		fi
		rm -f "$work/records"
		[ -z "$why" ] || { why="$why (seed $seed, round $round: after $ms of $takes ms)"; return 1; }
	done
	note "$rounds devices, seed $seed: $finished after the run was done; the last in: ${seen:-(none)}"
}
try_dies() {
	dies
	local result=$?
	give_back
	return "$result"
}
# A device that says it has 64 MiB, on a disk of which 24 are left.
no_room() {
	mount -t tmpfs -o size=24m tmpfs "$work/under" && truncate -s 64M "$work/under/image" &&
		device=$(losetup -f --show "$work/under/image") || return 1
	plan "device = $device" | sed 's/^arms = cold.*/&\noperations = 6000/' >"$work/plan.ini"
	timeout -s KILL 600 "$runner" --plan "$work/plan.ini" --output "$work/records" 2>"$work/err" &
	pid=$!
	wait "$pid"
	status=$?
	[ "$status" -eq 5 ] || why="status $status: $(tail -n 1 "$work/err")"
	says err 'first-write cold on ext4 page-cache: .*(Input/output error|Read-only file system|less room than it says)' && nothing_left
}
try_no_room() {
	no_room
	local result=$?
	give_back
	return "$result"
}

full() { # RESULTS TEMPORARY-FOLDER
	plan "file = $work/loop" 'size = 64' >"$work/plan.ini"
	mkdir -p "$1/earlier" && echo kept >"$1/earlier/report.txt" && ln -sfn earlier "$1/latest" || return 1
	run 4 env TMPDIR="$2" "$root/scripts/bench" --results "$1" "$work/plan.ini" && says err "$work/under.*(cannot be|No space left|disk full)" ||
		return 1
	[ "$(cat "$1/latest/report.txt")" = kept ] || why="latest is another"
	[ "$(find "$1" -mindepth 1 -maxdepth 1 | wc -l)" -eq 2 ] || why="results: $(ls -A "$1")"
	[ -z "$(ls -A "$2")" ] || [ "$(ls -A "$2")" = fill ] || why="left: $(ls -A "$2")"
	[ -z "$why" ]
}
full_results() {
	mount -t tmpfs -o size=16k tmpfs "$work/under" && full "$work/under" "$TMPDIR"
	local result=$?
	give_back
	return "$result"
}
# Room for the folders and the plan, and for a part of the records.
full_tmp() {
	mkdir "$work/results"
	mount -t tmpfs -o size=28k tmpfs "$work/under" && full "$work/results" "$work/under"
	local result=$?
	give_back
	return "$result"
}

if command -v xfs_io >/dev/null; then
	test_that "a device that dies in the middle of a run is named and gives no result" try_dies
else
	skip_that "a device that dies in the middle of a run is named and gives no result" "xfs_io is missing (xfsprogs)"
fi
test_that "a device with less room than it says is no target that is merely small" try_no_room
test_that "a full disk under the results of this machine is named and earlier results stay" full_results
test_that "a full disk under the temporary folder is named and earlier results stay" full_tmp
finish
