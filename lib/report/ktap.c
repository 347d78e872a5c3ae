// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/differences.h"
#include "report/groups.h"
#include "report/ktap.h"
#include "report/labels.h"

/* A '#' begins a directive, so none may come from a reason. */
static void add_reason(struct text *text, const char *reason)
{
	text_add(text, " # SKIP ");
	for (; *reason; reason++)
		text_add(text, "%c", *reason == '#' ? '_' : *reason);
}

static void add_test(struct text *text, const struct check_change *check, size_t number)
{
	text_add(text, "# base %s: %s\n", check_verdict_name(check->base), check->base_evidence);
	text_add(text, "# new %s: %s\n", check_verdict_name(check->new), check->new_evidence);
	text_add(text, "%s %zu ", check->new == CHECK_FAIL ? "not ok" : "ok", number);
	/* readers take names apart at blanks and at '#' */
	text_add_word(text, check->name);
	text_add(text, ".");
	text_add_word(text, check->fs);
	text_add(text, ".");
	text_add_word(text, check->access);
	if (check->new == CHECK_SKIP)
		add_reason(text, check->new_evidence);
	text_add(text, "\n");
}

static void add_change(struct text *text, const struct metric_change *m, const struct judgement *j,
		       const char *figure)
{
	char base[LABEL_SIZE], new[LABEL_SIZE], change[LABEL_SIZE];

	text_add(text, "# %s: %s %s %s %s/%s: %s to %s %s%s, %s\n", verdict_name(j->verdict),
		 m->name.bench, m->name.arm, m->name.metric, m->name.fs, m->name.access,
		 label_number(j->base, base), label_number(j->other, new), m->unit, figure,
		 label_change(j->change_pct, change));
}

static void add_differences(struct text *text, const struct comparison *c)
{
	struct text words = { 0 };

	differences_sentence(&words, c);
	if (words.length)
		text_add(text, "#%s\n", words.data);
	if (text_error(&words))
		text->err = text_error(&words);
	text_free(&words);
}

void report_ktap(struct text *text, const struct comparison *c)
{
	size_t count[3] = { 0 };

	/* a plan of no tests is an error to the kernel's parser */
	count[CHECK_SKIP] = !c->n_checks;
	text_add(text, "KTAP version 1\n1..%zu\n", c->n_checks ? c->n_checks : 1);
	text_add(text, "# base %s: %s\n# new %s: %s\n", c->base->label,
		 c->base->boots[0].machine.kernel, c->new->label, c->new->boots[0].machine.kernel);
	add_differences(text, c);
	for (size_t i = 0; i < c->n_checks; i++) {
		add_test(text, &c->checks[i], i + 1);
		count[c->checks[i].new]++;
	}
	if (!c->n_checks)
		text_add(text, "ok 1 checks # SKIP none was made\n");
	for (size_t i = 0; i < c->n_metrics; i++) {
		const struct metric_change *m = &c->metrics[i];

		if (metric_changed(m))
			add_change(text, m, &m->judgement, label_mean(m));
		if (tail_changed(m))
			add_change(text, m, &m->p99, ", p99");
	}
	text_add(text, "# Totals: pass:%zu fail:%zu xfail:0 xpass:0 skip:%zu error:0\n",
		 count[CHECK_PASS], count[CHECK_FAIL], count[CHECK_SKIP]);
}
