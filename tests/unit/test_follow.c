// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls, returns, faults, interrupts and switches of tasks, instruction by instruction. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "explain/follow.h"
#include "explain/operations.h"
#include "measure/mark.h"

enum name { FAULT, HANDLER, CALLEE, OTHER, TICK, SWITCH, WORKER, NAMES };

/* Instructions of 4 bytes: KERNEL + 0x1000 a function. */
#define KERNEL 0xffffffff81000000u

static struct code pool[256];
static size_t used;
static struct follow f;

static const struct code *at(enum name name, unsigned int index, enum code_kind kind, int where)
{
	struct code *code = &pool[used++];

	*code = (struct code){ .address = KERNEL + 0x1000u * (uint64_t)name + 4 * (uint64_t)index,
			       .symbol = name,
			       .size = 4,
			       .kind = (uint8_t)kind,
			       .where = (uint8_t)(where | (index ? 0 : CODE_START)) };
	return code;
}

static const struct code *user(unsigned int index)
{
	struct code *code = &pool[used++];

	*code = (struct code){ .address = 0x400000 + 4 * (uint64_t)index,
			       .size = 4,
			       .where = CODE_USER };
	return code;
}

static void step(const struct code *code)
{
	follow_step(&f, code);
}

#define GATE (CODE_ENTRY | CODE_GATE)

/* What was counted at a path of names from a root. */
static uint64_t count_at(enum follow_root root, size_t n, const enum name *path)
{
	uint32_t node = root;

	for (size_t i = 0; i < n; i++) {
		uint32_t child = 0;

		for (uint32_t j = ROOTS; j < f.n_nodes; j++)
			if (f.node[j].parent == node && f.node[j].symbol == path[i])
				child = j;
		if (!child)
			return 0;
		node = child;
	}
	return f.seen[node] == f.operation ? f.count[node] : 0;
}
#define COUNT(root, ...)                                                         \
	count_at(root, sizeof((enum name[]){ __VA_ARGS__ }) / sizeof(enum name), \
		 (enum name[]){ __VA_ARGS__ })

static int setup(void **state)
{
	(void)state;
	used = 0;
	assert_int_equal(follow_init(&f, NAMES), 0);
	follow_begin(&f);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	follow_free(&f);
	return 0;
}

/* user code, a store that faults, and the first instructions of the fault */
static void fault(void)
{
	step(user(0));
	step(user(1));
	step(at(FAULT, 0, CODE_PLAIN, GATE | CODE_FAULT));
}

static void a_call_goes_down_and_its_return_up(void **state)
{
	(void)state;
	fault();
	step(at(FAULT, 1, CODE_CALL, CODE_ENTRY));
	step(at(HANDLER, 0, CODE_CALL, 0));
	step(at(CALLEE, 0, CODE_RETURN, 0));
	step(at(HANDLER, 1, CODE_RETURN, 0));
	step(at(FAULT, 2, CODE_LEAVE, CODE_ENTRY));
	step(user(1));
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT), 3);
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT, HANDLER), 2);
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT, HANDLER, CALLEE), 1);
	/* the store counts once, when it is done */
	assert_int_equal(f.count[ROOT_PROGRAM], 2);
	assert_int_equal(f.total, 8);
	assert_int_equal(f.calls, 2);
	assert_int_equal(f.calls_astray, 0);
}

static void a_jump_to_a_function_is_a_call_in_the_last_place(void **state)
{
	(void)state;
	fault();
	step(at(FAULT, 1, CODE_CALL, CODE_ENTRY));
	step(at(HANDLER, 0, CODE_JUMP, 0));
	step(at(CALLEE, 0, CODE_RETURN, 0));
	step(at(FAULT, 2, CODE_PLAIN, CODE_ENTRY));
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT, HANDLER, CALLEE), 1);
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT), 3);
}

static void functions_that_jump_to_each_other_do_not_go_down_for_ever(void **state)
{
	(void)state;
	fault();
	step(at(FAULT, 1, CODE_CALL, CODE_ENTRY));
	for (int i = 0; i < 10; i++) {
		step(at(HANDLER, 0, CODE_JUMP, 0));
		step(at(CALLEE, 0, CODE_JUMP, 0));
	}
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT, HANDLER), 10);
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT, HANDLER, CALLEE), 10);
}

