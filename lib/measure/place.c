// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <hwloc.h>
#include <numa.h>
#include <stdio.h>
#include <string.h>

#include "measure/place.h"

static void summarise(hwloc_topology_t topology, char *text, size_t size)
{
	static const struct {
		hwloc_obj_type_t type;
		const char *name;
	} level[] = {
		{ HWLOC_OBJ_PACKAGE, "package" },
		{ HWLOC_OBJ_NUMANODE, "node" },
		{ HWLOC_OBJ_CORE, "core" },
		{ HWLOC_OBJ_PU, "PU" },
	};
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < sizeof(level) / sizeof(level[0]) && used < size; i++) {
		int n = hwloc_get_nbobjs_by_type(topology, level[i].type);

		if (n > 0)
			used += (size_t)snprintf(text + used, size - used, "%s%s:%d",
						 used ? " " : "", level[i].name, n);
	}
}

static int bind_memory(struct place *place)
{
	place->node = -1;
	place->nodes = 1;
	if (numa_available() < 0)
		return 0;
	place->nodes = numa_num_configured_nodes();
	place->node = numa_node_of_cpu(place->cpu);
	if (place->nodes < 2 || place->node < 0)
		return 0;

	struct bitmask *mask = numa_allocate_nodemask();

	if (!mask)
		return -ENOMEM;
	numa_bitmask_setbit(mask, (unsigned int)place->node);
	/* the thread's policy: mbind would be ignored for shared file mappings */
	numa_set_membind(mask);
	numa_free_nodemask(mask);
	return 0;
}

int place_thread(struct place *place)
{
	hwloc_topology_t topology;
	hwloc_obj_t first = NULL;
	hwloc_bitmap_t may;
	int error = 0;

	memset(place, 0, sizeof(*place));
	if (hwloc_topology_init(&topology))
		return -ENOMEM;
	if (hwloc_topology_load(topology)) {
		error = -EIO;
		goto out;
	}
	summarise(topology, place->topology, sizeof(place->topology));
	place->cpus = hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_PU);
	may = hwloc_bitmap_alloc();
	if (!may) {
		error = -ENOMEM;
		goto out;
	}
	if (!hwloc_get_cpubind(topology, may, HWLOC_CPUBIND_THREAD))
		first = hwloc_get_obj_inside_cpuset_by_type(topology, may, HWLOC_OBJ_PU, 0);
	hwloc_bitmap_free(may);
	if (!first) {
		error = -ENODEV;
		goto out;
	}
	place->cpu = (int)first->os_index;
	if (hwloc_set_cpubind(topology, first->cpuset, HWLOC_CPUBIND_THREAD)) {
		error = -errno;
		goto out;
	}
	error = bind_memory(place);
out:
	hwloc_topology_destroy(topology);
	return error;
}
