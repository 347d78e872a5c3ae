#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Counts are exact however the two threads of QEMU are scheduled. While the guest's processor halts, the main loop moves
# the guest's clock to the next timer. If it did so before the processor's thread has accounted the instructions it
# executed last, they would be counted twice. late_halt.c holds that window open at every halt.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
cc=${CC:-cc}
qemu=$(command -v qemu-system-x86_64) || exit 4
image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
"$cc" -D_GNU_SOURCE -O1 -shared -fPIC -I"$root/lib" -o "$work/late_halt.so" "$root/tests/guest/late_halt.c" || exit 4

# Operations of freeze that wait for a device to write pages back, which leaves the processor idle.
printf '[plan]\nseeds = 1\nfilesystems = ext4\naccess = page-cache\nchecks = dax-proved\nbenchmarks = freeze
[bench freeze]\narms = dirty-mapped-64 dirty-mapped-1024 dirty-cache-1024\n' >"$work/plan.ini"
"$root/scripts/initramfs" "$root/build/daxmark-run" "$work/plan.ini" "$work/initramfs" || exit

boot() { # NAME: its records are $work/NAME
	run 0 "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" --records "$work/$1"
}
recording=,rr=record,rrfile=/dev/null
# The same under a QEMU that is late at each halt: by so many milliseconds, unless the main loop makes a pass before.
boot_late() { # NAME MILLISECONDS INSTEAD-OF-RECORDING
	mkdir -p "$work/$1.bin"
	cat >"$work/$1.bin/qemu-system-x86_64" <<-QEMU
		#!/bin/bash
		recording=$recording
		export LD_PRELOAD=$work/late_halt.so LATE_HALT_MS=$2
		case \$* in *-kernel*) set -- "\${@/\$recording/$3}" -plugin "$work/late_halt.so" ;; esac
		exec $qemu "\$@"
	QEMU
	chmod +x "$work/$1.bin/qemu-system-x86_64"
	PATH=$work/$1.bin:$PATH boot "$1"
}
medians() { jq -c 'select(.median) | [.arm, .metric, .median]' "$work/$1"; }

# The main loop gets in, so that the next test has something to find. Which operations it moves is up to the build of
# the runner: a median may be none of them.
unguarded() {
	boot plain && boot_late unguarded 10000 '' || return
	[ "$(medians plain | wc -l)" -gt 0 ] && ! cmp -s "$work/plain" "$work/unguarded" && return
	why="the records are the same: nothing moved the clock"
	return 1
}
guarded() {
	boot_late guarded 2 "$recording" || return
	cmp -s "$work/plain" "$work/guarded" && return
	why="records differ; medians: $(diff <(medians plain) <(medians guarded) | tr '\n' ' ')"
	return 1
}

# A QEMU that is none and gives the records of a real one, but in the fourth of its boots.
fake_boots() { # JQ-FILTER
	rm -rf "$work/fake"
	mkdir "$work/fake" && fake_qemu "$work/fake" || return
	sed 1d "$work/plain" | jq -c . >"$work/fake/records"
	jq -c "$1" "$work/fake/records" >"$work/fake/other"
	cat >"$work/fake/guest" <<-'GUEST'
		echo >>"${0%/*}/boots"
		[ "$(wc -l <"${0%/*}/boots")" -eq 4 ] && cat "${0%/*}/other" >"$records" || cat "${0%/*}/records" >"$records"
		echo 'daxmark: the runner ended with status 0' >"$console"
	GUEST
}
calibrates() { # STATUS
	PATH=$work/fake:$PATH run "$1" "$root/scripts/calibrate" --results "$work/tables" --boots 5 --beside 1 --at-once 1 exact
}
finds_none() {
	fake_boots . && calibrates 0 && says out '5 boots, 30 medians: 0 differ' && says out 'any byte: 0'
}
finds_a_median() {
	fake_boots 'if .metric == "freeze" and .arm == "dirty-mapped-1024" then .median += 47 else . end' || return
	calibrates 1 && says out '30 medians: 1 differ.*MISSED' && says out 'any byte: 1.*MISSED' &&
		says out 'boot 4: .*dirty-mapped-1024'
}
finds_a_byte() {
	fake_boots 'if .metric == "freeze" and .arm == "dirty-mapped-1024" then .max += 1 else . end' || return
	calibrates 1 && says out '30 medians: 0 differ.* ok' && says out 'any byte: 1.*MISSED'
}

test_that "without QEMU's record mode a late processor thread lets the clock run ahead of some operations" unguarded
test_that "in record mode not one record differs, however late the thread is" guarded
test_that "calibrating finds boots that are alike to be that" finds_none
test_that "calibrating finds one median of one boot that differs" finds_a_median
test_that "calibrating finds one byte of one boot that differs" finds_a_byte
finish
