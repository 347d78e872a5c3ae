// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <string.h>

#include "figure/figures.h"
#include "figure/figures_steps.h"
#include "figure/plot_steps.h"
#include "report/groups.h"

static enum status draw(const struct gnuplot *gnuplot, const char *bench, struct plot_steps *s)
{
	char name[96];

	if (plot_steps_error(s)) {
		complain("out of memory");
		return STATUS_ENVIRONMENT;
	}
	snprintf(name, sizeof(name), "steps-%s", bench);
	figures_plain(name);
	return gnuplot_draw(gnuplot, "steps.gp", name, &s->plot.data,
			    (const char *const[]){ s->plot.title.data, s->plot.unit,
						   s->targets.data, s->sides.data, s->caption.data,
						   s->plot.panels.data, s->plot.extra.data, NULL });
}

/* The harness itself is on no target, and one number a side is no figure. */
static bool is_harness(const struct comparison *c, size_t metric, struct plot_arms arms)
{
	return !strcmp(c->costs[metric].name.fs, "none") && !arms.n && c->n_costs > 1;
}

enum status figures_draw_steps(const struct gnuplot *gnuplot, const struct comparison *c,
			       struct plot_arms arms)
{
	enum status status = STATUS_DONE;

	for (size_t i = 0; i < c->n_costs && status == STATUS_DONE; i++) {
		struct plot_steps s;

		if (!cost_begins_bench(c, i) || is_harness(c, i, arms))
			continue;
		plot_steps(&s, c, c->costs[i].name.bench, arms);
		if (s.plot.data.length)
			status = draw(gnuplot, c->costs[i].name.bench, &s);
		plot_steps_free(&s);
	}
	return status;
}
