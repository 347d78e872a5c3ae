#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The guard: whatever becomes of the runner, nothing stays frozen. On a loop device of this machine.
# shellcheck disable=SC2317 # the functions are called by test_that

own_mounts=1
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

runner=$root/build/daxmark-run
loop=''
[ "$(id -u)" -ne 0 ] || { truncate -s 64M "$work/image" && loop=$(losetup -f --show "$work/image" 2>/dev/null); }
if [ -z "$loop" ]; then
	skip_that "nothing stays frozen when the runner is gone" "takes root and a loop device"
	finish
fi
trap 'losetup -d "$loop" 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/tmp" "$work/mount"

arm=dirty-mapped-64
# The check holds a freeze for 200 ms, in which a store is to be blocked; the benchmark freezes without end.
plan() { # LIMIT
	printf '[plan]\nmode = time\nfilesystems = ext4\naccess = page-cache\nfreeze_limit = %s\nchecks = none\n' "$1"
	printf 'benchmarks = freeze\n[bench freeze]\narms = %s\noperations = 1000000\n' "$arm"
}
begin() { # LIMIT
	plan "$1" >"$work/plan.ini"
	rm -f "$work/records"
	TMPDIR=$work/tmp "$runner" --plan "$work/plan.ini" --device "$loop" --erase --output "$work/records" 2>"$work/err" &
	pid=$!
	wait_beside "$pid" is_freezing || why="it does not begin: $(cat "$work/err")"
	[ -z "$why" ]
}
# Freezes begun and ended, as the claim of the run counts them: odd is frozen.
freezes() { od -An -tu4 -j4096 -N4 "/run/daxmark/"*"-$pid-"* 2>/dev/null | grep -o '[0-9]*' || echo 0; }
is_freezing() { [ "$(freezes)" -gt 0 ]; }
has_ended() { ! ps -o stat= -p "$pid" | grep -qv '^Z'; }
guard_of() { pgrep -x daxmark-guard -P "$1"; }
# The device can be mounted and written, so it is thawed; and nobody holds it any more.
thawed() {
	wait_until mounts || { why="cannot be mounted"; return 1; }
	# who writes to what is frozen cannot even be killed
	touch "$work/mount/x" &
	local writer=$!
	if ! wait_until is_gone "$writer"; then
		why="cannot be written: still frozen"
		fsfreeze -u "$work/mount"
	fi
	wait "$writer"
	umount "$work/mount" || why="cannot be unmounted"
	[ -z "$why" ]
}
mounts() { timeout 100 mount "$loop" "$work/mount" 2>/dev/null; }

