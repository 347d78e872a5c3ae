#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The device rules: what a device holds is found whatever wrote it, one that is mounted or used is never written, and
# what comes to a device after it was looked at is seen before anything is written. On loop devices of this machine.
# shellcheck disable=SC2317 # the functions are called by test_that

own_mounts=1
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# shellcheck source=tests/loops.sh
. "$root/tests/loops.sh"

no_device() { plan 'device = /dev/null' 'erase = yes' && native 2 && says err '/dev/null: is not a block device'; }

test_that "a device that is none is refused" no_device
need_loops "what a device holds is found, whatever wrote it"

# --- What tools leave. Each writes on $device, which has the MiB of $mib.

wrote_ext4() { mkfs.ext4 -q -F "$device"; }
wrote_xfs() { mkfs.xfs -q -f "$device"; }
wrote_btrfs() { mkfs.btrfs -q -f "$device"; }
wrote_swap() { mkswap "$device"; }
wrote_lvm() { pvcreate -q -y "$device" 3>&- 4>&-; }
wrote_luks1() { echo word | cryptsetup -q luksFormat --type luks1 --pbkdf-force-iterations 1000 "$device" -; }
wrote_luks2() {
	echo word | cryptsetup -q luksFormat --type luks2 --pbkdf pbkdf2 --pbkdf-force-iterations 1000 "$device" -
}
wrote_gpt() { printf 'label: gpt\n,,L\n' | sfdisk -q "$device"; }
wrote_mbr() { printf 'label: dos\n,,L\n' | sfdisk -q "$device"; }
# mdadm leaves the writing to the kernel, which would make an array of this machine. So it is written here, and mdadm
# says whether it is one of its own.
wrote_md() { # VERSION
	python3 - "$device" "$1" <<-'PYTHON' && mdadm --examine "$device" | grep -q "Version : $1"
	import struct, sys
	path, version = sys.argv[1:]
	with open(path, "r+b") as device:
	    sectors = device.seek(0, 2) // 512
	    at = 8 if version == "1.2" else (sectors - 16) & ~7
	    data = 2048 if version == "1.2" else 0
	    def block(checksum):
	        return (struct.pack("<4I16s32sQiIQ2I", 0xa92b4efc, 1, 0, 0, b"d" * 16, b"here:0", 1, 1, 0, sectors - 4096, 0, 2)
	                + struct.pack("<2IQ4I", 0, 0, 0, 0, 0, 0, 0) + struct.pack("<4Q", data, sectors - 4096, at, 0)
	                + struct.pack("<2I16s2BHI", 0, 0, b"m" * 16, 0, 0, 0, 0)
	                + struct.pack("<3Q2I32s", 1, 1, 2**64 - 1, checksum, 2, b"") + struct.pack("<2H", 0, 0xfffe))
	    total = sum(struct.unpack("<65I", block(0)))
	    device.seek(at * 512)
	    device.write(block((total & 0xffffffff) + (total >> 32)))
	PYTHON
}
wrote_md_front() { wrote_md 1.2; }
wrote_md_end() { wrote_md 1.0; }
# Someone may want to repair what is damaged.
wrote_gpt_without_front() { wrote_gpt && dd if=/dev/zero of="$device" bs=512 count=34 conv=notrunc status=none; }

holds() {
	attach_new "$mib" || return 1
	if ! "$wrote" >"$work/out" 2>&1; then
		why="cannot be made: $(tr '\n' ' ' <"$work/out")"
	else
		refused "$device: holds $found; to overwrite it, its target says erase = yes\$"
	fi
	give_back
	[ -z "$why" ]
}
# of TOOL FOUND FUNCTION [MIB [WORDS]]
of() {
	local tool=$1
	local name="a device with what $tool leaves${5:+, $5,} is refused as one that holds $2"
	found=$2 wrote=wrote_$3 mib=${4:-64}
	if command -v "$tool" >/dev/null; then
		test_that "$name" holds
	else
		skip_that "$name" "$tool is missing here; run make test, which installs it"
	fi
}

# --- What comes to a device after it was looked at

