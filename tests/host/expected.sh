#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The whole output of each report on the records of tests/expected/records is that of the file of its name in
# tests/expected. `make expected` writes these files anew: look at their difference before you commit it.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
daxmark=${DAXMARK:-$root/build/daxmark}
expected=$root/tests/expected
renew=
[ "${1-}" != --renew ] || renew=yes
export LC_ALL=C
mkdir "$work/made" && cp -r "$expected/records" "$work/" && cd "$work/records" || exit 4

# JSON with each object or array on one line that fits in 1000 columns, so that a cost is one line, and with 9 digits,
# because the last digits of a logarithm differ from one libm to the next.
fold_json() {
	awk '
	{
		indent[NR] = match($0, /[^ ]/)
		line[NR] = $0
		if (match($0, /-?[0-9]+\.[0-9]+(e-?[0-9]+)?,?$/))
			line[NR] = substr($0, 1, RSTART - 1) sprintf("%.9g", substr($0, RSTART)) (/,$/ ? "," : "")
	}
	END {
		for (i = 1; i <= NR; i = last + 1) {
			joined = line[last = i]
			while (line[i] ~ /[[{]$/ && length(joined) <= 1000 && (last == i || indent[last] > indent[i])) {
				last++
				joined = joined (joined ~ /,$/ ? " " : "") substr(line[last], indent[last])
			}
			if (length(joined) > 1000)
				joined = line[last = i]
			print joined
		}
	}'
}

# report NAME ARGUMENT...: what daxmark prints for these arguments is the file NAME
report() {
	asked=("$@")
	if [ -z "$renew" ]; then
		test_that "$1 is as expected" as_expected
	elif ! made; then
		printf '%s: %s\n' "$1" "$why" >&2
		failed=1
	fi
}
made() {
	run 0 "$daxmark" "${asked[@]:1}" || return 1
	case ${asked[0]} in
	*.json) fold_json <"$work/out" >"$work/made/${asked[0]}" ;;
	*) cp "$work/out" "$work/made/${asked[0]}" ;;
	esac
}
as_expected() {
	made || return 1
	diff -u "$expected/${asked[0]}" "$work/made/${asked[0]}" >"$work/diff" 2>&1 && return 0
	head -n 40 "$work/diff"
	why="not as tests/expected/${asked[0]} has it, which make expected renews"
	return 1
}
both() { # NAME BASE NEW
	local format
	for format in text lkml markdown lkp mmtests json ktap; do report "$1.$format" compare -f "$format" "${@:2}"; done
}

report count-1.text show count/with.jsonl
both count-2 count/without.jsonl count/with.jsonl

if [ -n "$renew" ]; then
	[ "$failed" -eq 0 ] || exit 1
	find "$expected" -maxdepth 1 -type f -delete
	cp "$work/made"/* "$expected/"
	exit
fi
no_others() {
	why=$(diff -q "$expected" "$work/made" | grep -v 'Only in .*: records$')
	[ -z "$why" ]
}
test_that 'each file of tests/expected is the output of a report' no_others
finish
