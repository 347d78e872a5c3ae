// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "explain/follow.h"

#define SLOT_FREE UINT32_MAX

static uint32_t hash(uint32_t parent, uint32_t symbol)
{
	uint64_t key = (uint64_t)parent << 32 | symbol;

	/* Knuth's multiplier, golden ratio of 64 bits */
	return (uint32_t)(key * 0x9e3779b97f4a7c15u >> 32);
}

static void enter(struct follow *f, uint32_t node)
{
	uint32_t at = hash(f->node[node].parent, f->node[node].symbol) & (f->slots - 1);

	while (f->slot[at] != SLOT_FREE)
		at = (at + 1) & (f->slots - 1);
	f->slot[at] = node;
}

/* Twice the room, from 0. */
static int grow(struct follow *f)
{
	uint32_t room = f->room ? 2 * f->room : 4096;
	struct follow_node *node = realloc(f->node, room * sizeof(*node));
	uint64_t *count;
	uint32_t *touched, *seen, *slot;

	if (!node)
		return -ENOMEM;
	f->node = node;
	count = realloc(f->count, room * sizeof(*count));
	if (!count)
		return -ENOMEM;
	f->count = count;
	touched = realloc(f->touched, room * sizeof(*touched));
	if (!touched)
		return -ENOMEM;
	f->touched = touched;
	seen = realloc(f->seen, room * sizeof(*seen));
	if (!seen)
		return -ENOMEM;
	f->seen = seen;
	slot = realloc(f->slot, 2 * (size_t)room * sizeof(*slot));
	if (!slot)
		return -ENOMEM;
	f->slot = slot;
	memset(seen + f->room, 0, (room - f->room) * sizeof(*seen));
	memset(slot, 0xff, 2 * (size_t)room * sizeof(*slot));
	f->room = room;
	f->slots = 2 * room;
	for (uint32_t i = 0; i < f->n_nodes; i++)
		enter(f, i);
	return 0;
}

static uint32_t add(struct follow *f, uint32_t parent, uint32_t symbol)
{
	if (f->n_nodes == f->room && (f->room >= FOLLOW_NODES || grow(f))) {
		f->err = -ENOMEM;
		return 0;
	}
	f->node[f->n_nodes] = (struct follow_node){ .parent = parent, .symbol = symbol };
	enter(f, f->n_nodes);
	return f->n_nodes++;
}

static uint32_t child(struct follow *f, uint32_t parent, uint32_t symbol)
{
	uint32_t at = hash(parent, symbol) & (f->slots - 1);

	for (; f->slot[at] != SLOT_FREE; at = (at + 1) & (f->slots - 1)) {
		const struct follow_node *node = &f->node[f->slot[at]];

		if (node->parent == parent && node->symbol == symbol)
			return f->slot[at];
	}
	return add(f, parent, symbol);
}

int follow_init(struct follow *f, uint32_t n_names)
{
	memset(f, 0, sizeof(*f));
	f->n_names = n_names;
	f->task = calloc(FOLLOW_TASKS, sizeof(*f->task));
	if (!f->task || grow(f)) {
		follow_free(f);
		return -ENOMEM;
	}
	for (uint32_t root = 0; root < ROOTS; root++)
		add(f, root, n_names + root);
	return 0;
}

void follow_free(struct follow *f)
{
	free(f->node);
	free(f->slot);
	free(f->count);
	free(f->touched);
	free(f->seen);
	free(f->task);
	memset(f, 0, sizeof(*f));
}

void follow_begin(struct follow *f)
{
	f->operation++;
	f->n_touched = 0;
	f->total = 0;
	f->n_tasks = 0;
	f->stack.depth = 0;
	f->stack.node = ROOT_PROGRAM;
	f->last = NULL;
	f->arrives = false;
}

static void push(struct follow *f, uint64_t back, bool interrupted)
{
	struct follow_stack *stack = &f->stack;

	/* so deep it is not followed but still counted, at the deepest place */
	if (stack->depth == FOLLOW_DEPTH)
		return;
	stack->frame[stack->depth++] = (struct follow_frame){
		.back = back, .node = stack->node, .interrupted = interrupted, .last = f->last
	};
}

/* Interrupts are nobody's work, exceptions are that of the code that met them. */
static void enter_kernel(struct follow *f, const struct code *code, bool from_user)
{
	uint32_t parent = f->stack.node;

	if (from_user) {
		f->stack.depth = 0;
		parent = ROOT_PROGRAM;
	}
	push(f, 0, true);
	if (!(code->where & (CODE_FAULT | CODE_TRAP)) && f->last->kind != CODE_SYSCALL)
		parent = ROOT_INTERRUPTS;
	f->stack.node = child(f, parent, code->symbol);
}

/* Back to what was interrupted: a call, say, whose first instruction is only now executed. */
static void leave_kernel(struct follow *f)
{
	struct follow_stack *stack = &f->stack;

	while (stack->depth) {
		const struct follow_frame *frame = &stack->frame[--stack->depth];

		stack->node = frame->node;
		if (!frame->interrupted)
			continue;
		f->last = frame->last;
		return;
	}
}

