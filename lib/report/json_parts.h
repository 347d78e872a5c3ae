/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parts of the JSON documents; those of a side are in report/json_side.h. NULL when out of memory.
 */
#ifndef DAXMARK_REPORT_JSON_PARTS_H
#define DAXMARK_REPORT_JSON_PARTS_H

#include <jansson.h>

#include "base/text.h"
#include "compare/comparison.h"

/* The first words of the reports for people. */
json_t *json_summary(const struct comparison *comparison);

/* The tests of a time, and what made its pairs vary. */
json_t *json_tests(const struct judgement *judgement, const struct pair_spread *spread);

/* Names and the reason of what sides lack, without the sides. */
json_t *json_missing(const struct missing *missing);

/* Adds root as text and takes it over; NULL is remembered as being out of memory. */
void json_add(struct text *text, json_t *root);

#endif
