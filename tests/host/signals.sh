#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A run ended by a signal, at whatever point, leaves its file system thawed and unmounted and closes no records:
# on a loop device of this machine.
# shellcheck disable=SC2317 # the functions are called by test_that

own_mounts=1
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

runner=$root/build/daxmark-run
loop=''
[ "$(id -u)" -ne 0 ] || { truncate -s 64M "$work/image" && loop=$(losetup -f --show "$work/image" 2>/dev/null); }
if [ -z "$loop" ]; then
	skip_that "a run ended by a signal leaves nothing behind" "takes root and a loop device"
	finish
fi
trap 'losetup -d "$loop" 2>/dev/null; rm -rf "$work"' EXIT

mkdir "$work/tmp"
printf '[plan]\nmode = time\nfilesystems = ext4\naccess = page-cache\n' >"$work/plan.ini"

records_of() { [ -e "$work/records" ] && [ "$(wc -l <"$work/records")" -ge "$1" ]; } # NUMBER
# run_to NUMBER SIGNAL...: signals the runner when it has written so many records; how it ended is in $status
run_to() {
	local pid signal
	rm -f "$work/records"
	TMPDIR=$work/tmp "$runner" --plan "$work/plan.ini" --device "$loop" --erase --output "$work/records" \
		2>"$work/err" &
	pid=$!
	wait_beside "$pid" records_of "$1"
	for signal in "${@:2}"; do kill -"$signal" "$pid" 2>/dev/null; done
	wait "$pid"
	status=$?
}
nothing_left() {
	if grep -q "$loop " /proc/self/mountinfo; then
		why="still mounted"
	elif [ -n "$(ls -A "$work/tmp")" ]; then
		why="left in its folder: $(ls -A "$work/tmp")"
	elif ! timeout 120 mount "$loop" "$work/tmp" || ! timeout 120 touch "$work/tmp/x"; then
		why="cannot be written again: still frozen?"
	fi
	umount "$work/tmp" 2>/dev/null
	rm -rf "$work/tmp"
	mkdir "$work/tmp"
	[ -z "$why" ]
}
# At points all over a run, which takes longer than the last of them.
ended_by() { # SIGNAL
	local at
	# before the file system, at its first check, at one that freezes, before the first benchmark, and at two freezes
	for at in 1 3 5 11 29 35; do
		run_to "$at" "$1"
		nothing_left || { why="$why (signal after $at records)"; return 1; }
		[ "$status" -eq 5 ] || { why="status $status after $at records: $(cat "$work/err")"; return 1; }
		! grep -qs '"kind":"end"' "$work/records" || { why="records were closed"; return 1; }
	done
}
interrupted() { ended_by INT; }
# As of one Ctrl-C: the terminal's signal, and that of the script that waits for the runner.
twice() {
	run_to 12 INT TERM
	nothing_left && { [ "$status" -eq 5 ] || { why="status $status"; false; }; }
}
# Who reads the records goes away.
unread() {
	TMPDIR=$work/tmp "$runner" --plan "$work/plan.ini" --device "$loop" --erase 2>"$work/err" | head -n 1 >/dev/null
	status=${PIPESTATUS[0]}
	nothing_left && { [ "$status" -eq 5 ] || { why="status $status"; false; }; }
}
terminated() { ended_by TERM; }
# An ignored SIGCHLD is inherited, and the kernel then keeps no status of a child that ended.
childless() {
	printf '[plan]\nmode = time\nfilesystems = ext4\naccess = page-cache\nchecks = none\nbenchmarks = first-write\n' \
		>"$work/short.ini"
	printf '[bench first-write]\narms = cold\noperations = 64\n' >>"$work/short.ini"
	(
		trap '' CHLD
		TMPDIR=$work/tmp exec "$runner" --plan "$work/short.ini" --device "$loop" --erase --output "$work/records"
	) 2>"$work/err"
	status=$?
	nothing_left && { [ "$status" -eq 0 ] || { why="status $status: $(tail -n 1 "$work/err")"; false; }; }
}
said() { says err 'ended by a signal'; }

# Ctrl-C reaches a program that is not told to ignore it, as background jobs of a script are.
set -m
test_that "a run ended by SIGTERM leaves nothing frozen, mounted or closed" terminated
test_that "a run ended by SIGINT leaves nothing frozen, mounted or closed" interrupted
test_that "it says what ended it" said
test_that "one ended by the two signals of a Ctrl-C leaves nothing either" twice
test_that "one whose parent ignores SIGCHLD is measured" childless
test_that "one whose records nobody reads leaves nothing either" unread
finish
