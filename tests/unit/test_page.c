// SPDX-License-Identifier: GPL-2.0-or-later
/* Names of the files of a page. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "site/page.h"

static struct read_series named(const char *bench, const char *arm, const char *branch)
{
	struct read_series s = {
		.metric = "write", .fs = "ext4", .access = "dax", .mode = "count"
	};

	snprintf(s.bench, sizeof(s.bench), "%s", bench);
	snprintf(s.arm, sizeof(s.arm), "%s", arm);
	snprintf(s.branch, sizeof(s.branch), "%s", branch);
	return s;
}

static void a_plain_name_stays(void **state)
{
	struct read_series s = named("first-write", "cold+2m", "main");
	char name[PAGE_NAME_MAX];

	(void)state;
	page_name_series(&s, name);
	assert_string_equal(name, "first-write_cold+2m_write_ext4_dax_count_main");
	page_name_bench(&s, name);
	assert_string_equal(name, "first-write_count_main");
}

static void other_series_have_other_names(void **state)
{
	char much[NIGHT_NAME_MAX], more[NIGHT_NAME_MAX], names[10][PAGE_NAME_MAX];

	(void)state;
	memset(much, 'a', sizeof(much));
	much[sizeof(much) - 1] = '\0';
	memcpy(more, much, sizeof(more));
	more[sizeof(more) - 2] = 'b';
	const struct read_series series[] = {
		named("a", "b_c", "main"), named("a_b", "c", "main"), named("a", "b c", "main"),
		named("a", "b/c", "main"), named("a", "b-c", "main"), named("", "b-c", "main"),
		named(much, "b", "main"),  named(more, "b", "main"),  named("a", "b", "../x"),
		named("a", "b", "--x"),
	};

	for (size_t i = 0; i < 10; i++) {
		page_name_series(&series[i], names[i]);
		assert_true(strlen(names[i]) < PAGE_NAME_MAX - 10);
		assert_true(*names[i] != '.');
		for (const char *c = names[i]; *c; c++)
			assert_true(isalnum((unsigned char)*c) || strchr("._-+=", *c));
		for (size_t other = 0; other < i; other++)
			assert_string_not_equal(names[i], names[other]);
	}
}

static void no_file_is_an_option_or_hidden(void **state)
{
	const struct read_series dash = named("-rf", "b", "main"), dot = named(".b", "b", "main"),
				 none = named("", "-b", "main");
	char name[PAGE_NAME_MAX];

	(void)state;
	page_name_bench(&dash, name);
	assert_memory_equal(name, "_rf_count_main=", 15);
	page_name_bench(&dot, name);
	assert_memory_equal(name, "_b_count_main=", 14);
	page_name_series(&none, name);
	assert_string_equal(name, "_-b_write_ext4_dax_count_main");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_name_stays),
		cmocka_unit_test(other_series_have_other_names),
		cmocka_unit_test(no_file_is_an_option_or_hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
