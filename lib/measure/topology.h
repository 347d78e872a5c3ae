/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine as hwloc sees it, and the CPUs of it that may be used. */
#ifndef DAXMARK_MEASURE_TOPOLOGY_H
#define DAXMARK_MEASURE_TOPOLOGY_H

#include <hwloc.h>
#include <stdbool.h>
#include <stddef.h>

struct topology {
	hwloc_topology_t hwloc;
	hwloc_bitmap_t may; /* CPUs the thread that loaded it might use then */
};

/*
 * Loads this machine's, with its block devices if devices is set; the CPUs are
 * those taskset and cpusets leave to the calling thread. 0, -ENOMEM, -EIO when
 * hwloc cannot tell, -ENODEV when no CPU is left. Give it back with
 * topology_free(), which also takes a zeroed one.
 */
int topology_load(struct topology *topology, bool devices);
void topology_free(struct topology *topology);

/* "package:1 node:2 core:8 PU:16" */
void topology_summary(const struct topology *topology, char *text, size_t size);

/* CPUs that are online, and NUMA nodes of the machine, used or not; at least 1. */
int topology_cpus(const struct topology *topology);
int topology_nodes(const struct topology *topology);

/* Whether the process may use memory of that node, and the node has any. */
bool topology_has_memory(const struct topology *topology, int node);

/* The nodes there are for topology_has_memory(), as "0, 1". */
void topology_list_nodes(const struct topology *topology, char *text, size_t size);

/* Writes hwloc's XML to the file at path. 0 or a negative errno. */
int topology_export(const struct topology *topology, const char *path);

#endif
