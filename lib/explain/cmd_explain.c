// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark explain: which functions a change of cost, or a slow operation, is made of. */
#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "compare/span.h"
#include "explain/explained.h"
#include "explain/explained_slow.h"
#include "explain/read_counts.h"
#include "report/groups.h"
#include "report/labels.h"

#define ROWS_DEFAULT 12

struct names {
	const char *bench, *arm, *metric, *fs, *access; /* NULL: any */
	const char *against; /* an arm of the same side; NULL: the other side */
};

enum how { HOW_TEXT, HOW_JSON, HOW_FOLDED, HOW_SVG };

struct arguments {
	struct sides sides;
	struct names names;
	char *counts_names;    /* as given; NULL: beside the results */
	const char *counts[2]; /* the same, taken apart */
	const char *function;
	const char *output;
	struct limits limits;
	size_t rows;
	enum how how;
	bool calls, slow;
};

enum {
	OPTION_ARM = 256,
	OPTION_BENCH,
	OPTION_METRIC,
	OPTION_FS,
	OPTION_ACCESS,
	OPTION_AGAINST,
	OPTION_COUNTS
};

static const struct argp_option options[] = {
	{ "bench", OPTION_BENCH, "NAME", 0, "only of this benchmark, as first-write", 1 },
	{ "arm", OPTION_ARM, "NAME", 0, "only of this arm, as read-then-write", 1 },
	{ "metric", OPTION_METRIC, "NAME", 0, "only this metric, as thaw", 1 },
	{ "fs", OPTION_FS, "NAME", 0, "only on this file system", 1 },
	{ "access", OPTION_ACCESS, "NAME", 0, "only with this access: dax, page-cache", 1 },
	{ "against", OPTION_AGAINST, "ARM", 0,
	  "what --arm does more than this arm of the same results, BASE alone", 2 },
	{ "slow", 's', NULL, 0,
	  "what the operations at p99 and the slowest did that the median one did not", 2 },
	{ "function", 'n', "NAME", 0, "only this function: who calls it", 2 },
	{ "calls", 'c', NULL, 0, "the tree of calls, too", 2 },
	{ "rows", 'r', "N", 0, "functions to name in a table (12)", 2 },
	{ "format", 'f', "FORMAT", 0,
	  "text, json, or of a single metric folded (stacks) or svg (flame graph)", 3 },
	{ "output", 'o', "FILE", 0, OUTPUT_HELP, 3 },
	{ "counts", OPTION_COUNTS, "BASE,NEW", 0,
	  "the counts of both sides (BASE with --against); default: NAME.counts beside each "
	  "NAME.jsonl",
	  3 },
	{ "floor", 'F', "PERCENT", 0, "a change of at most this is none (0.2)", 3 },
	{ 0 },
};

static void choose_format(struct arguments *a, const struct argp_state *state, const char *name)
{
	static const char *const known[] = { "text", "json", "folded", "svg" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(known[i], name) != 0)
			continue;
		a->how = (enum how)i;
		return;
	}
	argp_error(state, "there is no format '%s'; there are text, json, folded and svg", name);
}

static void take_counts(struct arguments *a, const struct argp_state *state)
{
	char *names = a->counts_names, *comma = names ? strchr(names, ',') : NULL;

	if (!names || a->names.against) {
		a->counts[0] = names;
		return;
	}
	if (!comma || comma == names || !comma[1]) {
		argp_error(state, "--counts takes two files, BASE,NEW; got '%s'", names);
		return;
	}
	*comma = '\0';
	a->counts[0] = names;
	a->counts[1] = comma + 1;
}

static size_t whole_number(const struct argp_state *state, const char *argument)
{
	char *end;
	unsigned long number = strtoul(argument, &end, 10);

	if (end == argument || *end || *argument == '-' || !number || number > 10000)
		argp_error(state, "--rows is '%s', not a whole number of 1 to 10000", argument);
	return number;
}

