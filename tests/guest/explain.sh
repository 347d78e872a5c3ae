#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Costs explained by function, in guests: to the last instruction, without changing a digit, and a planted one found.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

cp "$root"/configs/kernels/linux-6.1/*.patch "$root/tests/guest/planted.patch" "$work" || exit
plan() { # NAME, then kernels as LABEL=PATCHES
	local kernel
	printf '[plan]\nmode = count\nseeds = 1\nfilesystems = ext2 ext4\naccess = dax\nbenchmarks = noop first-write freeze\nchecks = dax-proved\n'
	printf '[bench first-write]\narms = cold read-then-write\n[bench freeze]\narms = idle writer\n'
	for kernel in "${@:2}"; do
		printf '[kernel %s]\nsource = debian:linux-source-6.1\n' "${kernel%%=*}"
		[ -z "${kernel#*=}" ] || printf 'patches = %s\n' "${kernel#*=}"
	done
}
measure() { # NAME KERNEL...
	plan "$@" >"$work/$1.ini"
	"$root/scripts/bench" --results "$work/$1" "$work/$1.ini" >"$work/out" 2>"$work/err" &&
		"$root/scripts/explain" "$work/$1/latest" >"$work/$1.txt" 2>"$work/err" && return
	why=$(tail -n 3 "$work/err" | tr '\n' ' ')
	return 1
}
json() { jq -r "$2" "$work/$1/latest/explain.json"; }

series() {
	measure series "without=no-pfn_mkwrite.patch default-splice.patch" with=
}
# What differs is in whole instructions, and its parts add up to what compare printed.
to_the_last_instruction() {
	local fs sum change
	for fs in ext2 ext4; do
		sum=$(json series ".explanations[] | select(.arm == \"read-then-write\" and .fs == \"$fs\") | [.functions[].change] | add")
		change=$(jq -r ".metrics[] | select(.arm == \"read-then-write\" and .fs == \"$fs\") | .new - .base" "$work/series/latest/compare.json")
		why="$fs: functions add up to ${sum:-nothing}, compare says $change"
		[ -n "$sum" ] && [ "$sum" = "$change" ] && [ "$change" -gt 1000 ] || return 1
		! grep -qE 'NOT EXPLAINED|Within' "$work/series.txt" || return 1
	done
}
# Quantiles of what was counted against those of the records, over every operation.
every_operation() {
	local side
	for side in without with; do
		why="$side: $(awk '
			# the records: the lines of arms, and what their metrics say
			NR == FNR {
				if ($0 ~ /"kind":"run"/) { line = -1; next }
				line++
				if ($0 !~ /"kind":"sample"/ || $0 ~ /"metric":"resume"/) { arm = $0 ~ /"kind":"sample"/ ? arm : ""; next }
				name = value("bench") " " value("arm") " " value("fs")
				if (name != arm) { first = line; metrics[first] = 0; arm = name }
				m = first SUBSEP metrics[first]++
				n[m] = number("n"); min[m] = number("min"); max[m] = number("max"); mean[m] = number("mean")
				next
			}
			$1 == "a" { at = $2; ways = 0 }
			$1 == "w" { sum = 0; for (i = 3; i <= NF; i += 2) sum += $i; total[ways++] = sum }
			$1 == "o" {
				k = 0; split("", seen); split("", low); split("", high); split("", all)
				for (i = 2; i <= NF; i++) {
					split($i, run, "*")
					for (j = 0; j < (run[2] ? run[2] : 1); j++) {
						m = at SUBSEP (k++ % metrics[at]); t = total[run[1]]
						if (!seen[m]++ || t < low[m]) low[m] = t
						if (t > high[m]) high[m] = t
						all[m] += t
					}
				}
				for (m in seen) {
					checked++
					if (seen[m] != n[m] || low[m] != min[m] || high[m] != max[m] || off(all[m] / n[m], mean[m]))
						print "arm at line " m ": " seen[m], low[m], high[m], all[m] / n[m] " against " n[m], min[m], max[m], mean[m]
				}
			}
			END { if (checked < 10) print "only " checked + 0 " metrics" }
			function value(key) { match($0, "\"" key "\":\"[^\"]*"); return substr($0, RSTART + length(key) + 4, RLENGTH - length(key) - 4) }
			function number(key) { match($0, "\"" key "\":[0-9.]*"); return substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3) + 0 }
			function off(a, b) { return a - b > 0.001 || b - a > 0.001 }
		' "$work/series/latest/$side.jsonl" "$work/series/latest/$side.counts")"
		[ "$why" = "$side: " ] || return 1
	done
}
image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
same_digits() {
	"$root/scripts/initramfs" "$root/build/daxmark-run" "$work/series.ini" "$work/initramfs" || return
	run 0 "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" --records "$work/plain" &&
		run 0 "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" --records "$work/watched" \
			--plugin "$root/build/explain-plugin.so" --counts "$work/counts" &&
		why="the records differ" && cmp "$work/plain" "$work/watched"
}
planted() {
	measure planted "before=" "after=planted.patch" || return
	why=$(json planted '.explanations[] | select(.arm == "cold" and .fs == "ext4") | .functions[0] | "\(.name) \(.base) \(.new)"')
	[ "$why" = "daxmark_planted 0 101" ]
}
itself() {
	measure itself "a=" "b=" && why=$(json itself '.explanations | length') && [ "$why" = 0 ] &&
		grep -qx 'No metric that its median leads changed: there is nothing to explain.' "$work/itself.txt"
}
slow_has_a_name() {
	run 0 "$root/build/daxmark" explain "$work/series/latest/without.jsonl" "$work/series/latest/with.jsonl" --slow \
		--bench first-write --arm read-then-write --fs ext4 && says out '\(interrupts\) .*(irq|interrupt|timer)'
}
watched_guest() { # STATUS SYMBOLS
	run "$1" "$root/build/daxmark-guest" --image "$work/image" --initramfs "$work/initramfs" --records "$work/records" \
		--plugin "$root/build/explain-plugin.so" --counts "$work/counts" --symbols "$2"
}
# The same functions, each 4 bytes further on, as a build with a little more in front of them has them.
another_build() {
	mkdir -p "$work/image" && cp "$image/bzImage" "$work/image" || return
	sed -E '/entry/!s/^(ffffffff81.*)0 ([tTwW]) /\14 \2 /' "$image/System.map" >"$work/shifted"
	watched_guest 2 "$work/shifted" && says err 'shifted: .*is the map of another build' && [ ! -e "$work/records" ]
}
image_with_kallsyms() {
	mkdir -p "$work/bare" && cp "$image/bzImage" "$work/bare" || return
	sed "s,^source = .*,source = image:$work/bare/bzImage," "$work/itself.ini" >"$work/bare.ini"
	local -x XDG_CACHE_HOME=$work/cache
	"$root/scripts/bench" --results "$work/bare.results" "$work/bare.ini" >"$work/out" 2>"$work/err" &&
		run 0 "$root/scripts/explain" --count-only "$work/bare.results/latest" || return
	says err 'asking a guest for /proc/kallsyms' &&
		why="$(tail -n 1 "$work/bare.results/latest/a.counts"), and no function of DAX" &&
		grep -qx 's dax_iomap_pte_fault' "$work/bare.results/latest/a.counts" &&
		grep -qE '^end [0-9]{6,} 0$' "$work/bare.results/latest/a.counts"
}

test_that "the costs of the series are explained" series
test_that "functions add up to the difference that compare prints" to_the_last_instruction
test_that "what is counted of every operation is what the clock says" every_operation
test_that "a run that is watched has the same records to the digit" same_digits
test_that "a slow operation has a name" slow_has_a_name
test_that "a planted function is named first, with its size" planted
test_that "the same image against itself gives an empty explanation" itself
test_that "a System.map of another build is refused" another_build
test_that "an image without a System.map is asked for its symbols" image_with_kallsyms
finish
