// SPDX-License-Identifier: GPL-2.0-or-later
/* Reports on more than two sides in a row. */
#include <string.h>

#include "cli/row.h"
#include "report/steps_text.h"

static void text_format(struct text *text, const struct steps *steps)
{
	report_steps_table(text, cli_text_width(), steps);
}

/* CLI_STEPS_FORMATS names these. */
static const struct steps_format {
	const char *name;
	void (*report)(struct text *text, const struct steps *steps);
} formats[] = {
	{ "text", text_format },
	{ "lkml", report_steps_lkml },
	{ "mmtests", report_steps_mmtests },
	{ "json", report_steps_json },
	{ "ktap", report_steps_ktap },
	{ NULL, NULL }, /* EOL */
};

static const struct steps_format *find_format(const char *name)
{
	for (const struct steps_format *f = formats; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

bool cli_has_steps_format(const char *name)
{
	return find_format(name) != NULL;
}

static enum status write_row(const struct request *request, const struct row *row)
{
	const char *name = request->format ? request->format->name : request->formats->name;
	struct text text = { 0 };
	enum status status;

	find_format(name)->report(&text, &row->steps);
	status = output_write(request->output, &text);
	text_free(&text);
	return status;
}

static bool has_regressed(const struct steps *steps)
{
	for (size_t i = 1; i < steps->n_sides; i++)
		if (steps_regress(steps, i))
			return true;
	return cli_something_wrong(steps_first(steps, steps->n_sides - 1));
}

enum status cli_report_steps(const struct request *request, const struct limits *limits,
			     bool *regressed)
{
	struct row *row;
	enum status status = cli_load_row(&request->sides, limits, &row);

	*regressed = false;
	if (status != STATUS_DONE)
		return status;
	*regressed = has_regressed(&row->steps);
	status = write_row(request, row);
	cli_release_row(row);
	return status;
}
