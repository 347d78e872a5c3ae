// SPDX-License-Identifier: GPL-2.0-or-later
/* What a graph of a history is drawn from. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "site/graph.h"
#include "site/graph_parts.h"

#define NIGHTS 1000
#define BLOCKS 9

static struct read_night nights[NIGHTS];
static struct read_value values[NIGHTS];
static struct read_change changes[NIGHTS];
static struct segment segments[NIGHTS];
static struct read_series series;
static struct view view;
static struct page page = { .view = &view };

/* A night a day from 2020-01-01 on; every value is 1000 on both sides. */
static struct page_series make(size_t n)
{
	memset(changes, 0, sizeof(changes));
	for (size_t i = 0; i < n; i++) {
		time_t at = (time_t)((18262 + i) * 24 * 3600);
		struct tm tm;

		memset(&nights[i], 0, sizeof(nights[i]));
		strftime(nights[i].night.date, sizeof(nights[i].night.date), "%Y-%m-%dT%H:%M:%SZ",
			 gmtime_r(&at, &tm));
		snprintf(nights[i].night.kernel, sizeof(nights[i].night.kernel), "6.%zu", i + 1);
		snprintf(nights[i].night.branch, sizeof(nights[i].night.branch), "main");
		snprintf(nights[i].mode, sizeof(nights[i].mode), "time");
		values[i] = (struct read_value){ .night = i, .base = 1000, .new = 1000 };
	}
	series = (struct read_series){ .branch = "main",
				       .mode = "time",
				       .bench = "splice",
				       .arm = "arm",
				       .metric = "move",
				       .fs = "ext4",
				       .access = "dax",
				       .unit = "ns" };
	view = (struct view){ .nights = nights,
			      .n_nights = n,
			      .series = &series,
			      .n_series = 1,
			      .changes = changes };
	segments[0] = (struct segment){ .first = 0, .end = n, .starts = "" };
	return (struct page_series){ .page = &page,
				     .series = &series,
				     .values = values,
				     .n = n,
				     .segments = segments,
				     .n_segments = 1,
				     .end = n };
}

/* A change that came with a night. */
static void change_at(struct page_series *s, size_t night)
{
	struct read_change *c = &changes[view.n_changes++];
	struct segment *last = &segments[s->n_segments - 1];

	*c = (struct read_change){ .before = night - 1,
				   .first = night,
				   .split = night,
				   .last = night,
				   .change_pct = 3,
				   .worse = true };
	segments[s->n_segments++] =
		(struct segment){ .first = night, .end = last->end, .change = c, .starts = "" };
	last->end = night;
}

/* The rows of a block, and where they begin; one left of every axis is none. */
static size_t rows(const struct graph *g, size_t block, const char **begin)
{
	const char *at = g->data.data;
	size_t n = 0;

	while (block--)
		at = strstr(at, "\n\n\n") + 3;
	*begin = at;
	for (; *at && *at != '\n'; at = strchr(at, '\n') + 1)
		n += strncmp(at, "-1e9", 4) != 0;
	return n;
}

static size_t count(const struct graph *g, size_t block)
{
	const char *begin;

	return rows(g, block, &begin);
}

static void every_block_has_a_row(void **state)
{
	struct page_series s = make(3);
	struct graph g;
	size_t blocks = 0;

	(void)state;
	graph_make(&g, &s);
	for (const char *at = g.data.data; (at = strstr(at, "\n\n\n")); at += 3) {
		assert_true(at[3] != '\n');
		blocks++;
	}
	assert_int_equal(blocks, BLOCKS);
	assert_int_equal(count(&g, 0), 3);
	assert_int_equal(count(&g, 3), 0);
	text_free(&g.data);
}

