#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# private-write and past-eof on two kernels: as Debian has it, and with both promises broken by broken-promises.patch.
# Each way of breaking them is named.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

source=debian:linux-source-6.1
stock=$("$root/scripts/kernel" "$source") || exit
broken=$("$root/scripts/kernel" "$source" "$root/tests/guest/broken-promises.patch") || exit

# boot IMAGE TEXT: a plan of these lines, run in a guest
boot() {
	printf '[plan]\nbenchmarks = noop\nchecks = past-eof private-write\n%b' "$2" >"$work/plan.ini"
	"$root/scripts/initramfs" "$root/build/daxmark-run" "$work/plan.ini" "$work/initramfs" &&
		run 0 "$root/build/daxmark-guest" --image "$1" --initramfs "$work/initramfs" --records "$work/records"
}
found() { # CHECK LINE...
	is 'select(.kind == "check" and .name == "'"$1"'" and .verdict != "skip") | "\(.fs) \(.access) \(.verdict): \(.evidence)"' "${@:2}"
}
unmoved="pass: private stores to a page read before, a page not mapped before and a hole: mtime and ctime did not move, the file's bytes did not change"
refused='a store to a page behind the end gives SIGBUS'
visible='fail: bytes stored behind the end are in the file that grew by'
every='ftruncate, ftruncate after msync, write(2), write(2) after msync'

stock_kernel() { boot "$stock" 'filesystems = ext2 ext4 tmpfs\n'; }
kept() { found private-write {ext2,ext4}' '{dax,page-cache}" $unmoved" "tmpfs page-cache $unmoved"; }
grown() {
	found past-eof {ext2,ext4}" dax $visible $every; $refused" "tmpfs page-cache $visible $every; $refused" \
		{ext2,ext4}" page-cache $visible ftruncate, write(2); $refused"
}
broken_dax() {
	boot "$broken" 'access = dax\n' &&
		found private-write {ext2,ext4}" dax fail: private store to a page not mapped before: mtime moved, ctime moved, the file's bytes did not change" &&
		found past-eof "ext2 dax $visible $every; a store to a page behind the new end after ftruncate gives no SIGBUS" \
			"ext4 dax $visible $every; $refused"
}
broken_page_cache() {
	boot "$broken" 'filesystems = ext2\naccess = page-cache\n' && found private-write "ext2 page-cache $unmoved" &&
		found past-eof "ext2 page-cache $visible ftruncate, write(2); a store to a page behind the end, behind the new end after ftruncate gives no SIGBUS"
}

test_that "a stock kernel runs both checks on every target" stock_kernel
[ "$failed" -eq 0 ] || finish
test_that "on a stock kernel a private write moves no time and leaves the file" kept
test_that "6.1 keeps a store past the end on DAX and tmpfs, and through the page cache until msync" grown
test_that "times moved by a private write fault and pages left mapped by a truncation are found with DAX" broken_dax
test_that "pages that a fault maps past the end are found through the page cache" broken_page_cache
finish
