/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a target lies and which CPUs are near it. Nothing is done here, only
 * looked up in a topology and, for the node of a device, in sysfs.
 */
#ifndef DAXMARK_MEASURE_NUMA_H
#define DAXMARK_MEASURE_NUMA_H

#include <sys/types.h>

#include "measure/topology.h"

/* How the node of a target is known. */
enum node_from { NODE_UNKNOWN, NODE_ONLY, NODE_PLAN, NODE_HWLOC, NODE_SYSFS };

/* "unknown", "one node", "plan", "hwloc", "sysfs" */
const char *node_from_name(enum node_from from);

/*
 * The node the block device is attached to: hwloc's, else the first numa_node
 * that is not -1 in sysfs from the device upwards; on a machine of one node it
 * is that one. A partition lies where its disk does; loop and other devices that
 * are made by software lie nowhere. sysfs: where that is mounted; device: 0 if
 * there is none. -1 when it is not known.
 */
int place_node(const struct topology *topology, const char *sysfs, dev_t device,
	       enum node_from *from);

/*
 * The CPUs to use for n threads near a node, in this order: those of the node,
 * one of each core first, then the others of these cores; then the same for the
 * next nodes, nearer ones first by hwloc's matrix "NUMALatency" (the kernel's
 * distances) where there is one. With node -1 no node is nearer than another.
 *
 * cpu gets the numbers of up to n of them. Returns how many CPUs the process
 * may use, which may be more or less than n, or -ENOMEM.
 */
int place_cpus(const struct topology *topology, int node, size_t n, int *cpu);

/* Where the measuring thread and its memory are to be. */
struct place {
	int node; /* of the target, -1 when not known */
	enum node_from from;
	int cpu;      /* that the thread is bound to */
	int cpu_node; /* of the CPU: not that of the target when no CPU there may be used */
	int memory;   /* the node memory is bound to, -1: not bound */
};

/*
 * The first CPU of place_cpus(), and memory of the node; of the CPU's node
 * when the target's is not known or its memory may not be used. On a machine of
 * one node memory need not be bound. 0, -ENODEV or -ENOMEM.
 */
int place_choose(const struct topology *topology, int node, enum node_from from,
		 struct place *place);

#endif
