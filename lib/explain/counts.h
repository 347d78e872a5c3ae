/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads counts by function (docs/counts.md) into memory. A file is used whole
 * or not at all, and is treated as hostile.
 */
#ifndef DAXMARK_EXPLAIN_COUNTS_H
#define DAXMARK_EXPLAIN_COUNTS_H

#include <stddef.h>
#include <stdint.h>

#define COUNTS_BOOTS_MAX      1000
#define COUNTS_NODES_MAX      4000000
#define COUNTS_DEPTH_MAX      2048
#define COUNTS_OPERATIONS_MAX 32000000		  /* of all boots: few bytes stand for many */
#define COUNTS_TOTAL_MAX      ((uint64_t)1 << 53) /* of one operation: exact in a double */

struct counts_node {
	uint32_t parent; /* itself, of a root; else of a lower number */
	uint32_t name;
	uint32_t depth; /* 0 of a root, at most COUNTS_DEPTH_MAX */
};

struct counts_part {
	uint32_t node;
	uint64_t count;
};

struct counts_way {
	size_t first, n; /* of the boot's parts */
	uint64_t total;
};

struct counts_arm {
	uint64_t line; /* of the runner's records that come before its own */
	size_t first_way, n_ways;
	size_t first_operation, n_operations;
};

struct counts_boot {
	uint64_t seed;
	char image_sha256[65];
	uint64_t calls, calls_astray;
	char **name;
	size_t n_names, names_room;
	struct counts_node *node;
	size_t n_nodes, nodes_room;
	struct counts_part *part;
	size_t n_parts, parts_room;
	struct counts_way *way;
	size_t n_ways, ways_room;
	uint32_t *operation; /* its way, of all arms; by number in the arm */
	size_t n_operations, operations_room;
	struct counts_arm *arm;
	size_t n_arms, arms_room;
};

struct counts {
	struct counts_boot *boot;
	size_t n, room;
	size_t n_operations; /* of all boots */
};

/*
 * Adds the boots of a file to *counts, at first all zero; counts_free() it after
 * a success. On failure it is empty and error holds one line: -EINVAL when it is
 * not a whole file of counts, or of a kernel whose functions its symbol map does
 * not name; -ENOMEM, or the errno of opening or reading it.
 */
int counts_read(const char *path, struct counts *counts, char *error, size_t error_size);

/* The boot of that seed, or NULL. */
const struct counts_boot *counts_find(const struct counts *counts, int64_t seed);

/* The arm whose records follow so many others, or NULL. */
const struct counts_arm *counts_arm(const struct counts_boot *boot, uint64_t line);

void counts_free(struct counts *counts);

#endif
