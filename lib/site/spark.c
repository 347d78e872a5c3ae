// SPDX-License-Identifier: GPL-2.0-or-later
#include <float.h>
#include <math.h>

#include "base/markup.h"
#include "site/parts.h"

#define WIDTH  130.0
#define HEIGHT 22.0
#define MARGIN 2.5

/* As in the graphs: no axis is shorter than this, of a ratio's logarithm. */
#define SHORTEST 0.02

struct spark {
	const struct read_values *of;
	size_t from, end; /* nights */
	double low, high;
};

static double across(const struct spark *s, double night)
{
	return MARGIN +
	       (night - (double)s->from + 0.5) / (double)(s->end - s->from) * (WIDTH - 2 * MARGIN);
}

static double down(const struct spark *s, double ratio)
{
	return HEIGHT - MARGIN - (ratio - s->low) / (s->high - s->low) * (HEIGHT - 2 * MARGIN);
}

static bool find_range(struct spark *s)
{
	double low = DBL_MAX, high = -DBL_MAX, middle;

	for (size_t i = 0; i < s->of->n; i++) {
		double ratio = s->of->values[i].ratio;

		if (!isfinite(ratio))
			continue;
		low = fmin(low, ratio);
		high = fmax(high, ratio);
	}
	middle = (low + high) / 2;
	s->low = fmin(low, middle - SHORTEST / 2);
	s->high = fmax(high, middle + SHORTEST / 2);
	return low <= high;
}

static void add_line(struct text *text, const struct spark *s)
{
	const struct read_value *last = NULL;

	text_add(text, "<path d=\"");
	for (size_t i = 0; i < s->of->n; i++) {
		const struct read_value *v = &s->of->values[i];

		if (!isfinite(v->ratio))
			continue;
		text_add(text, "%s%.1f %.1f", last ? "L" : "M", across(s, (double)v->night),
			 down(s, v->ratio));
		last = v;
	}
	text_add(text, "\"/>");
	if (last)
		text_add(text, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\"/>",
			 across(s, (double)last->night), down(s, last->ratio));
}

/* A change is where its first night begins; so is another environment. */
static void add_marks(struct text *text, const struct page *page, const struct spark *s,
		      const struct read_series *series)
{
	const struct view *view = page->view;

	for (size_t i = 0; i < view->n_changes; i++) {
		const struct read_change *c = &view->changes[i];

		if (&view->series[c->series] != series || c->split < s->from)
			continue;
		text_add(text, "<path class=\"%s\" d=\"M%.1f 0V%.0f\"/>",
			 c->acknowledged ? "acknowledged"
			 : c->worse	 ? "worse"
					 : "better",
			 across(s, (double)c->split - 0.5), HEIGHT);
	}
	for (size_t i = s->from; i < s->end; i++)
		if (*view->nights[i].starts)
			text_add(text, "<path class=\"starts\" d=\"M%.1f 0V%.0f\"/>",
				 across(s, (double)i - 0.5), HEIGHT);
}

void page_spark(struct text *text, const struct page *page, const struct read_series *series)
{
	struct spark s = { .of = &page->last[series - page->view->series] };
	size_t first;

	view_nights(page->view, series, &first, &s.end);
	s.from = s.end - first > PAGE_SPARK ? s.end - PAGE_SPARK : first;
	if (!find_range(&s))
		return;
	text_add(text,
		 "<svg class=\"spark\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
		 "role=\"img\" aria-label=\"last %zu nights: %+.1f%% to %+.1f%% of the "
		 "baseline\">",
		 WIDTH, HEIGHT, WIDTH, HEIGHT, s.of->n, expm1(s.low) * 100, expm1(s.high) * 100);
	add_marks(text, page, &s, series);
	add_line(text, &s);
	text_add(text, "</svg>");
}
