// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "measure/topology.h"

/* Looks at graphics processors, which takes long and says nothing of block devices. */
static void leave_out_accelerators(hwloc_topology_t hwloc)
{
	static const char *const component[] = {
		"cuda", "gl", "levelzero", "nvml", "opencl", "rsmi"
	};

	/* one that is not there cannot be left out, which is as well */
	for (size_t i = 0; i < sizeof(component) / sizeof(component[0]); i++)
		hwloc_topology_set_components(hwloc, HWLOC_TOPOLOGY_COMPONENTS_FLAG_BLACKLIST,
					      component[i]);
}

static int load(struct topology *topology, bool devices)
{
	hwloc_topology_t hwloc;

	if (hwloc_topology_init(&topology->hwloc))
		return -ENOMEM;
	hwloc = topology->hwloc;
	if (devices) {
		leave_out_accelerators(hwloc);
		hwloc_topology_set_io_types_filter(hwloc, HWLOC_TYPE_FILTER_KEEP_IMPORTANT);
	}
	if (hwloc_topology_load(hwloc))
		return -EIO;
	topology->may = hwloc_bitmap_alloc();
	if (!topology->may)
		return -ENOMEM;
	if (hwloc_get_cpubind(hwloc, topology->may, HWLOC_CPUBIND_THREAD))
		return -EIO;
	hwloc_bitmap_and(topology->may, topology->may, hwloc_topology_get_allowed_cpuset(hwloc));
	return hwloc_bitmap_iszero(topology->may) ? -ENODEV : 0;
}

int topology_load(struct topology *topology, bool devices)
{
	int error;

	memset(topology, 0, sizeof(*topology));
	error = load(topology, devices);
	if (error)
		topology_free(topology);
	return error;
}

void topology_free(struct topology *topology)
{
	hwloc_bitmap_free(topology->may);
	if (topology->hwloc)
		hwloc_topology_destroy(topology->hwloc);
	memset(topology, 0, sizeof(*topology));
}

void topology_summary(const struct topology *topology, char *text, size_t size)
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
		int n = hwloc_get_nbobjs_by_type(topology->hwloc, level[i].type);

		if (n > 0)
			used += (size_t)snprintf(text + used, size - used, "%s%s:%d",
						 used ? " " : "", level[i].name, n);
	}
}

int topology_cpus(const struct topology *topology)
{
	return hwloc_get_nbobjs_by_type(topology->hwloc, HWLOC_OBJ_PU);
}

int topology_nodes(const struct topology *topology)
{
	int nodes = hwloc_bitmap_weight(hwloc_topology_get_complete_nodeset(topology->hwloc));

	return nodes > 1 ? nodes : 1;
}

bool topology_has_memory(const struct topology *topology, int node)
{
	hwloc_obj_t object = NULL;

	if (node >= 0)
		object = hwloc_get_numanode_obj_by_os_index(topology->hwloc, (unsigned int)node);
	return object && object->attr->numanode.local_memory;
}

void topology_list_nodes(const struct topology *topology, char *text, size_t size)
{
	hwloc_obj_t object = NULL;
	size_t used = 0;

	text[0] = '\0';
	while ((object = hwloc_get_next_obj_by_type(topology->hwloc, HWLOC_OBJ_NUMANODE, object)))
		if (object->attr->numanode.local_memory && used < size)
			used += (size_t)snprintf(text + used, size - used, "%s%u", used ? ", " : "",
						 object->os_index);
}

int topology_export(const struct topology *topology, const char *path)
{
	size_t length;
	FILE *file;
	char *text;
	int size, error = 0;

	/* not straight to the file: hwloc does not tell when the disk is full */
	if (hwloc_topology_export_xmlbuffer(topology->hwloc, &text, &size, 0))
		return -EIO;
	length = strlen(text);
	file = fopen(path, "we");
	if (!file || fwrite(text, 1, length, file) != length)
		error = -errno;
	if (file && fclose(file) && !error)
		error = -errno;
	hwloc_free_xmlbuffer(topology->hwloc, text);
	return error;
}
