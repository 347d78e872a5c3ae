/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two sides, their comparison, and what a report on it must say. */
#ifndef DAXMARK_TESTS_REPORTS_H
#define DAXMARK_TESTS_REPORTS_H

#include "base/text.h"
#include "compare/compare.h"
#include "tests/unit/sides.h"

struct pair {
	struct side base, new;
	struct comparison c;
};

static inline void compare(struct pair *p)
{
	char error[ERROR_SIZE] = "";

	if (compare_sides(&p->base, &p->new, &compare_limits, &p->c, error, sizeof(error)))
		fail_msg("%s", error);
}

static inline void release(struct pair *p)
{
	comparison_free(&p->c);
	side_free(&p->base);
	side_free(&p->new);
}

static inline void assert_fits(const char *text, size_t width)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		if (length > width)
			fail_msg("%zu columns: %.*s", length, (int)length, text);
		for (size_t i = 0; i < length; i++)
			if (text[i] < ' ' || text[i] > '~')
				fail_msg("byte %d in: %.*s", text[i], (int)length, text);
		text += length + (text[length] == '\n');
	}
}

static inline void assert_says(const char *text, const char *words)
{
	if (!strstr(text, words))
		fail_msg("\"%s\" is not in:\n%s", words, text);
}

static inline void assert_never_says(const char *text, const char *words)
{
	if (strstr(text, words))
		fail_msg("\"%s\" is in:\n%s", words, text);
}

/* That a report of the comparison has the words, in plain ASCII. */
static inline void assert_report(const struct pair *p,
				 void (*report)(struct text *, const struct comparison *),
				 const char *words)
{
	struct text t = { 0 };

	report(&t, &p->c);
	assert_int_equal(text_error(&t), 0);
	assert_fits(t.data, SIZE_MAX);
	assert_says(t.data, words);
	text_free(&t);
}

#endif
