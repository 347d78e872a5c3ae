#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Two kernels, without and with the pfn_mkwrite series, from plan to report: every promise on every target is
# kept or broken as it was on the kernels of 2015, the costs lie on the right side of each other, and a second
# run gives the same digits.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

cat >"$work/plan.ini" <<END
[plan]
seeds = 7
benchmarks = noop first-write freeze mmap-write splice
[bench first-write]
arms = cold read-then-write rewrite hole
operations = 300
[bench freeze]
arms = idle dirty-mapped-64 writer
operations = 3
[bench mmap-write]
arms = persist-64 write-4k
operations = 8
passes = 2
[bench splice]
arms = pipe-file-64k
operations = 8
[kernel without]
source = debian:linux-source-6.1
patches = $root/configs/kernels/linux-6.1/no-pfn_mkwrite.patch
	$root/configs/kernels/linux-6.1/default-splice.patch
[kernel with]
source = debian:linux-source-6.1
END
results=$work/results/latest

compares() { run 0 "$root/scripts/bench" --results "$work/results" "$work/plan.ini"; }

# check NAME FS ACCESS: "base new"
check() {
	jq -r --arg n "$1" --arg f "$2" --arg a "$3" \
		'.checks[] | select(.name == $n and .fs == $f and .access == $a) | "\(.base) \(.new)"' \
		"$results/compare.json"
}
expect() { # "BASE NEW" NAME ACCESS
	local fs got
	for fs in ext2 ext4; do
		got=$(check "$2" "$fs" "$3")
		[ "$got" = "$1" ] || {
			why="$2 on $fs $3 is \"$got\" instead of \"$1\""
			return 1
		}
	done
}
dax_repaired() {
	expect "fail pass" ctime-mtime dax && expect "fail pass" frozen-write-readonly dax &&
		expect "fail pass" frozen-write-writable dax && expect "fail pass" tool-notices dax
}
page_cache_kept() {
	expect "pass pass" ctime-mtime page-cache && expect "pass pass" frozen-write-readonly page-cache &&
		expect "pass pass" frozen-write-writable page-cache && expect "pass pass" tool-notices page-cache
}
private_writes() { expect "pass pass" private-write dax && expect "pass pass" private-write page-cache; }
# Of 6.1, whatever the series does; tests/guest/promises.sh has the words.
past_eof() { expect "fail fail" past-eof dax && expect "fail fail" past-eof page-cache; }
access_proved() { expect "pass pass" dax-proved dax && expect "pass pass" dax-proved page-cache; }
content_kept() { expect "pass pass" splice-content dax && expect "pass pass" splice-content page-cache; }

