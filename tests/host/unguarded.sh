#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs of this machine whose guard dies, too, or is stopped, or whose control group is killed, at points inside and
# outside of a freeze: what is left frozen is thawed by the next run, by daxmark clean or by the stop of the systemd unit,
# for files and for devices, and nothing is left. What others have frozen is left alone, whatever is written where.
#
# $DAXMARK_FAULTS says how many runs of each kind (default 5, at most 60), $DAXMARK_FAULT_SEED what the points are drawn from.
# shellcheck disable=SC2317 # the functions are called by test_that

own_mounts=1
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

rounds=${DAXMARK_FAULTS:-5}
[ "$rounds" -le 60 ] || rounds=60
seed=${DAXMARK_FAULT_SEED:-$RANDOM}
runner=$root/build/daxmark-run daxmark=$root/build/daxmark unit=$root/configs/systemd/daxmark-nightly.service

if [ "$(id -u)" -ne 0 ] || ! losetup -f >/dev/null 2>&1; then
	skip_that "a run whose guard dies, too, leaves nothing frozen that is not thawed afterwards" "takes root and loop devices"
	finish
fi
# Claims of its own, which runs beside it do not see.
mount -t tmpfs none /run || exit 4

plan() { # SOURCE OPERATIONS
	printf '[plan]\nmode = time\nfilesystems = ext4\naccess = page-cache\nfreeze_limit = 60\nchecks = none\nbenchmarks = freeze\n'
	printf '[bench freeze]\narms = dirty-mapped-64\noperations = %s\n[target here]\n%b' "$2" "$1"
}
# Known by its environment: in a PID namespace of its own, its parent is not the process that was started.
guard_of_run() {
	local each
	for each in $(pgrep -x daxmark-guard); do
		if grep -qzxF "TMPDIR=$at/tmp" "/proc/$each/environ" 2>/dev/null; then
			echo "$each"
			return 0
		fi
	done
	return 1
}
find_guard() { guard=$(guard_of_run); }
# begin [PREFIX...]: sets pid and guard; the run freezes and thaws without end
begin() {
	rm -f "$at/records"
	TMPDIR=$at/tmp "$@" "$runner" --plan "$at/plan.ini" --output "$at/records" >/dev/null 2>"$at/err" &
	pid=$!
	wait_beside "$pid" find_guard
	[ -n "$guard" ] || { why="no guard: $(cat "$at/err")"; return 1; }
	sleep "0.$((RANDOM % 3 + 1))$((RANDOM % 1000))"
}
not() { ! "$@"; }
gone() { wait_until not "$@"; } # CONDITION...
lives() { ps -o stat= -p "$1" | grep -qv '^Z'; }
attached() { losetup -a | grep -F "$at/" | grep -qvF "$at/image"; }

# --- The kinds: each ends a run, and sets status

kill_both() { kill -KILL "$pid" "$guard"; }
kill_guard_first() {
	kill -KILL "$guard"
	sleep "0.00$((RANDOM % 10))"
	kill -KILL "$pid"
}
kill_runner_first() {
	kill -KILL "$pid"
	[ $((RANDOM % 2)) -eq 0 ] || sleep "0.000$((RANDOM % 10))"
	kill -KILL "$guard"
}
kill_with_guard_stopped() {
	kill -STOP "$guard"
	kill -KILL "$pid"
}
# The first process of a PID namespace takes all of its processes with it: the guard too, which is mostly quicker and
# thaws; one that is stopped, as in every other round, does not.
kill_container() {
	[ $((round % 2)) -eq 0 ] || kill -STOP "$guard"
	kill -KILL "$(ps -o pid= --ppid "$pid")"
}
kill_guard() { kill -KILL "$guard"; }
stop_guard() { kill -STOP "$guard"; }
# As systemd, a container runtime or an OOM killer does, by the file of version 2 or by the list of version 1.
kill_group() {
	if [ -w "$group/cgroup.kill" ] && [ $((RANDOM % 2)) -eq 0 ]; then
		echo 1 >"$group/cgroup.kill"
	else
		while read -r member; do
			kill -KILL "$member"
		done <"$group/cgroup.procs"
	fi
	gone lives "$guard" || why="the guard stays"
}
# A control group for the run, in $group; false where there can be none.
make_group() {
	local top tops
	mapfile -t tops < <(awk '$4 == "/" && / - cgroup2? / { print $5 }' /proc/self/mountinfo | sort -r)
	for top in "${tops[@]}"; do
		group=$top/daxmark-test-$$
		mkdir "$group" 2>/dev/null || continue
		# shellcheck disable=SC2016 # for the shell that runs it
		sh -c 'echo $$ >"$1/cgroup.procs"' sh "$group" 2>/dev/null && return 0
		rmdir "$group"
	done
	group=
	return 1
}
# shellcheck disable=SC2016 # for the shell that runs it
in_group=(sh -c 'echo $$ >"$0/cgroup.procs" && exec "$@"')

