/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_BENCH_BLOCKED_H
#define DAXMARK_BENCH_BLOCKED_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * Whether a thread of this process waits in the kernel and cannot be woken by
 * a signal (state D in /proc), as one does that a frozen file system holds. A
 * thread that was merely not scheduled is in another state.
 */
bool thread_is_blocked(pid_t tid);

#endif
