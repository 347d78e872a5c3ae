// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>

#include "history/history_words.h"
#include "history/text_promises.h"

static void add_promise(struct text *text, const struct view *view, const struct read_promise *p)
{
	static const char *const now[] = { "pass", "FAIL", "skip" };
	char target[LABEL_SIZE], words[WORDS_SIZE];

	add_paragraph(text, "  ", "%s: %s, %s", now[p->now], p->label,
		      label_target(p->fs, p->access, target));
	if (*p->evidence)
		add_paragraph(text, "    ", "%s", p->evidence);
	if (p->now == CHECK_FAIL && p->since != p->night)
		add_paragraph(text, "    ", "since %.10s, %s", view->nights[p->since].night.date,
			      word_kernel(&view->nights[p->since], words));
	else if (p->now == CHECK_FAIL && p->base == CHECK_PASS && p->before == CHECK_SKIP)
		add_paragraph(text, "    ",
			      "the baseline passes; no earlier night of this branch did");
}

void report_promises(struct text *text, const struct view *view, size_t night, bool newest)
{
	size_t n = 0;

	for (size_t i = 0; i < view->n_promises; i++) {
		const struct read_promise *p = &view->promises[i];

		if (p->night != night || promise_is_new(p) != newest)
			continue;
		if (!n++)
			text_add(text, "\n%s\n",
				 newest ? "Checks that came out differently"
					: "Checks that still fail");
		add_promise(text, view, p);
	}
}

size_t count_newly_broken(const struct view *view, size_t night)
{
	size_t n = 0;

	for (size_t i = 0; i < view->n_promises; i++)
		n += view->promises[i].night == night &&
		     promise_is_newly_broken(&view->promises[i]);
	return n;
}
