#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scripts/calibrate, with a stand-in for the program that simulates.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
export DAXMARK_BUILD=$work/build
times=$DAXMARK_BUILD/tests/calibrate/times
mkdir -p "${times%/*}"

simulates() { # STATUS
	printf '#!/bin/sh\necho "a row"\nexit %s\n' "$1" >"$times"
	chmod +x "$times"
}
calibrate() { run "$1" "$root/scripts/calibrate" --results "$work/results" times; }
kept() { cat "$work"/results/calibrate-*.txt; }

a_bound_holds() {
	simulates 0
	calibrate 0 && says out 'a row' && says out 'Every bound holds' && says err 'the table is .*results/calibrate-' &&
		diff <(kept) "$work/out" >/dev/null
}
a_bound_is_missed() {
	rm -rf "$work/results"
	simulates 1
	calibrate 1 && says out 'A bound is missed' && kept | grep -q 'A bound is missed'
}
it_breaks() {
	simulates 139
	calibrate 4 && says err 'ended with status 139'
}
it_is_missing() {
	rm "$times"
	calibrate 4 && says err 'run make calibrate'
}
wrong_words() {
	run 2 "$root/scripts/calibrate" --fast && says err 'unknown option --fast' &&
		run 2 "$root/scripts/calibrate" --results && says err '--results needs a value' &&
		run 2 "$root/scripts/calibrate" --boots many && says err 'boots takes a whole number.*"many"' &&
		run 2 "$root/scripts/calibrate" --beside && says err '--beside needs a value'
}

test_that "a table whose bounds hold is printed and kept" a_bound_holds
test_that "a bound that is missed gives exit status 1" a_bound_is_missed
test_that "a part that breaks is no bound that holds" it_breaks
test_that "a part that was not built is named" it_is_missing
test_that "an unknown argument is refused" wrong_words
finish
