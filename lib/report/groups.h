/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which costs belong together. Those of one benchmark on one target stand
 * together in a comparison, [start, end) by their indices; those whose costs
 * compare with each other are a group.
 */
#ifndef DAXMARK_REPORT_GROUPS_H
#define DAXMARK_REPORT_GROUPS_H

#include <stdbool.h>

#include "compare/comparison.h"

/* The index behind the last of the benchmark and target that begin at start. */
size_t target_end(const struct comparison *c, size_t start);

/* The index behind the last of the group that begins at start. */
size_t group_end(const struct comparison *c, size_t start);

/* Whether the name of the arm is enough to tell its metrics apart. */
bool group_has_one_metric(const struct comparison *c, size_t start, size_t end);

/* Whether no earlier cost is of the same benchmark. */
bool cost_begins_bench(const struct comparison *c, size_t cost);

/* Whether the figures of any cost in [start, end) are means. */
bool group_has_mean(const struct comparison *c, size_t start, size_t end);

/* Whether its benchmark stands before the others. */
bool cost_comes_first(const struct cost_name *name);

/* Whether it stands for its benchmark: the arm itself, filled as ever and by one thread. */
bool cost_is_write_fault(const struct cost_name *name);

/* The same cost on the same file system by another access, or NULL. */
const struct cost *cost_with_other_access(const struct comparison *c, const struct cost *m);

#endif
