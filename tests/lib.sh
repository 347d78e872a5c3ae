# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the shell tests share: a folder of their own that goes with them, and a line a test.
#
#   test_that NAME FUNCTION    runs FUNCTION; it fails by returning non-zero, with its reason in $why
#   wait_until CONDITION...        waits until the command CONDITION succeeds
#   wait_beside PID CONDITION...   the same; fails at once when the process PID has ended before
#
# A test must not depend on how busy the machine is. It waits for a condition, never for a time in which something should
# have happened; a limit that it gives to a program is one that only a hang reaches.
#
# A test that mounts something sets own_mounts=1 before it reads this in. Whoever has a mount namespace of its own, as
# each run has, copied the mounts that there were when it began, and keeps their devices in use until it ends.

if [ -n "${own_mounts-}" ] && [ -z "${DAXMARK_OWN_MOUNTS-}" ] && [ "$EUID" -eq 0 ]; then
	DAXMARK_OWN_MOUNTS=1 exec unshare --mount --propagation slave "$0" "$@"
fi

# shellcheck disable=SC2034 # for those who read this in
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d) || exit 4
trap 'rm -rf "$work"' EXIT
unset DAXMARK_BUILD # of who runs the tests; those of this checkout are tested
failed=0
why=

# test_that STATEMENT COMMAND...: the command says why it does not hold in $why
test_that() {
	why=
	if "${@:2}"; then
		printf 'ok %s\n' "$1"
	else
		printf 'not ok %s: %s\n' "$1" "${why:-(no reason given)}"
		failed=1
	fi
}

skip_that() { printf 'skip %s: %s\n' "$1" "$2"; }

# Fails after five minutes, with a reason unless CONDITION has given one.
wait_until() { # CONDITION...
	local i
	for ((i = 0; i < 3000; i++)); do
		! "$@" || return 0
		sleep 0.1
	done
	why=${why:-"waited for five minutes: $*"}
	return 1
}
holds_or_is_gone() { "${@:2}" || is_gone "$1"; } # PID CONDITION...
wait_beside() { wait_until holds_or_is_gone "$@" && "${@:2}"; } # PID CONDITION...
is_gone() { ! kill -0 "$1" 2>/dev/null; } # PID

# What was seen, beside the line of the test that says it before its end.
note() { printf '# %s\n' "$1"; }

# run STATUS COMMAND...: output in $work/out and $work/err
run() {
	local want=$1 got
	shift
	"$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	[ "$got" -eq "$want" ] && return 0
	why="status $got instead of $want: $(tail -n 3 "$work/err" | tr '\n' ' ')"
	return 1
}

# says FILE PATTERN
says() {
	grep -qE -- "$2" "$work/$1" && return 0
	why="\"$(head -c 300 "$work/$1" | tr '\n' ' ')\" lacks \"$2\""
	return 1
}

# is FILTER LINE...: what jq's filter gives of $work/records, in any order
is() {
	local got filter=$1
	shift
	got=$(jq -r "$filter" "$work/records" | sort)
	[ "$got" = "$(printf '%s\n' "$@" | sort)" ] && return 0
	why="$got"
	return 1
}

# What scripts/kernel takes for an image: a boot header that names a release, and TEXT at its end.
fake_image() { # FILE TEXT
	{
		head -c 514 /dev/zero
		printf HdrS
		head -c 8 /dev/zero
		printf '\020\0006.1.0 (u@h) #1 \000%s' "$2"
	} >"$1"
}

# A QEMU that is none, in FOLDER: it runs FOLDER/guest, which finds in $console and $records, and $counts if any, where
# the guest's words go, in $seed the seed, in $image what the plugin is told of the image, and the image in $bzimage.
fake_qemu() { # FOLDER
	cat >"$1/qemu-system-x86_64" <<'QEMU'
#!/bin/bash -p
case $* in
*--version*) echo 'QEMU emulator version 7.2.22' && exit ;;
*--help*) echo '-plugin file' && exit ;;
*' -S -qmp stdio') exit ;; # only asked whether it starts
esac
counts='' image='' seed='' bzimage=''
for word; do
	case $word in
	file:*/console) console=${word#file:} ;;
	file:*/records) records=${word#file:} ;;
	*daxmark.seed=*) seed=${word##*daxmark.seed=} seed=${seed%% *} ;;
	*,out=*) counts=${word##*,out=} counts=${counts%%,*} image=${word##*,image=} ;;
	*/bzImage) bzimage=$word ;;
	esac
done
. "${0%/*}/guest"
QEMU
	chmod +x "$1/qemu-system-x86_64"
}

finish() { exit "$failed"; }
