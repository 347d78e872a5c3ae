// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "base/markup.h"
#include "report/markdown.h"

static void nothing_begins_a_tag_or_ends_an_attribute(void **state)
{
	struct text text = { 0 };

	(void)state;
	markup_escape(&text, "<a b=\"c\" d='e'>&amp;");
	assert_string_equal(text.data, "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
	text_free(&text);
}

static void a_part_ends_where_it_is_told_to_or_the_words_do(void **state)
{
	struct text text = { 0 };

	(void)state;
	markup_escape_part(&text, "<<<", 2);
	markup_escape_part(&text, "a", 2);
	assert_string_equal(text.data, "&lt;&lt;a");
	text_free(&text);
}

static void markdown_has_its_own_besides(void **state)
{
	struct text text = { 0 };

	(void)state;
	markdown_escape(&text, "<a_b>\"*\"");
	assert_string_equal(text.data, "&lt;a\\_b&gt;\"\\*\"");
	text_free(&text);
}

static void a_path_names_no_scheme_and_no_query(void **state)
{
	struct text text = { 0 };

	(void)state;
	markup_path(&text, "javascript:a b/c?d#e%\"\xc3\xa4");
	assert_string_equal(text.data, "javascript%3Aa%20b/c%3Fd%23e%25%22%C3%A4");
	text_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_begins_a_tag_or_ends_an_attribute),
		cmocka_unit_test(a_part_ends_where_it_is_told_to_or_the_words_do),
		cmocka_unit_test(markdown_has_its_own_besides),
		cmocka_unit_test(a_path_names_no_scheme_and_no_query),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
