/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program that ends when this one ends, however that is: QEMU.
 */
#ifndef DAXMARK_GUEST_CHILD_H
#define DAXMARK_GUEST_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct child {
	pid_t pid;
	int pidfd;  /* -1: it has ended */
	int talk;   /* a socket, its standard input and output; -1: both are /dev/null */
	int status; /* once it has ended: its exit status, or 128 + the signal */
};

/* 0 is no limit. */
struct child_limits {
	uint64_t file_bytes; /* of each file it writes; beyond, SIGXFSZ ends it */
	uint64_t cpu_s;	     /* of processor time; beyond, SIGXCPU ends it */
};

/*
 * Starts argv[0], a path, with its standard error in the file errors; talk: with a socket. 0 or
 * -errno.
 */
int child_start(struct child *child, const char *const argv[], const char *errors, bool talk,
		const struct child_limits *limits);

/*
 * Waits until the child ends, at most ms milliseconds. True: it has ended, and status is set.
 * With fd not -1 it also comes back, with false, when fd has something to read. A signal that was
 * held kills the child and ends the program.
 */
bool child_wait(struct child *child, int fd, int ms);

/* Ends it with SIGKILL, as a guest that hangs obeys no other signal, and waits for it. */
void child_kill(struct child *child);

/* Seconds on a clock that nobody sets. */
double child_now(void);

#endif
