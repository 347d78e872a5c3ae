#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Files mapped by 2 MiB, with MAP_SYNC and privately: which faults each arm takes where it can be had, and why it
# cannot where it cannot.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit

# boot TEXT: a plan of these lines, run in a guest; the records are in $work/records
boot() {
	printf '[plan]\nchecks = none\n%b' "$1" >"$work/plan.ini"
	"$root/scripts/initramfs" "$root/build/daxmark-run" "$work/plan.ini" "$work/initramfs" &&
		run 0 "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" --records "$work/records"
}
runs() { boot 'benchmarks = first-write mmap-write\n[bench first-write]\noperations = 24\n[bench mmap-write]\noperations = 24\n'; }

on() { printf 'select(.kind == "%s" and .fs == "%s" and .access == "%s")' "$@"; }
# faults FS ACCESS LINE...: "ARM faults/operations" of all arms that are not about a store to a mapped page alone
faults() {
	is "$(on sample "$1" "$2")"' | select(.bench == "first-write" or (.arm | test("^(huge|sync|private)-")))
		| "\(.arm) \(.faults)/\(.n)"' "${@:3}"
}
skipped() { # FS ACCESS LINE...
	is "$(on skip "$1" "$2")"' | select(.arm | test("^(huge|sync|private)-")) | "\(.arm): \(.reason)"' "${@:3}"
}

private=({private-cold,private-read-then-write}' 24/24' 'private-4k 0/24')
sync_refused=({sync-cold,sync-read-then-write,sync-hole,sync-persist-64,sync-persist-4k}': mmap with MAP_SYNC: Operation not supported')
small='a fault brings in less than 2 MiB: the pages beside took faults of their own'

ext4_dax() {
	faults ext4 dax {cold,read-then-write,hole,unwritten,after-sync,remapped}' 24/24' 'rewrite 0/24' \
		huge-{cold,read-then-write,hole,unwritten}' 24/24' 'huge-4k 0/24' {sync-cold,sync-read-then-write,sync-hole}' 24/24' sync-persist-{64,4k}' 0/24' \
		"${private[@]}" && skipped ext4 dax ''
}
fault_bytes() {
	is 'select(.kind == "sample" and .parameters.fault_bytes != null)
		| "\(.fs) \(.access) \(.arm) \(.parameters.fault_bytes)"' \
		'ext4 dax '{huge-cold,huge-read-then-write,huge-hole,huge-unwritten,huge-4k}' 2097152'
}
ext2_dax() {
	faults ext2 dax {cold,read-then-write,hole,after-sync,remapped}' 24/24' 'rewrite 0/24' "${private[@]}" &&
		skipped ext2 dax {huge-cold,huge-read-then-write,huge-hole,huge-4k}": $small" \
			'huge-unwritten: fallocate: Operation not supported' "${sync_refused[@]}"
}
page_cache() {
	local fs
	faults ext2 page-cache {cold,read-then-write,hole,after-sync,remapped}' 24/24' 'rewrite 0/24' "${private[@]}" &&
		faults ext4 page-cache {cold,read-then-write,hole,unwritten,after-sync,remapped}' 24/24' 'rewrite 0/24' \
			"${private[@]}" || return 1
	for fs in ext2 ext4; do
		skipped "$fs" page-cache {huge-cold,huge-read-then-write,huge-hole,huge-unwritten,huge-4k}': a fault of 2 MiB takes DAX' \
			"${sync_refused[@]}" || return 1
	done
}
# A page that is dirty has its buffers or its entry marked already, so that its write fault is shorter than a clean one's.
dirty() {
	why=$(jq -sr '[.[] | select(.kind == "sample" and .bench == "first-write")] | group_by(.fs, .access)[]
		| (map({(.arm): .median}) | add) as $of | "\(.[0].fs) \(.[0].access) \($of.remapped < $of.cold and $of.remapped > 1000)"' \
		"$work/records" | sort | tr '\n' ' ')
	[ "$why" = 'ext2 dax true ext2 page-cache true ext4 dax true ext4 page-cache true ' ]
}
no_room() {
	boot 'filesystems = ext4\naccess = dax\nbenchmarks = first-write\n[bench first-write]\narms = huge-cold huge-hole sync-cold\noperations = 4096\n' &&
		skipped ext4 dax {huge-cold,huge-hole}': 1024 MiB in blocks of 2 MiB are not free in the target' &&
		faults ext4 dax 'sync-cold 4096/4096'
}

test_that "a plan of all mappings runs to its end on every target" runs
[ "$failed" -eq 0 ] || finish
test_that "on ext4 with DAX each arm takes one fault a first write, one of 2 MiB too, and none is left out" ext4_dax
test_that "what a fault brings in is recorded where it is 2 MiB, and only there" fault_bytes
test_that "ext2 falls back to 4 KiB without a word, which is seen and skipped" ext2_dax
test_that "through the page cache there is neither, and private copies are measured" page_cache
test_that "a dirty page that is mapped anew takes a fault, a shorter one than a clean page" dirty
test_that "more 2 MiB pages than a target holds are a skip, and the rest is measured" no_room
finish
