#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Between the two readings of the clock stands the operation and nothing else. In the object code each pair of readings
# has no more instructions between them than it has with the compiler these numbers are of; what is called counts as one.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# between OBJECT: the instructions from each rdtsc to the rdtscp behind it, the fewest first
between() {
	objdump -d --no-show-raw-insn "$root/build/bench/$1.o" |
		awk '/\trdtsc *$/ { on = 1; n = 0; next } /\trdtscp/ { if (on) print n; on = 0 } on && /\t/ { n++ }' | sort -n | tr '\n' ' '
}
at_most() { # OBJECT N...
	local found most
	found=$(between "$1")
	read -ra most <<<"${*:2}"
	why="$1: $found instead of at most ${most[*]}"
	[ "$(wc -w <<<"$found")" -eq "${#most[@]}" ] || return 1
	for n in $found; do
		[ "$n" -le "${most[0]}" ] || return 1
		most=("${most[@]:1}")
	done
}
compiler=$(readelf -p .comment "$root/build/bench/noop.o" | grep -o 'GCC: .* 12\.')
for limits in 'noop 6' 'first_write 7 7' 'mmap_write 10 11 13 21 23' 'splice 48 49 58 61' 'freeze 9 9'; do
	read -r object numbers <<<"$limits"
	if [ -z "$compiler" ] || [ "$(uname -m)" != x86_64 ]; then
		skip_that "$object adds nothing to its operations" "the numbers are those of gcc 12 on x86-64"
	else
		# shellcheck disable=SC2086 # numbers are several
		test_that "$object adds nothing to its operations" at_most "$object" $numbers
	fi
done
finish