# --- What mends, and what must be so afterwards

stop_unit() {
	local command
	command=$(sed -n 's/^ExecStopPost=-+\/usr\/bin\/env //p' "$unit")
	[ -n "$command" ] || { why="the unit has no ExecStopPost that runs as root and fails no night"; return 1; }
	# the folder is the default of daxmark clean
	# shellcheck disable=SC2086 # words of a command
	TMPDIR=$at/tmp PATH=$root/build:$PATH $command >"$at/out" 2>&1 || { why="the unit's stop: $(cat "$at/out")"; return 1; }
}
mend() { # ROUND
	case $(($1 % 3)) in
	0) "$daxmark" clean "$at/tmp" >"$at/out" 2>&1 || why="clean: $(cat "$at/out")" ;;
	1) TMPDIR=$at/tmp "$runner" --plan "$at/next.ini" --output "$at/records" >"$at/out" 2>&1 || why="the next run: $(cat "$at/out")" ;;
	2) stop_unit ;;
	esac
	[ -n "$why" ] || ! grep -q 'thawed ext4, which it had frozen' "$at/out" || thawed=$((thawed + 1))
	[ -z "$why" ]
}
# That nothing is frozen is seen by writing to it.
writable() {
	local writer
	timeout 100 mount "$device" "$at/mount" || { why="$device cannot be mounted"; return 1; }
	touch "$at/mount/x" &
	writer=$!
	if ! gone lives "$writer"; then
		why="$device cannot be written: still frozen"
		fsfreeze -u "$at/mount"
	fi
	wait "$writer"
	umount "$at/mount" || why="$device cannot be unmounted"
	[ -z "$why" ]
}
nothing_left() {
	if lives "$pid" || lives "$guard"; then
		why="still there: $(ps -o args= -p "$pid,$guard" | tr '\n' ';')"
	elif ! gone attached; then
		why="a loop device is left: $(losetup -a | grep -F "$at/")"
	elif [ -n "$(find /run/daxmark 2>/dev/null)" ]; then
		why="left: $(find /run/daxmark | tr '\n' ' ')"
	elif [ -n "$(ls -A "$at/tmp")" ]; then
		why="left: $(ls -A "$at/tmp")"
	elif [ -e "$at/file" ]; then
		why="the file is left"
	elif grep -qF "$at/" /proc/self/mountinfo; then
		why="mounted where everybody sees it"
	fi
	[ -z "$why" ] || return 1
	[ "$source" = file ] || writable
}

