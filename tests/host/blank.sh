#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Data that has no signature: without erase = yes a device is written only if each of its bytes is zero, or each is
# 0xff, and is so again afterwards. On loop devices of this machine.
# shellcheck disable=SC2317 # the functions are called by test_that

own_mounts=1
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/loops.sh
. "$root/tests/loops.sh"
need_loops "a device with data that has no signature is refused"

bytes=$((64 << 20))

# --- Data. Each writes to $device, which has 64 MiB.

put() { dd of="$device" bs="${2:-1}" seek="$1" conv=notrunc status=none oflag=seek_bytes; } # OFFSET
write_random() { python3 -c "import random, sys; sys.stdout.buffer.write(random.Random(1).randbytes($bytes))" >"$device"; }
write_front() { printf x | put 0; }
write_middle() { printf x | put $((bytes / 2 + 12345)); }
write_end() { printf x | put $((bytes - 1)); }
write_text() { seq 100000 >"$device"; }
write_tar() { tar -C "$root" -cf "$device" lib; }
write_database() {
	rm -f "$work/database"
	sqlite3 "$work/database" 'create table t (n); insert into t values (1), (2), (3)' && cat "$work/database" >"$device"
}
write_ff_front() { printf '\377' | put 0; }
write_ff_then_zero() { head -c $((bytes / 2)) /dev/zero | tr '\0' '\377' >"$device"; }
write_ff_but_one() { head -c "$bytes" /dev/zero | tr '\0' '\377' >"$device" && printf '\376' | put $((bytes - 1)); }

attempt() {
	attach_new 64 && "$write" || return 1
	sync "$device"
	refused "$device: holds $found$to_overwrite"
}
try_attempt() { given_back attempt; }
of() { # NAME FUNCTION PATTERN
	write=$2 found=$3
	test_that "$1" try_attempt
}

# --- File systems whose first superblock is damaged: a program can still repair them from a copy.

# The device is the same afterwards, is repaired, and the file is there.
repairable() { # MIB MKFS OFFSET REPAIR...
	local mib=$1 mkfs=$2 offset=$3
	shift 3
	mkdir -p "$work/mount"
	if ! { attach_new "$mib" && $mkfs "$device" >/dev/null 2>&1 && mount "$device" "$work/mount" &&
		echo precious >"$work/mount/file" && umount "$work/mount" && head -c 4096 /dev/zero | put "$offset" 4096; }; then
		why="cannot be made"
		return 1
	fi
	refused "$device: holds data from byte [0-9]+ on$to_overwrite" || return 1
	"$@" "$device" >"$work/out" 2>&1
	mount "$device" "$work/mount" || { why="is not repaired: $(tail -n 2 "$work/out" | tr '\n' ' ')"; return 1; }
	[ "$(cat "$work/mount/file")" = precious ] || why="the file is gone"
	umount "$work/mount"
	[ -z "$why" ]
}
repair_ext4() { repairable 64 'mkfs.ext4 -q -F -b 1024' 0 e2fsck -fy -b 8193 -B 1024; }
repair_xfs() { repairable 320 'mkfs.xfs -q -f' 0 xfs_repair; }
repair_btrfs() { repairable 160 'mkfs.btrfs -q -f' 65536 btrfs rescue super-recover -y; }
try_ext4() { given_back repair_ext4; }
try_xfs() { given_back repair_xfs; }
try_btrfs() { given_back repair_btrfs; }
repaired() { # NAME PROGRAM FUNCTION
	if command -v "$2" >/dev/null; then
		test_that "$1" "$3"
	else
		skip_that "$1" "$2 is missing here; run make test, which installs it"
	fi
}

# The kernel has the partitions still: what is seen of them is what the device holds.
table_is_gone() {
	attach_new 64 && add_partition 1 2048 100000 && mkfs.ext4 -q -F "${device}p1" && sync "$device" &&
		refused "$device: holds ext4 in ${device#/dev/}p1$to_overwrite"
}
without_table() { given_back table_is_gone; }

# --- What may be used, and how it is given back

all_are() { # OCTAL: each byte of the device
	[ "$(tr -d "\\$1" <"$work/held" | wc -c)" -eq 0 ] && [ "$(stat -c %s "$work/held")" -eq "$bytes" ] && return 0
	why="$(tr -d "\\$1" <"$work/held" | wc -c) bytes are not \\$1"
	return 1
}
zero() {
	attach_new 64 && measured && all_are 000 && measured && all_are 000
}
zero_again() { given_back zero; }
ff() {
	attach_new 64 && head -c "$bytes" /dev/zero | tr '\0' '\377' >"$device" && sync "$device" && measured && all_are 377
}
ff_again() { given_back ff; }
# Between the two looks, with no signature.
come_later() {
	attach_new 64 && take "device = $device" && write_tar && sync "$device" || return 1
	local before
	before=$(digest)
	go_on 5 && says err "ext2 page-cache: $device: holds data from byte 0 on$to_overwrite" || return 1
	[ "$(digest)" = "$before" ] || why="it was written"
	[ -z "$why" ]
}
data_between() { between come_later; }
stay_after_kill() {
	attach_new 64 && plan "device = $device" && sed -i 's/^operations.*/operations = 4096\npasses = 1000/' "$work/plan.ini" || return 1
	"$runner" --plan "$work/plan.ini" --output "$work/records" 2>"$work/err" &
	pid=$!
	wait_beside "$pid" grep -qs " $device " "/proc/$pid/mountinfo"
	kill -KILL "$pid"
	wait "$pid" 2>/dev/null
	[ -z "$why" ] && wait_until is_unused "$device" && refused "$device: holds ext2$to_overwrite" && measured 'erase = yes'
}
killed() { given_back stay_after_kill; }

of "a device with random bytes is refused, and is the same to the last byte" write_random 'data from byte 0 on'
of "a device with one byte at its front is refused, and is the same to the last byte" write_front 'data from byte 0 on'
of "a device with one byte in its middle is refused, and is the same to the last byte" write_middle "data from byte $((bytes / 2 + 12345)) on"
of "a device with one byte at its very end is refused, and is the same to the last byte" write_end "data from byte $((bytes - 1)) on"
of "a device with text is refused, and is the same to the last byte" write_text 'data from byte 0 on'
of "a device with a tar is refused, and is the same to the last byte" write_tar 'data from byte 0 on'
of "a device with a database is refused, and is the same to the last byte" write_database 'data from byte 0 on'
of "a device with one byte 0xff at its front is refused, and is the same to the last byte" write_ff_front 'data from byte 0 on'
of "a device that is 0xff up to its middle is refused, and is the same to the last byte" write_ff_then_zero 'data from byte 0 on'
of "a device that is 0xff up to its last byte is refused, and is the same to the last byte" write_ff_but_one 'data from byte 0 on'
repaired "an ext4 whose first superblock is damaged is refused, and is repaired from a copy afterwards" e2fsck try_ext4
repaired "an xfs whose first superblock is damaged is refused, and is repaired from a copy afterwards" xfs_repair try_xfs
repaired "a btrfs whose first superblock is damaged is refused, and is repaired from a copy afterwards" btrfs try_btrfs
test_that "a disk without a table is refused by what the partitions hold that the kernel still has" without_table
test_that "a device of zeros is measured, and all of its bytes are zero again" zero_again
test_that "a device of 0xff is measured, and all of its bytes are 0xff again" ff_again
test_that "data without a signature that come to a device after it was looked at are seen before anything is written" data_between
test_that "what a killed run leaves on a device is refused by its name, and goes with erase = yes" killed
finish
