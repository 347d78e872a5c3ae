#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# How often verdicts on counts of instructions are right, in guests of the default plan's "with" kernel:
#
#   tests/calibrate/counts.sh exact BOOTS LOOPS AT-ONCE [AWAKE]
#                                          one kernel, runner and seed, so many boots, beside so many busy loops; with
#                                          AWAKE under a QEMU whose main loop never sleeps
#   tests/calibrate/counts.sh identical    the same kernel and runner under two labels, 20 comparisons
#   tests/calibrate/counts.sh rebuilt      the runner built anew so that it lies elsewhere in file and memory, four times
#   tests/calibrate/counts.sh planted      a kernel that runs a known number of instructions more in a DAX fault, by each
#                                          of five builds of the runner
#
# Prints lines for the table. Exit status 0 every bound holds, 1 one is missed, else that of what failed.
# shellcheck disable=SC2317 # the parts are called by their names

root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh" || exit 4
source=debian:linux-source-6.1
guest=$(program daxmark-guest) || exit
work_folder
missed=0

# row OK WORDS: a line of the table
row() {
	if [ "$1" = yes ]; then
		printf '  %-66s ok\n' "$2"
	else
		printf '  %-66s MISSED\n' "$2"
		missed=1
	fi
}

{
	printf '[plan]\nmode = count\nseeds = 1\nfilesystems = ext2 ext4\naccess = dax page-cache\n'
} >"$work/plan.ini"
floor=$("$build/daxmark" plan "$root/configs/default.ini" | sed -n 's/^floor	//p')

image_of() { "$root/scripts/kernel" "$source" "$@"; }
initramfs_of() { "$root/scripts/initramfs" "$1" "$work/plan.ini" "$2"; } # RUNNER FILE

# boot LABEL IMAGE INITRAMFS SEED [FILE]: its records in FILE, or $work/LABEL.SEED
# (a guest among many takes as long as it takes).
boot() {
	room_for_guest || return
	start_guest "$1" --image "$2" --initramfs "$3" --seed "$4" --label "$1" --source "$source" \
		--plan "$work/plan.ini" --time-limit 3600 --records "${5:-$work/$1.$4}" >&2
}
# All boots asked for so far are done; a failed one ends us.
booted() {
	reap_guests
	[ "$failed" -eq 0 ] || exit "$failed"
}
# Their lines would stand in the table.
guest_ended() { # LABEL STATUS
	[ "$2" -eq 0 ] || failed=$2
}
side() { # LABEL SEED...: one file of them
	local label=$1 seed
	shift
	for seed; do cat "$work/$label.$seed"; done >"$work/$label.jsonl" || exit 4
}
compare() { # BASE NEW: writes $work/compare.json
	"$build/daxmark" compare --floor "$floor" --format json "$work/$1.jsonl" "$work/$2.jsonl" \
		--output "$work/compare.json" || exit
}
counted() { jq "[.metrics[] | select($1)] | length" "$work/compare.json"; }
# As they differ, so that a bound that is missed can be looked into.
named() { jq -r ".metrics[] | select($1) | \"    \(.fs) \(.access) \(.bench) \(.arm) \(.metric): \(.base) to \(.new), \(.verdict)\"" \
	"$work/compare.json"; }

