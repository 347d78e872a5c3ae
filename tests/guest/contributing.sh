#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The benchmark that CONTRIBUTING.md shows is one file and no other change: it is taken out of the page, added to a copy
# of the tree, built, measured in a guest and reported under its own title.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
cat >"$work/plan.ini" <<END
[plan]
filesystems = ext4
checks = none
benchmarks = read-fault
[bench read-fault]
operations = 64
END
added() {
	(cd "$root" && git ls-files -z | tar --null -T - -cf - 2>/dev/null) | tar -xf - -C "$work/tree" &&
		awk '/^```c$/ { on = 1; next } /^```$/ { exit } on' "$root/CONTRIBUTING.md" >"$work/tree/bench/read_fault.c" &&
		run 0 make -s -C "$work/tree" all && run 0 "$work/tree/build/daxmark-run" --list &&
		says out '^read-fault: one load from a 4 KiB page of a mapped file'
}
measured() {
	run 0 "$root/scripts/initramfs" "$work/tree/build/daxmark-run" "$work/plan.ini" "$work/initramfs" &&
		run 0 "$work/tree/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" --plan "$work/plan.ini" \
			--label with --source debian:linux-source-6.1 --records "$work/with.jsonl" &&
		[ "$(jq -s 'map(select(.kind == "sample" and .bench == "read-fault" and .n == 64)) | length' "$work/with.jsonl")" = 2 ]
}
reported() {
	run 0 "$work/tree/build/daxmark" show "$work/with.jsonl" --output "$work/report.txt" || return 1
	grep -qx 'Read fault on a mapped page (ext4, DAX), guest instructions' "$work/report.txt" && return 0
	why=$(cat "$work/report.txt")
	return 1
}

mkdir "$work/tree"
test_that "the benchmark in CONTRIBUTING.md is one file, and the runner knows it" added
[ "$failed" -eq 0 ] || finish
test_that "it is measured in a guest" measured
test_that "a report shows its costs under its title" reported
finish
