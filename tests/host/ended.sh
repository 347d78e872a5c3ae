#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs of this machine through a loop device, ended by a signal at points drawn at random: nothing stays frozen,
# mounted or attached, nothing in the temporary folder, and no half result reads as a whole one. SIGKILL leaves folders,
# which the next run or daxmark clean removes.
#
# $DAXMARK_FAULTS says how many runs of each signal (default 5), $DAXMARK_FAULT_SEED what the points are drawn from.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

rounds=${DAXMARK_FAULTS:-5}
seed=${DAXMARK_FAULT_SEED:-$RANDOM}
if [ "$(id -u)" -ne 0 ] || ! losetup -f >/dev/null 2>&1; then
	skip_that "a run ended at a random point leaves nothing" "takes root and loop devices"
	finish
fi
daxmark=$root/build/daxmark

# lane SIGNAL: a folder of its own, so that the signals are tried beside each other
lane() {
	at=$work/$1
	mkdir -p "$at/tmp" "$at/results/earlier"
	ln -s earlier "$at/results/latest"
	{
		printf '[plan]\nmode = time\nseeds = 1\nfilesystems = ext4\naccess = page-cache\n'
		printf 'checks = frozen-write-readonly frozen-write-writable\nbenchmarks = first-write freeze\n'
		printf '[bench first-write]\narms = rewrite\n[bench freeze]\narms = dirty-mapped-64 writer\noperations = 4\n'
		printf '[target loop]\nfile = %s/loop\nsize = 64\n' "$at"
	} >"$at/plan.ini"
	printf '[plan]\nmode = time\nseeds = 1\nfilesystems = tmpfs\nchecks = none\nbenchmarks = noop\n[target here]\ndirectory = %s\n' \
		"$at" >"$at/next.ini"
}
bench() { # PLAN
	TMPDIR=$at/tmp exec setsid env --default-signal=INT,QUIT,HUP "$root/scripts/bench" --results "$at/results" "$1"
}
# The processes of the lane's runs, whoever started them; those that are dead and not yet fetched have no environment.
ours() { grep -lzxF "TMPDIR=$at/tmp" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3; }
runner_of() {
	local pid
	for pid in $(ours); do
		[ "$(cat "/proc/$pid/comm" 2>/dev/null)" != daxmark-run ] || echo "$pid"
	done | head -n 1
}
none_runs() { [ -z "$(ours)" ]; }
# A process that is about to be gone has no environment any more, and holds the lock of a folder a little longer.
none_held() {
	local folder
	for folder in "$at"/tmp/daxmark-* "$at"/results/.daxmark-*; do
		[ ! -e "$folder" ] || flock -n "$folder" true || return 1
	done
}
none_attached() { ! losetup -a | grep -qF "$at/"; }
done_results() { find "$at/results" -mindepth 1 -maxdepth 1 -name '[0-9]*'; }
samples() { grep -c '"kind":"sample"' "$1"; }

# How long a run takes, in milliseconds, and what is in a whole one.
measure() {
	local start=${EPOCHREALTIME/./}
	(bench "$at/plan.ini") >"$at/out" 2>"$at/err" || { why="it does not run: $(cat "$at/err")"; return 1; }
	takes=$(((${EPOCHREALTIME/./} - start) / 1000))
	whole=$(samples "$at/results/latest/native.jsonl")
	rm -rf "$(done_results)" && ln -sfn earlier "$at/results/latest"
}

