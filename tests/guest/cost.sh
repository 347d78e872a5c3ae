#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the harness adds to what it measures, in instructions and so independent of speed: first-write against a bare
# loop over the same pages in the same guest.
# shellcheck disable=SC2016,SC2317 # conditions are awk's, the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

pages=2048
cat >"$work/plan.ini" <<END
[plan]
seeds = 1
filesystems = ext2 ext4
access = dax page-cache
checks = none
benchmarks = noop first-write
[bench first-write]
arms = cold read-then-write rewrite
operations = $pages
batch = yes
END
# The same targets as the runner makes there afterwards.
cat >"$work/workload" <<END
exec >/tmp/extra/bare
for fs in ext2 ext4; do
	for access in dax page-cache; do
		options=nosuid,nodev
		[ \$access = page-cache ] || options=\$options,dax
		/bin/mke2fs -q -F -b 4096 -t \$fs /dev/pmem0 2>/dev/null && busybox mkdir -p /tmp/bare &&
			busybox mount -t \$fs -o \$options /dev/pmem0 /tmp/bare || exit
		for arm in cold read-then-write rewrite; do
			busybox dd if=/dev/zero of=/tmp/bare/file bs=4k count=$pages conv=fsync 2>/dev/null || exit
			echo "\$fs \$access \$(/bin/bare_loop /tmp/bare/file \$arm $pages)" || exit
			rm /tmp/bare/file
		done
		busybox umount /tmp/bare || exit
	done
done
END
measured() {
	local image
	run 0 "${CC:-cc}" -O2 -o "$work/bare_loop" "$root/tests/bare_loop.c" &&
		run 0 "$root/scripts/kernel" debian:linux-source-6.1 || return 1
	image=$(cat "$work/out")
	run 0 "$root/scripts/initramfs" --program "$work/bare_loop" --add "$work/workload=/workload" \
		"$root/build/daxmark-run" "$work/plan.ini" "$work/initramfs" &&
		run 0 "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" --plan "$work/plan.ini" \
			--records "$work/records" --extra "$work/extra" --label cost &&
		run 0 tar -xzf "$work/extra" -C "$work" && [ "$(wc -l <"$work/bare")" -eq 12 ] || return 1
	pair=$(jq 'select(.kind == "sample" and .bench == "noop") | .median' "$work/records")
	# target, arm, bare, batch, operation by operation
	while read -r fs access arm bare; do
		printf '%s %s %s %s ' "$fs" "$access" "$arm" "$bare"
		jq -r --arg f "$fs" --arg a "$access" --arg r "$arm" 'select(.kind == "sample" and .fs == $f
			and .access == $a and .arm == $r) | "\(.batch_mean) \(.mean)"' "$work/records"
	done <"$work/bare" >"$work/table"
	[ "$(awk 'NF == 6 && $4 + 0 > 0 && $5 + 0 > 0 && $6 + 0 > 0' "$work/table" | wc -l)" -eq 12 ] || {
		why="not measured: $(cat "$work/table")"
		return 1
	}
}
# holds CONDITION: of every line, in awk's words
holds() {
	why=$(awk -v pair="$pair" "!($1)" "$work/table")
	[ -z "$why" ]
}
# A store to a page that is mapped writable is one instruction, so that a loop is nearly all loop: there the harness
# may add two instructions, and no share of five would say more.
batch() { holds '$3 == "rewrite" || $5 * 0.98 <= $4'; }
batch_rewrite() { holds '$3 != "rewrite" || $5 <= $4 + 2.1'; }
# The two are passes of their own: the timer's ticks and the file system's bookkeeping lie differently in them, which
# was seen to move a mean by 0.25%. A rewrite does not enter the kernel and has to be exact.
each() { holds '$6 <= $5 + pair + ($3 == "rewrite" ? 0 : 0.005 * $5)'; }

test_that "a bare loop and first-write run in one guest" measured
[ "$failed" -eq 0 ] || finish
test_that "in batches a first write reaches 0.98 of a bare loop's rate" batch
test_that "in batches a rewrite takes at most two instructions more than in a bare loop" batch_rewrite
test_that "operation by operation adds no more than the readings of the clock" each
[ -z "${SHOW-}" ] || cat "$work/table"
finish
