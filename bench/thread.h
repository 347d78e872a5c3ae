/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_BENCH_THREAD_H
#define DAXMARK_BENCH_THREAD_H

#include <pthread.h>

/*
 * Starts a thread that is bound to *cpu from its first instruction on, or to where
 * its creator is when cpu is NULL. 0 or a negative errno.
 */
int thread_start(pthread_t *thread, const int *cpu, void *(*run)(void *), void *arg);

#endif
