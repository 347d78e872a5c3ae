// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "measure/numa.h"

const char *node_from_name(enum node_from from)
{
	static const char *const name[] = { "unknown", "one node", "plan", "hwloc", "sysfs" };

	return name[from];
}

/* The disk's folder in sysfs, which for a partition is the one above its own. */
static int find_disk(const char *sysfs, dev_t device, char disk[PATH_MAX])
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/dev/block/%u:%u", sysfs, major(device), minor(device));
	if (!realpath(path, disk))
		return -errno;
	snprintf(path, sizeof(path), "%s/dev/block/%u:%u/partition", sysfs, major(device),
		 minor(device));
	if (!access(path, F_OK))
		*strrchr(disk, '/') = '\0';
	return 0;
}

static int node_by_hwloc(hwloc_topology_t hwloc, const char *name)
{
	hwloc_obj_t device = NULL, around;

	while ((device = hwloc_get_next_osdev(hwloc, device)))
		if (device->attr->osdev.type == HWLOC_OBJ_OSDEV_BLOCK &&
		    !strcmp(device->name, name))
			break;
	around = device ? hwloc_get_non_io_ancestor_obj(hwloc, device) : NULL;
	/* one that hangs at the whole machine is near all of its nodes: it tells nothing */
	if (!around || hwloc_bitmap_weight(around->complete_nodeset) != 1)
		return -1;
	return hwloc_bitmap_first(around->complete_nodeset);
}

static int read_node(const char *folder)
{
	char path[PATH_MAX + 16];
	FILE *file;
	int node = -1;

	snprintf(path, sizeof(path), "%s/numa_node", folder);
	file = fopen(path, "re");
	if (!file)
		return -1;
	if (fscanf(file, "%d", &node) != 1)
		node = -1;
	fclose(file);
	return node;
}

/* The disk itself has no numa_node, the bus device above it does. */
static int node_by_sysfs(const char *sysfs, char *folder)
{
	char root[PATH_MAX];
	int node = -1;

	if (!realpath(sysfs, root))
		return -1;
	while (node < 0 && strlen(folder) > strlen(root)) {
		node = read_node(folder);
		*strrchr(folder, '/') = '\0';
	}
	return node;
}

int place_node(const struct topology *topology, const char *sysfs, dev_t device,
	       enum node_from *from)
{
	char disk[PATH_MAX];
	int node;

	*from = NODE_ONLY;
	if (topology_nodes(topology) == 1)
		return hwloc_bitmap_first(hwloc_topology_get_complete_nodeset(topology->hwloc));
	*from = NODE_UNKNOWN;
	if (!device || find_disk(sysfs, device, disk))
		return -1;
	*from = NODE_HWLOC;
	node = node_by_hwloc(topology->hwloc, strrchr(disk, '/') + 1);
	if (node >= 0)
		return node;
	node = node_by_sysfs(sysfs, disk);
	*from = node < 0 ? NODE_UNKNOWN : NODE_SYSFS;
	return node;
}

/* What decides the order of a CPU, the first member most. */
struct rank {
	uint64_t distance;
	unsigned int thread; /* of its core, among those that may be used */
	unsigned int logical;
	int cpu;
};

static int by_rank(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->distance != y->distance)
		return x->distance < y->distance ? -1 : 1;
	if (x->thread != y->thread)
		return x->thread < y->thread ? -1 : 1;
	return x->logical < y->logical ? -1 : x->logical > y->logical;
}

/* 0 on the node itself; the largest there is when it is not known. */
static uint64_t distance_of(hwloc_topology_t hwloc, struct hwloc_distances_s *matrix,
			    hwloc_obj_t pu, int node)
{
	uint64_t least = UINT64_MAX, there, back;
	hwloc_obj_t target;
	int id;

	if (node < 0 || hwloc_bitmap_isset(pu->nodeset, (unsigned int)node))
		return 0;
	target = hwloc_get_numanode_obj_by_os_index(hwloc, (unsigned int)node);
	if (!matrix || !target)
		return least;
	hwloc_bitmap_foreach_begin(id, pu->nodeset)
	{
		hwloc_obj_t own = hwloc_get_numanode_obj_by_os_index(hwloc, (unsigned int)id);

		if (own && !hwloc_distances_obj_pair_values(matrix, own, target, &there, &back) &&
		    there < least)
			least = there;
	}
	hwloc_bitmap_foreach_end();
	return least;
}

/* How many CPUs of its core come before it that may be used as well. */
static unsigned int thread_of(const struct topology *topology, hwloc_obj_t pu)
{
	hwloc_obj_t core = hwloc_get_ancestor_obj_by_type(topology->hwloc, HWLOC_OBJ_CORE, pu);
	hwloc_obj_t other = NULL;
	unsigned int before = 0;

	while (core && (other = hwloc_get_next_obj_inside_cpuset_by_type(
				topology->hwloc, core->cpuset, HWLOC_OBJ_PU, other)))
		before += other->logical_index < pu->logical_index &&
			  hwloc_bitmap_isset(topology->may, other->os_index);
	return before;
}

int place_cpus(const struct topology *topology, int node, size_t n, int *cpu)
{
	struct hwloc_distances_s *matrix = NULL;
	hwloc_topology_t hwloc = topology->hwloc;
	unsigned int matrices = 1;
	hwloc_obj_t pu = NULL;
	struct rank *rank;
	size_t found = 0;

	rank = calloc((size_t)topology_cpus(topology) + 1, sizeof(*rank));
	if (!rank)
		return -ENOMEM;
	if (hwloc_distances_get_by_name(hwloc, "NUMALatency", &matrices, &matrix, 0) || !matrices)
		matrix = NULL;
	while ((pu = hwloc_get_next_obj_by_type(hwloc, HWLOC_OBJ_PU, pu)))
		if (hwloc_bitmap_isset(topology->may, pu->os_index))
			rank[found++] =
				(struct rank){ .distance = distance_of(hwloc, matrix, pu, node),
					       .thread = thread_of(topology, pu),
					       .logical = pu->logical_index,
					       .cpu = (int)pu->os_index };
	if (matrix)
		hwloc_distances_release(hwloc, matrix);
	qsort(rank, found, sizeof(*rank), by_rank);
	for (size_t i = 0; i < found && i < n; i++)
		cpu[i] = rank[i].cpu;
	free(rank);
	return (int)found;
}

int place_choose(const struct topology *topology, int node, enum node_from from,
		 struct place *place)
{
	int cpus = place_cpus(topology, node, 1, &place->cpu);
	hwloc_obj_t pu;

	if (cpus < 1)
		return cpus < 0 ? cpus : -ENODEV;
	place->node = node;
	place->from = from;
	pu = hwloc_get_pu_obj_by_os_index(topology->hwloc, (unsigned int)place->cpu);
	if (node >= 0 && hwloc_bitmap_isset(pu->complete_nodeset, (unsigned int)node))
		place->cpu_node = node;
	else
		place->cpu_node = hwloc_bitmap_first(pu->complete_nodeset);
	place->memory = -1;
	if (topology_nodes(topology) == 1)
		return 0;
	if (topology_has_memory(topology, node))
		place->memory = node;
	else if (topology_has_memory(topology, place->cpu_node))
		place->memory = place->cpu_node;
	return 0;
}