static void an_interrupt_stands_apart_and_what_it_met_goes_on(void **state)
{
	(void)state;
	fault();
	step(at(FAULT, 1, CODE_CALL, CODE_ENTRY));
	/* between a call and the first instruction of what it calls */
	step(at(HANDLER, 0, CODE_CALL, 0));
	step(at(TICK, 0, CODE_PLAIN, GATE));
	step(at(TICK, 1, CODE_LEAVE, CODE_ENTRY));
	/* and the next one right behind */
	step(at(TICK, 0, CODE_PLAIN, GATE));
	step(at(TICK, 1, CODE_LEAVE, CODE_ENTRY));
	step(at(CALLEE, 0, CODE_RETURN, 0));
	step(at(HANDLER, 1, CODE_PLAIN, 0));
	assert_int_equal(COUNT(ROOT_INTERRUPTS, TICK), 4);
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT, HANDLER, CALLEE), 1);
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT, HANDLER), 2);
	assert_int_equal(COUNT(ROOT_OTHERS, CALLEE), 0);
}

static void a_return_to_entry_code_is_no_interrupt(void **state)
{
	(void)state;
	fault();
	step(at(FAULT, 1, CODE_CALL, CODE_ENTRY));
	step(at(HANDLER, 0, CODE_RETURN, 0));
	step(at(FAULT, 2, CODE_PLAIN, CODE_ENTRY));
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT), 3);
	assert_int_equal(COUNT(ROOT_INTERRUPTS, FAULT), 0);
}

static void a_fault_of_the_kernel_is_below_the_code_that_met_it(void **state)
{
	(void)state;
	fault();
	step(at(FAULT, 1, CODE_CALL, CODE_ENTRY));
	step(at(HANDLER, 0, CODE_PLAIN, 0));
	step(at(FAULT, 0, CODE_PLAIN, GATE | CODE_FAULT));
	step(at(FAULT, 1, CODE_LEAVE, CODE_ENTRY));
	step(&pool[4]);
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT, HANDLER, FAULT), 2);
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT, HANDLER), 1);
}

static void other_tasks_stand_apart_and_this_one_goes_on_where_it_was(void **state)
{
	(void)state;
	fault();
	step(at(FAULT, 1, CODE_CALL, CODE_ENTRY));
	step(at(HANDLER, 0, CODE_CALL, 0));
	step(at(SWITCH, 0, CODE_PLAIN, 0));
	follow_switch(&f, 100, 200);
	step(at(SWITCH, 1, CODE_RETURN, 0));
	step(at(WORKER, 7, CODE_CALL, 0));
	step(at(SWITCH, 0, CODE_PLAIN, 0));
	follow_switch(&f, 200, 100);
	step(at(SWITCH, 1, CODE_RETURN, 0));
	step(at(HANDLER, 1, CODE_PLAIN, 0));
	assert_int_equal(COUNT(ROOT_OTHERS, SWITCH), 1);
	assert_int_equal(COUNT(ROOT_OTHERS, WORKER), 1);
	assert_int_equal(COUNT(ROOT_OTHERS, WORKER, SWITCH), 1);
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT, HANDLER, SWITCH), 2);
	assert_int_equal(COUNT(ROOT_PROGRAM, FAULT, HANDLER), 2);
}

static void a_call_into_the_middle_of_a_function_is_astray(void **state)
{
	(void)state;
	fault();
	step(at(FAULT, 1, CODE_CALL, CODE_ENTRY));
	step(at(HANDLER, 3, CODE_PLAIN, 0));
	assert_int_equal(f.calls, 1);
	assert_int_equal(f.calls_astray, 1);
}

