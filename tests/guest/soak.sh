#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A short soak in guests: what they count is the same to the digit round after round, and nothing of them is left.
# (That one which counts something else is told: tests/host/soak.sh.)
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

series=$root/configs/kernels/linux-6.1
cat >"$work/plan.ini" <<PLAN
[plan]
seeds = 1
filesystems = ext4
access = dax
checks = ctime-mtime
benchmarks = noop first-write
[bench first-write]
arms = cold read-then-write
[kernel without]
source = debian:linux-source-6.1
patches = $series/no-pfn_mkwrite.patch $series/default-splice.patch
[kernel with]
source = debian:linux-source-6.1
PLAN

same() {
	run 0 "$root/scripts/soak" --rounds 2 --results "$work/results" "$work/plan.ini" &&
		says out '^2 rounds in .* nothing left, nothing grew, nothing drifted' &&
		cmp "$work"/results/soak-*/kept/00000{1,2}/with.jsonl
}

test_that "guests are soaked, and count the same in every round" same
finish
