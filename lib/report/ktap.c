// SPDX-License-Identifier: GPL-2.0-or-later
#include "compare/span.h"
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

static void add_test(struct text *text, struct span span, const struct promise *check,
		     size_t number)
{
	const struct check_seen *base = &check->on[span.from], *new = &check->on[span.to];

	text_add(text, "# base %s: %s\n", check_verdict_name(base->verdict), base->evidence);
	text_add(text, "# new %s: %s\n", check_verdict_name(new->verdict), new->evidence);
	text_add(text, "%s %zu ", new->verdict == CHECK_FAIL ? "not ok" : "ok", number);
	/* readers take names apart at blanks and at '#' */
	text_add_word(text, check->name);
	text_add(text, ".");
	text_add_word(text, check->fs);
	text_add(text, ".");
	text_add_word(text, check->access);
	if (new->verdict == CHECK_SKIP)
		add_reason(text, new->evidence);
	text_add(text, "\n");
}

static void add_change(struct text *text, const struct cost *m, const struct judgement *j,
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
	text_take(text, &words);
}

void report_ktap(struct text *text, const struct comparison *c)
{
	struct span span = span_whole(c);
	size_t count[3] = { 0 }, tests = 0;

	for (size_t i = 0; i < c->n_checks; i++)
		tests += span_tried(span, i);
	/* a plan of no tests is an error to the kernel's parser */
	count[CHECK_SKIP] = !tests;
	text_add(text, "KTAP version 1\n1..%zu\n", tests ? tests : 1);
	text_add(text, "# base %s: %s\n# new %s: %s\n", span_base(span)->label,
		 span_base(span)->boots[0].machine.kernel, span_new(span)->label,
		 span_new(span)->boots[0].machine.kernel);
	add_differences(text, c);
	if (!tests)
		text_add(text, "ok 1 checks # SKIP none was made\n");
	tests = 0;
	for (size_t i = 0; i < c->n_checks; i++) {
		if (!span_tried(span, i))
			continue;
		add_test(text, span, &c->checks[i], ++tests);
		count[c->checks[i].on[span.to].verdict]++;
	}
	for (size_t i = 0; i < c->n_costs; i++) {
		const struct change *change = span_change(span, i);

		if (change && is_change(&change->judgement))
			add_change(text, &c->costs[i], &change->judgement,
				   label_mean(&c->costs[i]));
		if (change && tail_changed(change))
			add_change(text, &c->costs[i], &change->p99, ", p99");
	}
	text_add(text, "# Totals: pass:%zu fail:%zu xfail:0 xpass:0 skip:%zu error:0\n",
		 count[CHECK_PASS], count[CHECK_FAIL], count[CHECK_SKIP]);
}