# one ROUND KIND: a file in one round, a device in the next
one() {
	source="file"
	[ $(($1 / 3 % 2)) -eq 0 ] || source="device"
	if [ "$source" = file ]; then
		plan "file = $at/file\nsize = 64\n" 1000000 >"$at/plan.ini"
		plan "file = $at/file\nsize = 64\n" 1 >"$at/next.ini"
	else
		plan "device = $device\nerase = yes\n" 1000000 >"$at/plan.ini"
		plan "device = $device\nerase = yes\n" 1 >"$at/next.ini"
	fi
	case $2 in
	kill_group) begin "${in_group[@]}" "$group" ;;
	kill_container) begin unshare --pid --fork --mount-proc ;;
	*) begin ;;
	esac || return 1
	"$2" 2>/dev/null
	if ! gone lives "$pid"; then
		kill -KILL "$pid" "$guard" 2>/dev/null
		why=${why:-"the run goes on"}
	fi
	wait "$pid" 2>/dev/null
	status=$?
	[ -z "$why" ] || return 1
	case $2 in
	kill_group)
		# the guard was not in it, and has thawed: only traces are left to remove
		mend "$1" && [ "$thawed" -eq 0 ] || why=${why:-"the guard had not thawed"}
		;;
	kill_guard | stop_guard)
		[ "$status" -eq 5 ] && grep -qE 'the guard that thaws .*(was ended by signal 9|is stopped); the run ends' "$at/err" ||
			why="status $status: $(cat "$at/err")"
		! grep -qs '"kind":"end"' "$at/records" || why="records were closed"
		;;
	*) mend "$1" ;;
	esac
	[ -z "$why" ] && nothing_left
}
rounds_of() { # KIND
	local round
	mkdir "$at/tmp" "$at/mount"
	truncate -s 64M "$at/image"
	device=$(losetup -f --show "$at/image") || { why="no loop device"; return 1; }
	# so long until it was seen at least once that something had been frozen, where it may be
	for ((round = 0; round < rounds || (round < 40 * rounds && thawed < least); round++)); do
		one "$round" "$1" || { why="$why (seed $seed, round $round, $source)"; break; }
	done
	losetup -d "$device"
	[ -z "$group" ] || { gone rmdir_fails || why=${why:-"the control group is not empty: $(cat "$group/cgroup.procs")"}; }
	[ -n "$why" ] || [ "$thawed" -ge "$least" ] || why="nothing was frozen in $round runs"
	printf '%s runs, seed %s: %s of them left it frozen' "$round" "$seed" "$thawed" >"$at/note"
	[ -z "$why" ]
}
rmdir_fails() { ! rmdir "$group" 2>/dev/null; }
# Whoever rescues what a test left behind: nothing of this machine stays frozen because of us.
rescue() {
	local each
	kill -KILL "$pid" "$guard" 2>/dev/null
	losetup -a | grep -F "$at/" | cut -d : -f 1 | while read -r each; do
		timeout 100 mount "$each" "$at/mount" 2>/dev/null && fsfreeze -u "$at/mount"
		umount "$at/mount" 2>/dev/null
		losetup -d "$each" 2>/dev/null
	done
}
# In a process and a mount namespace of its own, with claims of its own.
lane() { # KIND
	at=$work/$1 pid='' guard='' group='' thawed=0 why=''
	case $1 in
	kill_group | kill_guard | stop_guard) least=0 ;;
	*) least=1 ;;
	esac
	RANDOM=$seed
	mkdir -p "$at"
	if [ "$1" = kill_group ] && ! make_group; then
		echo "no control group can be made here" >"$at/skip"
		return
	fi
	rounds_of "$1"
	[ -z "$why" ] || rescue
	printf '%s\n' "$why" >"$at/why"
}
if [ "${1-}" = --lane ]; then
	trap - EXIT
	rm -rf "$work"
	work=$3
	lane "$2"
	exit 0
fi
kinds=(kill_both kill_guard_first kill_runner_first kill_with_guard_stopped kill_container kill_group kill_guard stop_guard)
for kind in "${kinds[@]}"; do
	DAXMARK_FAULT_SEED=$seed unshare --mount --propagation slave "$0" --lane "$kind" "$work" 2>"$work/$kind.err" &
done
wait
outcome() { # KIND
	[ -e "$work/$1/why" ] || { why="its rounds broke off: $(tail -n 1 "$work/$1.err")"; return 1; }
	note "$(cat "$work/$1/note")"
	why=$(cat "$work/$1/why")
	[ -z "$why" ]
}
both() { outcome kill_both; }
guard_first() { outcome kill_guard_first; }
runner_first() { outcome kill_runner_first; }
guard_stopped() { outcome kill_with_guard_stopped; }
container() { outcome kill_container; }
guard_killed() { outcome kill_guard; }
guard_only_stopped() { outcome stop_guard; }
whole_group() { outcome kill_group; }

test_that "what is frozen when guard and runner are killed at once is thawed by whatever comes next" both
test_that "what is frozen when the runner is killed after its guard is thawed by whatever comes next" guard_first
test_that "what is frozen when the guard is killed after its runner is thawed by whatever comes next" runner_first
test_that "what is frozen when the guard is stopped and the runner killed is thawed by whatever comes next" guard_stopped
test_that "what is frozen when the container of a run is killed is thawed by whatever comes next outside" container
if [ -e "$work/kill_group/skip" ]; then
	skip_that "the guard outlives the control group of its run, and thaws" "$(cat "$work/kill_group/skip")"
else
	test_that "the guard outlives the control group of its run, and thaws" whole_group
fi
test_that "a run whose guard is killed ends by itself, thawed and with a message" guard_killed
test_that "a run whose guard is stopped ends by itself, thawed and with a message" guard_only_stopped

# --- What must not be thawed: claims about what others have frozen

