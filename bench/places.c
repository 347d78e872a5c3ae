// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "bench/places.h"

int places_open(struct places *places, bool count, char reason[PLACE_REASON_MAX])
{
	int error = topology_load(&places->topology, !count);

	snprintf(reason, PLACE_REASON_MAX, "cannot find a processor to use: %s", strerror(-error));
	if (!error)
		error = place_choose(&places->topology, -1, NODE_UNKNOWN, &places->start);
	if (!error) {
		places->start.node = place_node(&places->topology, "/sys", 0, &places->start.from);
		error = place_bind(&places->start, reason);
	}
	if (error)
		topology_free(&places->topology);
	return error;
}

void places_close(struct places *places)
{
	topology_free(&places->topology);
}

int places_check(const struct places *places, const struct plan *plan, char error[PLAN_ERROR_MAX])
{
	char nodes[128];

	for (size_t i = 0; i < plan->targets; i++) {
		const struct plan_target *target = &plan->target[i];

		if (!target->node_line || topology_has_memory(&places->topology, (int)target->node))
			continue;
		topology_list_nodes(&places->topology, nodes, sizeof(nodes));
		snprintf(error, PLAN_ERROR_MAX,
			 "%s:%d: [target %s] node = %d: this machine has no such node with memory "
			 "that may be used; choose from: %s",
			 plan->path, target->node_line, target->name.text, (int)target->node,
			 nodes);
		return -EINVAL;
	}
	return 0;
}

/* The folder that a file is, or was, in. */
static int stat_folder(const char *file, struct stat *st)
{
	char *folder = strdup(file);
	int status = folder ? stat(dirname(folder), st) : -1;

	free(folder);
	return status;
}

/* The device a source's bytes are on; a file system may hide it (major number 0). */
static dev_t device_of(const struct source *source)
{
	struct stat st;

	if (!source->file && !source->directory)
		return stat(source->block, &st) ? 0 : st.st_rdev;
	/* of a file the loop device knows nothing of where the bytes are */
	if (source->file ? stat_folder(source->file, &st) : stat(source->directory, &st))
		return 0;
	return major(st.st_dev) ? st.st_dev : 0;
}

int places_choose(struct places *places, const struct plan *plan, const struct source *source,
		  size_t sources)
{
	int error = 0;

	for (size_t i = 0; i < sources && i < PLACES_MAX && !error; i++) {
		enum node_from from = NODE_PLAN;
		int node;

		/* without targets in the plan the source is the command line's device */
		if (i < plan->targets && plan->target[i].node_line)
			node = (int)plan->target[i].node;
		else
			node = place_node(&places->topology, "/sys", device_of(&source[i]), &from);
		error = place_choose(&places->topology, node, from, &places->near[i]);
	}
	return error;
}
