#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The runner on this machine: what it may write on, what it leaves behind, and that it says why it will not.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

runner=$root/build/daxmark-run
export TMPDIR=$work/tmp
mkdir "$TMPDIR"

# plan FILESYSTEMS TEXT: a short plan of one benchmark
plan() {
	printf '[plan]\nmode = time\nfilesystems = %s\naccess = page-cache\nchecks = dax-proved\n' "$1" >"$work/plan.ini"
	printf 'benchmarks = first-write freeze\n[bench first-write]\narms = cold\noperations = 64\n' >>"$work/plan.ini"
	printf '[bench freeze]\narms = idle\noperations = 2\n%b' "$2" >>"$work/plan.ini"
}
native() { # STATUS
	rm -f "$work/records"
	run "$1" "$runner" --plan "$work/plan.ini" --output "$work/records"
}
count() { jq -c "select($1)" "$work/records" | wc -l; }
is() { # NUMBER FILTER
	[ "$(count "$2")" -eq "$1" ] && return 0
	why="$(count "$2") instead of $1 of: $2"
	return 1
}
nothing_left() {
	if [ -n "$(ls -A "$TMPDIR")" ]; then
		why="left: $(ls -A "$TMPDIR")"
	elif grep -q daxmark- /proc/self/mountinfo; then
		why="still mounted"
	elif losetup -a 2>/dev/null | grep -q "$work"; then
		why="a loop device is left"
	fi
	[ -z "$why" ]
}

