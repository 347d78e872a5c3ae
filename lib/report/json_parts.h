/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A comparison as JSON that is part of something larger. */
#ifndef DAXMARK_REPORT_JSON_PARTS_H
#define DAXMARK_REPORT_JSON_PARTS_H

#include <jansson.h>

#include "base/text.h"
#include "compare/compare.h"

/* Of the documents; a field more is no other format. */
#define JSON_FORMAT 1

/* What report_json() writes; the caller's. NULL when out of memory. */
json_t *json_comparison(const struct comparison *comparison);

/* A built text as far as the end of its line; frees it. NULL when out of memory. */
json_t *json_line(struct text *built);

/* Adds root as text and takes it over; NULL is remembered as being out of memory. */
void json_add(struct text *text, json_t *root);

#endif