# A device that holds the file system of a run that left it frozen; its claim is kept, and it is thawed again.
left() {
	at=$work/claims
	rm -rf "$at"
	mkdir -p "$at/tmp" "$at/mount"
	truncate -s 64M "$at/image"
	device=$(losetup -f --show "$at/image") || { why="no loop device"; return 1; }
	plan "device = $device\nerase = yes\n" 1000000 >"$at/plan.ini"
	begin || return 1
	kill -KILL "$pid" "$guard"
	wait "$pid" 2>/dev/null
	claim=$(find /run/daxmark -type f)
	cp -p "$claim" "$at/claim" 2>/dev/null || { why="no claim"; return 1; }
	run 0 "$daxmark" clean "$at/tmp" && [ ! -e /run/daxmark ] && frozen_at_death yes
}
# The number of freezes begun and ended, of one byte here: odd is frozen.
frozen_at_death() { # yes or no
	[ "$1" = no ] && byte='\002' || byte='\003'
	# shellcheck disable=SC2059 # it is an escape
	printf "$byte\\000\\000\\000" | dd of="$at/claim" bs=1 seek=4096 conv=notrunc status=none
}
put_back() {
	mkdir -m 755 /run/daxmark
	cp -p "$at/claim" "$claim"
}
froze() { mount "$device" "$at/mount" && fsfreeze -f "$at/mount"; }
# What was frozen is so still, and is thawed now.
still_frozen() {
	mountpoint -q "$at/mount" || mount "$device" "$at/mount" || return 1
	fsfreeze -u "$at/mount" || why=${why:-"it was thawed"}
	umount "$at/mount" && losetup -d "$device"
	rm -rf /run/daxmark
	[ -z "$why" ]
}
mounted_by_user() {
	left && froze && put_back || return 1
	run 4 "$daxmark" clean "$at/tmp" && says err "$device: .*not thawed, because it is mounted on $at/mount"
	[ -n "$why" ] || [ -e "$claim" ] || why="the claim is gone"
	still_frozen
}
# The inode number of a run's mount namespace is given again when the run has ended.
mounted_in_namespace_of_same_number() {
	left && froze && put_back || return 1
	sed -i "1s/ mounts [0-9]*/ mounts $(stat -Lc %i /proc/self/ns/mnt)/" "$claim"
	run 4 "$daxmark" clean "$at/tmp" && says err "$device: .*not thawed, because it is mounted on $at/mount"
	[ -n "$why" ] || [ -e "$claim" ] || why="the claim is gone"
	still_frozen
}
# Another process may have it mounted, and frozen.
mounted_out_of_sight() {
	left && froze && umount -l "$at/mount" && put_back || return 1
	run 4 unshare --pid --fork --mount-proc "$daxmark" clean "$at/tmp" &&
		says err "$device: .*not thawed, because from this PID namespace it is not seen who else has it mounted"
	# shellcheck disable=SC2016 # for the shell that runs it
	[ -n "$why" ] || { run 4 unshare --mount --propagation slave sh -c 'mount -t proc -o hidepid=1,gid=65534 proc /proc &&
		exec setpriv --bounding-set=-sys_ptrace "$0" clean "$1"' "$daxmark" "$at/tmp" &&
		says err "$device: .*not thawed, because it is not seen who else has it mounted: Operation not permitted"; }
	[ -n "$why" ] || [ -e "$claim" ] || why="the claim is gone"
	still_frozen
}
unmounted_by_user() {
	left && frozen_at_death no && froze && umount -l "$at/mount" && put_back || return 1
	run 0 "$daxmark" clean "$at/tmp"
	[ -n "$why" ] || [ ! -e "$claim" ] || why="the claim is still there"
	still_frozen
}
another_filesystem() {
	left && mke2fs -q -F "$device" && froze && umount -l "$at/mount" && put_back || return 1
	run 0 "$daxmark" clean "$at/tmp"
	[ -n "$why" ] || [ ! -e "$claim" ] || why="the claim is still there"
	still_frozen
}
another_boot() {
	left && froze && umount -l "$at/mount" && put_back || return 1
	sed -i '1s/boot [0-9a-f]*/boot 00000000/' "$claim"
	run 0 "$daxmark" clean "$at/tmp"
	[ -n "$why" ] || [ ! -e "$claim" ] || why="the claim is still there"
	still_frozen
}
# Whoever may write there may write what he wants.
forged() {
	left && froze && umount -l "$at/mount" && put_back || return 1
	chmod 777 /run/daxmark
	run 4 "$daxmark" clean "$at/tmp" && says err '/run/daxmark: others than root can write to it'
	plan "file = $at/file\nsize = 64\n" 1 >"$at/plan.ini"
	[ -n "$why" ] || TMPDIR=$at/tmp run 4 "$runner" --plan "$at/plan.ini" --output "$at/records" &&
		says err '^daxmark-run: /run/daxmark: others than root can write to it; the claim'
	chmod 755 /run/daxmark
	chown 65534 "$claim"
	[ -n "$why" ] || run 0 "$daxmark" clean "$at/tmp"
	[ -n "$why" ] || [ -e "$claim" ] || why="the claim of somebody else is gone"
	chown 0 /run/daxmark "$claim"
	rm -rf /run/daxmark
	mkdir "$at/own" && ln -s "$at/own" /run/daxmark && cp -p "$at/claim" "$at/own/${claim##*/}"
	[ -n "$why" ] || run 4 "$daxmark" clean "$at/tmp"
	still_frozen
}
# The claim of the run that lasts is nobody's to act on.
lasting() {
	left && begin || return 1
	run 0 "$daxmark" clean "$at/tmp" && [ -n "$(find /run/daxmark -type f)" ] || why=${why:-"the claim is gone"}
	kill -0 "$pid" "$guard" || why=${why:-"the run or its guard is gone"}
	kill -TERM "$pid"
	wait "$pid"
	losetup -d "$device"
	[ -n "$why" ] || [ ! -e /run/daxmark ] || why="a claim is left"
	[ -z "$why" ]
}
# clean where the nodes of devices are missing, or there for one device and not to be opened
without_devices() { # [DEVICE]
	# shellcheck disable=SC2016 # for the shell that runs it
	unshare --mount --propagation slave sh -c 'mount -t tmpfs -o nodev none /dev && { [ -z "$3" ] || mknod "$3" b $4; } &&
		exec "$1" clean "$2"' sh "$daxmark" "$at/tmp" "${1-}" "$(stat -c '%Hr %Lr' "${1:-/}")"
}
kept() { # DEVICE: its claim, as long as it cannot be looked at
	local words="$1: left by run [0-9]*, which was killed: cannot be looked at: "
	run 4 without_devices && says err "$words" || return 1
	run 4 without_devices "$1" && says err "${words}Permission denied" || return 1
	[ -e "$claim" ] || why="the claim is gone"
	[ -z "$why" ]
}
unseen() {
	left && froze && umount -l "$at/mount" && put_back || return 1
	kept "$device" && run 0 "$daxmark" clean "$at/tmp" && says out "^$device: .*: thawed ext4, which it had frozen"
	losetup -d "$device"
	[ -n "$why" ] || [ ! -e /run/daxmark ] || why="a claim is left"
	rm -rf /run/daxmark
	[ -z "$why" ]
}
unseen_loop() {
	at=$work/claims
	rm -rf "$at"
	mkdir -p "$at/tmp" "$at/mount"
	plan "file = $at/file\nsize = 64\n" 1000000 >"$at/plan.ini"
	begin || return 1
	kill -KILL "$pid" "$guard"
	wait "$pid" 2>/dev/null
	claim=$(find /run/daxmark -type f)
	if ! kept "$(sed -n '1s/.* path //p' "$claim" | tr -d '\000')" || ! run 0 "$daxmark" clean "$at/tmp"; then
		rescue
	fi
	[ -n "$why" ] || [ ! -e /run/daxmark ] || why="a claim is left"
	[ -n "$why" ] || gone attached || why="a loop device is left"
	rm -rf /run/daxmark
	[ -z "$why" ]
}
# Where no claim can be written nothing is written.
unclaimed() {
	at=$work/claims
	rm -rf "$at"
	mkdir -p "$at/tmp"
	plan "file = $at/file\nsize = 64\n" 1 >"$at/plan.ini"
	rm -rf /run/daxmark
	echo mine >/run/daxmark
	TMPDIR=$at/tmp run 4 "$runner" --plan "$at/plan.ini" --output "$at/records" && says err '^daxmark-run: /run/daxmark: .*the claim of what a run freezes is written there'
	[ "$(cat /run/daxmark)" = mine ] && rm /run/daxmark || why=${why:-"what was there is gone"}
	[ ! -e "$at/records" ] && [ ! -e "$at/file" ] || why=${why:-"something was written"}
	[ -z "$why" ]
}

test_that "what a user has mounted and frozen is not thawed, and it is said where it is mounted" mounted_by_user
test_that "what is mounted in a namespace with the number of the run's is not thawed" mounted_in_namespace_of_same_number
test_that "what a process that is not seen may have mounted is not thawed, and that is said" mounted_out_of_sight
test_that "what was not frozen when the run was killed is not thawed" unmounted_by_user
test_that "another file system on the same device is not thawed" another_filesystem
test_that "a claim of another boot is removed, and nothing is thawed" another_boot
test_that "a claim that others than root could have written thaws nothing" forged
test_that "a claim is kept, and said, as long as its device cannot be looked at" unseen
test_that "a claim is kept, and said, as long as its loop device cannot be looked at" unseen_loop
test_that "a run that lasts is left alone" lasting
test_that "a run that cannot write its claim is refused, status 4, before anything is written" unclaimed
finish
