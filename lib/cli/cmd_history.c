// SPDX-License-Identifier: GPL-2.0-or-later
/* daxmark history: nights, their changes, and what to do about either. */
#include <argp.h>
#include <string.h>

#include "command/command.h"
#include "history/actions.h"

static const struct history_action actions[] = {
	{ "ack", "n", 1, 1, "the id of a change, or the name of a series", HISTORY_EXISTING,
	  history_action_ack },
	{ "add", "bdkR", 1, 2, "a folder of results, or two result files", HISTORY_CREATE,
	  history_action_add },
	{ "changes", "bNjo", 0, 0, "none", HISTORY_EXISTING, history_action_changes },
	{ "check", "", 0, 0, "none", HISTORY_EXISTING, history_action_check },
	{ "export", "bfo", 0, 0, "none", HISTORY_EXISTING, history_action_export },
	{ "list", "bRo", 0, 0, "none", HISTORY_EXISTING, history_action_list },
	{ "page", "o", 0, 0, "none", HISTORY_EXISTING, history_action_page },
	{ "rebuild", "", 0, 1, "the folder, if not --results", HISTORY_CREATE, NULL },
	{ "show", "bo", 0, 1, "the name of a series, or none to list them", HISTORY_EXISTING,
	  history_action_show },
	{ "summary", "bjo", 0, 0, "none", HISTORY_EXISTING, history_action_summary },
	{ 0 }, /* EOL */
};

static const struct argp_option options[] = {
	{ "results", 'r', "DIR", 0, "the folder of the nights and of history.db (results)", 0 },
	{ "branch", 'b', "NAME", 0, "the line of kernels a night belongs to (main), or only that",
	  0 },
	{ "date", 'd', "DATE", 0, "add: of the night, in UTC: 2026-11-24 or 2026-11-24T21:57:50Z",
	  0 },
	{ "kernel", 'k', "NAME", 0, "add: the new side's name for people (its uname -r)", 0 },
	{ "revision", 'R', "NAME", 0,
	  "add: what the new side was made of, a commit or a package version; list: only that", 0 },
	{ "note", 'n', "TEXT", 0, "ack: why the change is accepted", 0 },
	{ "new", 'N', NULL, 0, "changes: only those found in the last night", 0 },
	{ "judge", 'j', NULL, 0,
	  "changes, summary: exit 3 if in the last night a cost became worse, not acknowledged, or "
	  "a "
	  "check began to fail",
	  0 },
	{ "format", 'f', "FORMAT", 0, "export: json or csv", 0 },
	{ "output", 'o', "FILE", 0,
	  OUTPUT_HELP "; page: the folder of index.html (that of the nights)", 0 },
	{ 0 },
};

static void choose_action(struct history_arguments *a, const struct argp_state *state,
			  const char *name)
{
	struct text known = { 0 };

	for (const struct history_action *action = actions; action->name; action++) {
		if (!strcmp(action->name, name)) {
			a->action = action;
			text_free(&known);
			return;
		}
		text_add(&known, "%s%s",
			 action == actions ? ""
			 : action[1].name  ? ", "
					   : " and ",
			 action->name);
	}
	argp_error(state, "there is no action '%s'; there are %s", name,
		   known.data ? known.data : "others");
	text_free(&known);
}

/* What was given must mean something to the action; that is known at the end. */
static void check(const struct history_arguments *a, const char *given,
		  const struct argp_state *state)
{
	if (!a->action) {
		argp_error(state, "an action is missing; see --help");
		return;
	}
	for (; *given; given++)
		if (!strchr(a->action->options, *given))
			argp_error(state, "-%c means nothing to %s", *given, a->action->name);
	if (a->n_words < a->action->words_min || a->n_words > a->action->words_max)
		argp_error(state, "%zu argument%s: %s takes %s", a->n_words,
			   a->n_words == 1 ? "" : "s", a->action->name, a->action->words);
}

struct parsing {
	struct history_arguments *arguments;
	char given[16];
};

static void take_word(struct history_arguments *a, const char *word, const struct argp_state *state)
{
	if (!a->action) {
		choose_action(a, state, word);
		return;
	}
	if (a->n_words < 2)
		a->words[a->n_words] = word;
	a->n_words++;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct parsing *p = state->input;
	struct history_arguments *a = p->arguments;
	const struct {
		int key;
		const char **value;
	} values[] = {
		{ 'b', &a->branch },   { 'd', &a->date }, { 'k', &a->kernel },
		{ 'R', &a->revision }, { 'n', &a->note }, { 'f', &a->format },
		{ 'o', &a->output },   { 'N', NULL },	  { 'j', NULL },
	};

	switch (key) {
	case 'r':
		a->results = argument;
		return 0;
	case ARGP_KEY_ARG:
		take_word(a, argument, state);
		return 0;
	case ARGP_KEY_END:
		a->newest = strchr(p->given, 'N');
		a->judge = strchr(p->given, 'j');
		check(a, p->given, state);
		return 0;
	}
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		if (values[i].key != key)
			continue;
		if (values[i].value)
			*values[i].value = argument;
		if (!strchr(p->given, key))
			p->given[strlen(p->given)] = (char)key;
		return 0;
	}
	return ARGP_ERR_UNKNOWN;
}

int command_history(int argc, char **argv)
{
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.args_doc = "ACTION [ARGUMENT...]",
		.doc = "Keeps nights of measuring one kernel after another beside the same "
		       "baseline, and finds the nights in which a cost changed.\v"
		       "Actions:\n"
		       "  ack CHANGE      a change is known and accepted (--note says why); or "
		       "all\n"
		       "                  of a series\n"
		       "  add FOLDER      a folder that daxmark-bench left in --results\n"
		       "  add BASE NEW    two result files, which are copied there\n"
		       "  changes         when costs changed, and between which kernels\n"
		       "  check           whether history.db is whole and agrees with the results\n"
		       "  export          all of it for programs\n"
		       "  list            the nights\n"
		       "  page            index.html with graphs, as far as something changed\n"
		       "  rebuild [DIR]   makes history.db again from the results\n"
		       "  show [SERIES]   one series, night by night; or the names of all\n"
		       "  summary         what the last night brought, for a mail",
	};
	struct history_arguments arguments = { .results = "results" };
	struct parsing parsing = { .arguments = &arguments };
	struct history history;
	int status, err;

	argp_parse(&argp, argc, argv, 0, NULL, &parsing);
	if (!arguments.action->run)
		return history_rebuild_dir(arguments.n_words ? arguments.words[0]
							     : arguments.results);
	err = history_open(&history, arguments.results, arguments.action->open);
	if (err)
		return history_fail(&history, err);
	status = arguments.action->run(&history, &arguments);
	history_close(&history);
	return status;
}
