// SPDX-License-Identifier: GPL-2.0-or-later
/* The shapes that other tools gave to comparisons, and Markdown. */
#include "report/ktap.h"
#include "report/lkp.h"
#include "report/markdown.h"
#include "report/mmtests.h"
#include "tests/unit/reports.h"

/* Boots of both sides: one cost grows, one is the same, a check passes from then on. */
static void make(struct pair *p, const char *mode, const int *base, const int *new, size_t n)
{
	static const char *const labels[] = { "without", "with" };

	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		m.mode = mode;
		m.kernel = i ? "6.2.0" : "6.1.0";
		for (size_t k = 0; k < n; k++) {
			maker_boot(&m, labels[i], (long long)k + 1);
			maker_sample(&m, "read-then-write", i ? new[k] : base[k]);
			maker_sample(&m, "rewrite", 4);
			maker_check(&m, "ctime-mtime", i || k ? "pass" : "fail", "seen");
			maker_end(&m);
		}
		maker_read_good(&m, i ? &p->new : &p->base);
	}
	compare_pair(p);
}

/* A boot of one operation a metric, on no target. */
static void put(struct maker *m, const char *arm, const char *metric, const char *better, int value)
{
	maker_line(m,
		   "{\"kind\":\"sample\",\"bench\":\"freeze\",\"arm\":\"%s\",\"fs\":\"none\","
		   "\"access\":\"none\",\"metric\":\"%s\",\"unit\":\"instructions\","
		   "\"better\":\"%s\",\"n\":1,\"min\":%d,\"median\":%d,\"mean\":%d,\"p90\":%d,"
		   "\"p99\":%d,\"max\":%d,\"histogram\":[[%d,1]]}",
		   arm, metric, better, value, value, value, value, value, value, value);
}

static const int uneven[] = { 100, 104, 100 };

/* sd(c(100, 104, 100)) / mean(c(100, 104, 100)) is 2.28%; that of 200, 201, 200 is 0.29% */
static void lkp_shows_a_deviation_from_one_percent_on(void **state)
{
	static const int slight[] = { 200, 201, 200 };
	struct pair p;

	(void)state;
	make(&p, "count", uneven, slight, 3);
	assert_report(&p, report_lkp,
		      "\n       100 +- 2%    +100.0%        200        first-write.");
	release(&p);
}

static void lkp_names_the_metric_only_where_there_are_several(void **state)
{
	struct pair p;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, i ? "with" : "without", 1);
		put(&m, "o ne", "freeze", "lower", 10 + i);
		put(&m, "two", "freeze", "lower", 10 + i);
		put(&m, "two", "thaw", "lower", 10 + i);
		maker_end(&m);
		maker_read_good(&m, i ? &p.new : &p.base);
	}
	compare_pair(&p);
	assert_report(&p, report_lkp, "  freeze.o_ne.instructions\n");
	assert_report(&p, report_lkp, "  freeze.two.thaw.instructions\n");
	assert_report(&p, report_lkp, "  freeze.two.freeze.instructions\n");
	release(&p);
}

/* No arm of ours has a figure of which more is better, but a record may. */
static void mmtests_signs_what_is_better_as_positive(void **state)
{
	static const char *const better[] = { "lower", "higher" };
	static const char *const rows[] = { "Median  a  100.00 (   0.00%)  50.00 *  50.00%*\n",
					    "Median  a  100.00 (   0.00%)  50.00 * -50.00%*\n" };

	(void)state;
	for (int k = 0; k < 2; k++) {
		struct pair p;

		for (int i = 0; i < 2; i++) {
			struct maker m = { 0 };

			maker_open(&m);
			maker_boot(&m, i ? "with" : "without", 1);
			put(&m, "a", "freeze", better[k], i ? 50 : 100);
			maker_end(&m);
			maker_read_good(&m, i ? &p.new : &p.base);
		}
		compare_pair(&p);
		assert_report(&p, report_mmtests, rows[k]);
		release(&p);
	}
}

static void mmtests_has_no_percentage_of_zero(void **state)
{
	static const int nil[] = { 0 }, some[] = { 5 };
	struct pair p;

	(void)state;
	make(&p, "count", nil, some, 1);
	assert_report(&p, report_mmtests, "0.00 (   0.00%)  5.00 *  from 0*\n");
	release(&p);
}

static void markdown_escapes_what_would_be_markup(void **state)
{
	struct text t = { 0 };

	(void)state;
	markdown_escape(&t, "a|b <i> &lt; `c` *d* __e__ [f](g) \\| ~~h~~ #1 !2 $x$ @y caf\xc3\xa9");
	assert_string_equal(t.data,
			    "a\\|b &lt;i&gt; &amp;lt; \\`c\\` \\*d\\* \\_\\_e\\_\\_ \\[f\\](g) "
			    "\\\\\\| \\~\\~h\\~\\~ \\#1 \\!2 \\$x\\$ \\@y caf??");
	text_free(&t);
}

/* Cells of a table line: pipes with no backslash before them. */
static size_t pipes(const char *line, size_t length)
{
	size_t n = 0;

	for (size_t i = 0; i < length; i++) {
		if (line[i] == '\\')
			i++;
		else
			n += line[i] == '|';
	}
	return n;
}

/* Every line of a table has as many cells as the line of its headings. */
static void assert_tables(const char *text)
{
	size_t wanted = 0;

	while (*text) {
		size_t length = strcspn(text, "\n");

		if (*text != '|')
			wanted = 0;
		else if (!wanted)
			wanted = pipes(text, length);
		else
			assert_int_equal(pipes(text, length), wanted);
		text += length + (text[length] == '\n');
	}
}

static void hostile_words_end_no_cell_and_no_fence(void **state)
{
	static const char words[] = "|<b>`\\\\</details>";
	struct text t = { 0 };
	struct pair p;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		maker_boot(&m, i ? "n|<b>`\\\\" : "b|<i>`\\\\", 1);
		maker_line(&m,
			   "{\"kind\":\"target\",\"fs\":\"ext2\",\"access\":\"dax\","
			   "\"mkfs\":\"````\",\"mount\":\"%s ```` <b>\"}",
			   words);
		maker_sample_on(&m, "ext2", "dax", "first-write", words, i ? 9 : 5);
		maker_check(&m, words, i ? "pass" : "fail", words);
		maker_end(&m);
		maker_read_good(&m, i ? &p.new : &p.base);
	}
	compare_pair(&p);
	report_markdown(&t, &p.c);
	assert_tables(t.data);
	assert_says(t.data, "</summary>\n\n`````\n");
	assert_says(t.data, "\n`````\n\n</details>\n");
	/* in the fence they stand as they are, before it never */
	strstr(t.data, "<details>")[0] = '\0';
	assert_never_says(t.data, "<");
	text_free(&t);
	release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lkp_shows_a_deviation_from_one_percent_on),
		cmocka_unit_test(lkp_names_the_metric_only_where_there_are_several),
		cmocka_unit_test(mmtests_signs_what_is_better_as_positive),
		cmocka_unit_test(mmtests_has_no_percentage_of_zero),
		cmocka_unit_test(markdown_escapes_what_would_be_markup),
		cmocka_unit_test(hostile_words_end_no_cell_and_no_fence),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
