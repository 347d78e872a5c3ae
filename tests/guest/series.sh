#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Five patches for real, of which one makes a DAX fault longer: the report pins the cost on that one and on no other.
# shellcheck disable=SC2016,SC2317 # variables of jq; the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# Harmless, but for the code that it moves; the hunk begins with what is added, so it holds to the file's first line.
moves_code() { # NUMBER FILE LICENCE
	printf 'Subject: [PATCH %s/5] %s: a function that nobody calls\n\n--- a/%s\n+++ b/%s\n@@ -1,1 +1,3 @@\n' "$1" "${2%.c}" "$2" "$2"
	printf '+unsigned int unused_%s(unsigned int x);\n+unsigned int unused_%s(unsigned int x) { return x * %s + 1; }\n' "$1" "$1" "$1"
	printf ' // SPDX-License-Identifier: %s\n' "$3"
}
moves_code 1 mm/filemap.c GPL-2.0-only >"$work/0001-filemap.patch"
moves_code 2 fs/ext2/file.c GPL-2.0 >"$work/0002-ext2.patch"
{
	printf 'Subject: [PATCH 3/5] dax: tidy the fault path\n\n'
	sed -n '/^---/,$p' "$root/tests/calibrate/planted-cost.patch" | sed '/^+/s/PLANTED/50/'
} >"$work/0003-dax.patch"
moves_code 4 fs/ext4/inode.c GPL-2.0 >"$work/0004-inode.patch"
moves_code 5 fs/ext4/file.c GPL-2.0 >"$work/0005-file.patch"

cat >"$work/plan.ini" <<-'PLAN'
	[plan]
	mode = count
	seeds = 1
	filesystems = ext2 ext4
	access = dax page-cache
	benchmarks = noop first-write
	checks = dax-proved
	[bench first-write]
	arms = cold read-then-write
	[series base]
	source = debian:linux-source-6.1
	patches = 0001-filemap.patch 0002-ext2.patch 0003-dax.patch 0004-inode.patch 0005-file.patch
PLAN

json() { jq -r "$1" "$work/results/latest/compare.json"; }

measured() {
	run 0 "$root/scripts/bench" --results "$work/results" "$work/plan.ini" && why="a step failed" && [ "$(json '.failed | length')" -eq 0 ]
}
pinned() {
	why=$(json '.costs[] | "\(.fs) \(.access) \(.arm): steps \([.before[] | .verdict? | . == "worse" or . == "better"] | indices(true))"' | grep -v ' \[\]$')
	[ "$(grep -c 'dax cold: steps \[3\]' <<<"$why")" -eq 2 ] && ! grep -v 'dax .*: steps \[3\]' <<<"$why"
}
# A move and 50 times round a loop of two.
# shellcheck disable=SC2016 # the variables are jq's
sized() {
	why=$(json '.costs[] | .on as $on | range(1; $on | length) as $i | select($on[$i].value != $on[$i - 1].value) |
		"\($i) \(.access) \(.arm): \($on[$i].value - $on[$i - 1].value)"')
	[ "$(grep -c '^3 dax cold: 101$' <<<"$why")" -eq 2 ] && ! grep -v '^3 dax ' <<<"$why"
}
said() {
	why=$(cat "$work/results/latest/report.txt")
	grep -qE '^ *3 .*dax: tidy the fault path' <<<"$why" && ! grep -qE '[0-9]-(filemap|ext2|inode|file).*(worse|better)' <<<"$why"
}

test_that "a series of five patches is built, booted and compared" measured
test_that "the planted cost is pinned on the third patch and on no other" pinned
test_that "its size is found to the instruction, and no other step differs" sized
test_that "the report names the patch by its subject" said
finish
