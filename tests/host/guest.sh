#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# daxmark-guest with a QEMU that is none: what it takes from the plan and from the command line, what QEMU gets of the
# environment, and how it ends when it is told to.
# shellcheck disable=SC2016,SC2317 # what is in single quotes is for the guest; the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
export TMPDIR=$work/tmp
mkdir "$TMPDIR" "$work/bin" "$work/image"
fake_qemu "$work/bin"
PATH=$work/bin:$PATH
fake_image "$work/image/bzImage" x
printf '%s\n' '[plan]' 'mode = emulated' '[guest]' 'cpu = qemu32' 'memory = 3000' 'pmem = 200' 'time_limit = 1' >"$work/plan.ini"
records='echo "{\"kind\":\"end\",\"lines\":0}" >"$records"'

guest() { # STATUS OPTION...; the guest is $work/bin/guest
	rm -f "$work/records"
	run "$1" "$root/build/daxmark-guest" --image "$work/image" --initramfs "$work/plan.ini" --records "$work/records" "${@:2}"
}
left_nothing() {
	why="left: $(ls -A "$TMPDIR")"
	[ -z "$(ls -A "$TMPDIR")" ]
}
shows() { # PATTERN OPTION...
	guest 0 --print-command "${@:2}" && says out "$1"
}

of_the_plan() { shows ' -m 3000 .*-accel tcg -cpu qemu32 .*memmap=200M!768M' --plan "$work/plan.ini"; }
options_count() {
	shows ' -m 4000 .*-cpu qemu64 .*-icount .*memmap=300M!768M' --plan "$work/plan.ini" --mode count --memory 4000 \
		--pmem 300 --cpu qemu64
}
time_limit() {
	printf 'echo "it speaks once" >"$console"\nexec sleep 600\n' >"$work/bin/guest"
	guest 5 --plan "$work/plan.ini" && says err 'took longer than its limit of 1 s' && left_nothing
}
wrong_plan() {
	printf '[plan]\nmood = x\n' >"$work/wrong.ini"
	guest 2 --plan "$work/wrong.ini" && says err 'wrong.ini:2: unknown key "mood"' && [ ! -e "$work/records" ]
}
no_number() { guest 2 --seed 1x && says err '"1x" is not a whole number' && guest 2 --seed -1 && says err '"-1" is not'; }
unknown_mode() { guest 2 --mode icount && says err 'unknown mode icount; choose count, time or emulated'; }
no_processor() {
	local list
	for list in '' last 0-1 0,1 1x -1 99999; do
		guest 2 --mode emulated --pin "$list" && says err "^guest: --pin $list: " || return 1
	done
	guest 2 --mode count --pin 0 && says err 'guest: --pin is for mode time and emulated'
}
no_image() { guest 2 --image "$work/none" && says err "^guest: $work/none/bzImage: no such image" && left_nothing; }
environment() {
	printf '%s\nenv >"%s"\n' "$records" "$work/environment" >"$work/bin/guest"
	QEMU_AUDIO_DRV=oss G_SLICE=always-malloc LANG=de_DE.UTF-8 guest 0 || return 1
	why=$(grep -vE '^(PATH|HOME|TMPDIR|LD_LIBRARY_PATH|XDG_[A-Z]*_HOME|LC_ALL|PWD|SHLVL|_)=' "$work/environment")
	[ -z "$why" ] && grep -qx LC_ALL=C "$work/environment"
}
no_folder() {
	echo "$records" >"$work/bin/guest"
	guest 4 --records "$work/none/records" && says err 'none/records: cannot be written' && left_nothing
}
# It is told to end while its guest runs: sets pid and qemu.
running() {
	rm -f "$work/qemu"
	printf 'echo $$ >"%s/qemu"\nexec sleep 600\n' "$work" >"$work/bin/guest"
	"$root/build/daxmark-guest" --image "$work/image" --initramfs "$work/plan.ini" --records "$work/records" \
		>"$work/out" 2>"$work/err" &
	pid=$!
	wait_until test -s "$work/qemu" || return 1
	qemu=$(cat "$work/qemu")
}
told_to_end() {
	local status
	running || return 1
	kill -TERM "$pid"
	wait "$pid"
	status=$?
	why="status $status: $(cat "$work/err")"
	[ "$status" -eq 143 ] && [ ! -s "$work/err" ] && is_gone "$qemu" && [ ! -e "$work/records" ] && left_nothing
}
killed() {
	running || return 1
	kill -KILL "$pid"
	wait "$pid" 2>/dev/null
	why='QEMU runs on'
	wait_until is_gone "$qemu"
	"$root/build/daxmark" clean "$TMPDIR" >/dev/null
	left_nothing
}

test_that "a guest has mode, processor and memory of its plan" of_the_plan
test_that "what the command line says counts, not the plan" options_count
test_that "a guest is ended at the time limit of its plan" time_limit
test_that "a wrong plan is refused" wrong_plan
test_that "what is no number is refused" no_number
test_that "an unknown mode is refused" unknown_mode
test_that "a list that is not one processor is refused" no_processor
test_that "a folder without an image is named" no_image
test_that "nothing of the environment reaches QEMU but where programs and files are" environment
test_that "records that cannot be written are this machine's fault" no_folder
test_that "told to end, it ends QEMU, leaves nothing and says by its status which signal it was" told_to_end
test_that "killed, it takes QEMU with it" killed
finish
