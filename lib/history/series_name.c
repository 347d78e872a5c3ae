// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "history/read.h"

const char *series_title(const struct read_series *s)
{
	return *s->title ? s->title : s->bench;
}

void series_metric(const struct read_series *s, char metric[NIGHT_NAME_MAX])
{
	bool median = !*s->figure || !strcmp(s->figure, FIGURE_MEDIAN_NAME);
	int room = NIGHT_NAME_MAX - MODE_NAME_MAX - 1;

	snprintf(metric, NIGHT_NAME_MAX, "%.*s%s%s", room, s->metric, median ? "" : "-",
		 median ? "" : s->figure);
}

void series_name(const struct read_series *s, char name[SERIES_NAME_MAX])
{
	char metric[NIGHT_NAME_MAX];

	series_metric(s, metric);
	snprintf(name, SERIES_NAME_MAX, "%s/%s/%s/%s/%s/%s@%s", s->bench, s->arm, metric, s->fs,
		 s->access, s->mode, s->branch);
}
