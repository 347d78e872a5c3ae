#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The plan of a machine with a pmem device: configs/native.ini with the device named, run inside a guest, where the
# device is. What is looked at is what was measured and how it was proved. The guest's clock runs on its instructions,
# so that neither the speed nor the load of this machine is in the test; such times are no results, and are refused: here
# by whoever reads them, for the guest's processor does not say that it is emulated (tcg-cpuid=off).
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit

# As shipped but for the device, and the folder of the file, for a guest has no other; the harness and mapped writes.
sed -e '/^\[target loop\]/i [target pmem]\ndevice = /dev/pmem0\nerase = yes\n' -e 's,/var/tmp/,/tmp/,' \
	-e '/^\[plan\]/a benchmarks = noop first-write mmap-write' "$root/configs/native.ini" >"$work/plan.ini"
silent=qemu64,+rdtscp,+clflushopt,+clwb,tcg-cpuid=off
runs() {
	grep -q '^device = /dev/pmem0' "$work/plan.ini" && grep -q '^file = /tmp/' "$work/plan.ini" &&
		"$root/scripts/initramfs" "$root/build/daxmark-run" "$work/plan.ini" "$work/initramfs" &&
		run 0 "$root/build/daxmark-guest" --mode count --cpu "$silent" --image "$image" --initramfs "$work/initramfs" \
			--plan "$work/plan.ini" --records "$work/records"
}

# all FILTER CONDITION: of what the filter selects, and it selects some
all() {
	[ "$(jq -s "[.[] | $1 | $2] | length > 0 and all" "$work/records")" = true ] && return 0
	why="not all: $2: $(jq -c "$1 | select($2 | not)" "$work/records" | cut -c 1-300 | head -n 2)"
	return 1
}
target='select(.fs != "none") | "\(.fs) \(.access)"'

proved() {
	is 'select(.kind == "target" and .skip == null)
		| "\(.fs) \(.access) \(.dax) \(.device) \(.proof | ltrimstr("statx of a new file: "))"' \
		{ext2,ext4}' dax true /dev/pmem0 STATX_ATTR_DAX is set' \
		{ext2,ext4}' page-cache false /dev/pmem0 STATX_ATTR_DAX is clear' \
		'tmpfs page-cache false memory STATX_ATTR_DAX is clear'
}
skipped_targets() {
	is 'select(.kind == "target" and .skip != null) | "\(.fs) \(.access)"' 'xfs '{dax,page-cache} 'tmpfs dax' &&
		all 'select(.kind == "target" and .skip != null)' '.skip != ""'
}
times() {
	all 'select(.kind == "machine")' '.mode == "time" and .clock.unit == "ns"' &&
		all 'select(.kind == "sample")' '.unit == "ns" and .n > 0 and .max > 0 and (.histogram | length) > 0' &&
		all 'select(.kind == "sample" and .faults == .n)' '.median > 0' &&
		is '[select(.kind == "sample" and .arm == "read-then-write")] | .[] | '"$target" \
			{ext2,ext4}\ {dax,page-cache} 'tmpfs page-cache'
}
checks() {
	local want=()
	# 6.1 keeps a store past the end of a file: tests/guest/promises.sh
	mapfile -t want < <(printf '%s\n' {ext2,ext4}' dax '{ctime-mtime,dax-proved,frozen-write-readonly,frozen-write-writable,private-write,splice-content,tool-notices}' pass' \
		{ext2,ext4}' dax past-eof fail')
	is 'select(.kind == "check" and .access == "dax" and (.fs | startswith("ext"))) | "\(.fs) \(.access) \(.name) \(.verdict)"' \
		"${want[@]}" && all 'select(.kind == "check" and .fs == "ext4" and .name != "past-eof")' '.verdict == "pass"'
}
huge() {
	is 'select(.kind == "sample" and .parameters.fault_bytes == 2097152)
		| "\(.fs) \(.access) \(.arm) \(.faults) of \(.n)"' \
		'ext4 dax '{huge-cold,huge-read-then-write,huge-hole,huge-unwritten}' 16 of 16' 'ext4 dax huge-4k 0 of 256' &&
		all 'select(.kind == "sample" and .parameters.fault_bytes != null)' '.batch_mean > 0' &&
		is 'select(.kind == "skip" and .arm == "huge-cold") | '"$target" 'ext2 dax' {ext2,ext4,tmpfs}' page-cache'
}
synchronous() {
	is 'select(.kind == "sample" and (.arm | startswith("sync-"))) | "\(.fs) \(.access) \(.arm)"' \
		'ext4 dax sync-'{cold,read-then-write,hole,persist-64,persist-4k}
}
whole() {
	local lines
	lines=$(wc -l <"$work/records")
	# the line of the run stands in front of what is counted
	is 'select(.kind == "end") | .lines' "$((lines - 2))" && tail -n 1 "$work/records" | grep -q '^{"kind":"end"'
}
by_threads() {
	printf '[plan]\nmode = time\nfilesystems = ext4\naccess = dax\nchecks = none\nthreads = 1\nbenchmarks = first-write mmap-write
[bench first-write]\narms = huge-cold huge-hole\n[bench mmap-write]\narms = huge-4k\n[target pmem]\ndevice = /dev/pmem0\n' >"$work/threads.ini"
	"$root/scripts/initramfs" "$root/build/daxmark-run" "$work/threads.ini" "$work/initramfs" &&
		run 0 "$root/build/daxmark-guest" --cpu "$silent" --image "$image" --initramfs "$work/initramfs" --records "$work/records" &&
		is 'select(.kind == "sample" and .parameters.threads == 1)
			| "\(.arm) \(.parameters.fault_bytes) \(.parameters.faults_per_operation)"' \
			{huge-cold,huge-hole}' 2097152 1' 'huge-4k 2097152 0'
}
emulated() {
	run 5 "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" --records "$work/refused" &&
		says err 'mode time: this machine is emulated \(TCG\), and its times are no results; use a guest under KVM' &&
		[ ! -e "$work/refused" ]
}
refused() { run 2 "$root/build/daxmark" show "$work/records" && says err 'mode'; }

test_that "the plan of a machine with pmem runs to its end" runs
[ "$failed" -eq 0 ] || finish
test_that "ext2 and ext4 are DAX on the device where they were asked to be, and only there" proved
test_that "file systems and accesses that cannot be had are skipped with a reason" skipped_targets
test_that "all targets are measured in nanoseconds" times
test_that "every promise is kept on the DAX targets" checks
test_that "a first write to 2 MiB takes one fault on ext4 with DAX, and is left out elsewhere" huge
test_that "MAP_SYNC is measured where it can be had, and only there" synchronous
test_that "the records are whole" whole
test_that "times of a guest that counts are refused as results" refused
test_that "times are not even measured where the processor is known to be emulated" emulated
test_that "a thread beside takes faults of 2 MiB, and they are proved as well" by_threads
finish
