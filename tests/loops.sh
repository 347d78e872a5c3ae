# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the tests of the device rules share, read in after tests/lib.sh: loop devices on files below $work, a plan with
# one of them, and that a refused one is the same to the last byte.

# shellcheck disable=SC2034,SC2154 # for those who read this in; set by tests/lib.sh
runner=$root/build/daxmark-run
export TMPDIR=$work/tmp
PATH=$PATH:/usr/sbin:/sbin
mkdir "$TMPDIR"
devices=()
give_back() {
	local device
	for device in "${devices[@]}"; do
		losetup -d "$device" 2>/dev/null
	done
	devices=()
}
trap 'give_back; rm -rf "$work"' EXIT

# plan LINE...: a short plan of one target, with these lines
plan() {
	printf '[plan]\nmode = time\nfilesystems = ext2 ext4\naccess = page-cache\nchecks = dax-proved\n' >"$work/plan.ini"
	printf 'benchmarks = first-write\n[bench first-write]\narms = cold\noperations = 64\n[target disk]\n' >>"$work/plan.ini"
	printf '%s\n' "$@" >>"$work/plan.ini"
}
native() { # STATUS
	run "$1" "$runner" --plan "$work/plan.ini" --output "$work/records"
}

need_loops() { # STATEMENT: of a test; the script ends with its skip where there are no loop devices
	[ "$(id -u)" -ne 0 ] || ! losetup -f >/dev/null 2>&1 || return 0
	skip_that "$1" "takes root and loop devices"
	finish
}

# attach FILE: a loop device on it, in $device
attach() { device=$(losetup -f --show -P "$@" 2>"$work/err") && devices=("$device" "${devices[@]}"); }
# attach_new MIB: on a file of so many MiB that holds nothing, $work/held
attach_new() {
	rm -f "$work/held"
	truncate -s "$1M" "$work/held" && attach "$work/held"
}
# The kernel's notion of partition NUMBER of $device, as a table would give it; it needs none.
add_partition() { addpart "$device" "$@" 2>"$work/err"; } # NUMBER START SECTORS
# A device stays in use until the kernel has given up what was mounted by one that was killed.
is_unused() { python3 -c 'import os, sys; os.open(sys.argv[1], os.O_RDONLY | os.O_EXCL)' "$1" 2>/dev/null; } # DEVICE
digest() { sha256sum <"$work/held"; }
# The same to the last byte afterwards.
refused() { # PATTERN LINE...
	local before pattern=$1
	shift
	before=$(digest)
	plan "device = $device" "$@"
	native 2 && says err "$pattern" || return 1
	[ "$(digest)" = "$before" ] || why="it was written"
	[ -z "$why" ]
}
measured() { # LINE...
	plan "device = $device" "$@"
	native 0 || return 1
	[ "$(grep -c '"kind":"sample","bench":"first-write"' "$work/records")" -eq 2 ] || why="no samples"
	[ -z "$why" ]
}
to_overwrite='; to overwrite it, its target says erase = yes$'

# The runner waits for a reader of its records, with the device taken and nothing written yet. Before that it writes
# the topology, so that this is known to be so.
take() { # LINE...
	plan "$@"
	rm -f "$work/pipe" "$work/topology"
	mkfifo "$work/pipe" || return 1
	"$runner" --plan "$work/plan.ini" --output "$work/pipe" --topology "$work/topology" 2>"$work/err" &
	pid=$!
	wait_beside "$pid" grep -qs '</topology>' "$work/topology" && return 0
	why="it does not begin: $(cat "$work/err")"
	return 1
}
go_on() { # STATUS
	local status
	cat "$work/pipe" >"$work/records"
	wait "$pid"
	status=$?
	[ "$status" -eq "$1" ] || why="status $status instead of $1: $(tail -n 2 "$work/err" | tr '\n' ' ')"
	[ -z "$why" ]
}
# between FUNCTION: one that takes a device, and its runner is ended whatever comes of it
between() {
	"$1"
	local status=$?
	# one that was not told to go on
	kill -KILL "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	give_back
	return "$status"
}
# given_back FUNCTION: with its loop devices given back whatever comes of it
given_back() {
	"$1"
	local status=$?
	give_back
	return "$status"
}