static void however_deep_every_instruction_is_counted(void **state)
{
	const struct code *call, *start;

	(void)state;
	fault();
	call = at(HANDLER, 0, CODE_CALL, 0);
	start = at(CALLEE, 0, CODE_CALL, 0);
	step(at(FAULT, 1, CODE_CALL, CODE_ENTRY));
	for (int i = 0; i < 2 * FOLLOW_DEPTH; i++) {
		step(call);
		step(start);
	}
	assert_int_equal(f.total, 3 + 4 * FOLLOW_DEPTH);
	assert_int_equal(f.err, 0);
}

static void instructions_are_told_by_their_bytes(void **state)
{
	static const struct {
		uint8_t byte[8];
		size_t size;
		enum code_kind kind;
	} known[] = {
		{ { 0xe8, 1, 2, 3, 4 }, 5, CODE_CALL },
		{ { 0x2e, 0xe8, 1, 2, 3, 4 }, 6, CODE_CALL },
		{ { 0xff, 0xd0 }, 2, CODE_CALL },
		{ { 0x41, 0xff, 0xd3 }, 3, CODE_CALL },
		{ { 0xff, 0xe0 }, 2, CODE_JUMP },
		{ { 0xff, 0xc0 }, 2, CODE_PLAIN },
		{ { 0xc3 }, 1, CODE_RETURN },
		{ { 0xf3, 0xc3 }, 2, CODE_RETURN },
		{ { 0xeb, 2 }, 2, CODE_JUMP },
		{ { 0x75, 2 }, 2, CODE_JUMP },
		{ { 0x0f, 0x84, 1, 2, 3, 4 }, 6, CODE_JUMP },
		{ { 0x48, 0xcf }, 2, CODE_LEAVE },
		{ { 0x48, 0x0f, 0x07 }, 3, CODE_LEAVE },
		{ { 0x0f, 0x05 }, 2, CODE_SYSCALL },
		{ { 0x0f, 0x31 }, 2, CODE_RDTSC },
		{ { 0x0f, 0x01, 0xf9 }, 3, CODE_RDTSCP },
		{ { 0x0f, 0x01, 0xf8 }, 3, CODE_PLAIN },
		{ { 0x0f, 0x1f, 0x80, 2, 0x41, 0x58, 0x6d }, 7, CODE_MARK },
		{ { 0x0f, 0x1f, 0x80, MARKS, 0x41, 0x58, 0x6d }, 7, CODE_PLAIN },
		{ { 0x0f, 0x1f, 0x80, 0, 0, 0, 0 }, 7, CODE_PLAIN },
		{ { 0xf3 }, 1, CODE_PLAIN },
		{ { 0x0f }, 1, CODE_PLAIN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct code code = { 0 };

		code_decode(known[i].byte, known[i].size, &code);
		if (code.kind != known[i].kind)
			fail_msg("instruction %zu is of kind %d", i, code.kind);
		if (code.kind == CODE_MARK)
			assert_int_equal(code.mark, MARK_MEASURED);
	}
}

static void operations_that_do_the_same_are_one_way(void **state)
{
	struct operations o = { 0 };
	char text[256] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	(void)state;
	for (int i = 0; i < 4; i++) {
		follow_begin(&f);
		step(user(0));
		if (i == 2)
			step(user(1));
		assert_int_equal(operations_add(&o, &f), 0);
	}
	operations_write(&o, out);
	fclose(out);
	assert_string_equal(text, "w 0 1\nw 0 2\no 0*2 1 0\n");
	operations_free(&o);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_call_goes_down_and_its_return_up),
		TEST(a_jump_to_a_function_is_a_call_in_the_last_place),
		TEST(functions_that_jump_to_each_other_do_not_go_down_for_ever),
		TEST(an_interrupt_stands_apart_and_what_it_met_goes_on),
		TEST(a_return_to_entry_code_is_no_interrupt),
		TEST(a_fault_of_the_kernel_is_below_the_code_that_met_it),
		TEST(other_tasks_stand_apart_and_this_one_goes_on_where_it_was),
		TEST(a_call_into_the_middle_of_a_function_is_astray),
		TEST(however_deep_every_instruction_is_counted),
		TEST(instructions_are_told_by_their_bytes),
		TEST(operations_that_do_the_same_are_one_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
