/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of compare.json and show.json; see report/json.h. */
#ifndef DAXMARK_REPORT_JSON_SIDE_H
#define DAXMARK_REPORT_JSON_SIDE_H

#include <jansson.h>

#include "record/side.h"

/* Whole numbers without ".0", and null for what JSON has no number for. */
json_t *json_number(double value);

/* A count that a record need not have: null where it is below least. */
json_t *json_count(int64_t value, int64_t least);

/* null for "". */
json_t *json_name(const char *name);

/*
 * How a side was measured: kernel, patches, machine, its boots and targets. What
 * was the same for all of its boots is taken from the first. NULL when out of
 * memory.
 */
json_t *json_side(const struct side *side);

#endif
