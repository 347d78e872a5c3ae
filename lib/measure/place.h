/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_MEASURE_PLACE_H
#define DAXMARK_MEASURE_PLACE_H

/* Where the measuring thread was put. */
struct place {
	int cpu;	    /* operating system's number */
	int node;	    /* its NUMA node, -1 where the kernel knows none */
	int nodes;	    /* NUMA nodes of the machine, at least 1 */
	int cpus;	    /* processors online */
	char topology[256]; /* hwloc's own one-line summary */
};

/*
 * Binds the calling thread to the first processor it may use, in hwloc's order
 * and as taskset or a cpuset leave it, and, where there is more than one
 * node, its memory to that processor's node; threads started later inherit
 * both. Returns 0 or a negative errno.
 */
int place_thread(struct place *place);

#endif
