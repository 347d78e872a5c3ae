// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * daxmark plot: figures of two result files. All is drawn into a folder of its
 * own first and moved when it is whole, so that earlier figures stay as they
 * were when something goes wrong.
 */
#include <argp.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/gnuplot.h"
#include "report/labels.h"
#include "report/plotdata.h"

struct arguments {
	struct sides sides;
	const char *output;
	struct limits limits;
};

static const struct argp_option options[] = {
	CLI_LIMIT_OPTIONS,
	{ "output", 'o', "DIR", 0, "draw into this folder, which is made if needed", 0 },
	{ 0 },
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct arguments *a = state->input;

	switch (key) {
	case 'F':
	case 'M':
		return cli_parse_limit(key, argument, state, &a->limits);
	case 'o':
		a->output = argument;
		return 0;
	case ARGP_KEY_ARG:
		cli_take_side(&a->sides, argument);
		return 0;
	case ARGP_KEY_END:
		cli_need_sides(&a->sides, 2, state, "a figure shows exactly two");
		if (!a->output)
			argp_error(state, "--output DIR is missing");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* What a figure is made of, beside the sides' names and the caption. */
struct figure {
	const char *script;
	char name[64]; /* of its files, without what follows the dot */
	struct text data;
	struct text titles;
	struct text title;
	const char *unit;
};

static void figure_free(struct figure *figure)
{
	text_free(&figure->data);
	text_free(&figure->titles);
	text_free(&figure->title);
}

/* What a file may be called anywhere; "-" stands for other characters. */
static void name_figure(struct figure *figure, const char *kind, const char *what)
{
	snprintf(figure->name, sizeof(figure->name), "%s-%s", kind, what);
	for (char *c = figure->name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-._+@", *c))
			*c = '-';
}

static enum status draw(const struct gnuplot *gnuplot, const struct comparison *c,
			const struct figure *figure)
{
	struct side_labels sides = label_sides(c);
	struct text caption = { 0 };
	enum status status;

	if (!figure->data.length)
		return STATUS_DONE;
	plotdata_caption(&caption, c);
	if (text_error(&figure->titles) || text_error(&figure->title) || text_error(&caption)) {
		text_free(&caption);
		complain("out of memory");
		return STATUS_ENVIRONMENT;
	}
	status = gnuplot_draw(gnuplot, figure->script, figure->name, &figure->data,
			      (const char *const[]){ figure->title.data, figure->unit, sides.base,
						     sides.new, caption.data, figure->titles.data,
						     NULL });
	text_free(&caption);
	return status;
}

/* ", 6144 operations an arm and side", or from the fewest to the most */
static void add_operations(struct text *title, const struct comparison *c, const char *bench)
{
	int64_t least = INT64_MAX, most = 0;

	for (size_t i = 0; i < c->n_metrics; i++) {
		if (strcmp(c->metrics[i].bench, bench) != 0)
			continue;
		least = c->metrics[i].n < least ? c->metrics[i].n : least;
		most = c->metrics[i].n > most ? c->metrics[i].n : most;
	}
	text_add(title, ", %lld", (long long)least);
	if (most > least)
		text_add(title, " to %lld", (long long)most);
	text_add(title, " operations an arm and side");
}

/* Once a benchmark, and one dot (the harness itself) is no figure. */
static bool worth_drawing(const struct comparison *c, size_t metric)
{
	const char *bench = c->metrics[metric].bench;
	size_t n = 0;

	for (size_t i = 0; i < c->n_metrics; i++) {
		if (strcmp(c->metrics[i].bench, bench) != 0)
			continue;
		if (i < metric)
			return false;
		n++;
	}
	return n > 1;
}

static enum status draw_costs(const struct gnuplot *gnuplot, const struct comparison *c)
{
	enum status status = STATUS_DONE;

	for (size_t i = 0; i < c->n_metrics && status == STATUS_DONE; i++) {
		const struct metric_change *m = &c->metrics[i];
		struct figure figure = { .script = "cost.gp", .unit = label_unit(m->unit) };

		if (!worth_drawing(c, i))
			continue;
		name_figure(&figure, "cost", m->bench);
		plotdata_cost(&figure.data, c, m->bench);
		plotdata_cost_titles(&figure.titles, c, m->bench);
		text_add(&figure.title, "%s: median of single operations", label_bench(m->bench));
		add_operations(&figure.title, c, m->bench);
		status = draw(gnuplot, c, &figure);
		figure_free(&figure);
	}
	return status;
}

static enum status draw_first_write(const struct gnuplot *gnuplot, const struct comparison *c)
{
	const struct metric_change *m = NULL;
	struct figure figure = { .script = "first-write.gp", .name = "first-write" };
	enum status status;

	for (size_t i = 0; i < c->n_metrics && !m; i++)
		if (!strcmp(c->metrics[i].bench, "first-write") &&
		    !strcmp(c->metrics[i].arm, "read-then-write"))
			m = &c->metrics[i];
	if (!m)
		return STATUS_DONE;
	figure.unit = label_unit(m->unit);
	plotdata_distribution(&figure.data, c, m);
	plotdata_distribution_titles(&figure.titles, c, m);
	text_add(&figure.title,
		 "First write to a 4 KiB page already read: single operations, %lld a side and "
		 "target",
		 (long long)m->n);
	status = draw(gnuplot, c, &figure);
	figure_free(&figure);
	return status;
}

int command_plot(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "BASE NEW --output DIR",
		.doc = "Draws two result files (LABEL.jsonl) of one plan with gnuplot: the cost of "
		       "every arm on both sides, a figure a benchmark, and the distribution of "
		       "single first writes. SVG and PNG, with the data beside "
		       "them. " CLI_FILES_HELP,
	};
	struct arguments a = { .limits = compare_limits };
	struct gnuplot gnuplot;
	struct loaded loaded;
	enum status status;

	argp_parse(&argp, argc, argv, 0, NULL, &a);
	status = cli_load(a.sides.path[0], a.sides.path[1], &a.limits, &loaded);
	if (status != STATUS_DONE)
		return status;
	status = gnuplot_begin(&gnuplot, a.output);
	if (status == STATUS_DONE) {
		status = draw_costs(&gnuplot, &loaded.comparison);
		if (status == STATUS_DONE)
			status = draw_first_write(&gnuplot, &loaded.comparison);
		status = gnuplot_end(&gnuplot, status);
	}
	cli_release(&loaded);
	return status;
}
