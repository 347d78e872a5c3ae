// SPDX-License-Identifier: GPL-2.0-or-later
/* Symbol maps: which function an address is in, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "explain/subsystem.h"
#include "explain/symbols.h"

static char error[512];

/* 0 or the error of reading a map of that text. */
static int read_map(const char *text, struct symbols *symbols)
{
	char path[] = "/tmp/daxmark-test-XXXXXX";
	int fd = mkstemp(path), err;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	error[0] = '\0';
	err = symbols_read(path, symbols, error, sizeof(error));
	unlink(path);
	return err;
}

static const char map[] = "0000000000000000 A fixed_percpu_data\n"
			  "ffffffff81000000 T _text\n"
			  "ffffffff81000100 T __memcpy\n"
			  "ffffffff81000100 W memcpy\n"
			  "ffffffff81000300 t do_it.isra.0\n"
			  "ffffffff81000200 T first\n"
			  "ffffffff81400000 T __entry_text_start\n"
			  "ffffffff81400040 T entry_SYSCALL_64\n"
			  "ffffffff81500000 T __entry_text_end\n"
			  "ffffffff81500100 t do_it.cold\n"
			  "ffffffff81b6e000 ? __nosave_begin\n"
			  "ffffffff81c00000 D data\n";

static const char *name_at(const struct symbols *s, uint64_t address)
{
	long at = symbols_find(s, address);

	return at < 0 ? "" : s->symbol[at].name;
}

static void an_address_is_in_the_function_that_begins_last_before_it(void **state)
{
	struct symbols s;

	(void)state;
	assert_int_equal(read_map(map, &s), 0);
	assert_string_equal(name_at(&s, 0xffffffff81000200), "first");
	assert_string_equal(name_at(&s, 0xffffffff810002ff), "first");
	assert_string_equal(name_at(&s, 0xffffffff810000ff), "");
	assert_true(s.entry_start == 0xffffffff81400000 && s.entry_end == 0xffffffff81500000);
	assert_true(symbols_address(&s, "entry_SYSCALL_64") == 0xffffffff81400040);
	assert_true(symbols_address(&s, "none") == 0);
	symbols_free(&s);
}

static void parts_of_a_function_have_its_name_and_number(void **state)
{
	struct symbols s;
	long body, cold;

	(void)state;
	assert_int_equal(read_map(map, &s), 0);
	body = symbols_find(&s, 0xffffffff81000304);
	cold = symbols_find(&s, 0xffffffff81500104);
	assert_string_equal(s.symbol[cold].name, "do_it");
	assert_int_equal(s.symbol[body].id, s.symbol[cold].id);
	assert_string_equal(s.name[s.symbol[body].id], "do_it");
	symbols_free(&s);
}

static void of_two_names_the_plain_one_stands(void **state)
{
	struct symbols s;

	(void)state;
	assert_int_equal(read_map(map, &s), 0);
	assert_string_equal(name_at(&s, 0xffffffff81000110), "memcpy");
	symbols_free(&s);
}

static void refuses(const char *text, const char *words)
{
	struct symbols s;

	assert_int_equal(read_map(text, &s), -22);
	if (!strstr(error, words))
		fail_msg("\"%s\" lacks \"%s\"", error, words);
}

static void what_is_no_symbol_map_is_refused(void **state)
{
	(void)state;
	refuses("", "no functions");
	refuses("ffffffff81c00000 D data\n", "no functions");
	refuses("0000000000000000 T secret\n0000000000000000 t more\n", "kptr_restrict");
	refuses("hello\n", ":1:");
	refuses("ffffffff81000000 T good\nffffffff81000000 T\n", ":2:");
	refuses("ffffffffffffffffffff T too_large\n", ":1:");
}

static void functions_are_of_a_part_of_the_kernel(void **state)
{
	(void)state;
	assert_string_equal(subsystem_of("ext4_dax_huge_fault"), "fs/ext4");
	assert_string_equal(subsystem_of("__ext4_journal_stop"), "fs/ext4");
	assert_string_equal(subsystem_of("jbd2_journal_stop"), "fs/jbd2");
	assert_string_equal(subsystem_of("dax_iomap_pte_fault"), "fs/dax");
	assert_string_equal(subsystem_of("handle_mm_fault"), "mm");
	assert_string_equal(subsystem_of("lock_vma_under_rcu"), "mm");
	assert_string_equal(subsystem_of("copy_folio_from_iter_atomic"), "fs");
	assert_string_equal(subsystem_of("_raw_spin_lock"), "locking, RCU");
	assert_string_equal(subsystem_of("asm_exc_page_fault"), "entry");
	assert_string_equal(subsystem_of("(program)"), "program");
	assert_string_equal(subsystem_of("frobnicate"), "other");
	/* a whole word is not the beginning of another */
	assert_string_equal(subsystem_of("(program)s"), "other");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_in_the_function_that_begins_last_before_it),
		cmocka_unit_test(parts_of_a_function_have_its_name_and_number),
		cmocka_unit_test(of_two_names_the_plain_one_stands),
		cmocka_unit_test(what_is_no_symbol_map_is_refused),
		cmocka_unit_test(functions_are_of_a_part_of_the_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
