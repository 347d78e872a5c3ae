#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A file comes into the page cache as the plan says: each way is an arm of its own, what was to be dropped was, and
# what cannot be had is a skip.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

cat >"$work/plan.ini" <<END
[plan]
filesystems = ext2 ext4
checks = none
benchmarks = first-write mmap-write
[bench first-write]
arms = read-then-write hole
operations = 512
fill = 4k 64k 2m readahead random fault
[bench mmap-write]
arms = persist-64
fill = 1m random
END
image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
measured() {
	run 0 "$root/scripts/initramfs" "$root/build/daxmark-run" "$work/plan.ini" "$work/initramfs" &&
		run 0 "$root/scripts/guest" --image "$image" --initramfs "$work/initramfs" --records "$work/records"
}
# is FILTER LINE...: what the records give, line by line
is() {
	local got filter=$1
	shift
	got=$(jq -r "$filter" "$work/records" | sort)
	[ "$got" = "$(printf '%s\n' "$@" | sort)" ] && return 0
	why="$got"
	return 1
}
arms() {
	is 'select(.bench == "first-write" and .fs == "ext4" and .access == "page-cache" and .kind == "sample") | "\(.arm) \(.parameters.fill) \(.faults)/\(.n)"' \
		'hole null 512/512' 'read-then-write+'{'4k 4k','64k 64k','2m 2m','readahead readahead','random random','fault fault'}' 512/512'
}
# Linux 6.1 has no larger ones on ext2 and ext4: whatever the file was written by.
folios() {
	is 'select(.bench == "first-write" and .parameters.fill != null) | "\(.access) \(.parameters.fill) \(.parameters.folio_bytes)"' \
		{,}'page-cache '{4k,64k,2m,readahead,random,fault}' 4096' {,}'dax '{4k,64k,2m}' null'
}
median() { jq "select(.kind == \"sample\" and .fs == \"$1\" and .access == \"page-cache\" and .arm == \"read-then-write+$2\").median" "$work/records"; }
# A page that was written has buffers; of one that was read ext4 has to make them and look its block up. ext2 makes
# them when it reads.
dropped() {
	local fill written read
	written=$(median ext4 4k)
	for fill in readahead random fault; do
		read=$(median ext4 "$fill")
		why="$fill takes ${read:-nothing}, what was written ${written:-nothing}"
		[ "${read:-0}" -gt "${written:-0}" ] || return 1
	done
}
# In small folios it does not matter how large the calls were.
the_same() {
	why="4k $(median ext4 4k), 64k $(median ext4 64k), 2m $(median ext4 2m)"
	[[ $why =~ ^4k\ ([0-9]+),\ 64k\ ([0-9]+),\ 2m\ ([0-9]+)$ ]] && [ "${BASH_REMATCH[1]}" -eq "${BASH_REMATCH[2]}" ] &&
		[ "${BASH_REMATCH[1]}" -eq "${BASH_REMATCH[3]}" ]
}
stores() {
	is 'select(.bench == "mmap-write") | "\(.fs) \(.access) \(.arm) \(.parameters.folio_bytes)"' \
		ext{2,4}' page-cache persist-64+'{1m,random}' 4096' ext{2,4}' dax persist-64+'{1m,random}' null'
}
skipped() {
	is 'select(.kind == "skip" and .bench == "first-write") | "\(.fs) \(.access) \(.arm): \(.reason)"' \
		ext{2,4}' dax read-then-write+'{readahead,random,fault}': DAX has no page cache to be read into'
}

test_that "a plan of all ways to fill a file runs to its end" measured
[ "$failed" -eq 0 ] || finish
test_that "each way is an arm of its own where the file is written beforehand, and is recorded" arms
test_that "the size of the folios is recorded where there is a page cache" folios
test_that "what is read again had been dropped" dropped
test_that "where folios are pages, the size of the calls changes nothing" the_same
test_that "a store to a mapped page can have its file filled, too" stores
test_that "DAX cannot be read into a page cache and says so" skipped
finish
