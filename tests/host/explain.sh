#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# daxmark explain and scripts/explain on files alone: what they say, and what they refuse.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

sha=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
side() { # LABEL MEDIAN: one boot; read-then-write costs MEDIAN, cold 50
	printf '{"kind":"run","label":"%s","source":"image:/bzImage","patches":[],"mode":"count","seed":1,"command":"qemu","plan_sha256":"cafe","image_sha256":"%s"}\n' "$1" "$sha"
	printf '{"kind":"machine","format":1,"mode":"count","seed":1,"kernel":"6.1.0","clock":{"source":"rdtsc","unit":"instructions","ticks_per_unit":1,"overhead":4},"runner":"beef"}\n'
	printf '{"kind":"target","fs":"ext4","access":"dax","dax":true}\n'
	local arm value
	for arm in read-then-write cold; do
		value=$2
		[ $arm != cold ] || value=50
		printf '{"kind":"sample","bench":"first-write","arm":"%s","fs":"ext4","access":"dax","metric":"write","unit":"instructions","better":"lower","n":100,"min":%d,"median":%d,"mean":%d,"p90":%d,"p99":%d,"max":%d,"faults":100,"histogram":[[%d,100]]}\n' \
			$arm "$value" "$value" "$value" "$value" "$value" "$value" "$value"
	done
	printf '{"kind":"end","lines":4}\n'
}
counts() { # WAY of read-then-write
	printf 'daxmark-counts 1 1 %s\ns (program)\nn 0 0\ns asm_exc_page_fault\nn 0 1\ns do_wp_page\nn 1 2\ns ext4_dax_fault\nn 2 3\n' $sha
	printf 'a 2\nw %s\no 0*100\na 3\nw 0 50\no 0*100\nend 9 0\n' "$1"
}
fill() {
	side without 100 >"$work/without.jsonl"
	side with 240 >"$work/with.jsonl"
	counts '0 8 1 42 2 50' >"$work/without.counts"
	counts '0 8 1 42 2 50 3 140' >"$work/with.counts"
}
fill
explain() { run "$1" "$root/build/daxmark" explain "$work/without.jsonl" "$work/with.jsonl" "${@:2}"; }

