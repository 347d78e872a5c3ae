// SPDX-License-Identifier: GPL-2.0-or-later
/* What the symbols say of an instruction, and instructions that are translated again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "explain/code_table.h"
#include "explain/kernel_code.h"

#define ENTRY 0xffffffff81800000u
#define MOVED 0x600000u

static struct symbol symbol[] = {
	{ 0xffffffff81000000u, "ext4_page_mkwrite", 1 },
	{ ENTRY, "asm_exc_page_fault", 2 },
	{ ENTRY + 0x100, "asm_exc_divide_error", 3 },
	{ ENTRY + 0x200, "irq_entries_start", 4 },
	{ ENTRY + 0x300, "error_entry", 5 },
	{ ENTRY + 0x400, "after_entry", 6 },
};
static const struct symbols symbols = { .symbol = symbol,
					.n = sizeof(symbol) / sizeof(*symbol),
					.entry_start = ENTRY,
					.entry_end = ENTRY + 0x400 };

static void expect(uint64_t address, uint32_t id, int where)
{
	struct code code = { .address = address + MOVED, .symbol = CODE_NO_SYMBOL };

	kernel_code_find(&code, &symbols, MOVED);
	assert_int_equal(code.symbol, id);
	assert_int_equal(code.where, where);
}

static void a_function_has_its_start_and_what_follows_it(void **state)
{
	(void)state;
	expect(0xffffffff81000000u, 1, CODE_START);
	expect(0xffffffff81000004u, 1, 0);
}

static void what_lies_before_all_functions_has_no_name(void **state)
{
	(void)state;
	expect(0xffffffff80000000u, 0, 0);
}

static void the_entries_of_faults_and_other_traps_are_told_apart(void **state)
{
	(void)state;
	expect(ENTRY, 2, CODE_START | CODE_ENTRY | CODE_GATE | CODE_FAULT);
	expect(ENTRY + 0x100, 3, CODE_START | CODE_ENTRY | CODE_GATE | CODE_TRAP);
	expect(ENTRY + 4, 2, CODE_ENTRY);
}

static void an_interrupt_comes_in_anywhere_in_its_stubs(void **state)
{
	(void)state;
	expect(ENTRY + 0x208, 4, CODE_ENTRY | CODE_GATE);
}

static void a_helper_of_entries_is_called_not_entered(void **state)
{
	(void)state;
	expect(ENTRY + 0x300, 5, CODE_START | CODE_ENTRY);
	expect(ENTRY + 0x400, 6, CODE_START);
}

static void the_same_instruction_is_kept_once_and_stays_where_it_is(void **state)
{
	enum { MANY = 300000 }; /* more than the first table has places for */
	struct code_table table = { 0 };
	struct code like = { .size = 4 };
	struct code *first, *other;

	(void)state;
	like.address = ENTRY;
	first = code_table_get(&table, &like);
	assert_non_null(first);
	for (uint64_t i = 1; i < MANY; i++) {
		like.address = ENTRY + 4 * i;
		assert_non_null(code_table_get(&table, &like));
	}
	assert_int_equal(table.n, MANY);
	like.address = ENTRY;
	assert_ptr_equal(code_table_get(&table, &like), first);
	like.kind = CODE_JUMP;
	other = code_table_get(&table, &like);
	assert_ptr_not_equal(other, first);
	assert_int_equal(other->kind, CODE_JUMP);
	for (size_t i = 0; i < table.slots; i++)
		free(table.code[i]);
	free(table.code);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_function_has_its_start_and_what_follows_it),
		cmocka_unit_test(what_lies_before_all_functions_has_no_name),
		cmocka_unit_test(the_entries_of_faults_and_other_traps_are_told_apart),
		cmocka_unit_test(an_interrupt_comes_in_anywhere_in_its_stubs),
		cmocka_unit_test(a_helper_of_entries_is_called_not_entered),
		cmocka_unit_test(the_same_instruction_is_kept_once_and_stays_where_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
