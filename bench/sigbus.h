/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A store that may be answered with SIGBUS. */
#ifndef DAXMARK_BENCH_SIGBUS_H
#define DAXMARK_BENCH_SIGBUS_H

#include <stdbool.h>

/*
 * Stores a byte at the beginning of a mapped page and sets *refused when that gave SIGBUS
 * because the file has no such page. A SIGBUS of another thread, of another address or for a
 * broken memory cell goes to the handler that was installed before. One thread at a time may
 * call it. 0 or a negative errno.
 */
int sigbus_of_store(volatile char *page, bool *refused);

#endif