folder() {
	local type
	mkdir "$work/folder" && echo mine >"$work/folder/file"
	type=$(stat -f -c %T "$work/folder")
	case $type in
	ext2/ext3) type=ext4 ;;
	xfs | tmpfs) ;;
	*)
		skipped=$type
		return 0
		;;
	esac
	plan "$type" "[target here]\ndirectory = $work/folder\n"
	native 0 || return 1
	if [ "$(count '.kind == "target" and (.skip // "" | test("not in /proc/self/mountinfo"))')" -eq 1 ]; then
		skipped="a file system that /proc/self/mountinfo does not show"
		return 0
	fi
	is 1 '.kind == "sample" and .bench == "first-write" and .unit == "ns"' || return 1
	is 1 '.kind == "skip" and .bench == "freeze" and (.reason | test("never frozen"))' || return 1
	[ "$(ls -A "$work/folder") $(cat "$work/folder/file")" = "file mine" ] && return 0
	why="the folder changed: $(ls -A "$work/folder")"
	return 1
}
folder_other() {
	local other=xfs
	[ "$(stat -f -c %T "$work")" != xfs ] || other=ext4
	plan "$other" "[target here]\ndirectory = $work\n"
	native 0 && is 0 '.kind == "sample"' && is 1 '.kind == "target" and (.skip | test(" is on |mountinfo"))'
}
folder_missing() {
	plan ext4 "[target here]\ndirectory = $work/none\n"
	native 2 && says err 'none: No such file' && [ ! -e "$work/records" ]
}
file_exists() {
	echo mine >"$work/image"
	plan ext4 "[target loop]\nfile = $work/image\nsize = 64\n"
	native 2 && says err 'image: exists; name a file that does not' && [ "$(cat "$work/image")" = mine ]
}
no_space() {
	plan ext4 "[target loop]\nfile = $work/huge\nsize = 1048576\n"
	native 4 && says err 'where 1048576 MiB are needed' && [ ! -e "$work/huge" ]
}
loop() {
	plan "ext2 ext4" "[target loop]\nfile = $work/loop\nsize = 64\n"
	native 0 && is 2 '.kind == "sample" and .metric == "freeze"' && [ ! -e "$work/loop" ] && nothing_left
}
no_place() {
	plan ext4 ''
	native 0 && is 1 '.kind == "target" and .device == "" and .dax == null and .skip == "no device was named"'
}
no_node() {
	plan ext4 "[target loop]\nfile = $work/loop\nsize = 64\nnode = 1023\n"
	native 2 && says err 'plan.ini:16: \[target loop\] node = 1023: .*choose from: [0-9]' &&
		[ ! -e "$work/records" ] && [ ! -e "$work/loop" ] || return 1
	plan ext4 "[target here]\ndirectory = $work\nnode = -1\n"
	native 2 && says err 'plan.ini:15: .*from 0 to 1023'
}
topology() {
	plan ext4 "[target here]\ndirectory = $work\n"
	run 0 "$runner" --plan "$work/plan.ini" --output "$work/records" --topology "$work/topology" || return 1
	same_count PU "$(jq -r 'select(.kind == "machine").cpus' "$work/records")" || return 1
	run 4 "$runner" --plan "$work/plan.ini" --output "$work/records" --topology "$work/none/topology" &&
		says err 'none/topology: No such file'
}
same_count() { # TYPE NUMBER
	[ "$(grep -c "<object type=\"$1\"" "$work/topology")" -eq "$2" ] && return 0
	why="the topology has not $2 of $1"
	return 1
}
# The node is the plan's, and the thread is on a CPU it may use.
placed() {
	local cpu node
	cpu=$(taskset -cp $$ | sed 's/.*[ ,-]//')
	node=$(find /sys/devices/system/node -maxdepth 1 -name 'node[0-9]*' -printf '%f\n' 2>/dev/null | sed 's/node//' | head -n 1)
	plan ext4 "[target loop]\nfile = $work/loop\nsize = 64\nnode = ${node:-0}\n"
	run 0 taskset -c "$cpu" "$runner" --plan "$work/plan.ini" --output "$work/records" || return 1
	is 1 ".kind == \"target\" and .node == ${node:-0} and .node_from == \"plan\" and .bound_to == $cpu" &&
		is 1 ".kind == \"machine\" and .bound_to == $cpu"
}
memory() {
	plan tmpfs ''
	native 0 && is 1 '.kind == "sample" and .fs == "tmpfs"' && is 1 '.kind == "skip" and .bench == "freeze"' &&
		nothing_left
}
threads() {
	plan "ext4" "[target loop]\nfile = $work/loop\nsize = 64\n"
	sed -i 's/^mode.*/&\nthreads = all/; s/^arms = idle/arms = idle writer/' "$work/plan.ini"
	native 0 && nothing_left || return 1
	is 1 '.bench == "first-write" and .arm == "cold" and .n == 5 and .parameters.threads == 1' || return 1
	[ "$(nproc)" -gt 1 ] || return 0
	is 1 '.arm == "cold" and .parameters.threads == 2 and .parameters.files == "one" and .parameters.faults_per_operation == 1' &&
		is 1 '.arm == "cold" and .parameters.threads == 2 and .parameters.files == "each" and .parameters.faults_per_operation == 1' &&
		is 1 '.arm == "writer" and .parameters.files == "each" and .metric == "resume" and .n == 2 and .parameters.threads_beside == 2' &&
		is 1 '.kind == "skip" and .bench == "freeze" and (.reason | test("one thread at a time"))'
}
files() {
	plan "tmpfs" ''
	sed -i 's/^mode.*/&\nthreads = all\nfiles = each/; s/first-write freeze/first-write/' "$work/plan.ini"
	native 0 && nothing_left && is 0 '.parameters.files == "one"' || return 1
	[ "$(nproc)" -gt 1 ] || return 0
	is 1 '.arm == "cold" and .parameters.threads == 2 and .parameters.files == "each"'
}
threads_drawn() {
	plan ext4 "[target loop]\nfile = $work/loop\nsize = 64\n"
	sed -i 's/^mode.*/&\nseeds = 1\nthreads = all/; s/first-write freeze/first-write/' "$work/plan.ini"
	run 0 "$root/scripts/bench" --results "$work/scaling" "$work/plan.ini" &&
		says scaling/latest/plots/scaling-first-write.svg '>efficiency on one file [0-9]+%, on a file each [0-9]+%<'
}
too_many_threads() {
	plan "ext4" "[target loop]\nfile = $work/loop\nsize = 64\n"
	sed -i 's/^mode.*/&\nthreads = 1 1024/' "$work/plan.ini"
	native 4 && says err 'plan.ini:3: threads = 1024: this process may use [0-9]+ processor' && [ ! -e "$work/loop" ]
}
batch() { is 1 '.kind == "sample" and .fs == "tmpfs" and .batch_mean > 0 and .batch_n == .n and .moved == 0'; }
interrupted() {
	# 64 first writes take a tenth of a millisecond: who counted more than that would say they all were
	is 1 '.kind == "sample" and .fs == "tmpfs" and .interrupted >= 0 and .interrupted < .n'
}
progress() {
	plan "ext2 ext4" "[target loop]\nfile = $work/loop\nsize = 64\n"
	native 0 && says err '^ext2 page-cache \([0-9]+ of' && says err '^ext4 page-cache \([0-9]+ of'
}