# begin MILLISECONDS SIGNAL VICTIM: how the script ended is in $status
begin() {
	local script runner
	(bench "$at/plan.ini") >"$at/out" 2>"$at/err" &
	script=$!
	sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"
	runner=$(runner_of)
	case $3 in
	group) kill -"$2" -- "-$script" 2>/dev/null ;;
	runner) kill -"$2" "${runner:-$script}" 2>/dev/null ;;
	script) kill -"$2" "$script" 2>/dev/null ;;
	esac
	wait "$script" 2>/dev/null
	status=$?
	! grep -q '^ext4 page-cache' "$at/err" || mounted=$((mounted + 1))
}
# A run may be done before its signal comes; then its results are whole.
no_half_results() {
	local folder file
	folder=$(done_results)
	if [ -n "$folder" ]; then
		if ! "$daxmark" show "$folder/native.jsonl" >/dev/null 2>&1 || [ ! -s "$folder/report.txt" ] ||
			[ "$(samples "$folder/native.jsonl")" -ne "$whole" ]; then
			why="half results in $(ls "$folder")"
			return 1
		fi
		finished=$((finished + 1))
		rm -rf "$folder"
		ln -sfn earlier "$at/results/latest"
	elif [ "$status" -eq 0 ]; then
		why="status 0 without results"
	elif [ "$(readlink "$at/results/latest")" != earlier ]; then
		why="latest leads to $(readlink "$at/results/latest")"
	fi
	# what is left of one that was killed may be whole all the same
	while read -r file; do
		if "$daxmark" show "$file" >/dev/null 2>&1 && [ "$(samples "$file")" -ne "$whole" ]; then
			why="half a result reads as a whole one: $file"
		fi
	done < <(find "$at/tmp" "$at/results" -type f)
	[ -z "$why" ]
}
clean_up() { # ROUND
	if [ $(($1 % 2)) -eq 0 ]; then
		"$daxmark" clean "$at/tmp" "$at/results" >/dev/null 2>"$at/err" || why="clean: $(cat "$at/err")"
	else
		(bench "$at/next.ini") >/dev/null 2>"$at/err" || why="the next run: $(cat "$at/err")"
		rm -rf "$(done_results)"
		ln -sfn earlier "$at/results/latest"
	fi
	[ -z "$why" ]
}
nothing_left() {
	if ! wait_until none_runs; then
		why="still there: $(ours | xargs ps -o args= -p | tr '\n' ';')"
	elif ! wait_until none_held; then
		why="a process keeps a folder of the run locked"
	elif ! wait_until none_attached; then
		why="a loop device is left: $(losetup -a | grep -F "$at/")"
	elif grep -qF "$at/" /proc/self/mountinfo; then
		why="mounted where everybody sees it"
	fi
	[ -z "$why" ]
}
folders_empty() {
	local left
	left=$(cd "$at" && find tmp results -mindepth 1 ! -path results/earlier ! -path results/latest | tr '\n' ' ')
	[ -z "$left" ] || why="left: $left"
	[ -z "$why" ]
}

# rounds_of SIGNAL VICTIM...: the points lie anywhere in a run, and a little behind it
rounds_of() {
	local signal=$1 round ms victim victims
	shift
	victims=("$@")
	lane "$signal"
	measure || return 1
	RANDOM=$seed
	for ((round = 0; round < rounds; round++)); do
		ms=$((RANDOM * (takes + takes / 20) / 32768))
		victim=${victims[RANDOM % ${#victims[@]}]}
		begin "$ms" "$signal" "$victim"
		if nothing_left && no_half_results; then
			[ "$signal" != KILL ] || clean_up "$round"
			[ -n "$why" ] || folders_empty
		fi
		[ -z "$why" ] || { why="$why (seed $seed, round $round: SIG$signal to the $victim after $ms of $takes ms)"; return 1; }
	done
}
try() { # SIGNAL VICTIM...: in a process of its own
	mounted=0 finished=0 why=''
	rounds_of "$@"
	printf '%s\n' "$why" >"$work/$1.why"
	printf '%s runs, seed %s: %s with a file system mounted, %s done before the signal' "$rounds" "$seed" "$mounted" \
		"$finished" >"$work/$1.note"
}
try INT script group &
try TERM script group runner &
try KILL script group runner &
wait
ended_by() { # SIGNAL
	note "$(cat "$work/$1.note")"
	why=$(cat "$work/$1.why")
	[ -z "$why" ]
}
by_int() { ended_by INT; }
by_term() { ended_by TERM; }
by_kill() { ended_by KILL; }
test_that "a run interrupted at random points leaves nothing and no half result" by_int
test_that "a run told to end at random points leaves nothing and no half result" by_term
test_that "a run killed at random points leaves nothing that the next run or daxmark clean does not remove" by_kill
finish
