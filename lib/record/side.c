// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The memory of a side. Everything read from a file lives and dies together,
 * so it is kept on one list and no record needs a destructor of its own.
 */
#include <stdlib.h>
#include <string.h>

#include "record/side.h"

struct side_block {
	struct side_block *next;
	max_align_t memory[];
};

void *side_alloc(struct side *side, size_t size)
{
	struct side_block *block;

	if (size > SIZE_MAX - sizeof(*block))
		return NULL;
	block = calloc(1, sizeof(*block) + size);
	if (!block)
		return NULL;
	block->next = side->blocks;
	side->blocks = block;
	return block->memory;
}

const char *side_string(struct side *side, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = side_alloc(side, size);

	if (copy)
		memcpy(copy, text, size);
	return copy;
}

const struct side_target *side_find_target(const struct side_boot *boot, const char *fs,
					   const char *access)
{
	for (size_t i = 0; i < boot->n_targets; i++) {
		const struct side_target *target = &boot->targets[i];

		if (!strcmp(target->fs, fs) && !strcmp(target->access, access))
			return target;
	}
	return NULL;
}

const struct side_boot *side_find_seed(const struct side *side, int64_t seed)
{
	for (size_t i = 0; i < side->n_boots; i++)
		if (side->boots[i].run.seed == seed)
			return &side->boots[i];
	return NULL;
}

const struct side_boot *side_find_run(const struct side *side, const struct side_run *run)
{
	if (!*run->session)
		return side_find_seed(side, run->seed);
	for (size_t i = 0; i < side->n_boots; i++)
		if (!strcmp(side->boots[i].run.session, run->session) &&
		    side->boots[i].run.position == run->position)
			return &side->boots[i];
	return NULL;
}

const struct side_file *side_find_file(const struct side *side, dev_t dev, ino_t ino)
{
	for (size_t i = 0; i < side->n_files; i++)
		if (side->files[i].dev == dev && side->files[i].ino == ino)
			return &side->files[i];
	return NULL;
}

const struct side_sample *side_find_sample(const struct side_boot *boot,
					   const struct cost_name *name)
{
	for (size_t i = 0; i < boot->n_samples; i++)
		if (cost_same(&boot->samples[i].name, name))
			return &boot->samples[i];
	return NULL;
}

void side_free(struct side *side)
{
	for (size_t i = 0; i < side->n_boots; i++) {
		free(side->boots[i].targets);
		free(side->boots[i].benches);
		free(side->boots[i].samples);
		free(side->boots[i].checks);
		free(side->boots[i].skips);
	}
	free(side->boots);
	free(side->files);
	while (side->blocks) {
		struct side_block *block = side->blocks;

		side->blocks = block->next;
		free(block);
	}
	memset(side, 0, sizeof(*side));
}
