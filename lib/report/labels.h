/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words a reader sees for the names in the records. */
#ifndef DAXMARK_REPORT_LABELS_H
#define DAXMARK_REPORT_LABELS_H

#include <stdbool.h>

#include "base/text.h"
#include "compare/comparison.h"

/* Room for any of the labels written into a buffer below. */
#define LABEL_SIZE 128

/*
 * "without" and "with", or "base" and "new" where the sides' own do not do; ""
 * where there is only one.
 */
struct side_labels {
	const char *base;
	const char *new;
};

struct side_labels label_sides(const struct comparison *comparison);

/* "First write to a page"; the benchmark's own name where the records have no words. */
const char *label_bench(const struct cost_name *name);

/* The same of the benchmark of that name, of which the comparison has costs. */
const char *label_bench_of(const struct comparison *comparison, const char *bench);

/* "First write to a 2 MiB page": the same for the group that a cost is of. */
const char *label_group(const struct cost_name *name);

/* "DAX", "page cache"; the name in the records if unknown. */
const char *label_access(const char *access);

/* "ext4 DAX", "ext2 page cache"; "" for none. buffer has LABEL_SIZE bytes. */
const char *label_target(const char *fs, const char *access, char *buffer);

/* "a first write to a page already read": what a cost is the cost of. */
const char *label_operation(const struct cost_name *name, char *buffer);

/* "splice sendfile-4k", "freeze idle thaw": the names in the records. */
const char *label_arm(const struct cost_name *name, char *buffer);

/* "cold", "cold+64k": an arm's name without the threads that did it at once. */
const char *label_unscaled(const struct cost *change, char *buffer);

/*
 * The unit as a reader should take it: "guest instructions" for a count of
 * instructions, "ns".
 */
const char *label_unit(const char *unit);

/* A number of operations' unit: whole if it is whole, else one decimal. */
const char *label_number(double number, char *buffer);

/* The same, but of 1000 ns and more only the whole ones. */
const char *label_figure(double value, const char *unit, char *buffer);

/* "12.3%", "large": how far runs lie apart. */
const char *label_spread(double spread_pct, char *buffer);

/* ", mean" where the figures of a cost are means, else "": to follow its name. */
const char *label_mean(const struct cost *change);

/* Times in the unit that suits them, others as label_number(): "1.71 us". */
const char *label_value(double value, const char *unit, char *buffer);

/* "1.52 M/s": operations a second. */
const char *label_per_second(double operations, char *buffer);

/* "64k", "2m", as a plan has them: a power of two of 1024 bytes or more. */
const char *label_size(int64_t bytes, char *buffer);

/* Decimal units: "560 MB/s", "2.29 GB/s". */
const char *label_rate(double bytes_per_second, char *buffer);

/*
 * Whether a change is that to the thousandfold or more. A percentage of a figure near
 * nothing says nothing: ">1000x" stands for it, beside the two figures.
 */
bool change_is_beyond(double change_pct);

/* "+335.2%", "0.0%", "from 0". */
const char *label_change(double change_pct, char *buffer);

/* "+9.8..+10.4%": an interval or a range of changes; "" where there is none. */
const char *label_interval(double low_pct, double high_pct, char *buffer);

#endif
