// SPDX-License-Identifier: GPL-2.0-or-later
/* A System.map, or what a guest says are its /proc/kallsyms. */
#include "explain/symbols.h"
#include "tests/fuzz/support/input.h"
#include "tests/fuzz/support/look.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct symbols symbols;
	char error[1024] = "";

	if (symbols_read(input_file(0, &(struct part){ data, size }), &symbols, error,
			 sizeof(error))) {
		look_reason(error);
		return 0;
	}
	for (size_t i = 0; i < symbols.n && i < 16; i++) {
		symbols_find(&symbols, symbols.symbol[i].address - 1);
		symbols_address(&symbols, symbols.name[symbols.symbol[i].id]);
	}
	symbols_free(&symbols);
	return 0;
}