# So many times, at points that differ by a few milliseconds: some of them inside of a freeze.
killed() {
	local n guard
	for n in {1..12}; do
		begin 3600 || return 1
		guard=$(guard_of "$pid")
		sleep "0.0$n"
		kill -KILL "$pid"
		if ! wait_until has_ended || ! wait_until is_gone "$guard"; then
			why="$why (round $n)"
			return 1
		fi
		wait "$pid" 2>/dev/null
		[ $(($(freezes) % 2)) -eq 0 ] || { why="its claim says that it is frozen (round $n)"; return 1; }
		thawed || { why="$why (round $n)"; return 1; }
	done
}
# A thread that waits for the thaw cannot be killed, and keeps all that the runner had open.
killed_with_waiting() {
	arm=writer
	killed
	local status=$?
	arm=dirty-mapped-64
	return "$status"
}
apart() {
	local guard
	begin 60
	guard=$(guard_of "$pid")
	why="guard ${guard:-is missing}"
	[ -n "$guard" ] || return 1
	why="it is of the runner's session or group"
	[ "$(ps -o sid= -p "$guard")" -eq "$guard" ] && [ "$(ps -o pgid= -p "$guard")" -eq "$guard" ] || return 1
	why="it has files of its own: $(ls -l "/proc/$guard/fd")"
	[ "$(find "/proc/$guard/fd" -type l | wc -l)" -eq 2 ] || return 1
	why="its memory is not locked"
	[ "$(awk '/^VmLck/ { print $2 }' "/proc/$guard/status")" -gt 100 ] || return 1
	why=
	kill -TERM "$guard" "$pid"
	wait "$pid"
	thawed
}
# It is stopped inside of a freeze, which a guard with a short limit ends: a write comes back while the run stands still.
stopped() {
	local n
	for n in {1..40}; do
		begin 1 || return 1
		kill -STOP "$pid"
		wait_until stands_still || return 1
		before=$(freezes)
		[ $((before % 2)) -eq 0 ] || wait_until write_there || return 1
		kill -CONT "$pid"
		wait_until ended_or_goes_on || return 1
		if has_ended; then
			wait "$pid"
			status=$?
			[ "$status" -eq 5 ] && grep -q 'frozen for longer than its limit' "$work/err" || why="status $status: $(cat "$work/err")"
			thawed && [ -z "$why" ]
			return
		fi
		kill -KILL "$pid"
		wait "$pid" 2>/dev/null
		thawed || return 1
	done
	why="it was never stopped inside of a freeze"
	return 1
}
stands_still() { ! ps -L -o stat= -p "$pid" | grep -qv '^T'; }
ended_or_goes_on() { has_ended || [ "$(freezes)" -gt $((before + 2)) ]; }
# To the runner's file system, in its mount namespace.
write_there() {
	local dir
	dir=$(awk -v d="$loop" '$0 ~ d { print $5 }' "/proc/$pid/mountinfo" | head -n 1)
	nsenter -m -t "$pid" touch "$dir/written"
}
# The folder of a run that was killed goes with the next run, or when asked to.
cleared() {
	run 0 env TMPDIR="$work/tmp" "$root/build/daxmark" clean || return 1
	begin 60
	kill -KILL "$pid"
	wait "$pid" 2>/dev/null
	thawed || return 1
	[ "$(find "$work/tmp" -maxdepth 1 -name "daxmark-$pid-*" | wc -l)" -eq 1 ] || { why="no folder to clear: $(cat "$work/err")"; return 1; }
	mkdir "$work/tmp/mine"
	if [ "$1" = next ]; then
		begin 60
		kill -TERM "$pid"
		wait "$pid"
	else
		run 0 "$root/build/daxmark" clean "$work/tmp" && says out "^removed $work/tmp/daxmark-$pid-" || return 1
	fi
	why=$(ls "$work/tmp")
	rmdir "$work/tmp/mine" && [ "$why" = mine ] || return 1
	why=
	thawed
}
cleared_by_next() { cleared next; }
cleared_by_command() { cleared command; }
gone_after() {
	local guard
	begin 60
	guard=$(guard_of "$pid")
	why="there was no guard"
	[ -n "$guard" ] || return 1
	kill -TERM "$pid"
	wait "$pid"
	why="a guard is left"
	! kill -0 "$guard" 2>/dev/null && why= && thawed
}

# The mounts of the machine as the runner began; only where they are shared, as systemd makes them, can it be told.
let_go() {
	local other dir=$work/shared
	mkdir -p "$dir" && mount --bind "$dir" "$dir" && mount --make-shared "$dir" && mkdir -p "$dir/other" || return
	truncate -s 32M "$work/other.image" && mke2fs -q -F "$work/other.image" && other=$(losetup -f --show "$work/other.image") &&
		mount "$other" "$dir/other" || return
	begin 60
	umount "$dir/other"
	losetup -d "$other"
	wait_until is_detached "$other"
	kill -TERM "$pid"
	wait "$pid"
	umount "$dir"
	thawed && [ -z "$why" ]
}

is_detached() { ! losetup "$1" >/dev/null 2>&1; } # DEVICE

test_that "a runner killed with SIGKILL leaves nothing frozen" killed
test_that "what others unmount during a run is not kept in use" let_go
test_that "a runner killed while another of its threads waits for the thaw leaves nothing frozen" killed_with_waiting
test_that "the guard has a session of its own, locked memory, and only what it watches open" apart
test_that "a freeze that takes longer than its limit is thawed, and the run is no result" stopped
test_that "the guard goes with the runner" gone_after
test_that "what a killed run left is removed by the next one, and nothing else" cleared_by_next
test_that "what a killed run left is removed by daxmark clean, and nothing else" cleared_by_command
finish
