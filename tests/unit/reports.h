/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sides that are compared, two or a row of them, and what a report on them must say. */
#ifndef DAXMARK_TESTS_REPORTS_H
#define DAXMARK_TESTS_REPORTS_H

#include "base/text.h"
#include "compare/comparison.h"
#include "tests/unit/sides.h"

struct pair {
	struct side base, new;
	struct comparison c;
	char error[ERROR_SIZE];
};

/* compare()'s answer */
static inline int try_compare_by(struct pair *p, const struct limits *limits)
{
	const struct side *const sides[] = { &p->base, &p->new };

	p->error[0] = '\0';
	return compare(sides, 2, limits, &p->c, p->error, ERROR_SIZE);
}

static inline int try_compare(struct pair *p)
{
	return try_compare_by(p, &compare_limits);
}

static inline void compare_pair(struct pair *p)
{
	if (try_compare(p))
		fail_msg("%s", p->error);
}

static inline void release(struct pair *p)
{
	comparison_free(&p->c);
	side_free(&p->base);
	side_free(&p->new);
}

/* Sides in a row, at first all zero. */
struct row {
	struct side side[SIDES_MAX];
	const struct side *list[SIDES_MAX];
	size_t n;
	struct comparison c;
	char error[ERROR_SIZE];
};

static inline int try_compare_row(struct row *r)
{
	for (size_t i = 0; i < r->n; i++)
		r->list[i] = &r->side[i];
	r->error[0] = '\0';
	return compare(r->list, r->n, &compare_limits, &r->c, r->error, ERROR_SIZE);
}

static inline void compare_row(struct row *r)
{
	if (try_compare_row(r))
		fail_msg("%s", r->error);
}

static inline void release_row(struct row *r)
{
	comparison_free(&r->c);
	for (size_t i = 0; i < r->n; i++)
		side_free(&r->side[i]);
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
