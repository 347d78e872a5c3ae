/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_BASE_RUN_H
#define DAXMARK_BASE_RUN_H

#include <stddef.h>

/*
 * Runs argv[0], found in PATH, and waits for it. Its standard output and
 * errors go to output (size bytes, cut and terminated), its input is empty.
 * environment NULL: ours. Returns its exit status, 128 + the signal that
 * ended it, or a negative errno: -ENOENT when there is no such program.
 */
int command_run(const char *const argv[], char *const environment[], char *output, size_t size);

/* The command as one line, words apart by a blank. */
void command_line(const char *const argv[], char *line, size_t size);

#endif