bench() {
	plan "ext4 tmpfs" "[target loop]\nfile = $work/loop\nsize = 64\n"
	run 0 "$root/scripts/bench" --results "$work/results" "$work/plan.ini" || return 1
	cp "$work/results/latest/native.jsonl" "$work/records"
	is 6 '.kind == "sample" and .bench == "first-write"' && is 3 '.kind == "run" and .source == "this machine"' &&
		[ -s "$work/results/latest/topology.xml" ] &&
		says results/latest/report.txt 'First write to a 4 KiB page \(ext4, page cache\), time' &&
		[ "$(jq '[.metrics[] | select(.fs == "ext4" and .value > 0)] | length' \
			"$work/results/latest/show.json")" -eq 3 ] && nothing_left
}
one_session() {
	why=$(jq -c 'select(.kind == "run") | [.session, .position]' "$work/results/latest/native.jsonl" | paste -sd' ')
	[[ $why =~ ^\[(\"[0-9a-f-]{36}\"),1\]\ \[(\"[0-9a-f-]{36}\"),2\]\ \[(\"[0-9a-f-]{36}\"),3\]$ ]] &&
		[ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[2]}" ] && [ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[3]}" ]
}
# The results of two times the same plan make one side.
bench_again() {
	cp -r "$work/results" "$work/before"
	run 0 "$root/scripts/bench" --results "$work/results" "$work/plan.ini" || return 1
	local files
	files=$(printf '%s\n' "$work/before/latest/native.jsonl" "$work/results/latest/native.jsonl" | paste -sd,)
	run 0 "$root/build/daxmark" show --format json "$files" || return 1
	why=$(jq -c '[.metrics[] | select(.bench == "first-write") | .n] | unique' "$work/out")
	# 64 operations in each of 2 times 3 runs
	[ "$why" = '[384]' ]
}
freezes() { grep -qs '"kind":"sample","bench":"first-write"' "$TMPDIR"/daxmark-*/*; } # the run is past its other benchmark
# ended_as STATUS KILL-ARGUMENT...: a long run in a process group of its own; %job in the arguments is its number
ended_as() {
	local job status want=$1 words
	shift
	plan ext4 "[target loop]\nfile = $work/loop\nsize = 64\n"
	sed -i 's/^operations = 2$/operations = 100000/' "$work/plan.ini"
	set -m
	"$root/scripts/bench" --results "$work/ended" "$work/plan.ini" >"$work/out" 2>"$work/err" &
	job=$!
	set +m
	wait_beside "$job" freezes
	words=("${@/\%job/$job}")
	kill "${words[@]}"
	wait "$job"
	status=$?
	[ "$status" -eq "$want" ] || { why="status $status: $(cat "$work/err")"; return 1; }
	[ -z "$(ls -A "$work/ended")" ] || { why="results: $(ls -A "$work/ended")"; return 1; }
	nothing_left
}
bench_ended() { ended_as 143 -TERM %job; }
bench_hung_up() { ended_as 129 -HUP %job; }
# Ctrl-C goes to all that run in the terminal's foreground.
bench_interrupted() { ended_as 130 -INT -- -%job; }

too_small() {
	truncate -s 4M "$work/small" && device=$(losetup -f --show "$work/small") || return 1
	plan ext4 "[target disk]\ndevice = $device\n"
	native 4 && says err "$device: there are 4.0 MiB where 32 MiB are needed" &&
		[ "$(tr -d '\0' <"$work/small" | wc -c)" -eq 0 ]
	local status=$?
	losetup -d "$device"
	return "$status"
}
too_small_for_xfs() {
	plan "ext4 xfs" "[target loop]\nfile = $work/loop\nsize = 64\n"
	native 0 && is 1 '.kind == "sample" and .bench == "first-write" and .fs == "ext4"' &&
		is 1 '.kind == "target" and .fs == "xfs" and (.skip | test("xfs takes 300 MiB, and /dev/loop[0-9]+ has 64"))'
}
too_small_for_an_arm() {
	plan ext4 "[target loop]\nfile = $work/loop\nsize = 64\n"
	sed -i 's/^operations = 64/operations = 65536/' "$work/plan.ini"
	native 0 && is 1 '.kind == "skip" and .bench == "first-write" and (.reason | test("No space left"))' &&
		is 2 '.kind == "sample" and .bench == "freeze"'
}
no_dax() {
	plan "ext2 ext4" "[target loop]\nfile = $work/loop\nsize = 64\n"
	sed -i 's/^access = .*/access = dax/' "$work/plan.ini"
	native 0 && is 2 '.kind == "target" and (.skip | test("^/dev/loop[0-9]+ gives no DAX: |without DAX"))'
}
no_tmp() {
	plan ext4 "[target here]\ndirectory = $work\n"
	run 4 env TMPDIR="$work/none" "$runner" --plan "$work/plan.ini" --output "$work/records" &&
		says err 'none: No such file or directory; name another folder with TMPDIR'
}

skipped=''
test_that "a folder is measured and stays as it was, and its file system is never frozen" folder
[ -z "$skipped" ] || skip_that "a folder is really measured" "the temporary folder is on $skipped"
test_that "a folder on another file system gives no figure" folder_other
test_that "a folder that is not there is named" folder_missing
test_that "a file that exists is not overwritten" file_exists
test_that "too little space is named before anything is written" no_space
test_that "a temporary folder that is not there is named" no_tmp
[ "$(nproc)" -ge 1024 ] || test_that "more threads than processors are refused before anything is made" too_many_threads
test_that "a node that is not there is named before anything is written" no_node
test_that "the topology is written where it is wanted" topology
test_that "a plan without a place to measure in skips and says so" no_place
if [ "$(id -u)" -ne 0 ] || ! losetup -f >/dev/null 2>&1; then
	skip_that "loop devices and memory are measured and given back" "takes root and loop devices"
	finish
fi
test_that "a file is measured through a loop device and nothing is left" loop
test_that "a target is measured on the CPU that is left, near the node of the plan" placed
test_that "tmpfs is measured, and freezing it is a skip" memory
test_that "a mean without the clock stands beside the other" batch
test_that "what interrupted the machine before and after a pass is not counted" interrupted
test_that "each target has its line of progress" progress
test_that "a plan of this machine runs to its report" bench
test_that "its runs are of one session, each with its position" one_session
test_that "what the same plan gave another time joins it" bench_again
test_that "one that is told to end leaves nothing behind" bench_ended
test_that "one whose terminal is gone leaves nothing behind" bench_hung_up
test_that "one ended by Ctrl-C leaves nothing behind" bench_interrupted
test_that "an arm is measured by several threads on one file and on one each" threads
test_that "threads keep to the files the plan names" files
if [ "$(nproc)" -gt 1 ] && command -v gnuplot >/dev/null; then
	test_that "what several threads reach is drawn" threads_drawn
else
	skip_that "what several threads reach is drawn" "takes two processors and gnuplot"
fi
test_that "a device that is too small is refused before anything is written" too_small
test_that "a file system that takes more than there is is a skip" too_small_for_xfs
test_that "an arm that takes more than there is is a skip" too_small_for_an_arm
test_that "what gives no DAX is a skip that says so" no_dax
finish
