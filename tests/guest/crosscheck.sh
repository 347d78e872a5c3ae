#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The cross-check with DAX in a guest: two independent tools count the same instructions for the same work.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

agrees() { run 0 "$root/scripts/crosscheck" --keep "$work/kept" dax && says out '^All 12 rows that should agree do so'; }
shown() {
	says out '^ext2 DAX' && says out '^ext4 DAX' && says out 'libpmem-nontemporal-4k +[0-9]+ +[0-9]+ +[0-9.]+ +shown$' &&
		says out '^cold: fio writes the file before'
}
fits() {
	why=$(LC_ALL=C awk 'length > 72 || /[^ -~]/' "$work/out")
	[ -z "$why" ]
}
dax_proved() {
	[ "$(jq -r 'select(.kind == "check") | "\(.fs) \(.verdict)"' "$work/kept/dax.jsonl" | tr '\n' ' ')" = "ext2 pass ext4 pass " ]
}
# Ours made dearer by a third: the very same files must fail then.
difference_found() {
	jq -c 'if .bench == "mmap-write" and .arm == "write-4k"
		then .histogram = [[4096, .n]] | .min = 4096 | .median = 4096 | .mean = 4096 | .median_low = 4096
			| .median_high = 4096 | .p90 = 4096 | .p99 = 4096 | .max = 4096 else . end' \
		"$work/kept/dax.jsonl" >"$work/dear.jsonl"
	run 1 "$root/build/daxmark" crosscheck "$work/dear.jsonl" "$work"/kept/*.json && says out 'write-4k .*differs'
}
workload_fails() {
	local image
	run 0 "$root/scripts/kernel" debian:linux-source-6.1 || return 1
	image=$(cat "$work/out")
	printf '[plan]\nseeds = 1\nbenchmarks = noop\nfilesystems = ext2\naccess = dax\nchecks = none\n' >"$work/plan.ini"
	echo 'exit 3' >"$work/workload"
	run 0 "$root/scripts/initramfs" --add "$work/workload=/workload" "$root/build/daxmark-run" "$work/plan.ini" \
		"$work/initramfs" &&
		run 5 "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" --records "$work/records" \
			--extra "$work/extra" && says err 'ended with status 3' && [ ! -e "$work/records" ]
}

test_that "daxmark and fio agree with DAX in a guest" agrees
[ "$failed" -eq 0 ] || finish
test_that "what is not the same work is shown with its reason" shown
test_that "the tables fit a mail" fits
test_that "both targets were proved to be DAX" dax_proved
test_that "a difference is found and exits 1" difference_found
test_that "a workload that fails fails its guest" workload_fails
finish
