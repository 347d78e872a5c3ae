#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# image: kernels: any bootable image is run as it is, and what it cannot give is a skip with its reason. An image
# that says it is 4.0 gets no memmap=, which such a kernel would take for a limit of its memory; its DAX device
# is the RAM disk, and a RAM disk that has no DAX is found out.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

built=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
mkdir "$work/image"
cp "$built/bzImage" "$work/image/bzImage"

plan() { # TEXT...
	printf '[plan]\nseeds = 1\nbenchmarks = noop first-write\n[bench first-write]\narms = %s\noperations = 64\n' \
		"read-then-write hole"
	printf '%s\n' "$@"
}
plan '[kernel first]' "source = image:$work/image/bzImage" \
	'[kernel second]' "source = image:$built/bzImage" >"$work/plan.ini"
results=$work/results/latest

runs() {
	run 0 "$root/scripts/bench" --results "$work/results" "$work/plan.ini" &&
		[ "$(jq '[.metrics[] | select(.access == "dax")] | length' "$results/compare.json")" -eq 4 ] &&
		[ "$(jq -c '[.checks[] | select(.new != "pass") | .name] | unique' "$results/compare.json")" = '["past-eof"]' ]
}
names_image() { says results/latest/first.jsonl '"source":"image:'; }

# As scripts/kernel leaves it, but for the release.
old=$work/old
pretend_old() {
	mkdir -p "$old"
	cp "$built/bzImage" "$old/"
	printf 'source: image:old\nrelease: 4.0.4\n' >"$old/manifest"
	plan >"$work/old.ini"
	"$root/scripts/initramfs" "$root/build/daxmark-run" "$work/old.ini" "$work/initramfs" || return 1
	run 0 "$root/build/daxmark-guest" --image "$old" --initramfs "$work/initramfs" --print-command || return 1
	if grep -q memmap "$work/out"; then
		why="memmap= for 4.0"
		return 1
	fi
	run 0 "$root/build/daxmark-guest" --image "$old" --initramfs "$work/initramfs" --records "$work/old.jsonl"
}
targets() { # FILTER: how many targets it selects
	jq -c "select(.kind == \"target\") | select($1)" "$work/old.jsonl" | wc -l
}
ram_disk() {
	[ "$(targets '.device == "/dev/ram0"')" -eq 4 ] || { why="not on /dev/ram0"; return 1; }
	[ "$(targets '.access == "page-cache" and .skip == null')" -eq 2 ] || { why="page cache skipped"; return 1; }
}
no_dax() {
	[ "$(targets '.access == "dax" and (.skip | test("DAX|dax"))')" -eq 2 ] || {
		why=$(jq -c 'select(.kind == "target")' "$work/old.jsonl")
		return 1
	}
	[ "$(jq -c 'select(.kind == "check" and .access == "dax" and .verdict != "skip")' "$work/old.jsonl" |
		wc -l)" -eq 0 ] || { why="a check of a target that is not there was judged"; return 1; }
}

missing() {
	plan '[kernel a]' 'source = image:/nowhere/bzImage' '[kernel b]' "source = image:$built/bzImage" \
		>"$work/missing.ini"
	run 2 "$root/scripts/bench" --results "$work/other" "$work/missing.ini" && says err '/nowhere/bzImage' &&
		[ ! -e "$work/other/latest" ]
}
no_kernel() {
	mkdir -p "$work/junk"
	head -c 100000 /dev/zero >"$work/junk/bzImage"
	run 5 "$root/build/daxmark-guest" --image "$work/junk" --initramfs "$work/initramfs" \
		--records "$work/junk.jsonl" --silence-limit 5 && says err 'guest: kernel' &&
		[ ! -e "$work/junk.jsonl" ]
}

test_that "two images run to a report, DAX included" runs
test_that "the records name the image" names_image
test_that "an image from before 4.1 gets no memmap= and runs" pretend_old
test_that "its targets are made on the RAM disk" ram_disk
test_that "a RAM disk without DAX makes DAX targets skips with their reason" no_dax
test_that "a missing image is named before anything is booted" missing
test_that "a file that is no kernel ends as a failed guest" no_kernel
finish
