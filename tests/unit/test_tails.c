// SPDX-License-Identifier: GPL-2.0-or-later
/* The p99 of a time: judged when it changed, and no word on it where it stayed. */
#include "compare/span.h"
#include "report/ktap.h"
#include "report/lkml.h"
#include "report/lkp.h"
#include "report/markdown.h"
#include "report/mmtests.h"
#include "report/format_text.h"
#include "tests/unit/reports.h"

#define PAIRS 10

/* 1000 operations: most at about typical, and 20 at about slow, so that p99 is one of these. */
static void put_tail(struct maker *m, const char *arm, int typical, int slow, int boot)
{
	typical += boot % 3 - 1;
	slow += (boot * 7) % 5;
	maker_line(m,
		   "{\"kind\":\"sample\",\"bench\":\"first-write\",\"arm\":\"%s\",\"fs\":\"ext4\","
		   "\"access\":\"dax\",\"metric\":\"write\",\"unit\":\"%s\",\"better\":\"lower\","
		   "\"n\":1000,\"min\":%d,\"median\":%d,\"mean\":%.9g,\"p90\":%d,\"p99\":%d,"
		   "\"max\":%d,\"faults\":1000,\"histogram\":[[%d,980],[%d,20]]}",
		   arm, strcmp(m->mode, "time") ? "instructions" : "ns", typical, typical,
		   (typical * 980 + slow * 20) / 1000.0, typical, slow, slow, typical, slow);
}

static void make_tail(struct side *side, const char *label, const char *mode, int slow)
{
	struct maker m = { 0 };

	maker_open(&m);
	m.mode = mode;
	for (int i = 0; i < PAIRS; i++) {
		maker_boot(&m, label, i + 1);
		put_tail(&m, "cold", 100, 150, i);
		put_tail(&m, "hole", 110, slow, i);
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

static void make_pair(struct pair *p, const char *mode, int slow)
{
	make_tail(&p->base, "old", mode, 180);
	make_tail(&p->new, "new", mode, slow);
	compare_pair(p);
}

static void table(struct text *text, const struct comparison *c)
{
	report_table(text, 80, c);
}

static void tails_that_stayed_are_not_mentioned(void **state)
{
	static void (*const reports[])(struct text *, const struct comparison *) = {
		report_lkml, report_markdown, report_lkp, report_mmtests, report_ktap, table
	};
	static const char *const modes[] = { "time", "count" };

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct pair p;

		/* of counts there is no verdict on a tail, however much it grew */
		make_pair(&p, modes[k], k ? 234 : 180);
		for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
			struct text t = { 0 };

			reports[i](&t, &p.c);
			assert_int_equal(text_error(&t), 0);
			assert_never_says(t.data, "p99");
			assert_never_says(t.data, "Tails");
			text_free(&t);
		}
		assert_int_equal(span_tails(span_whole(&p.c), VERDICT_WORSE), 0);
		assert_int_equal(span_tails(span_whole(&p.c), VERDICT_BETTER), 0);
		release(&p);
	}
}

static void a_step_that_brought_a_tail_has_regressed(void **state)
{
	static const int slow[] = { 180, 180, 234 };
	struct row r = { .n = 3 };

	(void)state;
	for (size_t i = 0; i < r.n; i++)
		make_tail(&r.side[i], "a", "time", slow[i]);
	compare_row(&r);
	assert_false(span_regresses(span_step(&r.c, 1)));
	assert_true(span_regresses(span_step(&r.c, 2)));
	release_row(&r);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(tails_that_stayed_are_not_mentioned),
		cmocka_unit_test(a_step_that_brought_a_tail_has_regressed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
