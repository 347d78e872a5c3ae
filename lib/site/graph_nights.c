// SPDX-License-Identifier: GPL-2.0-or-later
/* The axis of a graph, and the whole of a history in few points. */
#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "compare/stats.h"
#include "site/graph_parts.h"

#define TICKS_MAX  8
#define STRETCHES  300
#define KERNEL_MAX 17

static long day_of(const struct read_night *night)
{
	struct tm tm = { 0 };

	/* as night_parse_date() made it */
	strptime(night->night.date, "%Y-%m-%d", &tm);
	return (long)(timegm(&tm) / 86400);
}

/* Days from a night to the next, as it mostly is. */
static double usual_days(const struct page_series *s, size_t from)
{
	double days[PAGE_NIGHTS];
	size_t n = 0;

	for (size_t i = from + 1; i < s->end && n < PAGE_NIGHTS; i++)
		days[n++] = (double)(day_of(&s->page->view->nights[i]) -
				     day_of(&s->page->view->nights[i - 1]));
	return n ? stats_median(days, n) : 1;
}

static void add_skipped(struct text *data, const struct page_series *s, size_t from)
{
	const struct read_night *nights = s->page->view->nights;
	double usual = fmax(1, usual_days(s, from));
	size_t at = 0;

	for (size_t i = from; i < s->end; i++) {
		long days = i > from ? day_of(&nights[i]) - day_of(&nights[i - 1]) : 0;

		while (at < s->n && s->values[at].night < i)
			at++;
		if (at == s->n || s->values[at].night != i)
			text_add(data, "%.0f\t0\n", graph_place(s, i));
		if ((double)days > 1.5 * usual)
			text_add(data, "%.1f\t%ld\n", graph_place(s, i) - 0.5, days - 1);
	}
}

static void add_ticks(struct text *data, const struct page_series *s, size_t from)
{
	size_t step = (s->end - from + TICKS_MAX - 1) / TICKS_MAX;

	/* the last night has one */
	for (size_t at = from + (s->end - 1 - from) % step; at < s->end; at += step) {
		const struct night *night = &s->page->view->nights[at].night;

		text_add(data, "%.0f\t%.10s\t", graph_place(s, at), night->date);
		graph_words(data, night->kernel, KERNEL_MAX);
		text_add(data, "\n");
	}
}

void graph_nights(struct text *data, const struct page_series *s, size_t from)
{
	graph_block(data);
	add_skipped(data, s, from);
	graph_block(data);
	add_ticks(data, s, from);
}

void graph_strip(struct text *data, const struct page_series *s, double *low, double *high)
{
	size_t nights = s->end - s->first, at = 0;
	double *value = malloc((nights + 1) * sizeof(*value));

	*low = DBL_MAX;
	*high = -DBL_MAX;
	if (!value) {
		data->err = -ENOMEM;
		return;
	}
	for (size_t i = 0; i < STRETCHES; i++) {
		size_t end = s->first + (i + 1) * nights / STRETCHES, n = 0;
		double least = DBL_MAX, most = -DBL_MAX;

		for (; at < s->n && s->values[at].night < end; at++) {
			double v = graph_value(s, &s->values[at]);

			if (!isfinite(v))
				continue;
			least = fmin(least, v);
			most = fmax(most, v);
			value[n++] = v;
		}
		if (!n)
			continue;
		text_add(data, "%.1f\t%.9g\t%.9g\t%.9g\n",
			 ((double)i + 0.5) * (double)nights / STRETCHES + 0.5, least,
			 stats_median(value, n), most);
		*low = fmin(*low, least);
		*high = fmax(*high, most);
	}
	free(value);
	if (*low > *high)
		*low = *high = 0;
}
