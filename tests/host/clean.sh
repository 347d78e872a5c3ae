#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The sources: no warning from gcc or clang, nothing from shellcheck, a licence line in every file, nothing of
# the machine they were written on.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
cd "$root" || exit 4

compiles() { # COMPILER
	run 0 make -s -j "$(nproc)" BUILD="$work/$1" CC="$1" CFLAGS='-O2 -Werror' all unit
}
gcc_clean() { compiles gcc; }
clang_clean() { compiles clang; }

# Tracked files, or all of them where there is no git.
files() { git ls-files 2>/dev/null || find . -type f -not -path './build/*' -not -path './results/*'; }
scripts() { files | while read -r file; do head -n 1 "$file" | grep -aqE '^#!.*(sh|bash)' && echo "$file"; done; }
shell_clean() {
	local list
	mapfile -t list < <(scripts)
	[ "${#list[@]}" -gt 5 ] && run 0 shellcheck -x "${list[@]}" && return 0
	why=$(head -n 5 "$work/out" | tr '\n' ' ')
	return 1
}
licensed() {
	why=$(files | grep -E '\.(c|h|gp|sh|ini|config)$|^scripts/|^Makefile' | while read -r file; do
		head -n 4 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' || echo "$file"
	done | tr '\n' ' ')
	[ -z "$why" ]
}
same_build_elsewhere() {
	mkdir -p "$work/elsewhere"
	files | cpio --quiet -pdm "$work/elsewhere" 2>/dev/null
	run 0 make -s -C "$work/elsewhere" -j "$(nproc)" build/daxmark-run || return 1
	run 0 make -s build/daxmark-run || return 1
	cmp -s build/daxmark-run "$work/elsewhere/build/daxmark-run" || {
		why="the runner differs when it is built in another folder"
		return 1
	}
}

test_that "gcc has no warning" gcc_clean
test_that "clang has no warning" clang_clean
test_that "shellcheck has nothing to say" shell_clean
test_that "every source has its licence line" licensed
test_that "the runner is the same bytes wherever it is built" same_build_elsewhere
finish
