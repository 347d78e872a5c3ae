/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Follows one operation, instruction by instruction, and counts each at its
 * place in the tree of calls.
 *
 * A call goes down, a return goes up to whoever it returns to; a jump into
 * another function is that one's call in the last place. What the processor
 * does by itself is seen by where it goes on: in the kernel's entry code
 * without having been there. An exception (a page fault) is the work of the
 * code that met it and goes below it; an interrupt is not, and stands under a
 * root of its own. So do other tasks, which are told apart by where the kernel
 * keeps their stack pointers (__switch_to_asm()); of a task that was switched
 * to, only what is seen returning is known of its callers.
 *
 * An instruction that faults is undone and is not counted by the guest's clock
 * until it is done again, so neither is it here.
 */
#ifndef DAXMARK_EXPLAIN_FOLLOW_H
#define DAXMARK_EXPLAIN_FOLLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "explain/code.h"

/* Beside the symbols; they have the ids that follow those of the kernel. */
enum follow_root {
	ROOT_PROGRAM, /* the measuring program, what it calls and what it faults on */
	ROOT_INTERRUPTS,
	ROOT_OTHERS, /* tasks switched to */
	ROOTS,
};

#define FOLLOW_DEPTH 512
#define FOLLOW_TASKS 16
#define FOLLOW_NODES 4000000

struct follow_node {
	uint32_t parent; /* itself, of a root */
	uint32_t symbol;
};

struct follow_frame {
	uint64_t back; /* where it returns to; of an interrupted one, anything */
	uint32_t node; /* to return to */
	bool interrupted;
	const struct code *last; /* what was executed before that */
};

struct follow_stack {
	struct follow_frame frame[FOLLOW_DEPTH];
	size_t depth;
	uint32_t node;
};

struct follow_task {
	uint64_t key;
	struct follow_stack stack;
};

struct follow {
	uint32_t n_names; /* that the kernel has */
	struct follow_node *node;
	uint32_t n_nodes, room;
	uint32_t *slot; /* a hash of nodes by parent and symbol */
	uint32_t slots;
	uint64_t *count; /* of this operation, by node, where seen is operation */
	uint32_t *seen;
	uint32_t operation;
	uint32_t *touched;
	uint32_t n_touched;
	uint64_t total;
	struct follow_stack stack;
	struct follow_task *task;
	size_t n_tasks;
	const struct code *last;
	uint32_t last_node;
	bool arrives; /* in another task */
	/* a symbol map of another kernel shows in these */
	uint64_t calls, calls_astray;
	int err; /* -ENOMEM: nothing is counted any more */
};

int follow_init(struct follow *follow, uint32_t n_names);
void follow_free(struct follow *follow);

/* An operation begins, in the program. */
void follow_begin(struct follow *follow);

/* code, with its symbol, is about to be executed. */
void follow_step(struct follow *follow, const struct code *code);

/* The kernel goes from one task to another, told apart by these. */
void follow_switch(struct follow *follow, uint64_t from, uint64_t to);

#endif
