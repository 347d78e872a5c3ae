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
boot() { # IMAGE
	run 0 "$root/scripts/initramfs" "$root/build/daxmark-run" "$work/plan.ini" "$work/initramfs" &&
		run 0 "$root/build/daxmark-guest" --image "$1" --initramfs "$work/initramfs" --records "$work/records"
}
measured() { boot "$image"; }
arms() {
	is 'select(.bench == "first-write" and .fs == "ext4" and .access == "page-cache" and .kind == "sample") | "\(.arm) \(.parameters.fill) \(.faults)/\(.n)"' \
		'hole null 512/512' 'read-then-write '{4k,64k,2m,readahead,random,fault}' 512/512'
}
# Linux 6.1 has no larger ones on ext2 and ext4: whatever the file was written by.
folios() {
	is 'select(.kind == "sample" and .bench == "first-write" and .parameters.fill != null) | "\(.access) \(.parameters.fill) \(.parameters.folio_bytes)"' \
		{,}'page-cache '{4k,64k,2m,readahead,random,fault}' 4096' {,}'dax '{4k,64k,2m}' null'
}
# median FS FILL
median() { jq "select(.kind == \"sample\" and .fs == \"$1\" and .access == \"page-cache\" and .arm == \"read-then-write\" and .parameters.fill == \"$2\").median" "$work/records"; }
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
the_same() { same_on ext4; }
same_on() { # FS
	why="4k $(median "$1" 4k), 64k $(median "$1" 64k), 2m $(median "$1" 2m)"
	[[ $why =~ ^4k\ ([0-9]+),\ 64k\ ([0-9]+),\ 2m\ ([0-9]+)$ ]] && [ "${BASH_REMATCH[1]}" -eq "${BASH_REMATCH[2]}" ] &&
		[ "${BASH_REMATCH[1]}" -eq "${BASH_REMATCH[3]}" ]
}
stores() {
	is 'select(.kind == "sample" and .bench == "mmap-write") | "\(.fs) \(.access) \(.arm) \(.parameters.fill) \(.parameters.folio_bytes)"' \
		ext{2,4}' page-cache persist-64 '{1m,random}' 4096' ext{2,4}' dax persist-64 1m null'
}
skipped() {
	is 'select(.kind == "skip" and .bench == "first-write") | "\(.fs) \(.access) \(.arm) \(.parameters.fill): \(.reason)"' \
		ext{2,4}' dax read-then-write '{readahead,random,fault}': DAX has no page cache to be read into'
}

# --- Where ext4 has large folios. Such a kernel is not built for this alone.

large_kernel() {
	local manifest
	for manifest in "${XDG_CACHE_HOME:-$HOME/.cache}"/daxmark/kernels/*/manifest; do
		grep -qsx 'source: debian:linux-source-7.2/forky' "$manifest" && ! grep -q '^patch:' "$manifest" &&
			dirname "$manifest" && return
	done
}
measured_large() {
	sed -i 's/^fill = 4k .*/fill = 4k 16k 64k 2m 4m random/; s/^arms = read.*/arms = read-then-write/' "$work/plan.ini"
	boot "$large"
}
large_folios() {
	is 'select(.kind == "sample" and .bench == "first-write" and .access == "page-cache")
		| "\(.fs) \(.parameters.fill) \(.parameters.folio_bytes)"' 'ext2 '{4k,16k,64k,2m,4m,random}' 4096' \
		'ext4 '{4k,random}' 4096' 'ext4 16k 16384' 'ext4 64k 65536' 'ext4 '{2,4}'m 2097152'
}
# The same for each, whichever of the folio's pages is written to.
grows() {
	local small=$(($(median ext4 64k) - $(median ext4 16k))) large=$(($(median ext4 2m) - $(median ext4 64k)))
	why="12 blocks more cost $small, 496 more cost $large"
	[ "$small" -gt 0 ] && [ $((small * 496)) -eq $((large * 12)) ]
}
ext2_same() { same_on ext2; }

test_that "a plan of all ways to fill a file runs to its end" measured
[ "$failed" -eq 0 ] || finish
test_that "each way is an arm of its own where the file is written beforehand, and is recorded" arms
test_that "the size of the folios is recorded where there is a page cache" folios
test_that "what is read again had been dropped" dropped
test_that "where folios are pages, the size of the calls changes nothing" the_same
test_that "a store to a mapped page can have its file filled, too" stores
test_that "DAX cannot be read into a page cache and says so" skipped
large=$(large_kernel)
if [ -n "$large" ]; then
	test_that "the plan runs where ext4 has large folios" measured_large
	test_that "a folio of ext4 is as large as the call that wrote it, up to 2 MiB, and one of ext2 a page" large_folios
	test_that "a first write on ext4 costs as much more for each block of its folio" grows
	test_that "on ext2 it costs the same" ext2_same
else
	skip_that "a first write costs more in a large folio" \
		"no kernel that has them is in the cache; make bench CONFIG=configs/large-folios.ini builds one"
fi
finish