# holds FILTER: true for every metric it selects, and it selects some
holds() {
	local got
	got=$(jq -c "[.metrics[] | $1] | [length > 0, all] | all" "$results/compare.json")
	[ "$got" = true ] || {
		why="not true: $1"
		return 1
	}
}
write_costs() { holds 'select(.arm == "read-then-write" and .access == "dax") | .new > .base and .verdict == "worse"'; }
rewrite_same() { holds 'select(.arm == "rewrite") | .new == .base and .verdict == "same"'; }
page_cache_same() { holds 'select(.arm == "read-then-write" and .access == "page-cache") | .verdict == "same"'; }
one_fault() { holds 'select(.bench == "first-write" and .arm != "rewrite") | .base_faults == 1 and .new_faults == 1'; }
# Each figure of a freeze, by what it is: an operation gives one of each.
freezes() {
	local side target got want
	want=$(printf '%s\n' 'dirty-mapped-64 freeze 3' 'dirty-mapped-64 thaw 3' 'idle freeze 3' 'idle thaw 3' \
		'writer freeze 3' 'writer resume 3' 'writer thaw 3')
	for side in without with; do
		for target in ext2\ dax ext2\ page-cache ext4\ dax ext4\ page-cache; do
			got=$(jq -r --arg t "$target" 'select(.kind == "sample" and .bench == "freeze")
				| select("\(.fs) \(.access)" == $t) | "\(.arm) \(.metric) \(.n)"' \
				"$results/$side.jsonl" | sort)
			[ "$got" = "$want" ] || {
				why="$target, $side: $got"
				return 1
			}
		done
	done
	holds 'select(.bench == "freeze") | .base > 0 and .new > 0' &&
		[ "$(jq '[.metrics[] | select(.bench == "freeze")] | length' "$results/compare.json")" -eq 28 ]
}
# A freeze writes back what is dirty, on every target and on both sides.
dirty_costs() {
	why=$(jq -r '[.metrics[] | select(.bench == "freeze" and .metric == "freeze")] | group_by(.fs, .access)[]
		| (map({(.arm): .}) | add) as $arm
		| select($arm["dirty-mapped-64"].base <= 2 * $arm.idle.base or $arm["dirty-mapped-64"].new <= 2 * $arm.idle.new)
		| "\(.[0].fs) \(.[0].access): no more than idle"' "$results/compare.json")
	[ -z "$why" ]
}
mmap_writes() {
	local side got
	for side in without with; do
		got=$(jq -r 'select(.kind == "sample" and .bench == "mmap-write")
			| "\(.fs) \(.access) \(.arm) \(.n)"' "$results/$side.jsonl" | sort)
		[ "$got" = "$(printf '%s\n' ext2\ {dax,page-cache}\ {persist-64,write-4k}\ 16 \
			ext4\ {dax,page-cache}\ {persist-64,write-4k}\ 16)" ] || {
			why="$side: $got"
			return 1
		}
	done
	holds 'select(.arm == "write-4k") | .new == .base'
}
splice_cheaper() { holds 'select(.bench == "splice" and .access == "dax") | .new < .base'; }

folder_whole() {
	local file
	for file in without.jsonl with.jsonl compare.json report.txt report.ktap plan.ini \
		console-without.log console-with.log plots/cost-first-write.svg plots/cost-first-write.png; do
		[ -s "$results/$file" ] || {
			why="$file is missing"
			return 1
		}
	done
	cmp -s "$work/plan.ini" "$results/plan.ini" || { why="plan.ini differs"; return 1; }
	[ "$(find "$work/results" -mindepth 1 -maxdepth 1 | wc -l)" -eq 2 ] || {
		why="$(ls -A "$work/results")"
		return 1
	}
}
mail_ready() {
	LC_ALL=C awk 'length > 72 || /[^ -~]/ { exit 1 }' "$results/report.txt" || {
		why="a line of report.txt is too long or not plain ASCII"
		return 1
	}
}
# By where the plan is that names them, and not by who was first to build them.
recorded_names() {
	local patches=$work/elsewhere/mine other=$work/other/latest got
	mkdir -p "$patches"
	cp "$root/configs/kernels/linux-6.1/no-pfn_mkwrite.patch" "$patches/first.patch"
	cp "$root/configs/kernels/linux-6.1/default-splice.patch" "$patches/second.patch"
	sed -e "s,$root/configs/kernels/linux-6.1/no-pfn_mkwrite,mine/first," \
		-e "s,$root/configs/kernels/linux-6.1/default-splice,mine/second," \
		-e '/^\[plan\]/a filesystems = ext2\naccess = page-cache\nchecks = none' \
		-e 's/^benchmarks = .*/benchmarks = noop/' "$work/plan.ini" >"$work/elsewhere/plan.ini"
	run 0 "$root/scripts/bench" --results "$work/other" "$work/elsewhere/plan.ini" || return 1
	got=$(jq -r 'select(.kind == "run") | .source, (.patches[] | "\(.file) \(.sha256)")' "$other/without.jsonl")
	[ "$got" = "debian:linux-source-6.1
mine/first.patch $(sha256sum <"$patches/first.patch" | cut -d ' ' -f 1)
mine/second.patch $(sha256sum <"$patches/second.patch" | cut -d ' ' -f 1)" ] || {
		why=$got
		return 1
	}
	[ "$(jq -c 'select(.kind == "run") | .patches' "$other/with.jsonl")" = '[]' ] || {
		why="patches where there are none"
		return 1
	}
	cmp -s "$patches/first.patch" "$other/mine/first.patch" || { why="the patch is not kept"; return 1; }
}
same_again() {
	local first
	first=$(readlink "$results")
	# a second later, so that it has a name of its own
	sleep 1
	compares || return 1
	cmp "$work/results/$first/without.jsonl" "$results/without.jsonl" >"$work/err" 2>&1 &&
		cmp "$work/results/$first/with.jsonl" "$results/with.jsonl" >"$work/err" 2>&1 && return 0
	why=$(cat "$work/err")
	return 1
}

test_that "a plan of two kernels runs to its report" compares
[ "$failed" -eq 0 ] || finish
test_that "with DAX the series repairs times, frozen writes and git" dax_repaired
test_that "through the page cache all promises are kept on both sides" page_cache_kept
test_that "DAX is proved where it was asked for and only there" access_proved
test_that "a private write leaves the file alone on both sides" private_writes
test_that "6.1 keeps a store past the end of a file, on both sides" past_eof
test_that "what comes out of splice is what went in, on both sides" content_kept
test_that "a DAX write after a read costs more with the series" write_costs
test_that "a write to a page mapped writable costs the same" rewrite_same
test_that "a write after a read through the page cache costs the same" page_cache_same
test_that "each first write takes one fault" one_fault
test_that "a splice into a DAX file costs less without the detour" splice_cheaper
test_that "a freeze, a thaw and a writer's going on are measured on every target, n as planned" freezes
test_that "a freeze with dirty pages costs more than one without" dirty_costs
test_that "mmap-write gives each arm on every target, n as planned, and write(2) costs the same" mmap_writes
test_that "the folder of results is whole and nothing else is left" folder_whole
test_that "report.txt fits a mail" mail_ready
test_that "patches and sources are recorded as the plan names them" recorded_names
test_that "a second run gives the same records to the last digit" same_again
finish