/* What belongs together was given together. */
static void check(struct arguments *a, const struct argp_state *state)
{
	if (!a->names.against) {
		cli_need_sides(&a->sides, 2, state, "exactly two can be explained");
	} else {
		cli_need_sides(&a->sides, 1, state,
			       "--against compares two arms of the same results");
		if (!a->names.arm || a->slow)
			argp_error(state, a->slow ? "--against and --slow are two questions"
						  : "--against needs --arm, the other arm");
	}
	take_counts(a, state);
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct arguments *a = state->input;

	switch (key) {
	case OPTION_BENCH:
		a->names.bench = argument;
		return 0;
	case OPTION_ARM:
		a->names.arm = argument;
		return 0;
	case OPTION_METRIC:
		a->names.metric = argument;
		return 0;
	case OPTION_FS:
		a->names.fs = argument;
		return 0;
	case OPTION_ACCESS:
		a->names.access = argument;
		return 0;
	case OPTION_AGAINST:
		a->names.against = argument;
		return 0;
	case OPTION_COUNTS:
		a->counts_names = argument;
		return 0;
	case 's':
		a->slow = true;
		return 0;
	case 'n':
		a->function = argument;
		return 0;
	case 'c':
		a->calls = true;
		return 0;
	case 'r':
		a->rows = whole_number(state, argument);
		return 0;
	case 'f':
		choose_format(a, state, argument);
		return 0;
	case 'o':
		a->output = argument;
		return 0;
	case 'F':
		return cli_parse_limit(key, argument, state, &a->limits);
	case ARGP_KEY_ARG:
		cli_take_side(&a->sides, argument);
		return 0;
	case ARGP_KEY_END:
		check(a, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static bool is(const char *wanted, const char *name)
{
	return !wanted || !strcmp(wanted, name);
}

static bool chosen(const struct names *names, const struct cost *m)
{
	return is(names->bench, m->name.bench) && is(names->arm, m->name.arm) &&
	       is(names->metric, m->name.metric) && is(names->fs, m->name.fs) &&
	       is(names->access, m->name.access);
}

static bool any_named(const struct names *names)
{
	return names->bench || names->arm || names->metric || names->fs || names->access;
}

/* Everything that is read, and the explanations made of it. */
struct work {
	struct loaded loaded;
	struct counts counts[2];
	struct explanation *list;
	size_t n;
};

static int explain_both(const struct comparison *c, const struct cost *m, struct work *w,
			char *error, size_t size)
{
	const struct side *side[2] = { c->side[0], comparison_last(c) };
	int err = 0;

	for (int s = 0; s < 2; s++)
		for (int slow = SLOW_P99; slow <= SLOW_MAX && !err; slow++) {
			err = explain_slow(side[s], &w->counts[s], &m->name, m->unit,
					   (enum slow_operation)slow, &w->list[w->n], error, size);
			w->n += !err;
		}
	return err;
}

/* Where the other arm was not measured, there is nothing to explain. */
static int explain_against(const struct side *side, const struct cost *m, const char *against,
			   struct work *w, char *error, size_t size)
{
	struct cost_name name = m->name;
	const struct side_sample *base;
	int err;

	name.arm = against;
	base = side_find_sample(&side->boots[0], &name);
	if (!base)
		return 0;
	err = explain_arms(side, &w->counts[0], &base->name, &m->name, m->unit, &w->list[w->n],
			   error, size);
	w->n += !err;
	return err;
}

/* Where the user named nothing, what cannot be explained is said and left out. */
static enum status explain_one(const struct cost *m, const struct arguments *a, struct work *w)
{
	const struct comparison *c = &w->loaded.comparison;
	char error[1024];
	int err;

	if (a->slow) {
		err = explain_both(c, m, w, error, sizeof(error));
	} else if (a->names.against) {
		err = explain_against(c->side[0], m, a->names.against, w, error, sizeof(error));
	} else {
		err = explain_change(c, m, &w->counts[0], &w->counts[1], &w->list[w->n], error,
				     sizeof(error));
		w->n += !err;
	}
	if (err == -ENOMEM)
		complain_memory();
	else if (err)
		complain("%s", error);
	return err == -EINVAL && !any_named(&a->names) ? STATUS_DONE : status_of(err);
}

static void complain_unchanged(const struct cost *m, size_t others)
{
	char base[LABEL_SIZE], new[LABEL_SIZE];

	complain("%s %s %s on %s %s: %s and %s, %s%s: no change to explain; --slow shows what "
		 "its slow operations did%s",
		 m->name.bench, m->name.arm, m->name.metric, m->name.fs, m->name.access,
		 label_number(cost_change(m)->judgement.base, base),
		 label_number(cost_change(m)->judgement.other, new),
		 verdict_name(cost_change(m)->judgement.verdict),
		 *cost_change(m)->judgement.why ? " (not proved)" : "",
		 others ? "; nor did the others of that name change" : "");
}

/* An explanation is of medians, which may be operations of another kind on either side. */
static void complain_mean(const struct cost *m)
{
	char base[LABEL_SIZE], new[LABEL_SIZE];

	complain("%s %s %s on %s %s: %s and %s are means (%s), and only medians can be explained; "
		 "--slow shows what its slow operations did",
		 m->name.bench, m->name.arm, m->name.metric, m->name.fs, m->name.access,
		 label_number(cost_change(m)->judgement.base, base),
		 label_number(cost_change(m)->judgement.other, new), m->figure_why);
}

static enum status explain_all(const struct arguments *a, struct work *w)
{
	const struct comparison *c = &w->loaded.comparison;
	const struct cost *unchanged = NULL;
	size_t n_unchanged = 0, n_explained = 0;
	enum status status = STATUS_DONE;

	w->list = calloc(4 * c->n_costs + 1, sizeof(*w->list));
	if (!w->list)
		return complain_memory();
	for (size_t i = 0; i < c->n_costs && status == STATUS_DONE; i++) {
		const struct cost *m = &c->costs[i];

		if (!chosen(&a->names, m))
			continue;
		if (!a->slow && !a->names.against && !is_change(&cost_change(m)->judgement)) {
			unchanged = unchanged ? unchanged : m;
			n_unchanged++;
			continue;
		}
		if (!a->slow && !a->names.against && cost_by_mean(m)) {
			complain_mean(m);
			n_explained += any_named(&a->names);
			continue;
		}
		n_explained++;
		status = explain_one(m, a, w);
	}
	if (status != STATUS_DONE)
		return status;
	/* why was said of each */
	if (n_explained && !w->n) {
		if (a->names.against)
			complain("%s has no arm '%s' beside '%s'", a->sides.path[0],
				 a->names.against, a->names.arm);
		return STATUS_USAGE;
	}
	if (n_explained || !any_named(&a->names))
		return STATUS_DONE;
	if (unchanged)
		complain_unchanged(unchanged, n_unchanged - 1);
	else
		complain("no metric of that name: benchmarks and arms are listed by daxmark "
			 "list, and what was measured by daxmark compare");
	return STATUS_USAGE;
}

/* A name that is nowhere is a mistake; one that is like it may be what was meant. */
static enum status check_function(const char *function, const struct work *w)
{
	const char *near = NULL;

	for (size_t i = 0; i < w->n; i++) {
		const struct explanation *e = &w->list[i];

		for (size_t j = 0; j < e->n_functions; j++) {
			if (!strcmp(e->functions[j].name, function))
				return STATUS_DONE;
			if (!near && strstr(e->functions[j].name, function))
				near = e->functions[j].name;
		}
	}
	complain("no function '%s' was executed there%s%s (inlined functions are part of those "
		 "they are in)",
		 function, near ? "; there is " : "", near ? near : "");
	return STATUS_USAGE;
}

static void report(struct text *text, const struct arguments *a, const struct explained *x)
{
	switch (a->how) {
	case HOW_JSON:
		report_explained_json(text, x);
		break;
	case HOW_FOLDED:
		report_explained_folded(text, x);
		break;
	case HOW_SVG:
		report_explained_svg(text, x);
		break;
	case HOW_TEXT:
		if (a->slow && !a->calls && !a->function)
			report_explained_slow(text, x);
		else
			report_explained(text, x);
	}
}

static enum status write_all(const struct arguments *a, const struct work *w)
{
	struct explained x = { .list = w->list,
			       .n = w->n,
			       .rows = a->rows,
			       .calls = a->calls,
			       .function = a->function };
	struct text text = { 0 };
	enum status status;

	if ((a->how == HOW_FOLDED || a->how == HOW_SVG) && w->n != 1) {
		complain("%zu explanations, and %s shows one: choose a metric with --bench, --arm, "
			 "--metric, --fs and --access",
			 w->n, a->how == HOW_SVG ? "a flame graph" : "a file of stacks");
		return STATUS_USAGE;
	}
	report(&text, a, &x);
	status = output_write(a->output, &text);
	text_free(&text);
	return status;
}

static void release(struct work *w)
{
	for (size_t i = 0; i < w->n; i++)
		explanation_free(&w->list[i]);
	free(w->list);
	for (int side = 0; side < 2; side++)
		counts_free(&w->counts[side]);
	cli_release(&w->loaded);
}

static enum status run(const struct arguments *a, struct work *w)
{
	enum status status = STATUS_DONE;

	if (w->loaded.side[0].mode != SIDE_COUNT) {
		complain("%s: was made in mode %s; only counts of instructions can be explained",
			 a->sides.path[0], side_mode_name(w->loaded.side[0].mode));
		return STATUS_USAGE;
	}
	if (w->loaded.comparison.n_costs &&
	    (a->slow || any_named(&a->names) ||
	     span_count(span_whole(&w->loaded.comparison), VERDICT_WORSE) ||
	     span_count(span_whole(&w->loaded.comparison), VERDICT_BETTER)))
		status = cli_read_counts(&w->loaded.side[0], a->counts[0], &w->counts[0]);
	if (status == STATUS_DONE && w->counts[0].n && !a->names.against)
		status = cli_read_counts(&w->loaded.side[1], a->counts[1], &w->counts[1]);
	if (status == STATUS_DONE)
		status = explain_all(a, w);
	if (status == STATUS_DONE && a->function)
		status = check_function(a->function, w);
	return status == STATUS_DONE ? write_all(a, w) : status;
}

int command_explain(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "BASE NEW\nBASE --arm ARM --against ARM",
		.doc = "Says of each cost that changed from BASE to NEW which kernel functions "
		       "the instructions went to; or of an arm what it does more "
		       "than another. Takes the two result files (LABEL.jsonl) and "
		       "the counts beside them that scripts/explain makes. " CLI_FILES_HELP,
	};
	struct arguments a = { .limits = compare_limits, .rows = ROWS_DEFAULT };
	struct work w = { 0 };
	enum status status;

	argp_parse(&argp, argc, argv, 0, NULL, &a);
	status = cli_load(&a.sides, &a.limits, &w.loaded);
	if (status != STATUS_DONE)
		return status;
	status = run(&a, &w);
	release(&w);
	return status;
}
