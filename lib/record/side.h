/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A side of a comparison in memory: what its result files said, boot by boot.
 *
 * Its records are as kinds.h has them. Every string and array belongs to the
 * side and lives until side_free(), and no string holds a control character.
 */
#ifndef DAXMARK_RECORD_SIDE_H
#define DAXMARK_RECORD_SIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "record/kinds.h"

/* One stream of a file. */
struct side_boot {
	const char *path; /* of its file */
	size_t line;	  /* of its run record, from 1 */
	struct side_run run;
	struct side_machine machine;
	struct side_target *targets;
	size_t n_targets;
	struct side_bench *benches;
	size_t n_benches;
	struct side_sample *samples;
	size_t n_samples;
	struct side_check *checks;
	size_t n_checks;
	struct side_skip *skips;
	size_t n_skips;
};

struct side_file {
	const char *path;
	dev_t dev;
	ino_t ino;
};

struct side_block; /* memory the strings and arrays live in */

struct side {
	const char *label; /* of its boots, which all have the same */
	enum side_mode mode;
	struct side_file *files; /* in the order in which they were read */
	size_t n_files;
	struct side_boot *boots; /* in the order of the files */
	size_t n_boots;
	struct side_failure failure; /* then it has no boots */
	struct side_block *blocks;
};

/* Zeroed memory that lives as long as the side; NULL when there is none. */
void *side_alloc(struct side *side, size_t size);

/* A copy of text that lives as long as the side; NULL when out of memory. */
const char *side_string(struct side *side, const char *text);

/* A boot's target by its names, or NULL. */
const struct side_target *side_find_target(const struct side_boot *boot, const char *fs,
					   const char *access);

/* The first boot with that seed, or NULL. */
const struct side_boot *side_find_seed(const struct side *side, int64_t seed);

/*
 * The boot that this run record is of, or NULL. Timed boots are told apart by
 * session and position, all others by their seed: that decides what they give.
 */
const struct side_boot *side_find_run(const struct side *side, const struct side_run *run);

/* The file that has this inode, or NULL. */
const struct side_file *side_find_file(const struct side *side, dev_t dev, ino_t ino);

/* A boot's sample of that cost, or NULL. */
const struct side_sample *side_find_sample(const struct side_boot *boot,
					   const struct cost_name *name);

/* Frees all that the side owns and leaves it empty. */
void side_free(struct side *side);

#endif
