/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DAXMARK_REPORT_JSON_SERIES_H
#define DAXMARK_REPORT_JSON_SERIES_H

#include <jansson.h>

#include "compare/comparison.h"

/* The document of a series: "series" in docs/compare.schema.json. NULL when out of memory. */
json_t *json_series(const struct comparison *comparison);

#endif