named() {
	explain 0 && says out 'first-write read-then-write write on ext4 DAX: 100 to 240' &&
		says out '^ext4_dax_fault +0 +140 +\+140$' && says out '^total +100 +240 +\+140$' &&
		says out '^fs/ext4 +0 +140 +\+140$'
}
as_calls() {
	explain 0 --calls && says out '\+140        ext4_dax_fault$'
}
as_stacks() {
	explain 0 --format folded &&
		says out '^\(program\);asm_exc_page_fault;do_wp_page;ext4_dax_fault 0 140$'
}
as_json() {
	explain 0 --format json && why="$(head -c 300 "$work/out")" &&
		[ "$(jq -r '.explanations[0] | [.functions[0].name, .change, .adds_up, ([.functions[].change] | add)] | @tsv' "$work/out")" = \
			"$(printf 'ext4_dax_fault\t140\ttrue\t140')" ]
}
as_a_figure() {
	explain 0 --format svg --output "$work/flame.svg" && [ ! -s "$work/out" ] &&
		grep -q '<title>ext4_dax_fault: without 0, with 140, +140</title>' "$work/flame.svg"
}
one_function() {
	explain 0 --function ext4_dax_fault && says out '^do_wp_page +0 +140'
}
unknown_function() {
	explain 2 --function dax_fault && says err "no function 'dax_fault' .*there is ext4_dax_fault"
}
unchanged() {
	explain 2 --arm cold && says err 'first-write cold write on ext4 dax: 50 and 50, same: no change to explain; --slow'
}
unknown_metric() {
	explain 2 --arm hot && says err 'no metric of that name'
}
slow() {
	explain 0 --slow --arm cold && says out '"with": median 50' && says out 'max +50  as the median'
}
arms() { run "$1" "$root/build/daxmark" explain "$work/with.jsonl" --arm read-then-write "${@:2}"; }
one_arm_against_another() {
	arms 0 --against cold &&
		says out '^first-write write on ext4 DAX, "with": cold 50 to read-then-write 240$' &&
		says out '^function +cold +read-then-write +change$' && says out '^ext4_dax_fault +0 +140 +\+140$' &&
		says out '^\(program\) +50 +8 +-42$' && says out '^total +50 +240 +\+190$' &&
		arms 0 --against cold --format json &&
		why=$(jq -c '.explanations[0] | [.side, .against, .arm, .change, .adds_up]' "$work/out") &&
		[ "$why" = '["with","cold","read-then-write",190,true]' ] &&
		arms 0 --against cold --counts "$work/with.counts" --format svg &&
		says out '>first-write write on ext4 DAX, with: cold 50, read-then-write 240 instructions<'
}
no_such_arm_beside() {
	arms 2 --against hot && says err "with.jsonl has no arm 'hot' beside 'read-then-write'" &&
		arms 2 --against cold --slow && says err 'are two questions' &&
		arms 2 --against cold "$work/without.jsonl" && says err '2 result files given: --against compares two arms' &&
		run 2 "$root/build/daxmark" explain "$work/with.jsonl" --against cold && says err '--against needs --arm'
}
in_the_comparison() {
	run 0 "$root/build/daxmark" compare --explain --format lkml "$work/without.jsonl" "$work/with.jsonl" &&
		says out '^ +ext4_dax_fault \+140$' &&
		run 0 "$root/build/daxmark" compare --explain --format json "$work/without.jsonl" "$work/with.jsonl" &&
		why=$(jq -c '[.metrics[].made_of]' "$work/out") &&
		[ "$why" = '[[{"function":"ext4_dax_fault","change":140}],null]' ]
}
no_counts() {
	rm "$work/with.counts"
	explain 2 && says err 'with.counts: No such file.*make explain'
	local status=$?
	fill
	return "$status"
}
not_of_this_run() {
	counts '0 8 1 42 2 50 3 141' >"$work/with.counts"
	explain 2 --arm read-then-write && says err 'not of this run: their median is 241, that of the record 240'
	local status=$?
	fill
	return "$status"
}
another_build() {
	sed -i 's/^end.*/end 1000 500/' "$work/with.counts"
	explain 2 && says err '500 of 1000 calls go where the symbol map has no function: it is the map of another build'
	local status=$?
	fill
	return "$status"
}
several_figures() {
	explain 2 --format svg --slow && says err '8 explanations, and a flame graph shows one: choose'
}
nothing_changed() {
	side with 100 >"$work/with.jsonl"
	explain 0 && says out '^No metric that its median leads changed: there is nothing to explain.$'
	local status=$?
	fill
	return "$status"
}
# A fault brings in several pages: the medians are equal or are of another kind, and the means differ.
led_by_the_mean() {
	local status=0
	sed -i 's/"faults":100/"faults":25/' "$work/without.jsonl" "$work/with.jsonl"
	explain 2 --arm read-then-write --metric write && [ ! -s "$work/out" ] &&
		says err 'read-then-write write on ext4 dax: 100 and 240 are means \(one page fault .*\), and only medians' &&
		explain 0 --slow --arm cold || status=1
	# beside one that its median leads
	fill
	side with 240 | sed 's/"faults":100/"faults":25/; s/:50\b/:90/g; s/\[50,/[90,/' |
		sed '/"arm":"read-then-write"/s/"faults":25/"faults":100/' >"$work/with.jsonl"
	sed -i '/^w 0 50/s/50/90/' "$work/with.counts"
	[ "$status" -eq 1 ] || { explain 0 && says err 'cold write on ext4 dax: 50 and 90 are means' &&
		says out 'read-then-write write on ext4 DAX: 100 to 240' && ! grep -q 'first-write cold' "$work/out"; } || status=1
	fill
	return "$status"
}
no_results() {
	run 2 "$root/scripts/explain" "$work/none" && says err "$work/none: no results"
}
timed_results() {
	mkdir -p "$work/timed"
	printf '[plan]\nmode = time\n[kernel a]\nsource = image:/a\n[kernel b]\nsource = image:/b\n' >"$work/timed/plan.ini"
	run 2 "$root/scripts/explain" "$work/timed" && says err 'made in mode time; only counts of instructions'
}
no_plugins() {
	mkdir -p "$work/bin" "$work/image"
	# shellcheck disable=SC2016
	printf '#!/bin/sh\ncase $1 in --version) echo "QEMU emulator version 9.9" ;; *) echo "-machine" ;; esac\n' >"$work/bin/qemu-system-x86_64"
	chmod +x "$work/bin/qemu-system-x86_64"
	touch "$work/image/bzImage" "$work/initramfs"
	echo 'ffffffff81000000 T _stext' >"$work/image/System.map"
	PATH=$work/bin:$PATH run 4 "$root/build/daxmark-guest" --image "$work/image" --initramfs "$work/initramfs" \
		--records "$work/records" --plugin "$root/build/explain-plugin.so" --counts "$work/counts" &&
		says err 'QEMU emulator version 9.9 loads no plugins'
}
no_symbols() {
	mkdir -p "$work/stripped"
	touch "$work/stripped/bzImage" "$work/initramfs"
	run 2 "$root/build/daxmark-guest" --image "$work/stripped" --initramfs "$work/initramfs" \
		--records "$work/records" --plugin "$root/build/explain-plugin.so" --counts "$work/counts" &&
		says err 'System.map: no such symbol map'
}

test_that "the functions of a changed cost are named and add up to it" named
test_that "the tree of calls says what goes through what" as_calls
test_that "stacks come out in the common format" as_stacks
test_that "programs get the same as JSON" as_json
test_that "a flame graph says what is only on one side" as_a_figure
test_that "one function is shown with its callers" one_function
test_that "a function that does not exist is refused, with one like it" unknown_function
test_that "a cost that did not change is refused" unchanged
test_that "a metric that does not exist is refused" unknown_metric
test_that "slow operations are set against the median" slow
test_that "an arm is set against another of the same results" one_arm_against_another
test_that "an arm that was not measured is named, and what --against cannot go with" no_such_arm_beside
test_that "a comparison names what a change is made of" in_the_comparison
test_that "results without counts are told how to get them" no_counts
test_that "counts of another run are refused" not_of_this_run
test_that "a symbol map of another build is refused" another_build
test_that "a figure shows one cost" several_figures
test_that "a cost that its mean leads is not explained by medians" led_by_the_mean
test_that "where nothing changed there is nothing to explain" nothing_changed
test_that "a folder without results is refused" no_results
test_that "timed results are refused" timed_results
test_that "a QEMU without plugins is named" no_plugins
test_that "an image without symbols is refused" no_symbols
finish