come_between() {
	attach_new 64 && take "device = $device" && mkswap "$device" >/dev/null 2>&1 || return 1
	local before
	before=$(digest)
	go_on 5 && says err "ext2 page-cache: $device: holds swap; to overwrite it" || return 1
	[ "$(digest)" = "$before" ] || why="it was written"
	! grep -q '"kind":"end"' "$work/records" || why="the records were closed"
	[ -z "$why" ]
}
mounted_between() {
	attach_new 64 && take "device = $device" "erase = yes" && mke2fs -q "$device" && mkdir -p "$work/mount" &&
		mount "$device" "$work/mount" && echo mine >"$work/mount/file" || return 1
	go_on 5 && says err "ext2 page-cache: $device: is mounted"
	[ "$(cat "$work/mount/file")" = mine ] || why="what was mounted was written"
	umount "$work/mount"
	[ -z "$why" ]
}
another_between() {
	attach_new 64 && ln -sfn "$device" "$work/link" && take "device = $work/link" "erase = yes" || return 1
	mv "$work/held" "$work/first" && attach_new 64 && mkswap "$device" >/dev/null 2>&1 && ln -sfn "$device" "$work/link" ||
		return 1
	local before
	before=$(digest)
	go_on 5 && says err "ext2 page-cache: $work/link: is another device than before"
	[ "$(digest)" = "$before" ] || why="the other device was written"
	[ -z "$why" ]
}
# mke2fs finds another device behind the link than the one that was looked at.
led_elsewhere() {
	mkdir -p "$work/bin"
	attach_new 64 && first=$device && mv "$work/held" "$work/first" && attach_new 64 && ln -sfn "$first" "$work/link" || return 1
	# shellcheck disable=SC2016 # for the shell that runs it
	printf '#!/bin/sh\nln -sfn %s %s/link\nPATH=${PATH#*:} exec mke2fs "$@"\n' "$device" "$work" >"$work/bin/mke2fs"
	chmod +x "$work/bin/mke2fs"
	plan "device = $work/link" "erase = yes"
	PATH=$work/bin:$PATH native 5 && says err "$work/link: is another device than before" || return 1
	[ "$(tr -d '\000' <"$work/held" | wc -c)" -eq 0 ] || why="the other device was written"
	[ "$(blkid -p -s TYPE -o value "$first")" = ext2 ] || why="${why:-the device itself was not written}"
	[ -z "$why" ] || return 1
	wipefs -qa "$first" && fallocate -z -l 64M "$first" && ln -sfn "$first" "$work/link" && plan "device = $work/link" || return 1
	PATH=$work/bin:$PATH native 5 && says err "$work/link: is another device than before" || return 1
	[ "$(cat "$work/held" "$work/first" | tr -d '\000' | wc -c)" -eq 0 ] || why="the device is not blank again"
	[ -z "$why" ]
}
two_runs() {
	attach_new 64 && take "device = $device" "erase = yes" || return 1
	run 2 "$runner" --plan "$work/plan.ini" --output "$work/second" &&
		says err "$device: is in use by another run" && [ ! -e "$work/second" ] || return 1
	go_on 0 && tail -n 1 "$work/records" | grep -q '"kind":"end"'
}
signature_between() { between come_between; }
mount_between() { between mounted_between; }
device_between() { between another_between; }
link_between() { given_back led_elsewhere; }
one_of_two() { between two_runs; }

# --- Uses, and what is left

used_as_swap() {
	attach_new 64 && wrote_swap >/dev/null 2>&1 || return 1
	if ! swapon "$device" 2>/dev/null; then
		give_back
		skipped=yes
		return 0
	fi
	refused "$device: is in use as swap\$" "erase = yes"
	swapoff "$device"
	give_back
	[ -z "$why" ]
}
read_only() {
	truncate -s 64M "$work/held" && attach -r "$work/held" && refused "$device: is read-only\$" "erase = yes"
	give_back
	[ -z "$why" ]
}
mounted() {
	attach_new 64 && wrote_ext4 && sync "$device" && mkdir -p "$work/mount" && mount -o ro "$device" "$work/mount" || return 1
	refused "$device: is mounted\$" "erase = yes"
	umount "$work/mount"
	give_back
	[ -z "$why" ]
}
erased() {
	attach_new 64 && wrote_ext4 && measured "erase = yes" &&
		[ "$(blkid -p -s TYPE -o value "$device")" = ext4 ] || why=${why:-the last file system is not there}
	give_back
	[ -z "$why" ]
}
of mkfs.ext4 ext4 ext4
of mkfs.xfs xfs xfs 320
of mkfs.btrfs btrfs btrfs 128
of mkswap swap swap
of pvcreate LVM2_member lvm
of mdadm linux_raid_member md_front 64 "version 1.2"
of mdadm linux_raid_member md_end 64 "version 1.0"
of cryptsetup crypto_LUKS luks1 64 "version 1"
of cryptsetup crypto_LUKS luks2 64 "version 2"
of sfdisk 'gpt partition table' gpt 64 "a GPT"
of sfdisk 'gpt partition table' gpt_without_front 64 "a GPT of which only the second copy is left"
of sfdisk 'dos partition table' mbr 64 "an MBR"
test_that "a signature that appears after the device was looked at is seen before anything is written" signature_between
test_that "a device mounted after it was looked at is not written, even with erase = yes" mount_between
test_that "a path that leads to another device than the one looked at is refused" device_between
test_that "a link that leads elsewhere once the device was looked at is not followed when a file system is made" link_between
test_that "a second run on a device is refused, and the first is whole" one_of_two
skipped=''
test_that "a device in use as swap is refused as that, even with erase = yes" used_as_swap
[ -z "$skipped" ] || skip_that "a device is really used as swap" "swapon refuses it here"
test_that "a read-only device is refused as that" read_only
test_that "a mounted device is refused even with erase = yes" mounted
test_that "a device the plan gives up is measured, and keeps the last file system" erased
finish
