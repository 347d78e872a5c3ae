#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The check private-write sees that a private write reached the file: here a library gives the runner a shared mapping
# where it asks for a private one. Kernels that break the promise are booted in tests/guest/promises.sh.
# shellcheck disable=SC2317 # the functions are called by test_that

# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

cat >"$work/shared.c" <<'END'
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

void *mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t offset)
{
	if (fd >= 0 && (flags & MAP_PRIVATE) && (protection & PROT_WRITE))
		flags = (flags & ~MAP_PRIVATE) | MAP_SHARED;
	return (void *)syscall(SYS_mmap, at, bytes, protection, flags, fd, offset);
}
END
printf '[plan]\nmode = emulated\nfilesystems = tmpfs\naccess = page-cache\nchecks = past-eof private-write\n' >"$work/plan.ini"

found() { # VERDICT EVIDENCE
	is 'select(.kind == "check" and .name == "private-write") | "\(.verdict): \(.evidence)"' "$1: $2"
}
kept() {
	run 0 "$root/build/daxmark-run" --plan "$work/plan.ini" --output "$work/records" &&
		found pass "private stores to a page read before, a page not mapped before and a hole: mtime and ctime did not move, the file's bytes did not change"
}
# tmpfs leaves the times of a file that is written through a mapping.
reached() {
	run 0 "${CC:-cc}" -shared -fPIC -o "$work/shared.so" "$work/shared.c" &&
		run 0 env LD_PRELOAD="$work/shared.so" "$root/build/daxmark-run" --plan "$work/plan.ini" --output "$work/records" &&
		found fail "private store to a page read before: mtime did not move, ctime did not move, the file's bytes changed"
}
# The runner has handlers of its own for SIGBUS; it goes on behind a store that gave one.
went_on() { is 'select(.kind == "check") | .name' past-eof private-write && is 'select(.kind == "end") | .kind' end; }

if [ "$EUID" -ne 0 ]; then
	skip_that "a private write that reaches the file is found" "it takes root, to mount tmpfs"
	finish
fi
test_that "a private write leaves a file on tmpfs alone" kept
test_that "a private write that reaches the file is found" reached
test_that "a store that gives SIGBUS ends neither the check nor the run" went_on
finish
