// SPDX-License-Identifier: GPL-2.0-or-later
/* Where the thread ran that measured, and on what devices. */
#include <stdbool.h>
#include <string.h>

#include "report/facts.h"

/* Whether an earlier target has already told of this one's device. */
static bool told_before(const struct side_boot *boot, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!*boot->targets[k].skip &&
		    !strcmp(boot->targets[k].device, boot->targets[i].device))
			return true;
	return false;
}

/* Near what node a target was measured, and from how near. */
static void add_near(struct text *text, size_t width, const struct side_target *target)
{
	struct text value = { 0 };

	text_add(&value, "%s: ", target->device);
	if (target->node < 0)
		text_add(&value, "node not known; CPU %lld", (long long)target->bound_to);
	else if (target->bound_node == target->node)
		text_add(&value, "node %lld (%s); CPU %lld", (long long)target->node,
			 target->node_from, (long long)target->bound_to);
	else
		text_add(&value,
			 "node %lld (%s), of which no CPU could be used; NOT near it, on CPU %lld",
			 (long long)target->node, target->node_from, (long long)target->bound_to);
	if (target->bound_node >= 0 && target->bound_node != target->node)
		text_add(&value, " of node %lld", (long long)target->bound_node);
	if (target->memory_node >= 0)
		text_add(&value, "; memory of node %lld", (long long)target->memory_node);
	else
		text_add(&value, "; memory not bound");
	facts_add(text, width, "", &value);
}

void facts_places(struct text *text, size_t width, const struct side_boot *boot)
{
	const struct side_machine *m = &boot->machine;
	struct text value = { 0 };

	if (m->bound_to >= 0)
		text_add(&value, "bound to CPU %lld%s", (long long)m->bound_to,
			 m->nodes > 1 ? " where there is no device" : "");
	else
		text_add(&value, "the CPU it was bound to is not known");
	if (*m->topology)
		text_add(&value, "; topology %s", m->topology);
	facts_add(text, width, "Placement", &value);
	/* on a machine of one node all are as near as they can be */
	for (size_t i = 0; i < boot->n_targets && m->nodes > 1; i++)
		if (*boot->targets[i].node_from && !told_before(boot, i))
			add_near(text, width, &boot->targets[i]);
	for (size_t i = 0; i < boot->n_targets; i++) {
		const struct side_target *target = &boot->targets[i];

		if (!*target->device || *target->skip || told_before(boot, i))
			continue;
		text_add(&value, "%s%s", value.length ? ", " : "", target->device);
		if (target->size_bytes)
			text_add(&value, " (%lld MiB)", (long long)(target->size_bytes / 1048576));
	}
	facts_add(text, width, "Device", &value);
}
