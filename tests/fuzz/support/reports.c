// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "figure/plot_boots.h"
#include "figure/plot_change.h"
#include "figure/plot_cost.h"
#include "figure/plot_operations.h"
#include "figure/plot_scaling.h"
#include "report/format_text.h"
#include "report/json.h"
#include "report/ktap.h"
#include "report/lkml.h"
#include "report/lkp.h"
#include "report/markdown.h"
#include "report/mmtests.h"
#include "report/show.h"
#include "report/size.h"
#include "tests/fuzz/support/look.h"
#include "tests/fuzz/support/reports.h"

#define MAIL_WIDTH  72
#define TABLE_WIDTH 80

static void look_plot(struct plot *plot, const struct comparison *c)
{
	struct text caption = { 0 };

	plot_caption(&caption, plot, c);
	look_plain(&caption, 0, 0);
	look_plain(&plot->data, 0, 1);
	look_plain(&plot->title, 0, 0);
	look_plain(&plot->panels, 0, 0);
	look_plain(&plot->extra, 0, 0);
	look_plain(&plot->note, 0, 0);
}

static void look_plots(const struct comparison *c)
{
	const struct plot_arms all = { 0 };
	struct plot plot;

	if (!plot_change(&plot, c, NULL))
		look_plot(&plot, c);
	else
		plot_free(&plot);
	for (size_t i = 0; i < c->n_costs && i < 4; i++) {
		plot_cost(&plot, c, c->costs[i].name.bench);
		look_plot(&plot, c);
		if (!plot_operations(&plot, c, &c->costs[i]))
			look_plot(&plot, c);
		else
			plot_free(&plot);
		if (!plot_boots(&plot, c, c->costs[i].name.bench, all))
			look_plot(&plot, c);
		else
			plot_free(&plot);
	}
}

void reports_of_one(const struct comparison *c)
{
	struct text text = { 0 };
	struct plot plot;

	report_show(&text, c);
	look_plain(&text, MAIL_WIDTH, 0);
	report_json(&text, c);
	look_json(&text);
	for (size_t i = 0; i < c->n_costs && i < 4; i++) {
		if (!plot_scaling(&plot, c, c->costs[i].name.bench))
			look_plot(&plot, c);
		else
			plot_free(&plot);
	}
}

void reports_of_two(const struct comparison *c)
{
	struct text text = { 0 };

	report_table(&text, TABLE_WIDTH, c);
	look_plain(&text, 0, 0);
	report_lkml(&text, c);
	look_plain(&text, MAIL_WIDTH, 0);
	report_markdown(&text, c);
	look_plain(&text, 0, 0);
	report_lkp(&text, c);
	look_plain(&text, 0, 0);
	report_mmtests(&text, c);
	look_plain(&text, 0, 0);
	report_json(&text, c);
	look_json(&text);
	report_ktap(&text, c);
	look_ktap(&text);
	report_size(&text, c, 1);
	look_plain(&text, 0, 0);
	look_plots(c);
}

void reports_of_series(const struct comparison *c)
{
	struct text text = { 0 };

	report_table(&text, TABLE_WIDTH, c);
	look_plain(&text, 0, 0);
	report_lkml(&text, c);
	look_plain(&text, MAIL_WIDTH, 0);
	report_mmtests(&text, c);
	look_plain(&text, 0, 0);
	report_json(&text, c);
	look_json(&text);
	report_ktap(&text, c);
	look_ktap(&text);
}
