// SPDX-License-Identifier: GPL-2.0-or-later
/* The p99 of a time: told in every report, and judged, when it changed; else no word on it. */
#include "compare/steps.h"
#include "figure/plot_change.h"
#include "report/format_text.h"
#include "report/ktap.h"
#include "report/lkml.h"
#include "report/lkp.h"
#include "report/markdown.h"
#include "report/mmtests.h"
#include "report/steps_text.h"
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
	compare(p);
}

static void table(struct text *text, const struct comparison *c)
{
	report_table(text, 80, c);
}

static void a_tail_alone_that_grew_is_in_every_report(void **state)
{
	struct pair p;
	struct plot plot;

	(void)state;
	make_pair(&p, "time", 234);
	assert_int_equal(comparison_count(&p.c, VERDICT_SAME), 2);
	assert_int_equal(comparison_tails(&p.c, VERDICT_WORSE), 1);
	assert_report(&p, report_lkml, "none of 2 medians changed by more than 2%");
	assert_report(&p, report_lkml,
		      "Tails\n(p99): 1 worse, a first write to a hole on ext4 DAX (182 to 236 "
		      "ns,\n+29.7%)");
	assert_report(&p, report_lkml, "All 2 costs: 2 the same; p99: 1 worse (+29.7%)");
	assert_report(&p, report_lkml, "  first-write hole, ext4 DAX  182  236  +29.7%");
	assert_report(&p, table, "0 inconclusive; p99: 1 worse (+29.7%)\n");
	assert_report(&p, table, "  first-write hole, ext4 DAX  182  236  +29.7%");
	assert_report(&p, report_markdown, "first-write hole, ext4 DAX, p99 | 182 | 236 | ns |");
	assert_report(&p, report_lkp, "+29.7%        236        first-write.hole.ext4.dax.ns.p99");
	assert_report(&p, report_mmtests, "p99     hole");
	assert_report(&p, report_mmtests, "236.00 * -29.6");
	assert_report(&p, report_ktap,
		      "# worse: first-write hole write ext4/dax: 182 to 236 ns, p99");
	assert_int_equal(plot_change(&plot, &p.c, NULL), 0);
	assert_says(plot.note.data, "Tails of all benchmarks, p99: 1 worse (+29.7%)");
	plot_free(&plot);
	release(&p);
}

static void the_summary_names_the_tail_that_changed_most(void **state)
{
	struct text t = { 0 };
	struct pair p;

	(void)state;
	make_pair(&p, "time", 150);
	report_markdown(&t, &p.c);
	assert_says(t.data,
		    "Tails (p99): 1 better, a first write to a hole on ext4 DAX (182 to 152 "
		    "ns, -16.5%).");
	text_free(&t);
	release(&p);
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
		assert_int_equal(comparison_tails(&p.c, VERDICT_WORSE), 0);
		assert_int_equal(comparison_tails(&p.c, VERDICT_BETTER), 0);
		release(&p);
	}
}

static void a_step_that_brought_a_tail_is_named_and_has_regressed(void **state)
{
	static const char *const labels[] = { "a", "b", "c" };
	static const int slow[] = { 180, 180, 234 };
	struct side side[3];
	const struct side *const list[] = { &side[0], &side[1], &side[2] };
	char error[ERROR_SIZE] = "";
	struct text t = { 0 };
	struct steps steps;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		make_tail(&side[i], labels[i], "time", slow[i]);
	if (steps_compare(list, 3, &compare_limits, &steps, error, ERROR_SIZE))
		fail_msg("%s", error);
	assert_false(steps_regress(&steps, 1));
	assert_true(steps_regress(&steps, 2));
	report_steps_lkml(&t, &steps);
	assert_says(t.data, "the same at every step; the p99\n  of 1 changed at some step");
	assert_says(t.data, "Of\n2 steps, the tails changed with \"c\".");
	assert_says(t.data, "  b: no cost changed\n");
	assert_says(t.data, "  c: no median changed; p99: 1 worse (+29.7%)\n");
	assert_says(t.data, "Tails (p99):");
	assert_says(t.data, "  first-write hole, ext4 DAX  182  182     236\n"
			    "                                        +29.7%\n");
	text_free(&t);
	report_steps_mmtests(&t, &steps);
	assert_says(t.data, "p99     hole");
	assert_says(t.data, "236.00 * -29.67%*");
	text_free(&t);
	steps_free(&steps);
	for (size_t i = 0; i < 3; i++)
		side_free(&side[i]);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tail_alone_that_grew_is_in_every_report),
		cmocka_unit_test(the_summary_names_the_tail_that_changed_most),
		cmocka_unit_test(tails_that_stayed_are_not_mentioned),
		cmocka_unit_test(a_step_that_brought_a_tail_is_named_and_has_regressed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
