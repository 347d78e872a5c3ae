#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A run that is told to end, or killed, takes its guests with it, leaves nothing in the temporary folder and nothing
# that looks like results, and earlier results stay.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
# More than a guest can do in an hour: one that is gone was ended.
{
	printf '[plan]\nseeds = 1\nchecks = none\nbenchmarks = splice\n[bench splice]\narms = read-write-pipe\noperations = 100000\npasses = 1000\n'
	printf '[kernel a]\nsource = image:%s\n[kernel b]\nsource = image:%s\n' "$image/bzImage" "$image/bzImage"
} >"$work/plan.ini"
mkdir -p "$work/results/earlier" "$work/tmp"
ln -s earlier "$work/results/latest"

# The QEMUs whose console is in our temporary folder.
guests() {
	local process
	for process in /proc/[0-9]*; do
		[ "$(cat "$process/comm" 2>/dev/null)" != qemu-system-x86 ] ||
			! tr '\0' '\n' <"$process/cmdline" 2>/dev/null | grep -qF "$work/tmp/" || echo "${process#/proc/}"
	done
}
guests_run() { [ "$(guests | wc -l)" -ge 1 ] && compgen -G "$work/tmp/*/console" >/dev/null; }
guests_gone() { [ -z "$(guests)" ]; }

# A session of its own, so that the group can be signalled as a terminal does; a shell would start it deaf to INT.
start() {
	TMPDIR=$work/tmp setsid env --default-signal=INT,HUP "$root/scripts/bench" --results "$work/results" \
		"$work/plan.ini" >"$work/out" 2>"$work/err" &
	script=$!
	wait_until guests_run || {
		why="no guest came up: $(cat "$work/err")"
		return 1
	}
}
ends() { # STATUS
	local status
	wait_until guests_gone || {
		why="guests outlived it: $(guests | tr '\n' ' ')"
		guests | xargs kill -KILL
		return 1
	}
	wait "$script" 2>/dev/null
	status=$?
	[ "$status" -eq "$1" ] || { why="status $status instead of $1"; return 1; }
}
left_nothing() {
	[ -z "$(ls -A "$work/tmp")" ] || { why="left: $(cd "$work/tmp" && find .)"; return 1; }
	same_results
}
same_results() {
	[ "$(readlink "$work/results/latest")" = earlier ] || { why="latest was moved"; return 1; }
	[ -z "$(find "$work/results" -mindepth 1 -maxdepth 1 -name '[0-9]*' ! -name '*.failed')" ] || {
		why="$(ls -A "$work/results")"
		return 1
	}
}
term() { start && kill -TERM "$script" && ends 143 && left_nothing; }
hup() { start && kill -HUP "$script" && ends 129 && left_nothing; }
interrupt() { start && kill -INT -- "-$script" && ends 130 && left_nothing; }
killed() { start && kill -KILL "$script" && ends 137 && same_results; }

# One guest's script by itself.
guest() {
	printf '[plan]\nchecks = none\nbenchmarks = splice\n[bench splice]\narms = read-write-pipe\noperations = 100000\npasses = 1000\n' >"$work/one.ini"
	"$root/scripts/initramfs" "$root/build/daxmark-run" "$work/one.ini" "$work/initramfs" || return 1
	rm -rf "$work/tmp" && mkdir "$work/tmp"
	TMPDIR=$work/tmp "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" \
		--records "$work/records" 2>"$work/err" &
	script=$!
	wait_until guests_run && kill -TERM "$script" && ends 143 && left_nothing && [ ! -e "$work/records" ]
}

test_that "a run that is asked to end takes its guests with it and leaves nothing" term
test_that "a run whose terminal goes does the same" hup
test_that "a run that is interrupted from the keyboard does the same" interrupt
test_that "a guest's script that is asked to end takes the guest with it" guest
test_that "a run that is killed takes its guests with it" killed
finish
