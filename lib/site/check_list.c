// SPDX-License-Identifier: GPL-2.0-or-later
/* The promises that a night broke, breaks still, or keeps again. */
#include "base/markup.h"
#include "report/labels.h"
#include "site/parts.h"

static void add_check(struct text *text, const struct page *page, const struct read_promise *p)
{
	static const char *const found[] = { "pass", "FAIL", "skip" };
	static const char *const look[] = { "better", "worse", "skipped" };
	char target[LABEL_SIZE];

	text_add(text, "<li class=\"change %s\"><b>%s</b> ", look[p->now], found[p->now]);
	markup_escape(text, p->label);
	text_add(text, ", ");
	markup_escape(text, label_target(p->fs, p->access, target));
	if (p->now == CHECK_FAIL && !promise_is_new(p)) {
		text_add(text, ", since ");
		page_night(text, page, &page->view->nights[p->since], FROM_INDEX);
	}
	if (*p->evidence) {
		text_add(text, "; ");
		markup_escape(text, p->evidence);
	}
	text_add(text, "</li>\n");
}

size_t page_checks(struct text *text, const struct page *page, size_t night, bool newest)
{
	size_t n = 0;

	for (size_t i = 0; i < page->view->n_promises; i++) {
		const struct read_promise *p = &page->view->promises[i];

		if (p->night != night || promise_is_new(p) != newest)
			continue;
		if (!n++)
			text_add(text, "<h4>%s</h4>\n<ul>\n",
				 newest ? "Checks that came out differently"
					: "Checks that still fail");
		add_check(text, page, p);
	}
	if (n)
		text_add(text, "</ul>\n");
	return n;
}