/* Within the function called last, the jumps that led here are undone by one back. */
static void jump(struct follow *f, const struct code *code)
{
	const struct follow_stack *stack = &f->stack;
	uint32_t base = stack->depth ? stack->frame[stack->depth - 1].node : stack->node;

	for (uint32_t node = stack->node; node != base && node >= ROOTS;
	     node = f->node[node].parent) {
		if (f->node[node].symbol != code->symbol)
			continue;
		f->stack.node = node;
		return;
	}
	f->stack.node = child(f, stack->node, code->symbol);
}

/* The frame, from 1, that a return to address ends; 0 for none. */
static size_t frame_of(const struct follow *f, uint64_t address)
{
	const struct follow_stack *stack = &f->stack;

	for (size_t i = stack->depth; i && !stack->frame[i - 1].interrupted; i--)
		if (stack->frame[i - 1].back == address)
			return i;
	return 0;
}

static void give_back(struct follow *f, const struct code *code)
{
	struct follow_stack *stack = &f->stack;
	size_t frame = frame_of(f, code->address);

	if (frame) {
		stack->depth = frame - 1;
		stack->node = stack->frame[stack->depth].node;
		return;
	}
	/* a return that is a jump, as that of a retpoline */
	if (code->where & CODE_START) {
		jump(f, code);
		return;
	}
	if (code->symbol == f->node[stack->node].symbol)
		return;
	/* to a caller never seen calling: of a task that was switched to */
	while (stack->depth && !stack->frame[stack->depth - 1].interrupted)
		stack->depth--;
	stack->node = child(f, ROOT_OTHERS, code->symbol);
}

/* By the processor: what returns to entry code or calls a part of it does it elsewhere. */
static bool enters(const struct follow *f, const struct code *code)
{
	return code->where & CODE_GATE && !(f->last->where & CODE_ENTRY);
}

static bool follows(const struct code *last, const struct code *code)
{
	return last->address + last->size == code->address || last->address == code->address;
}

static void uncount(struct follow *f)
{
	f->count[f->last_node]--;
	f->total--;
}

static void within_kernel(struct follow *f, const struct code *code)
{
	const struct code *last = f->last;

	if (enters(f, code)) {
		enter_kernel(f, code, false);
		return;
	}
	/* what a fault undid is done again */
	if (last == code)
		return;
	switch (last->kind) {
	case CODE_CALL:
		f->calls++;
		f->calls_astray += !(code->where & CODE_START) && code->symbol != last->symbol;
		push(f, last->address + last->size, false);
		f->stack.node = child(f, f->stack.node, code->symbol);
		return;
	case CODE_RETURN:
		give_back(f, code);
		return;
	case CODE_LEAVE:
		return;
	default:
		if (code->symbol != last->symbol && !follows(last, code))
			jump(f, code);
	}
}

static void count(struct follow *f)
{
	uint32_t node = f->stack.node;

	if (f->err)
		return;
	if (f->seen[node] != f->operation) {
		f->seen[node] = f->operation;
		f->count[node] = 0;
		f->touched[f->n_touched++] = node;
	}
	f->count[node]++;
	f->total++;
	f->last_node = node;
}

void follow_step(struct follow *f, const struct code *code)
{
	if (f->last && code->where & CODE_FAULT && !(f->last->where & CODE_ENTRY))
		uncount(f);
	if (code->where & CODE_USER) {
		f->stack.depth = 0;
		f->stack.node = ROOT_PROGRAM;
		count(f);
		f->last = code;
		return;
	}
	/* the next interrupt may wait for the end of the one before */
	if (f->last && f->last->kind == CODE_LEAVE && !(f->last->where & CODE_USER))
		leave_kernel(f);
	if (f->arrives) {
		f->arrives = false;
		if (f->stack.node == ROOT_OTHERS)
			f->stack.node = child(f, ROOT_OTHERS, code->symbol);
	} else if (f->last && f->last->where & CODE_USER) {
		enter_kernel(f, code, true);
	} else if (f->last) {
		within_kernel(f, code);
	}
	count(f);
	f->last = code;
}

void follow_switch(struct follow *f, uint64_t from, uint64_t to)
{
	size_t i = 0, to_at;

	if (from == to)
		return;
	while (i < f->n_tasks && f->task[i].key != from)
		i++;
	if (i < FOLLOW_TASKS) {
		f->n_tasks += i == f->n_tasks;
		f->task[i].key = from;
		f->task[i].stack = f->stack;
	}
	for (to_at = 0; to_at < f->n_tasks && f->task[to_at].key != to; to_at++)
		;
	if (to_at < f->n_tasks) {
		f->stack = f->task[to_at].stack;
	} else {
		f->stack.depth = 0;
		f->stack.node = ROOT_OTHERS;
	}
	f->arrives = true;
}
