// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/grid.h"

#define WIDTH 40
#define LONG  "a-name-of-more-columns-than-a-line-has-for-it"

/* Two rows of words, words and a number. */
static char *print(const char *first, const char *second, size_t width)
{
	struct grid grid = { .align = "llr" };
	struct text text = { 0 };

	grid_row(&grid);
	grid_cell(&grid, 0, "name");
	grid_cell(&grid, 1, "files");
	grid_cell(&grid, 2, "a second");
	grid_row(&grid);
	grid_cell(&grid, 0, "%s", first);
	grid_cell(&grid, 1, "%s", second);
	grid_cell(&grid, 2, "%s", "1.05 M/s");
	grid_print(&grid, &text, width);
	assert_int_equal(text_error(&text), 0);
	return text.data;
}

static void assert_printed(const char *first, const char *second, size_t width, const char *wanted)
{
	struct text text = { .data = print(first, second, width) };

	assert_string_equal(text.data, wanted);
	text_free(&text);
}

static void what_fits_is_whole(void **state)
{
	(void)state;
	assert_printed("cold", "own", WIDTH,
		       "name  files  a second\n"
		       "cold  own    1.05 M/s\n");
}

static void the_first_column_is_cut_first(void **state)
{
	(void)state;
	assert_printed(LONG, "one file", WIDTH,
		       "name                   files    a second\n"
		       "a-name-of-more-columns one file 1.05 M/s\n");
}

static void no_word_makes_a_line_wider(void **state)
{
	(void)state;
	assert_printed(LONG, LONG, WIDTH,
		       "name         files              a second\n"
		       "a-name-of-mo a-name-of-more-col 1.05 M/s\n");
	assert_printed("cold", LONG, WIDTH,
		       "name files                      a second\n"
		       "cold a-name-of-more-columns-tha 1.05 M/s\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_fits_is_whole),
		cmocka_unit_test(the_first_column_is_cut_first),
		cmocka_unit_test(no_word_makes_a_line_wider),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
