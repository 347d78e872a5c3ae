// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>
#include <stdlib.h>

#include "explain/code_table.h"

static size_t slot_of(uint64_t address)
{
	return (size_t)(address * 0x9e3779b97f4a7c15u >> 20);
}

static bool grow(struct code_table *table)
{
	size_t slots = table->slots ? 2 * table->slots : 1 << 18;
	struct code **code = calloc(slots, sizeof(struct code *));

	if (!code)
		return false;
	for (size_t i = 0; i < table->slots; i++) {
		size_t at;

		if (!table->code[i])
			continue;
		at = slot_of(table->code[i]->address) & (slots - 1);
		while (code[at])
			at = (at + 1) & (slots - 1);
		code[at] = table->code[i];
	}
	free(table->code);
	table->code = code;
	table->slots = slots;
	return true;
}

struct code *code_table_get(struct code_table *table, const struct code *like)
{
	size_t at;
	struct code *code;

	if (2 * table->n >= table->slots && !grow(table))
		return NULL;
	at = slot_of(like->address) & (table->slots - 1);
	for (; (code = table->code[at]); at = (at + 1) & (table->slots - 1))
		if (code->address == like->address && code->size == like->size &&
		    code->kind == like->kind && code->mark == like->mark)
			return code;
	code = malloc(sizeof(*code));
	if (!code)
		return NULL;
	*code = *like;
	table->code[at] = code;
	table->n++;
	return code;
}