static void a_long_history_does_not_make_a_larger_graph(void **state)
{
	struct page_series s = make(NIGHTS);
	const char *row;
	struct graph g;

	(void)state;
	graph_make(&g, &s);
	assert_int_equal(rows(&g, 0, &row), PAGE_NIGHTS);
	assert_int_equal(atoi(row), NIGHTS - PAGE_NIGHTS + 1);
	assert_true(g.strip);
	assert_int_equal(count(&g, 7), 300);
	text_free(&g.data);
	s = make(PAGE_NIGHTS);
	graph_make(&g, &s);
	assert_false(g.strip);
	assert_int_equal(count(&g, 7), 0);
	text_free(&g.data);
}

/* No words cover others, and no line from a mark up to its words goes through them. */
static void labels_do_not_cover_one_another(void **state)
{
	struct page_series s = make(300);
	struct {
		double at, from, to;
		int lane;
	} label[64];
	const char *row;
	struct graph g;
	size_t n;

	(void)state;
	for (size_t night = 20; night < 300; night += 5)
		change_at(&s, night);
	graph_make(&g, &s);
	n = rows(&g, 4, &row);
	assert_in_range(n, 6, 48);
	assert_int_equal(count(&g, 3), 56);
	assert_in_range(g.lanes, 2, 6);
	for (size_t i = 0; i < n; i++, row = strchr(row, '\n') + 1) {
		double night, width;
		int left, kind, at;

		assert_int_equal(sscanf(row, "%lf\t%d\t%d\t%d\t%n", &night, &label[i].lane, &left,
					&kind, &at),
				 4);
		width = 6.7 * (double)strcspn(row + at, "\n");
		label[i].at = (night - 0.4) / 300.2 * 900;
		label[i].from = label[i].at - (left ? width : 0);
		label[i].to = label[i].from + width;
		assert_true(label[i].from >= 0 && label[i].to <= 930);
		assert_int_equal(kind, MARK_WORSE);
		for (size_t o = 0; o < i; o++) {
			if (label[o].lane == label[i].lane)
				assert_true(label[o].to < label[i].from ||
					    label[i].to < label[o].from);
			if (label[o].at > label[i].from && label[o].at < label[i].to)
				assert_true(label[o].lane < label[i].lane);
			if (label[i].at > label[o].from && label[i].at < label[o].to)
				assert_true(label[i].lane < label[o].lane);
		}
	}
	/* the last change has its words */
	rows(&g, 4, &row);
	assert_int_equal(atof(row) * 10, 2955);
	text_free(&g.data);
}

static void days_without_a_night_are_seen(void **state)
{
	struct page_series s = make(30);
	const char *row;
	struct graph g;

	(void)state;
	snprintf(nights[29].night.date, sizeof(nights[29].night.date), "2020-02-10T00:00:00Z");
	/* the second was not measured */
	memmove(&values[1], &values[2], 28 * sizeof(values[0]));
	s.n = 29;
	segments[0].end = 29;
	graph_make(&g, &s);
	assert_int_equal(rows(&g, 5, &row), 2);
	assert_memory_equal(row, "2\t0\n29.5\t11\n", 11);
	text_free(&g.data);
}

static void an_acknowledged_change_is_of_its_own_kind(void **state)
{
	struct page_series s = make(30);
	const char *row;
	struct graph g;

	(void)state;
	change_at(&s, 10);
	changes[0].acknowledged = true;
	graph_make(&g, &s);
	assert_int_equal(rows(&g, 4, &row), 1);
	assert_memory_equal(row, "10.5\t0\t0\t2\t+3.0% acknowledged: 6.11, after 6.10\n", 48);
	text_free(&g.data);
}

static void words_keep_to_their_cell(void **state)
{
	struct text text = { 0 };

	(void)state;
	graph_words(&text, "a\tb\nc\"d\\e\x7f", 20);
	graph_words(&text, "0123456789", 8);
	assert_string_equal(text.data, "a?b?c'd/e?01234...");
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_block_has_a_row),
		cmocka_unit_test(a_long_history_does_not_make_a_larger_graph),
		cmocka_unit_test(labels_do_not_cover_one_another),
		cmocka_unit_test(days_without_a_night_are_seen),
		cmocka_unit_test(an_acknowledged_change_is_of_its_own_kind),
		cmocka_unit_test(words_keep_to_their_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
