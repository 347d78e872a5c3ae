#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What daxmark writes as KTAP, read by the kernel's own parser: tools/testing/kunit/kunit_parser.py, out of the source
# package that the default plan builds.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
cd "$work" || exit 4
daxmark=${DAXMARK:-$root/build/daxmark}
make_side=$root/tests/unit/data/side.awk
name=linux-source-6.1
tarball=${DAXMARK_USR_SRC:-/usr/src}/$name.tar.xz
kunit=$name/tools/testing/kunit

lacking() {
	command -v python3 >/dev/null || { echo 'python3 is not installed'; return; }
	[ -r "$tarball" ] || { echo "$tarball is not there"; return; }
	# they stand near the end of the tarball, which takes some ten seconds
	tar -xJf "$tarball" --occurrence=1 $kunit/kunit_parser.py $kunit/kunit_printer.py 2>"$work/err" || head -n 1 "$work/err"
}

cat >parse.py <<'END'
import sys
sys.path.insert(0, sys.argv[1])
import kunit_parser
main = kunit_parser.parse_run_tests(open(sys.argv[2]))
n = main.counts
print("passed %d failed %d crashed %d skipped %d errors %d" % (n.passed, n.failed, n.crashed, n.skipped, n.errors))
print(" ".join(t.name for t in main.subtests))
END

# parsed FILE COUNTS: the parser's counts are these
parsed() {
	run 0 python3 parse.py "$kunit" "$1" || return 1
	why=$(tail -n 2 out | head -n 1)
	[ "$why" = "$2" ]
}
ktap() { run 0 "$daxmark" compare --format ktap --output report.ktap "$@"; }

awk -v label=without -v change=0 -f "$make_side" >without.jsonl
awk -v label=with -v change=1 -f "$make_side" >with.jsonl
passing() {
	ktap without.jsonl with.jsonl && parsed report.ktap 'passed 20 failed 0 crashed 0 skipped 4 errors 0'
}
failing() {
	ktap with.jsonl without.jsonl && parsed report.ktap 'passed 14 failed 6 crashed 0 skipped 4 errors 0'
}
names() {
	passing || return 1
	why=$(tail -n 1 out | cut -d ' ' -f -3)
	[ "$why" = 'dax-proved.ext2.dax ctime-mtime.ext2.dax frozen-write-readonly.ext2.dax' ]
}
skipping() {
	sed 's/"verdict":"[a-z]*"/"verdict":"skip"/' with.jsonl >skipped.jsonl
	ktap without.jsonl skipped.jsonl && parsed report.ktap 'passed 0 failed 0 crashed 0 skipped 24 errors 0'
}
emulated() {
	awk -v label=without -v change=0 -v mode=emulated -f "$make_side" >e1.jsonl
	awk -v label=with -v change=1 -v mode=emulated -f "$make_side" >e2.jsonl
	ktap e1.jsonl e2.jsonl && parsed report.ktap 'passed 20 failed 0 crashed 0 skipped 4 errors 0'
}
# The number of lines of each stream is in its end record.
no_check() {
	local side
	for side in without with; do
		awk '/"kind":"check"/ { checks++; next }
			/"kind":"end"/ { match($0, /[0-9]+/); n = substr($0, RSTART, RLENGTH)
				print "{\"kind\":\"end\",\"lines\":" n - checks "}"; checks = 0; next }
			{ print }' "$side.jsonl" >"$side-unchecked.jsonl"
	done
	ktap without-unchecked.jsonl with-unchecked.jsonl &&
		parsed report.ktap 'passed 0 failed 0 crashed 0 skipped 1 errors 0'
}
# What the parser would take for a result, a test of its own or another report.
hostile() {
	sed 's/"evidence":"[^"]*"/"evidence":"not ok 1 x # SKIP KTAP version 1 # Subtest: y"/
		s/"label":"with"/"label":"# Subtest: with"/' with.jsonl >hostile.jsonl
	ktap without.jsonl hostile.jsonl && parsed report.ktap 'passed 20 failed 0 crashed 0 skipped 4 errors 0' || return 1
	why=$(tail -n 1 out | cut -d ' ' -f 6-7)
	[ "$why" = 'tool-notices.ext2.dax dax-proved.ext2.page-cache' ]
}
notices() {
	ktap without.jsonl with.jsonl && sed '/^ok 7 /d' report.ktap >cut.ktap &&
		run 0 python3 parse.py "$kunit" cut.ktap || return 1
	why=$(tail -n 2 out | head -n 1)
	[[ $why != *'errors 0' ]]
}

reason=$(lacking)
check() { # NAME FUNCTION
	if [ -n "$reason" ]; then skip_that "$1" "$reason"; else test_that "$@"; fi
}
check "the kernel's parser takes checks that pass" passing
check "the kernel's parser takes checks that fail" failing
check "the kernel's parser names each check and its target" names
check "the kernel's parser takes checks that were skipped" skipping
check "the kernel's parser takes emulated sides" emulated
check "the kernel's parser takes a comparison without a check" no_check
check "no words of a record are taken for results by the kernel's parser" hostile
check "the kernel's parser notices a result that is missing" notices
finish
