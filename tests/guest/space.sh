#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A full disk under the results: one clear line, exit 4, and earlier results stay as they were.
# shellcheck disable=SC2317 # the functions are called by test_that

own_mounts=1
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

name="a full disk under the results is named and earlier results stay"
mkdir "$work/small"
if ! mount -t tmpfs -o size=64k tmpfs "$work/small" 2>/dev/null; then
	skip_that "$name" "a small file system cannot be mounted here"
	finish
fi
# what the run has started holds its folder of results open until it has ended
trap 'wait_until umount "$work/small" 2>/dev/null; rm -rf "$work"' EXIT

image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
{
	printf '[plan]\nseeds = 1\nchecks = none\nfilesystems = ext2\naccess = dax\n'
	printf '[kernel a]\nsource = image:%s\n[kernel b]\nsource = image:%s\n' "$image/bzImage" "$image/bzImage"
} >"$work/plan.ini"
mkdir "$work/small/earlier"
echo kept >"$work/small/earlier/report.txt"
ln -s earlier "$work/small/latest"

full() {
	run 4 "$root/scripts/bench" --results "$work/small" "$work/plan.ini" &&
		says err 'cannot be written|No space left' &&
		[ "$(cat "$work/small/latest/report.txt")" = kept ]
}
test_that "$name" full
finish
