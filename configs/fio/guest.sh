#!/bin/sh
# shellcheck shell=dash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# fio's part of the cross-check in a guest: its jobs with DAX on ext2 and ext4, made and mounted as daxmark-run makes
# its targets there afterwards. The kernel has no shared memory of System V, hence the preload.

export CPU=0 RUNTIME=10ms RAMP=3ms DIRECTORY=/tmp/mounted LD_PRELOAD=/lib/fio-memory.so
device=/dev/pmem0

run_fio() { # NAME JOB...
	local out="/tmp/extra/$1.json"
	shift
	/bin/fio --eta=never --output-format=json+ --output="$out" "$@"
}
busybox mkdir -p "$DIRECTORY"
cd /fio || exit
for fs in ext2 ext4; do
	export TARGET="$fs dax"
	options=nodiscard
	[ $fs = ext2 ] || options=$options,lazy_itable_init=0,lazy_journal_init=0
	/bin/mke2fs -q -F -b 4096 -t $fs -E $options $device &&
		busybox mount -t $fs -o nosuid,nodev,dax $device "$DIRECTORY" &&
		busybox dd if=/dev/zero of="$DIRECTORY/crosscheck" bs=4k count=256 conv=fsync 2>/dev/null &&
		run_fio $fs null.fio mmap.fio psync.fio splice.fio || exit
	# libpmem takes a file for persistent memory only where MAP_SYNC is had, which ext2 does not know
	[ $fs = ext2 ] || run_fio $fs-libpmem libpmem.fio || exit
	busybox umount "$DIRECTORY" || exit
done
