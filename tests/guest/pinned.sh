#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A guest that is pinned has its processor on one of the host's and QEMU's other threads on the rest, before its
# first instruction; seen from outside and recorded. In emulated mode, for KVM is not everywhere.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

image=$("$root/scripts/kernel" debian:linux-source-6.1) || exit
printf '[plan]\nmode = emulated\nfilesystems = ext4\naccess = dax\nbenchmarks = noop\nchecks = dax-proved\n' \
	>"$work/plan.ini"
"$root/scripts/initramfs" "$root/build/daxmark-run" "$work/plan.ini" "$work/initramfs" || exit
guest() { # STATUS OPTION...
	rm -f "$work/records"
	run "$1" "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" --records "$work/records" "${@:2}"
}
refuses() { # WORDS OPTION...
	guest 2 "${@:2}" && says err "$1" && [ ! -e "$work/records" ]
}

# The processors there are: the first is the guest's, so that it is not the one taken without being told.
may_use=$(taskset -c -p $$ | sed 's/.*: //')
own=${may_use%%[-,]*}
expand() { # a list as the kernel writes it
	local part
	for part in ${1//,/ }; do seq "${part%-*}" "${part#*-}"; done | paste -sd,
}
rest=$(expand "$may_use" | tr ',' '\n' | grep -vx "$own" | paste -sd,)

# Notes how long the guest's processor has run when it is about to be bound, or binds nothing.
"${CC:-cc}" -O1 -shared -fPIC -o "$work/bind.so" "$root/tests/guest/bind.c" || exit 4

threads() { # PID: NAME CPUS, a line a thread
	local process=$1 task
	for task in "/proc/$process/task/"*; do
		printf '%s\t%s\n' "$(cat "$task/comm")" "$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' "$task/status")"
	done 2>/dev/null
}
qemu_of() { # PID of daxmark-guest
	local process
	tr ' ' '\n' 2>/dev/null <"/proc/$1/task/$1/children" | while read -r process; do
		[ "$(cat "/proc/$process/comm" 2>/dev/null)" != qemu-system-x86 ] || echo "$process"
	done
}
seen_from_outside() {
	local script status process
	LD_PRELOAD=$work/bind.so BIND_NOTES=$work/bound "$root/build/daxmark-guest" --image "$image" --initramfs "$work/initramfs" \
		--records "$work/records" --mode emulated --pin "$own" >"$work/out" 2>"$work/err" &
	script=$!
	# once it has said something it runs
	until is_gone "$script"; do
		process=$(qemu_of "$script")
		[ -z "$process" ] || threads "$process" >"$work/threads.new"
		# one that is about to end has no longer all of its threads
		! grep -qs "^CPU 0/TCG	$own\$" "$work/threads.new" || mv "$work/threads.new" "$work/threads"
		sleep 0.1
	done
	wait "$script"
	status=$?
	why="status $status: $(cat "$work/err"); seen: $(tr '\n' ';' <"$work/threads")"
	[ "$status" -eq 0 ] && [ "$(sed -n 's,^CPU 0/TCG	,,p' "$work/threads")" = "$own" ] || return 1
	sed '/^CPU 0/d; s/.*	//' "$work/threads" | sort -u >"$work/others"
	why="the others run on $(cat "$work/others")"
	[ "$(expand "$(cat "$work/others")")" = "${rest:-$own}" ]
}
stands_still() {
	why=$(tr '\n' ';' <"$work/bound")
	# two clock ticks at most, in user and in system mode, of the tens it would have had in half a second
	grep -q '^CPU 0/TCG: [01] [01]$' "$work/bound"
}
recorded() {
	why=$(head -n 1 "$work/records" | cut -c 1-200)
	[ "$(head -n 1 "$work/records" | jq -c '[.pinned, .pinned_others]')" = "[[$own],\"${rest:-$own}\"]" ]
}
# QEMU has its processor after twelve seconds.
slowly() {
	mkdir -p "$work/slow"
	printf '#!/bin/sh\ncase $* in *-kernel*) sleep 12 ;; esac\nexec %s "$@"\n' "$(command -v qemu-system-x86_64)" \
		>"$work/slow/qemu-system-x86_64"
	chmod +x "$work/slow/qemu-system-x86_64"
	PATH=$work/slow:$PATH guest 0 --mode emulated --pin "$own"
}
not_done() {
	LD_PRELOAD=$work/bind.so guest 4 --mode emulated --pin "$own" &&
		says err "could not be bound to processor $own of this machine: .*choose another with --pin" &&
		[ ! -e "$work/records" ]
}
not_there() { refuses '--pin 99999: this process may not run there; choose of ' --mode emulated --pin 99999; }
two() { refuses '--pin 0-1: name 1 processor of those' --mode emulated --pin 0-1; }
no_list() { refuses '--pin last: name 1 processor' --mode emulated --pin last; }
counted() { refuses '--pin is for mode time and emulated' --mode count --pin "$own"; }

test_that "a guest's processor has the one it was given, and QEMU's other threads the rest" seen_from_outside
test_that "it is bound before the guest's first instruction" stands_still
test_that "what it was bound to is recorded" recorded
test_that "a QEMU that answers late on a busy machine is bound all the same" slowly
if [ -n "$rest" ]; then
	test_that "a guest whose processor stays unbound is not measured" not_done
else
	skip_that "a guest whose processor stays unbound is not measured" "there is one processor, and all are bound to it"
fi
test_that "a processor that is not there is refused" not_there
test_that "two processors for one are refused" two
test_that "what is no list of processors is refused" no_list
test_that "a guest that is counted is not pinned" counted
finish
