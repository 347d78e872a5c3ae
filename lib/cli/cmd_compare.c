// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark compare: two result files into verdicts. */
#include <argp.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "compare/span.h"
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
	{ "text", text_format, SIDES_MAX },	  { "lkml", report_lkml, SIDES_MAX },
	{ "markdown", report_markdown, 2 },	  { "lkp", report_lkp, 2 },
	{ "mmtests", report_mmtests, SIDES_MAX }, { "json", report_json, SIDES_MAX },
	{ "ktap", report_ktap, SIDES_MAX },	  { NULL, NULL, 0 }, /* EOL */
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
	if (n > SIDES_MAX)
		argp_error(state, "%zu sides given, and %d can be compared at most", n, SIDES_MAX);
	cli_check_format(request, state);
	if (n > 2 && explain)
		argp_error(state, "--explain is for two sides; explain a series step by step");
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

/* Whether a step made something worse, or the last side is worse than the first or fails a check.
 */
static bool something_wrong(const struct comparison *c)
{
	for (size_t i = 0; i < c->n_checks; i++)
		if (c->checks[i].on[c->n_sides - 1].verdict == CHECK_FAIL)
			return true;
	for (size_t i = 1; i < c->n_sides; i++)
		if (span_regresses(span_step(c, i)))
			return true;
	return span_regresses(span_whole(c));
}

int command_compare(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "BASE NEW...",
		.doc = "Compares result files (LABEL.jsonl) of one plan: what every operation "
		       "costs on BASE and on NEW, and which promises each kernel keeps. More than "
		       "two are a series, such as each of its patches in turn: each is compared "
		       "with the "
		       "one before it and with the first. " CLI_FILES_HELP,
	};
	struct arguments a = { .request.formats = formats, .limits = compare_limits };
	struct counts counts[2] = { 0 };
	struct loaded loaded;
	enum status status;

	argp_parse(&argp, argc, argv, 0, NULL, &a);
	status = cli_load(&a.request.sides, &a.limits, &loaded);
	if (status != STATUS_DONE)
		return status;
	if (a.explain)
		status = cli_explain(&loaded, counts);
	if (status == STATUS_DONE)
		status = cli_report(&a.request, &loaded.comparison);
	if (status == STATUS_DONE && a.judge && something_wrong(&loaded.comparison))
		status = STATUS_JUDGED;
	cli_release(&loaded);
	counts_free(&counts[0]);
	counts_free(&counts[1]);
	return status;
}
