// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/array.h"

static void an_array_keeps_its_elements_as_it_grows(void **state)
{
	struct pair {
		int one, two;
	} *array = NULL;
	size_t n = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct pair *added = array_add(&array, &n, sizeof(*added));

		assert_non_null(added);
		assert_ptr_equal(added, &array[i]);
		assert_int_equal(added->one, 0);
		assert_int_equal(added->two, 0);
		added->one = i;
		added->two = -i;
	}
	assert_int_equal(n, 1000);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(array[i].one, i);
		assert_int_equal(array[i].two, -i);
	}
	free(array);
}

static void an_array_that_cannot_grow_stays_as_it_was(void **state)
{
	char *array = NULL, *before;
	size_t n = 0;

	(void)state;
	*(char *)array_add(&array, &n, 1) = 'a';
	before = array;
	assert_null(array_add(&array, &n, SIZE_MAX));
	assert_ptr_equal(array, before);
	assert_int_equal(n, 1);
	assert_int_equal(*array, 'a');
	free(array);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_array_keeps_its_elements_as_it_grows),
		cmocka_unit_test(an_array_that_cannot_grow_stays_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
