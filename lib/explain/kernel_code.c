// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdbool.h>
#include <string.h>

#include "explain/kernel_code.h"

static bool is_exception(const char *name)
{
	static const char *const old[] = { "divide_error",  "general_protection",
					   "invalid_op",    "device_not_available",
					   "stack_segment", "int3",
					   "debug",	    NULL };

	if (strstr(name, "exc_"))
		return !strstr(name, "_nmi");
	for (size_t i = 0; old[i]; i++)
		if (!strcmp(name, old[i]))
			return true;
	return false;
}

static bool begins_with_any(const char *name, const char *const *words)
{
	for (; *words; words++)
		if (!strncmp(name, *words, strlen(*words)))
			return true;
	return false;
}

/* Stubs for each interrupt stand in one symbol; the beginning of others is called from inside. */
static bool is_gate(const char *name, bool start)
{
	static const char *const stubs[] = { "irq_entries_start", "spurious_entries_start", NULL };
	static const char *const helpers[] = { "asm_load_gs_index",
					       "native_load_gs_index",
					       "error_",
					       "paranoid_",
					       "xen_error_",
					       "clear_bhb_",
					       "common_interrupt_return",
					       "entry_ibpb",
					       NULL };

	if (begins_with_any(name, stubs))
		return true;
	return start && !begins_with_any(name, helpers);
}

void kernel_code_find(struct code *code, const struct symbols *symbols, uint64_t slide)
{
	uint64_t address = code->address - slide;
	long at = symbols_find(symbols, address);
	const struct symbol *symbol;

	if (at < 0) {
		code->symbol = 0;
		return;
	}
	symbol = &symbols->symbol[at];
	code->symbol = symbol->id;
	if (symbol->address == address)
		code->where |= CODE_START;
	if (address < symbols->entry_start || address >= symbols->entry_end)
		return;
	code->where |= CODE_ENTRY;
	if (is_gate(symbol->name, code->where & CODE_START))
		code->where |= CODE_GATE;
	if (!(code->where & CODE_START))
		return;
	if (strstr(symbol->name, "page_fault"))
		code->where |= CODE_FAULT;
	else if (is_exception(symbol->name))
		code->where |= CODE_TRAP;
}
