#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Two devices that have bytes in common: none of them is written while the other is used, also with erase = yes. A
# device is known by its number, and a file by its inode, whatever paths lead to them. On loop devices of this machine.
# shellcheck disable=SC2317 # the functions are called by test_that

own_mounts=1
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/loops.sh
. "$root/tests/loops.sh"
need_loops "a device whose file is mounted through another one is refused"

mkdir "$work/mount"
# mounts DEVICE: a file system on it, mounted, with a file. Read-only, for the kernel writes one that may be written by
# and by, and all of it is where it is to be, through each device to the file: nothing but a run changes a byte then.
mounts() {
	mke2fs -q -F -t ext2 "$1" && mount "$1" "$work/mount" && echo mine >"$work/mount/file" && umount "$work/mount" &&
		sync "$1" "${devices[@]}" && mount -o ro "$1" "$work/mount"
}
clear() {
	! mountpoint -q "$work/mount" || umount "$work/mount"
	give_back
}
trap 'clear; rm -rf "$work"' EXIT
# Refused even with erase = yes, with what is mounted as it was.
is_in_use() { # PATTERN
	refused "$device: $1\$" "erase = yes" || return 1
	! mountpoint -q "$work/mount" || [ "$(cat "$work/mount/file")" = mine ] || why="what was mounted was written"
	[ -z "$why" ]
}
tried() {
	"$try"
	local status=$?
	clear
	return "$status"
}
refuses() { # NAME FUNCTION
	try=$2
	test_that "$1" tried
}
allows() {
	try=$2
	test_that "$1" tried
}
name() { printf %s "${1#/dev/}"; }

same_file() {
	attach_new 64 && first=$device && mounts "$first" && attach "$work/held" &&
		is_in_use "is in use through $(name "$first"), which is mounted"
}
same_file_by_link() {
	attach_new 64 && first=$device && mounts "$first" && ln "$work/held" "$work/other" && attach "$work/other" &&
		is_in_use "is in use through $(name "$first"), which is mounted"
	local status=$?
	rm -f "$work/other"
	return "$status"
}
# The mount is one of another namespace: only the kernel knows of it.
elsewhere() {
	attach_new 64 && first=$device && mke2fs -q -F -t ext2 "$first" && sync "$first" && attach "$work/held" || return 1
	mkfifo "$work/ready"
	# shellcheck disable=SC2016 # for the shell that runs it
	unshare --mount sh -c 'mount -o ro "$1" "$2" && echo >"$3" && exec sleep 3600' sh "$first" "$work/mount" "$work/ready" &
	local sleeper=$!
	read -r _ <"$work/ready"
	is_in_use "is in use through $(name "$first"), which is in use"
	kill "$sleeper"
	wait "$sleeper" 2>/dev/null
	rm -f "$work/ready"
	[ -z "$why" ]
}
partition_of_same_file() {
	attach_new 64 && first=$device && add_partition 1 2048 100000 && mounts "${first}p1" && attach "$work/held" &&
		is_in_use "is in use through $(name "$first")p1, which is mounted"
}
partition_mounted() {
	attach_new 64 && add_partition 1 2048 100000 && mounts "${device}p1" &&
		is_in_use "is in use through $(name "$device")p1, which is mounted"
}
disk_mounted() {
	attach_new 64 && add_partition 1 2048 100000 && mounts "$device" && device=${device}p1 && is_in_use "is in use"
}
loop_on_it() {
	attach_new 64 && first=$device && attach "$first" && second=$device && mounts "$second" && device=$first &&
		is_in_use "is in use through $(name "$second"), which is mounted"
}
loop_on_partition() {
	attach_new 64 && first=$device && add_partition 1 2048 100000 && attach "${first}p1" && second=$device && mounts "$second" &&
		device=$first && is_in_use "is in use through $(name "$second"), which is mounted"
}
on_mounted_device() {
	attach_new 64 && first=$device && mounts "$first" && attach "$first" &&
		is_in_use "is in use through $(name "$first"), which is mounted"
}
on_disk_of_mounted_partition() {
	attach_new 64 && first=$device && add_partition 1 2048 100000 && mounts "${first}p1" && attach "$first" &&
		is_in_use "is in use through $(name "$first")p1, which is mounted"
}
swap_on() { mkswap "$1" >/dev/null 2>&1 && swapon "$1" 2>/dev/null; } # PATH
swap_through_other() {
	attach_new 64 && first=$device && swap_on "$first" && attach "$work/held" &&
		is_in_use "is in use through $(name "$first"), which is in use as swap"
	swapoff "$first"
	[ -z "$why" ]
}
swap_file() {
	rm -f "$work/held"
	head -c $((64 << 20)) /dev/zero >"$work/held" && chmod 600 "$work/held" && swap_on "$work/held" && attach "$work/held" &&
		is_in_use "has its file in use as swap"
	swapoff "$work/held"
	[ -z "$why" ]
}
by_node() {
	attach_new 64 && first=$device && mounts "$first" || return 1
	# shellcheck disable=SC2046 # two words
	mknod "$work/node" b $(stat -c '0x%t 0x%T' "$first") && ln -sfn "$work/node" "$work/link" && device=$work/link && is_in_use 'is mounted'
	local status=$?
	rm -f "$work/node" "$work/link"
	return "$status"
}
locked_by_program() {
	attach_new 64 || return 1
	python3 - "$device" >"$work/ready" <<-'PYTHON' &
	import fcntl, os, struct, sys, time
	fd = os.open(sys.argv[1], os.O_RDWR)
	fcntl.fcntl(fd, 37, struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 100, 1, 0))  # F_OFD_SETLK
	print("locked", flush=True)
	time.sleep(3600)
	PYTHON
	local holder=$!
	wait_beside "$holder" grep -q locked "$work/ready" && is_in_use 'is in use by another run, or locked by another program'
	kill "$holder"
	wait "$holder" 2>/dev/null
	[ -z "$why" ]
}

