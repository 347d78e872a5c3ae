/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which process it is, and whether it is still there. A number alone does not tell:
 * it is given again, and each PID namespace counts for itself.
 */
#ifndef DAXMARK_BASE_PROCESS_H
#define DAXMARK_BASE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct process {
	uint64_t namespace; /* inode number of its PID namespace */
	pid_t pid;	    /* in that namespace, 0 is none */
	uint64_t start;	    /* ticks since boot, field 22 of /proc/PID/stat */
};

enum process_state {
	PROCESS_GONE, /* also when only its exit status is left */
	PROCESS_LIVES,
	PROCESS_HIDDEN, /* its PID namespace is not ours, and we cannot see all processes of it */
};

/*
 * When the process pid of our namespace began; 0 when there is none, or only its exit
 * status, which its parent has not asked for yet.
 */
uint64_t process_started(pid_t pid);

/* Inode number of a namespace ("pid", "mnt") of this process; 0 when it is unknown. */
uint64_t process_namespace(const char *kind);

/*
 * The same of any process, by its name in /proc. 0; -ESRCH when the process has ended, or
 * the kernel has no such namespaces; or the negative errno that hides it from us.
 */
int process_namespace_of(const char *process, const char *kind, uint64_t *inode);

/* Whether /proc shows each process of this machine: ours is the first PID namespace. */
bool process_sees_all(void);

/* 0, or -ENOENT when /proc does not show it. */
int process_identify(pid_t pid, struct process *process);

/* pid gets its number in our PID namespace, 0 unless it lives. */
enum process_state process_find(const struct process *process, pid_t *pid);
enum process_state process_state(const struct process *process);

#endif
