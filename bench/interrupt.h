/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_BENCH_INTERRUPT_H
#define DAXMARK_BENCH_INTERRUPT_H

#include <stdbool.h>

/*
 * From here on SIGINT, SIGTERM, SIGHUP, SIGQUIT and SIGPIPE ask for an end:
 * interrupt_wanted() becomes true and the run ends after the pass it is in, with
 * everything thawed and unmounted. A second SIGINT or SIGQUIT, which only a
 * terminal's user sends, or a fault of our own (SIGSEGV, SIGBUS, SIGFPE, SIGILL,
 * SIGABRT) thaws what is frozen and ends the process at once. A SIGTERM after a
 * SIGINT does not: of one Ctrl-C the terminal sends the one and the script that
 * waits for us the other.
 */
void interrupt_setup(void);
bool interrupt_wanted(void);

#endif