# Another run has the device, waiting before its first file system: nothing is mounted.
run_beside() { # DEVICE PATTERN
	take "device = $1" "erase = yes" || return 1
	plan "device = $device" "erase = yes"
	run 2 "$runner" --plan "$work/plan.ini" --output "$work/second" && says err "$device: $2" && [ ! -e "$work/second" ] || return 1
	go_on 0 && tail -n 1 "$work/records" | grep -q '"kind":"end"'
}
two_nodes() {
	attach_new 64 && first=$device || return 1
	# shellcheck disable=SC2046 # two words
	mknod "$work/node" b $(stat -c '0x%t 0x%T' "$first") && device=$work/node && run_beside "$first" 'is in use by another run'
	local status=$?
	rm -f "$work/node"
	return "$status"
}
two_loops() {
	attach_new 64 && first=$device && attach "$work/held" &&
		run_beside "$first" "is in use through $(name "$first"), which another run or program has locked"
}
ended() { # FUNCTION
	"$1"
	local status=$?
	kill -KILL "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	clear
	return "$status"
}
nodes_of_two() { ended two_nodes; }
loops_of_two() { ended two_loops; }

# --- What is near and is no obstacle

other_range() {
	attach_new 128 && give_back && attach --sizelimit $((64 << 20)) "$work/held" && mounts "$device" &&
		attach --offset $((64 << 20)) "$work/held" && measured && [ "$(cat "$work/mount/file")" = mine ]
}
other_partition() {
	attach_new 192 && add_partition 1 2048 131072 && add_partition 2 133120 131072 && mounts "${device}p1" &&
		device=${device}p2 && measured && [ "$(cat "$work/mount/file")" = mine ]
}
on_other_partition() {
	attach_new 192 && first=$device && add_partition 1 2048 131072 && add_partition 2 133120 131072 && mounts "${first}p1" &&
		attach "${first}p2" && measured && [ "$(cat "$work/mount/file")" = mine ]
}
# Another file that had the same path once.
same_path() {
	mkdir -p "$work/held.d/mount" && truncate -s 64M "$work/held.d/held" && attach "$work/held.d/held" && mounts "$device" &&
		mount -t tmpfs -o size=80m tmpfs "$work/held.d" && truncate -s 64M "$work/held.d/held" && attach "$work/held.d/held" &&
		measured && [ "$(cat "$work/mount/file")" = mine ]
	local status=$?
	give_back
	umount "$work/held.d"
	return "$status"
}
attached_twice() { attach_new 64 && attach "$work/held" && measured && measured 'erase = yes'; }

refuses "a second loop device of a file that is mounted through the first is refused even with erase = yes" same_file
refuses "a loop device of another name of a file that is mounted through the first is refused even with erase = yes" same_file_by_link
refuses "a loop device of a file that is mounted through another one in another namespace is refused even with erase = yes" elsewhere
refuses "a loop device of a file of which a partition is mounted through another one is refused even with erase = yes" partition_of_same_file
refuses "a disk of which a partition is mounted is refused even with erase = yes" partition_mounted
refuses "a partition whose disk is mounted is refused even with erase = yes" disk_mounted
refuses "a device below a loop device that is mounted is refused even with erase = yes" loop_on_it
refuses "a device below a loop device on its partition that is mounted is refused even with erase = yes" loop_on_partition
refuses "a loop device on a device that is mounted is refused even with erase = yes" on_mounted_device
refuses "a loop device on a disk of which a partition is mounted is refused even with erase = yes" on_disk_of_mounted_partition
if attach_new 64 && swap_on "$device"; then
	swapoff "$device"
	refuses "a loop device of a file that is swap through another one is refused even with erase = yes" swap_through_other
	refuses "a loop device of a file that is swap itself is refused even with erase = yes" swap_file
else
	skip_that "a loop device of a file that is swap is refused" "swapon refuses it here"
fi
give_back
refuses "a mounted device behind a link and a node of one's own is refused even with erase = yes" by_node
refuses "a device that a program has locked as a virtual machine locks its disk is refused even with erase = yes" locked_by_program
test_that "a second run on a device is refused through another node of it" nodes_of_two
test_that "a second run is refused on another loop device of the same file" loops_of_two
allows "a loop device of another part of a file than the one that is mounted is measured" other_range
allows "a partition beside one that is mounted is measured" other_partition
allows "a loop device on a partition beside one that is mounted is measured" on_other_partition
allows "a file at the path of another one that is covered and mounted is measured" same_path
allows "a file that has two loop devices, none of them used, is measured" attached_twice
finish
