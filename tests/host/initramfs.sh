#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# scripts/initramfs: the same inputs give the same bytes whoever makes them, and what is in them is what a guest needs.
# shellcheck disable=SC2317 # the functions are called by test_that

own_mounts=1
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

printf '[plan]\nseeds = 1\n' >"$work/plan.ini"
cp "$root/build/daxmark-run" "$work/runner"
make_it() { # OUT COMMAND...: with its environment
	run 0 "${@:2}" "$root/scripts/initramfs" "$work/runner" "$work/plan.ini" "$1"
}
listed() { cpio --quiet -it <"$work/one" 2>"$work/err"; }

same_bytes() {
	mkdir -p "$work/home" "$work/tmp"
	make_it "$work/one" env && (
		umask 077
		cp "$work/runner" "$work/mine"
		chmod 700 "$work/mine" && mv "$work/mine" "$work/runner"
		make_it "$work/two" env LC_ALL=C.UTF-8 LANG=C.UTF-8 TZ=Pacific/Auckland HOME="$work/home" \
			TMPDIR="$work/tmp" LD_PRELOAD="$(ldd "$(command -v git)" | sed -n 's/.*=> \([^ ]*libz[^ ]*\).*/\1/p')"
		printf '%s' "$why" >"$work/why"
		exit "$([ -z "$why" ] && echo 0 || echo 1)"
	) && cmp "$work/one" "$work/two" >"$work/err" 2>&1 && return 0
	why=$(cat "$work/err" "$work/why" 2>/dev/null)
	return 1
}
modes() {
	cpio --quiet -itv <"$work/one" >"$work/out" 2>/dev/null
	why=$(awk '$1 !~ /^(-rwxr-xr-x|-rw-r--r--|drwxr-xr-x|lrwxrwxrwx)$/ || $3 != "root" || $4 != "root"' "$work/out")
	[ -z "$why" ]
}
libraries() {
	local library
	while read -r library; do
		listed | grep -qx "${library#/}" || { why="$library is not in it"; return 1; }
	done < <(ldd "$work/runner" | grep -o '/[^ ]*')
	listed | grep -qx 'lib64/ld-linux-x86-64.so.2'
}

# Stands for a distribution whose busybox is linked dynamically, to a library that nothing else takes.
dynamic_busybox() {
	mkdir -p "$work/bin"
	printf 'int f(void) { return 0; }\n' | ${CC:-cc} -shared -x c -o "$work/bin/libonly.so" - &&
		printf 'int f(void); int main(void) { return f(); }\n' |
		${CC:-cc} -x c -o "$work/bin/busybox" - -x none -L"$work/bin" -lonly -Wl,-rpath,"$work/bin" || return 1
	run 0 env PATH="$work/bin:$PATH" "$root/scripts/initramfs" "$work/runner" "$work/plan.ini" "$work/one" || return 1
	listed | grep -qx "${work#/}/bin/libonly.so" || { why="its library is not in it"; return 1; }
}
static_all() {
	printf 'int main(void) { return 0; }\n' | ${CC:-cc} -static -x c -o "$work/static" - &&
		run 0 "$root/scripts/initramfs" "$work/static" "$work/plan.ini" "$work/one"
}
full_disk() {
	local result
	mkdir -p "$work/small" && mount -t tmpfs -o size=1m tmpfs "$work/small" || return 1
	run 4 env TMPDIR="$work/small" "$root/scripts/initramfs" "$work/runner" "$work/plan.ini" "$work/three" &&
		says err '^initramfs: the initramfs cannot be made in .*; is the disk full\?' &&
		[ "$(wc -l <"$work/err")" -eq 1 ] && [ ! -e "$work/three" ] && [ -z "$(ls -A "$work/small")" ]
	result=$?
	umount "$work/small"
	return "$result"
}
help() { run 0 "$root/scripts/initramfs" --help && says out '^usage: scripts/initramfs .*RUNNER PLAN OUT'; }
missing_tool() {
	local tool
	for tool in busybox cpio; do
		PATH=$(without "$tool") run 4 "$root/scripts/initramfs" "$work/runner" "$work/plan.ini" "$work/x" &&
			says err "^initramfs: $tool is missing; run scripts/deps" || return 1
		why="$(cat "$work/err")"
		[ "$(wc -l <"$work/err")" -eq 1 ] || return 1
	done
}
# A PATH that has all commands but one.
without() { # COMMAND
	local folder=$work/without-$1
	mkdir "$folder" && find /usr/bin /bin /usr/sbin /sbin -maxdepth 1 -executable ! -type d ! -name "$1" -exec ln -sf -t "$folder" {} +
	printf '%s\n' "$folder"
}
bad_input() {
	run 2 "$root/scripts/initramfs" --frob && says err 'unknown option --frob' &&
		run 2 "$root/scripts/initramfs" "$work/runner" && says err 'RUNNER PLAN OUT' &&
		run 2 "$root/scripts/initramfs" "$work/none" "$work/plan.ini" "$work/x" && says err 'none: no such program' &&
		run 2 "$root/scripts/initramfs" "$work/runner" "$work/none" "$work/x" && says err 'none: cannot be read' &&
		[ ! -e "$work/x" ]
}

if [ "$EUID" -eq 0 ]; then
	test_that "a full disk is this machine's fault, in one line" full_disk
else
	skip_that "a full disk is this machine's fault, in one line" "takes root, to mount"
fi
test_that "the same bytes under another umask, locale, time zone, home and preloaded library" same_bytes
test_that "everything in it may be read and belongs to root" modes
test_that "the runner's libraries are in it by the names the loader looks for" libraries
test_that "the libraries of a dynamic busybox are in it" dynamic_busybox
test_that "a static runner needs none" static_all
test_that "--help says what it makes" help
test_that "a command that is missing is named, and nothing else" missing_tool
test_that "bad input is named and makes nothing" bad_input
finish
