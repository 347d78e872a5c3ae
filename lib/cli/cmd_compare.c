// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark compare: two result files into verdicts. */
#include <argp.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "explain/read_counts.h"
#include "report/format_text.h"
#include "report/json.h"
#include "report/ktap.h"
#include "report/lkml.h"
#include "report/lkp.h"
#include "report/markdown.h"
#include "report/mmtests.h"

#define WIDTH_DEFAULT 80
#define WIDTH_MAX     120

size_t cli_text_width(void)
{
	struct winsize window;
	size_t width = WIDTH_DEFAULT;

	if (isatty(STDOUT_FILENO) && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) &&
	    window.ws_col > WIDTH_DEFAULT)
		width = window.ws_col < WIDTH_MAX ? window.ws_col : WIDTH_MAX;
	return width;
}

static void text_format(struct text *text, const struct comparison *comparison)
{
	report_table(text, cli_text_width(), comparison);
}

static const struct format formats[] = {
	{ "text", text_format },	 { "lkml", report_lkml },
	{ "markdown", report_markdown }, { "lkp", report_lkp },
	{ "mmtests", report_mmtests },	 { "json", report_json },
	{ "ktap", report_ktap },	 { NULL, NULL }, /* EOL */
};

struct arguments {
	struct request request;
	struct limits limits;
	bool judge, explain;
};

static const struct argp_option options[] = {
	{ "format", 'f', "FORMAT", 0,
	  "text (every metric), lkml (to paste into a mail), markdown (into a merge request), lkp "
	  "and mmtests (as the kernel test robot and mmtests have it), json, ktap",
	  0 },
	CLI_LIMIT_OPTIONS,
	{ "judge", 'j', NULL, 0,
	  "exit 1 if a metric or the p99 of a time is worse or a check of the last side fails, of "
	  "more than two sides also if a step made one worse; else only an error changes the exit "
	  "status",
	  0 },
	{ "explain", 'e', NULL, 0,
	  "name the calls that make most of each change; takes the counts that scripts/explain "
	  "makes",
	  0 },
	{ "output", 'o', "FILE", 0, OUTPUT_HELP, 0 },
	{ 0 },
};

static void check_sides(const struct request *request, bool explain, const struct argp_state *state)
{
	size_t n = request->sides.n;

	if (n < 2)
		cli_need_sides(&request->sides, 2, state, "two or more can be compared");
	if (n > CLI_SIDES_MAX)
		argp_error(state, "%zu sides given, and %d can be compared at most", n,
			   CLI_SIDES_MAX);
	if (n > 2 && request->format && !cli_has_steps_format(request->format->name))
		argp_error(state,
			   "more than two sides are reported as " CLI_STEPS_FORMATS ", not as %s",
			   request->format->name);
	if (n > 2 && explain)
		argp_error(state, "--explain is for two sides; explain a row step by step");
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct arguments *a = state->input;

	switch (key) {
	case 'F':
	case 'M':
		return cli_parse_limit(key, argument, state, &a->limits);
	case 'e':
		a->explain = true;
		return 0;
	case 'j':
		a->judge = true;
		return 0;
	case ARGP_KEY_END:
		check_sides(&a->request, a->explain, state);
		return 0;
	default:
		return cli_parse_request(key, argument, state, &a->request);
	}
}

bool cli_something_wrong(const struct comparison *c)
{
	for (size_t i = 0; i < c->n_checks; i++)
		if (c->checks[i].new == CHECK_FAIL)
			return true;
	return comparison_count(c, VERDICT_WORSE) || comparison_tails(c, VERDICT_WORSE);
}

static enum status compare_row(const struct arguments *a)
{
	bool regressed;
	enum status status = cli_report_steps(&a->request, &a->limits, &regressed);

	return status == STATUS_DONE && a->judge && regressed ? STATUS_JUDGED : status;
}

int command_compare(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "BASE NEW...",
		.doc = "Compares result files (LABEL.jsonl) of one plan: what every operation "
		       "costs on BASE and on NEW, and which promises each kernel keeps. More than "
		       "two are a row, such as the steps of a series: each is compared with the "
		       "one before it and with the first. " CLI_FILES_HELP,
	};
	struct arguments a = { .request.formats = formats, .limits = compare_limits };
	struct counts counts[2] = { 0 };
	struct loaded loaded;
	enum status status;

	argp_parse(&argp, argc, argv, 0, NULL, &a);
	if (a.request.sides.n > 2)
		return compare_row(&a);
	status = cli_load(a.request.sides.path[0], a.request.sides.path[1], &a.limits, &loaded);
	if (status != STATUS_DONE)
		return status;
	if (a.explain)
		status = cli_explain(&loaded, counts);
	if (status == STATUS_DONE)
		status = cli_report(&a.request, &loaded.comparison);
	if (status == STATUS_DONE && a.judge && cli_something_wrong(&loaded.comparison))
		status = STATUS_JUDGED;
	cli_release(&loaded);
	counts_free(&counts[0]);
	counts_free(&counts[1]);
	return status;
}
