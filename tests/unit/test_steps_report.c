// SPDX-License-Identifier: GPL-2.0-or-later
/* Reports on several sides: who brought what, in which column, and that it fits. */
#include <jansson.h>

#include "report/json.h"
#include "report/steps_text.h"
#include "tests/unit/sides.h"

#define SIDES_MAX 12

/* What is different from side to side; the rest is the same on all. */
struct made {
	const char *label;
	const char *subject; /* NULL: none */
	int cold;
	const char *check; /* of ctime-mtime */
};

struct row {
	struct side side[SIDES_MAX];
	const struct side *list[SIDES_MAX];
	size_t n;
	struct steps steps;
	struct text text;
};

static void make_side_of(struct side *side, const struct made *made)
{
	struct maker m = { 0 };
	char more[128];

	maker_open(&m);
	snprintf(more, sizeof(more), ",\"subject\":\"%s\"", made->subject ? made->subject : "");
	m.run = made->subject ? more : NULL;
	for (long long seed = 1; seed <= 2; seed++) {
		maker_boot(&m, made->label, seed);
		maker_sample(&m, "cold", made->cold);
		maker_sample(&m, "hole", 100);
		maker_check(&m, "ctime-mtime", made->check, "what was seen");
		maker_check(&m, "splice-content", "pass", "all bytes");
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

static void make_row(struct row *r, const struct made *made, size_t n)
{
	char error[ERROR_SIZE] = "";

	memset(r, 0, sizeof(*r));
	for (r->n = 0; r->n < n; r->n++) {
		make_side_of(&r->side[r->n], &made[r->n]);
		r->list[r->n] = &r->side[r->n];
	}
	if (steps_compare(r->list, n, &compare_limits, &r->steps, error, ERROR_SIZE))
		fail_msg("%s", error);
}

static void release(struct row *r)
{
	assert_int_equal(text_error(&r->text), 0);
	text_free(&r->text);
	steps_free(&r->steps);
	for (size_t i = 0; i < r->n; i++)
		side_free(&r->side[i]);
}

static void assert_says(const struct row *r, const char *words)
{
	if (!strstr(r->text.data, words))
		fail_msg("\"%s\" is not in:\n%s", words, r->text.data);
}

static void assert_fits(const struct row *r, size_t width)
{
	for (const char *line = r->text.data; *line; line += strcspn(line, "\n") + 1)
		if (strcspn(line, "\n") > width)
			fail_msg("wider than %zu: %.*s", width, (int)strcspn(line, "\n"), line);
}

static const struct made series[] = {
	{ "base", NULL, 100, "fail" },
	{ "1-a", NULL, 100, "fail" },
	{ "2-b", NULL, 120, "pass" },
	{ "3-c", NULL, 90, "pass" },
};

static void a_mail_names_the_steps_that_brought_the_change(void **state)
{
	struct row r;

	(void)state;
	make_row(&r, series, 4);
	report_steps_lkml(&r.text, &r.steps);
	assert_fits(&r, 72);
	assert_says(&r,
		    "From \"base\" to \"3-c\", a first write to an unmapped page costs 10.0% less\n"
		    "on ext4 DAX (100 to 90 instructions); checks that now pass: c/mtime\n"
		    "updated (ext4 DAX). Other costs: 1 unchanged. Of 3 steps, the cost named\n"
		    "first changed with \"2-b\" (+20.0%) and \"3-c\" (-25.0%); the checks changed\n"
		    "with \"2-b\".\n");
	assert_says(&r, "  base\n"
			"  1-a: no cost changed; no check changed\n"
			"  2-b: 1 worse (+20.0%); checks that now pass: c/mtime updated (ext4\n"
			"      DAX)\n"
			"    (against \"base\": 1 worse (+20.0%); 1 check now passes)\n"
			"  3-c: 1 better (-25.0%); no check changed\n"
			"    (against \"base\": 1 better (-10.0%); 1 check now passes)\n");
	release(&r);
}

static void a_change_stands_below_the_figure_of_its_step(void **state)
{
	struct row r;

	(void)state;
	make_row(&r, series, 4);
	report_steps_lkml(&r.text, &r.steps);
	assert_says(&r, "  n = 200 a side  base  1-a     2-b     3-c  in all\n"
			"  cold             100  100     120      90  -10.0%\n"
			"                             +20.0%  -25.0%\n"
			"  Not shown: 1 the same at every step\n");
	assert_says(&r, "Semantics            base   1-a   2-b   3-c\n"
			"  ext4 DAX\n"
			"    c/mtime updated  FAIL  FAIL  pass  pass\n"
			"  1 other check      pass  pass  pass  pass\n"
			"  FAIL on ext4 DAX, 1-a: what was seen\n");
	release(&r);
}

/* Sides a, b and c, each with as many boots as there are values. */
static void make_short_row(struct row *r, const char *mode, const int (*cold)[5], size_t boots)
{
	char error[ERROR_SIZE] = "";

	memset(r, 0, sizeof(*r));
	for (r->n = 0; r->n < 3; r->n++) {
		const char *label = (const char *const[]){ "a", "b", "c" }[r->n];

		make_side(&r->side[r->n], label, mode, cold[r->n], boots);
		r->list[r->n] = &r->side[r->n];
	}
	if (steps_compare(r->list, 3, &compare_limits, &r->steps, error, ERROR_SIZE))
		fail_msg("%s", error);
}

static void a_changed_time_stands_above_its_interval(void **state)
{
	static const int cold[3][5] = { { 100, 101, 100, 101, 100 },
					{ 120, 121, 120, 121, 120 },
					{ 120, 121, 120, 121, 120 } };
	struct row r;

	(void)state;
	make_short_row(&r, "time", cold, 5);
	report_steps_lkml(&r.text, &r.steps);
	assert_fits(&r, 72);
	assert_says(&r, "  5 pairs, n = 100 ");
	assert_says(&r, "  read-then-write   100            120  120         +19.9%\n"
			"                                +19.9%       +19.8..+20.1%\n"
			"                         +19.8..+20.1%\n\n");
	release(&r);
}

static void a_changed_count_stands_above_its_range(void **state)
{
	static const int cold[3][5] = { { 100, 100 }, { 110, 120 }, { 110, 120 } };
	struct row r;

	(void)state;
	make_short_row(&r, "count", cold, 2);
	report_steps_table(&r.text, 80, &r.steps);
	assert_says(&r, "    to the one before        +15.0% worse           same\n"
			"      range                 +10.0..+20.0%\n"
			"    to the first             +15.0% worse   +15.0% worse\n"
			"      range                 +10.0..+20.0%  +10.0..+20.0%\n");
	release(&r);
}

static void a_terminal_gets_both_comparisons_of_every_cost(void **state)
{
	struct row r;

	(void)state;
	make_row(&r, series, 4);
	report_steps_table(&r.text, 80, &r.steps);
	assert_fits(&r, 80);
	assert_says(&r, "  cold                  100   100           120             90\n"
			"    to the one before        same  +20.0% worse  -25.0% better\n"
			"    to the first             same  +20.0% worse  -10.0% better\n"
			"  hole                  100   100           100            100\n");
	release(&r);
}

static void a_check_that_is_not_tried_any_more_is_a_change(void **state)
{
	static const struct made made[] = { { "base", NULL, 100, "pass" },
					    { "gone", NULL, 100, "skip" },
					    { "back", NULL, 100, "pass" } };
	struct row r;

	(void)state;
	make_row(&r, made, 3);
	report_steps_lkml(&r.text, &r.steps);
	assert_says(&r, "  gone: no cost changed; checks that passed, and are skipped now:\n"
			"      c/mtime updated (ext4 DAX)\n"
			"  back: no cost changed; checks that pass, and were not tried before:\n"
			"      c/mtime updated (ext4 DAX)\n");
	assert_says(&r, "    c/mtime updated  pass  skip  pass\n");
	assert_says(&r, "Not compared at step \"gone\"\n"
			"  c/mtime updated, ext4 DAX (gone): what was seen\n");
	release(&r);
}

static void what_came_back_is_told_of(void **state)
{
	static const struct made made[] = { { "base", NULL, 100, "pass" },
					    { "up", NULL, 150, "fail" },
					    { "down", NULL, 100, "pass" } };
	struct row r;

	(void)state;
	make_row(&r, made, 3);
	report_steps_lkml(&r.text, &r.steps);
	assert_says(&r, "Of 2 steps none is proved to have changed anything in the\n"
			"end; 1 cost changed on the way and came back.\n");
	assert_says(&r, "  up: 1 worse (+50.0%); checks that now fail: c/mtime updated (ext4 DAX)");
	release(&r);
}

static void a_subject_stands_beside_its_label(void **state)
{
	static const struct made made[] = { { "base", NULL, 100, "pass" },
					    { "1-0123abcd-mm-do", "mm: do a thing", 150, "pass" },
					    { "2-4567abcd-mm-do", "mm: do another", 150, "pass" } };
	struct row r;

	(void)state;
	make_row(&r, made, 3);
	report_steps_lkml(&r.text, &r.steps);
	/* the labels are too long for columns */
	assert_says(&r, "  1 1-0123abcd-mm-do: mm: do a thing\n    1 worse (+50.0%); no check");
	assert_says(&r, "  n = 200 a side    0       1    2  in all\n");
	release(&r);
}

static void a_side_without_results_is_named_and_not_blamed_on_the_next(void **state)
{
	static const struct step_failure failures[] = {
		{ .label = "2-x", .subject = "", .reason = "does not apply", .before = 2 },
		{ .label = "5-y", .subject = "y", .reason = "its guest died", .before = 4 },
	};
	struct row r;
	json_t *root;

	(void)state;
	make_row(&r, series, 4);
	r.steps.failures = failures;
	r.steps.n_failures = 2;
	report_steps_lkml(&r.text, &r.steps);
	assert_says(&r, "with \"2-b\" (+20.0%) (or \"2-x\",\nwithout results) and \"3-c\" "
			"(-25.0%); the checks");
	assert_says(&r,
		    "  2-x: no results: does not apply; what it changed is counted with \"2-b\"\n"
		    "  2-b: 1 worse");
	assert_says(&r, "  5-y: y\n    no results: its guest died\n\n");
	assert_says(&r, "results/latest/2-x.jsonl");
	text_free(&r.text);
	report_steps_json(&r.text, &r.steps);
	root = json_loads(r.text.data, 0, NULL);
	assert_int_equal(json_integer_value(json_object_get(
				 json_array_get(json_object_get(root, "failed"), 0), "next")),
			 3);
	assert_int_equal(json_integer_value(json_object_get(
				 json_array_get(json_object_get(root, "steps"), 1), "step")),
			 3);
	assert_true(json_is_null(
		json_object_get(json_array_get(json_object_get(root, "failed"), 1), "next")));
	json_decref(root);
	release(&r);
}

static void emulated_sides_have_their_checks_alone(void **state)
{
	static const char *const verdicts[] = { "fail", "pass", "pass" };
	char error[ERROR_SIZE] = "";
	struct row r = { .n = 3 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct maker m = { 0 };

		maker_open(&m);
		m.mode = "emulated";
		maker_boot(&m, (const char *const[]){ "a", "b", "c" }[i], 1);
		maker_sample(&m, "cold", 100);
		maker_check(&m, "ctime-mtime", verdicts[i], "seen");
		maker_end(&m);
		maker_read_good(&m, &r.side[i]);
		r.list[i] = &r.side[i];
	}
	assert_int_equal(steps_compare(r.list, 3, &compare_limits, &r.steps, error, ERROR_SIZE), 0);
	report_steps_lkml(&r.text, &r.steps);
	assert_says(&r, "From \"a\" to \"c\", no cost was compared; checks that now pass: ");
	assert_says(&r, "  b: checks that now pass: c/mtime updated (ext4 DAX)\n"
			"  c: no check changed\n");
	assert_says(&r, "  1 metric: emulated runs give checks");
	release(&r);
}

/* Twelve sides, of which four change something, with labels as a git range gives them. */
static void many_sides_fit_a_mail(void **state)
{
	char label[SIDES_MAX][32];
	struct made made[SIDES_MAX];
	struct row r;

	(void)state;
	for (size_t i = 0; i < SIDES_MAX; i++) {
		snprintf(label[i], sizeof(label[i]), "%zu-0123abcd-do-a-thing", i);
		made[i] = (struct made){ label[i], NULL, 100 + (int)(i / 3) * 20, "pass" };
	}
	make_row(&r, made, SIDES_MAX);
	report_steps_lkml(&r.text, &r.steps);
	assert_fits(&r, 72);
	assert_says(&r, "  n = 200 a side    0       3       6       9   11  in all\n"
			"  cold            100     120     140     160  160  +60.0%\n"
			"                       +20.0%  +16.7%  +14.3%\n");
	assert_says(&r, "A side without a column changed nothing in its table.\n");
	text_free(&r.text);
	report_steps_table(&r.text, 80, &r.steps);
	assert_fits(&r, 80);
	assert_says(&r, "  n = 200 a side         0     1     2             3             4        "
			"     5\n");
	assert_says(&r, "  n = 200 a side                  6  ");
	release(&r);
}

static const json_t *brought(const json_t *step, const char *what, size_t i)
{
	return json_array_get(json_object_get(json_object_get(step, "brought_by"), what), i);
}

static void json_holds_both_comparisons_as_they_are_alone(void **state)
{
	const json_t *steps, *last;
	struct comparison alone;
	char error[ERROR_SIZE];
	struct text text = { 0 };
	json_t *root, *other;
	struct row r;

	(void)state;
	make_row(&r, series, 4);
	report_steps_json(&r.text, &r.steps);
	root = json_loads(r.text.data, 0, NULL);
	assert_non_null(root);
	steps = json_object_get(root, "steps");
	assert_int_equal(json_array_size(steps), 3);
	last = json_array_get(steps, 2);
	assert_string_equal(json_string_value(json_object_get(last, "label")), "3-c");

	assert_int_equal(
		compare_sides(r.list[0], r.list[3], &compare_limits, &alone, error, ERROR_SIZE), 0);
	report_json(&text, &alone);
	other = json_loads(text.data, 0, NULL);
	assert_true(json_equal(json_object_get(last, "first"), other));
	assert_false(json_equal(json_object_get(last, "before"), other));

	/* [2, 3] and [2] */
	assert_string_equal(json_string_value(json_object_get(brought(last, "metrics", 0), "arm")),
			    "cold");
	assert_int_equal(json_array_size(json_object_get(brought(last, "metrics", 0), "steps")), 2);
	assert_null(brought(last, "metrics", 1));
	assert_int_equal(json_integer_value(json_array_get(
				 json_object_get(brought(last, "checks", 0), "steps"), 0)),
			 2);
	assert_null(brought(json_array_get(steps, 0), "checks", 0));
	json_decref(other);
	json_decref(root);
	text_free(&text);
	comparison_free(&alone);
	release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_names_the_steps_that_brought_the_change),
		cmocka_unit_test(a_change_stands_below_the_figure_of_its_step),
		cmocka_unit_test(a_changed_time_stands_above_its_interval),
		cmocka_unit_test(a_changed_count_stands_above_its_range),
		cmocka_unit_test(a_terminal_gets_both_comparisons_of_every_cost),
		cmocka_unit_test(a_check_that_is_not_tried_any_more_is_a_change),
		cmocka_unit_test(what_came_back_is_told_of),
		cmocka_unit_test(a_subject_stands_beside_its_label),
		cmocka_unit_test(a_side_without_results_is_named_and_not_blamed_on_the_next),
		cmocka_unit_test(emulated_sides_have_their_checks_alone),
		cmocka_unit_test(many_sides_fit_a_mail),
		cmocka_unit_test(json_holds_both_comparisons_as_they_are_alone),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