# Freezes write back what is dirty, and a processor that waits for it is idle: there the threads of QEMU meet.
exact() { # BOOTS LOOPS AT-ONCE [AWAKE]
	local image boot loops=() recording=,rr=record,rrfile=/dev/null
	at_a_time=$3
	{
		printf '[plan]\nmode = count\nseeds = 1\nfilesystems = ext4\naccess = page-cache\n'
		printf 'benchmarks = freeze\nchecks = dax-proved\n[bench freeze]\noperations = 40\n'
	} >"$work/plan.ini"
	image=$(image_of) || exit
	initramfs_of "$build/daxmark-run" "$work/initramfs" || exit
	for ((boot = 0; boot < $2; boot++)); do
		setpriv --pdeathsig KILL bash -c 'while :; do :; done' &
		loops+=($!)
		disown $! # that it is killed below is no news
	done
	[ -z "${4-}" ] || awake_qemu "$recording"
	boot_alike boots "$1" "$image"
	compare_boots boots "$1"
	cat "$work/moved"
	row "$([ -s "$work/usual" ] && [ ! -s "$work/moved" ] && echo yes)" \
		"$1 boots, $(($(wc -l <"$work/usual") * $1)) medians: $(wc -l <"$work/moved") differ, must be 0"
	row "$([ ! -s "$work/differ" ] && echo yes)" \
		"boots whose records differ in any byte: $(wc -l <"$work/differ"), must be 0"
	if [ -n "${4-}" ]; then
		# the same without what keeps the threads apart, to see that there is something to be found
		awake_qemu ''
		boot_alike unguarded 8 "$image"
		compare_boots unguarded 8 "$usual"
		row "$([ -s "$work/differ" ] && echo yes)" \
			"without record mode: $(wc -l <"$work/differ") of 8 boots differ, must be 1 or more"
	fi
	[ ${#loops[@]} -eq 0 ] || kill -KILL "${loops[@]}"
}
boot_alike() { # FOLDER BOOTS IMAGE
	local i
	mkdir "$work/$1" || exit 4
	for ((i = 1; i <= $2; i++)); do boot exact "$3" "$work/initramfs" 1 "$work/$1/$i"; done
	booted
}
# Which boots differ from the usual one, or the one that is named, in $work/differ; medians that do in $work/moved.
compare_boots() { # FOLDER BOOTS [FILE]; sets usual
	local i
	usual=${3-$(sha256sum "$work/$1"/* | sort | uniq -c -w 64 | sort -n | sed -n '$s/.* //p')}
	medians_of "$usual" >"$work/usual"
	: >"$work/differ"
	for ((i = 1; i <= $2; i++)); do
		cmp -s "$usual" "$work/$1/$i" || echo "$i" >>"$work/differ"
		diff "$work/usual" <(medians_of "$work/$1/$i") | sed -n "s/^>/    boot $i:/p"
	done >"$work/moved"
}
# A QEMU whose main loop sleeps 50 us at most, with these words in place of record mode's.
awake_qemu() { # WORDS
	local qemu
	qemu=$(PATH=${PATH#"$work/bin:"} command -v qemu-system-x86_64) || exit 4
	mkdir -p "$work/bin" || exit 4
	cc -D_GNU_SOURCE -O1 -shared -fPIC -I"$root/lib" -o "$work/late_halt.so" "$root/tests/guest/late_halt.c" || exit 4
	cat >"$work/bin/qemu-system-x86_64" <<-QEMU
		#!/bin/bash
		recording=$recording
		export LD_PRELOAD=$work/late_halt.so LATE_HALT_NAP_US=50
		exec $qemu "\${@/\$recording/$1}"
	QEMU
	chmod +x "$work/bin/qemu-system-x86_64"
	PATH=$work/bin:${PATH#"$work/bin:"}
}
medians_of() { jq -c 'select(.median) | [.fs, .access, .bench, .arm, .metric, .median]' "$1"; }

identical() {
	local image seed metrics=0 differ=0 said=0
	image=$(image_of) || exit
	initramfs_of "$build/daxmark-run" "$work/initramfs" || exit
	for seed in {1..20}; do
		boot a "$image" "$work/initramfs" "$seed"
		boot b "$image" "$work/initramfs" "$seed"
	done
	booted
	for seed in {1..20}; do
		side a "$seed"
		side b "$seed"
		compare a b
		metrics=$((metrics + $(counted true)))
		differ=$((differ + $(counted '.base != .new')))
		said=$((said + $(counted '.verdict != "same"')))
		named '.base != .new or .verdict != "same"'
	done
	row "$([ "$metrics" -gt 0 ] && [ "$differ" -eq 0 ] && echo yes)" "20 comparisons, $metrics medians: $differ differ, must be 0"
	row "$([ "$said" -eq 0 ] && echo yes)" "verdicts other than same: $said, must be 0"
}

# Runners that do the same and lie differently in file and memory, which is what a build on another machine may do.
runners=(plain padded aligned reordered sorted)
# rebuild NAME VARIABLE...: the runner, built with these; then $work/NAME.initramfs
rebuild() {
	local name=$1
	shift
	make -s -C "$root" "BUILD=$work/$name" "$@" "$work/$name/daxmark-run" >&2 || exit 4
	cmp -s "$work/$name/daxmark-run" "$build/daxmark-run" && { echo "$name: the same program" >&2; exit 4; }
	initramfs_of "$work/$name/daxmark-run" "$work/$name.initramfs" || exit
}
make_runners() {
	initramfs_of "$build/daxmark-run" "$work/plain.initramfs" || exit
	cc -O2 -c -o "$work/padding.o" "$root/tests/calibrate/padding.c" || exit 4
	rebuild padded "LDFLAGS=$work/padding.o"
	rebuild aligned 'CFLAGS=-O2 -g -falign-functions=256'
	rebuild reordered 'LDFLAGS=-Wl,--sort-section=alignment'
	rebuild sorted 'CFLAGS=-O2 -g -ffunction-sections -fdata-sections' 'LDFLAGS=-Wl,--sort-section=name'
}
boot_runners() { # SIDE IMAGE: three seeds with each runner
	local name seed
	for name in "${runners[@]}"; do
		for seed in 1 2 3; do boot "$1-$name" "$2" "$work/$name.initramfs" "$seed"; done
	done
}

rebuilt() {
	local image name changed
	image=$(image_of) || exit
	make_runners
	boot_runners base "$image"
	booted
	side base-plain 1 2 3
	for name in "${runners[@]:1}"; do
		side "base-$name" 1 2 3
		# What is calibrated is what the comparison guards against by refusing other builds of the runner.
		jq -c --slurpfile base <(head -n 2 "$work/base-plain.jsonl") \
			'if .kind == "machine" then .runner = $base[1].runner elif .kind == "run"
				then .initramfs_sha256 = $base[0].initramfs_sha256 else . end' "$work/base-$name.jsonl" \
			>"$work/as-base" || exit 4
		mv "$work/as-base" "$work/base-$name.jsonl"
		compare base-plain "base-$name"
		changed=$(counted '.verdict == "better" or .verdict == "worse"')
		named '.verdict == "better" or .verdict == "worse"'
		row "$([ "$changed" -eq 0 ] && echo yes)" \
			"$name: $(counted '.verdict == "same"') same, $(counted '.verdict == "inconclusive"') inconclusive, $changed changed, must be 0"
	done
}

# Every 4 KiB fault with DAX passes the place: those of first writes, but for a store to what is mapped already,
# one that copies a private page after a read (the page is there), and those of 2 MiB.
passes='(.access == "dax" and .bench == "first-write" and (.arm | test("^(sync-|private-)?(cold|read-then-write|hole|unwritten|after-sync|remapped)$"))
	and .arm != "private-read-then-write")'
planted() {
	local base image median share loops cost costs=() name
	base=$(image_of) || exit
	make_runners
	boot_runners base "$base"
	booted
	for name in "${runners[@]}"; do side "base-$name" 1 2 3; done
	median=$(jq -s '[.[] | select(.bench == "first-write" and .arm == "read-then-write" and .fs == "ext4" and
		.access == "dax") | .median] | sort | .[length / 2 | floor]' "$work/base-plain.jsonl")
	for share in 0.5 1 2 10; do
		loops=$(awk -v m="$median" -v s="$share" 'BEGIN { printf "%d", m * s / 200 + 0.5 }')
		cost=$((1 + 2 * loops))
		costs+=("$cost")
		sed "/^+/s/PLANTED/$loops/" "$root/tests/calibrate/planted-cost.patch" >"$work/planted-$cost.patch"
		image=$(image_of "$work/planted-$cost.patch") || exit
		boot_runners "planted-$cost" "$image"
	done
	booted
	for cost in "${costs[@]}"; do judge_planted "$cost"; done
}
judge_planted() { # COST: with all runners together
	local name large missing wrong elsewhere asked=0 found=0 false=0 others=0 changed=0
	# what is smaller than half a percent of an operation is not asked for, but what is said of it must be true
	large="$passes and $1 >= 0.005 * .base"
	missing="$large and .verdict != \"worse\""
	wrong="$passes and (.verdict == \"better\" or (.verdict == \"worse\" and ((.new - .base - $1) | fabs) > 0.02 * $1))"
	elsewhere="($passes | not) and (.verdict == \"better\" or .verdict == \"worse\")"
	for name in "${runners[@]}"; do
		side "planted-$1-$name" 1 2 3
		compare "base-$name" "planted-$1-$name"
		named "($missing) or ($wrong) or ($elsewhere)" | sed "s/^ */&$name /"
		asked=$((asked + $(counted "$large")))
		found=$((found + $(counted "($large) and .verdict == \"worse\"")))
		false=$((false + $(counted "$wrong")))
		others=$((others + $(counted "$passes | not")))
		changed=$((changed + $(counted "$elsewhere")))
	done
	row "$([ "$asked" -gt 0 ] && [ "$found" -eq "$asked" ] && echo yes)" \
		"$1 instructions: found in $found of $asked metrics it is 0.5% or more of"
	row "$([ "$false" -eq 0 ] && echo yes)" "$1 instructions: sign or size wrong by more than 2%: $false, must be 0"
	row "$([ "$changed" -eq 0 ] && echo yes)" "$1 instructions: changed elsewhere: $changed of $others, must be 0"
}

case ${1-} in
exact | identical | rebuilt | planted) "$@" ;;
*)
	echo "usage: tests/calibrate/counts.sh exact BOOTS LOOPS AT-ONCE [AWAKE] | identical | rebuilt | planted" >&2
	exit 2
	;;
esac
exit "$missed"
