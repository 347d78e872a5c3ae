// SPDX-License-Identifier: GPL-2.0-or-later
/* From counts to an explanation, and what it looks like. */
#include <errno.h>

#include "explain/cause.h"
#include "explain/explained.h"
#include "explain/explained_slow.h"
#include "explain/explanation.h"
#include "tests/unit/reports.h"

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static char error[ERROR_SIZE];

/* Two sides and their counts. */
struct counted {
	struct pair pair;
	struct counts counts[2];
};

/* A boot a value, of that image. */
static void make(struct side *side, const char *label, const int *values, size_t n)
{
	struct maker m = { 0 };

	maker_open(&m);
	m.run = ",\"image_sha256\":\"" SHA "\"";
	for (size_t i = 0; i < n; i++) {
		maker_boot(&m, label, (long long)i + 1);
		maker_sample(&m, "read-then-write", values[i]);
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

static void make_counts(struct counts *counts, const char *text)
{
	char path[] = "/tmp/daxmark-test-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	if (counts_read(path, counts, error, sizeof(error)))
		fail_msg("%s", error);
	unlink(path);
}

/* A fault of so many instructions in each of 100 operations, and 8 of the program. */
#define BOOT(seed, ways, operations)                                                              \
	"daxmark-counts 1 " seed " " SHA "\ns (program)\nn 0 0\ns fault\nn 0 1\ns ext4_mkwrite\n" \
	"n 1 2\ns (interrupts)\nn 3 3\ns tick\nn 3 4\na 2\n" ways "o " operations "\nend 9 0\n"

static void open_pair(struct counted *p, const int *base, const int *new, size_t n,
		      const char *base_counts, const char *new_counts)
{
	memset(p, 0, sizeof(*p));
	make(&p->pair.base, "without", base, n);
	make(&p->pair.new, "with", new, n);
	make_counts(&p->counts[0], base_counts);
	make_counts(&p->counts[1], new_counts);
	compare_pair(&p->pair);
}

static void close_pair(struct counted *p)
{
	release(&p->pair);
	counts_free(&p->counts[0]);
	counts_free(&p->counts[1]);
}

static int explain(struct counted *p, struct explanation *e)
{
	error[0] = '\0';
	return explain_change(&p->pair.c, &p->pair.c.costs[0], &p->counts[0], &p->counts[1], e,
			      error, sizeof(error));
}

static const int hundred[] = { 100, 100, 100 }, more[] = { 150, 150, 150 };

static void functions_add_up_to_the_change_the_largest_first(void **state)
{
	struct explanation e;
	struct counted p;

	(void)state;
	open_pair(&p, hundred, more, 1, BOOT("1", "w 0 8 1 92\n", "0*100"),
		  BOOT("1", "w 0 8 1 95 2 47\n", "0*100"));
	assert_int_equal(explain(&p, &e), 0);
	assert_true(explanation_adds_up(&e));
	assert_true(e.total[TREE_BASE] == 100 && e.total[TREE_NEW] == 150);
	assert_string_equal(e.functions[0].name, "ext4_mkwrite");
	assert_true(e.functions[0].count[TREE_BASE] == 0 && e.functions[0].count[TREE_NEW] == 47);
	assert_string_equal(e.functions[1].name, "fault");
	assert_string_equal(e.functions[2].name, "(program)");
	assert_string_equal(e.subsystems[0].name, "fs/ext4");
	explanation_free(&e);
	close_pair(&p);
}

static void the_boot_in_the_middle_and_its_median_operation_are_explained(void **state)
{
	static const int base[] = { 90, 100, 120 }, new[] = { 140, 170, 150 };
	struct explanation e;
	struct counted p;

	(void)state;
	/* two ways to the same median, and slow ones that do not matter */
	open_pair(&p, base, new, 3,
		  BOOT("1", "w 0 90\n", "0*100")
			  BOOT("2", "w 0 8 1 92\nw 0 8 2 92\nw 0 8 1 80\n", "0*60 1*20 2*20")
				  BOOT("3", "w 0 120\n", "0*100"),
		  BOOT("1", "w 0 140\n", "0*100") BOOT("2", "w 0 170\n", "0*100")
			  BOOT("3", "w 0 8 1 142\n", "0*100"));
	assert_int_equal(explain(&p, &e), 0);
	assert_int_equal(e.seed[TREE_BASE], 2);
	assert_int_equal(e.seed[TREE_NEW], 3);
	assert_true(e.total[TREE_BASE] == 100 && e.total[TREE_NEW] == 150);
	/* 60 of 80 did it in "fault", 20 in "ext4_mkwrite" */
	assert_string_equal(e.functions[0].name, "fault");
	assert_true(e.functions[0].count[TREE_BASE] == 69);
	assert_true(e.functions[1].count[TREE_BASE] == 23);
	explanation_free(&e);
	close_pair(&p);
}

static void of_an_even_number_of_boots_two_are_explained_half_each(void **state)
{
	static const int base[] = { 90, 100 }, new[] = { 150, 150 };
	struct explanation e;
	struct counted p;

	(void)state;
	open_pair(&p, base, new, 2,
		  BOOT("1", "w 0 90\n", "0*100") BOOT("2", "w 0 8 1 92\n", "0*100"),
		  BOOT("1", "w 0 150\n", "0*100") BOOT("2", "w 0 150\n", "0*100"));
	assert_int_equal(explain(&p, &e), 0);
	assert_true(e.total[TREE_BASE] == 95 && e.clock[TREE_BASE] == 95);
	explanation_free(&e);
	close_pair(&p);
}

static void counts_of_something_else_are_refused(void **state)
{
	static const struct {
		const char *counts, *words;
	} bad[] = {
		{ BOOT("2", "w 0 8 1 92\n", "0*100"), "no counts of seed 1" },
		{ BOOT("1", "w 0 8 1 93\n", "0*100"), "not of this run" },
		{ BOOT("1", "w 0 8 1 92\n", "0*99"), "99 operations were counted and 100" },
		{ BOOT("1", "w 0 8 1 92\n", "0*200"), "200 operations were counted" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct explanation e;
		struct counted p;

		open_pair(&p, hundred, more, 1, bad[i].counts, BOOT("1", "w 0 8 1 142\n", "0*100"));
		assert_int_equal(explain(&p, &e), -EINVAL);
		if (!strstr(error, bad[i].words))
			fail_msg("\"%s\" lacks \"%s\"", error, bad[i].words);
		close_pair(&p);
	}
}

static void counts_of_another_image_are_refused(void **state)
{
	struct explanation e;
	struct counted p;

	(void)state;
	open_pair(&p, hundred, more, 1, BOOT("1", "w 0 8 1 92\n", "0*100"),
		  BOOT("1", "w 0 8 1 142\n", "0*100"));
	p.counts[1].boot[0].image_sha256[0] = 'f';
	assert_int_equal(explain(&p, &e), -EINVAL);
	assert_non_null(strstr(error, "another image"));
	close_pair(&p);
}

static void a_slow_operation_is_set_against_the_median(void **state)
{
	const struct cost_name like = {
		.bench = "first-write",
		.arm = "read-then-write",
		.metric = "write",
		.fs = "ext4",
		.access = "dax",
	};
	struct explanation e;
	struct explained x = { .list = &e, .n = 1 };
	struct text text = { 0 };
	struct counted p;

	(void)state;
	open_pair(&p, hundred, more, 1, BOOT("1", "w 0 8 1 92\n", "0*100"),
		  BOOT("1", "w 0 8 1 142\n", "0*100"));
	/* the record has one slow operation, and its own waiting */
	p.pair.base.boots[0].samples[0].max = 1000;
	counts_free(&p.counts[0]);
	make_counts(&p.counts[0], BOOT("1", "w 0 8 1 92\nw 0 8 1 92 4 800\n", "0*99 1"));
	assert_int_equal(explain_slow(&p.pair.base, &p.counts[0], &like, "instructions", SLOW_MAX,
				      &e, error, sizeof(error)),
			 0);
	assert_true(e.total[TREE_NEW] == 900 && e.clock[TREE_NEW] == 1000);
	assert_string_equal(e.tree.node[cause_of(&e.tree, 0)].name, "tick");
	report_explained_slow(&text, &x);
	assert_non_null(strstr(text.data, "max       1000  +800: (interrupts) tick +800; waited "
					  "for 100"));
	text_free(&text);
	explanation_free(&e);
	close_pair(&p);
}

static void a_label_is_no_markup_in_a_flame_graph(void **state)
{
	struct explanation e;
	struct explained x = { .list = &e, .n = 1, .rows = 1 };
	struct text text = { 0 };
	struct counted p;

	(void)state;
	open_pair(&p, hundred, more, 1, BOOT("1", "w 0 8 1 92\n", "0*100"),
		  BOOT("1", "w 0 8 1 95 2 47\n", "0*100"));
	assert_int_equal(explain(&p, &e), 0);
	e.label[TREE_NEW] = "</title><script>&";
	report_explained_svg(&text, &x);
	assert_never_says(text.data, "<script");
	assert_says(text.data, "without 0, &lt;/title&gt;&lt;script&gt;&amp; 47, +47</title>");
	text_free(&text);
	explanation_free(&e);
	close_pair(&p);
}

static void what_a_change_is_made_of_is_named(void **state)
{
	struct cost *m;
	struct explanation e;
	struct counted p;

	(void)state;
	/* a call that is new */
	open_pair(&p, hundred, more, 1, BOOT("1", "w 0 8 1 92\n", "0*100"),
		  BOOT("1", "w 0 8 1 92 2 50\n", "0*100"));
	m = &p.pair.c.costs[0];
	assert_int_equal(explain(&p, &e), 0);
	cause_fill(&e, m);
	assert_int_equal(m->n_made_of, 1);
	assert_string_equal(m->made_of[0].name, "ext4_mkwrite");
	assert_true(m->made_of[0].change == 50);
	explanation_free(&e);
	close_pair(&p);

	/* work that moved from one call to another, and a little more: no call tells it */
	open_pair(&p, hundred, more, 1, BOOT("1", "w 0 8 1 92\n", "0*100"),
		  BOOT("1", "w 4 150\n", "0*100"));
	m = &p.pair.c.costs[0];
	assert_int_equal(explain(&p, &e), 0);
	cause_fill(&e, m);
	assert_int_equal(m->n_made_of, 3);
	assert_string_equal(m->made_of[0].name, "tick");
	assert_string_equal(m->made_of[1].name, "fault");
	assert_true(m->made_of[1].change == -92);
	explanation_free(&e);
	close_pair(&p);
}

static void nothing_that_changed_is_said_in_words(void **state)
{
	struct explained x = { 0 };
	struct text text = { 0 };

	(void)state;
	report_explained(&text, &x);
	assert_string_equal(
		text.data,
		"No metric that its median leads changed: there is nothing to explain.\n");
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_add_up_to_the_change_the_largest_first),
		cmocka_unit_test(the_boot_in_the_middle_and_its_median_operation_are_explained),
		cmocka_unit_test(of_an_even_number_of_boots_two_are_explained_half_each),
		cmocka_unit_test(counts_of_something_else_are_refused),
		cmocka_unit_test(counts_of_another_image_are_refused),
		cmocka_unit_test(a_slow_operation_is_set_against_the_median),
		cmocka_unit_test(a_label_is_no_markup_in_a_flame_graph),
		cmocka_unit_test(what_a_change_is_made_of_is_named),
		cmocka_unit_test(nothing_that_changed_is_said_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
