#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A clock that jumps: in a guest whose date is set a day ahead, a day back and to 1970, fifty times a second, everything
# takes as long as in one whose date is set as often to what it is, and every promise is found kept. The guest's clocks
# run on its instructions, so that neither the speed nor the load of this machine is in it.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
# not known to be emulated, so that it times; without a steady counter, so that it asks the kernel's clock
silent=qemu64,+rdtscp,+clflushopt,+clwb,tcg-cpuid=off
{
	printf '[plan]\nmode = time\nfilesystems = ext4\naccess = page-cache\nbenchmarks = noop first-write freeze\n'
	printf '[bench first-write]\narms = cold read-then-write\n[bench freeze]\narms = dirty-mapped-64\noperations = 20\n'
} >"$work/plan.ini"

# What runs beside the runner in the guest, for each name of a file SECOND...
# shellcheck disable=SC2016 # for the shell in the guest
setting() { # NAME SECONDS...: to this many seconds from now, one after the other; an @ before them: to that second itself
	local name=$1
	shift
	{
		printf 'while :; do\n'
		for step; do
			case $step in
			@*) printf 'busybox date -s %s\n' "$step" ;;
			*) printf 'busybox date -s @$(($(busybox date +%%s) + %s))\n' "$step" ;;
			esac
			printf 'busybox usleep 20000\n'
		done
		printf 'done >/dev/null 2>&1 &\n'
	} >"$work/$name"
}
setting steady 0 0 0
setting jumps 86400 -172800 @0

guest() { # NAME
	"$root/scripts/initramfs" --add "$work/$1=/workload" "$root/build/daxmark-run" "$work/plan.ini" "$work/initramfs" &&
		run 0 "$root/build/daxmark-guest" --cpu "$silent" --image "$image" --initramfs "$work/initramfs" \
			--extra "$work/extra" --records "$work/$1.jsonl"
}
both() { guest steady && guest jumps; }
# What is not a duration of the kernel's clock would have a day in it, or be less than nothing.
same() {
	local filter='[inputs | select(.kind == "sample") | {key: "\(.bench) \(.arm) \(.metric)", value: [.median, .max]}]
		| from_entries'
	why=$(jq -n -r --argjson a "$(jq -n "$filter" "$work/steady.jsonl")" --argjson b "$(jq -n "$filter" "$work/jumps.jsonl")" '
		if ($a | length) != 5 or ($a | keys) != ($b | keys) then "not the same arms: \($a | keys) \($b | keys)"
		else $a | to_entries[] | . as $x | $b[.key] as $y
			| select($y[0] < 0 or $y[1] > 1e9 or ($y[0] - $x.value[0] | fabs) > 0.02 * $x.value[0] + 10)
			| "\(.key): \($x.value) and \($y)" end' | head -n 3)
	[ -z "$why" ] || return 1
	note "medians: $(jq -r 'select(.kind == "sample") | .median | floor' "$work/jumps.jsonl" | paste -sd,) ns, \
and $(jq -r 'select(.kind == "sample") | .median | floor' "$work/steady.jsonl" | paste -sd,) where it does not jump"
}
asked() {
	why=$(jq -r 'select(.kind == "machine") | .clock.source' "$work/jumps.jsonl")
	[ "$why" = CLOCK_MONOTONIC_RAW ]
}
# But for past-eof, which 6.1 never keeps.
promises() {
	why=$(jq -r 'select(.kind == "check" and .verdict != "pass" and .name != "past-eof") | "\(.name): \(.evidence)"' "$work/jumps.jsonl")
	[ -z "$why" ] && [ "$(grep -c '"verdict":"pass"' "$work/jumps.jsonl")" -eq 7 ]
}

test_that "a plan runs in a guest whose clock jumps" both
[ "$failed" -eq 0 ] || finish
test_that "its times are from a clock that is not set" asked
test_that "what is measured while the clock jumps is as long as where it does not" same
test_that "every promise is found kept while the clock jumps" promises
finish
