// SPDX-License-Identifier: GPL-2.0-or-later
/* A plan, as daxmark-run --check and daxmark plan take it. */
#include <stdlib.h>

#include "bench/selection.h"
#include "plan/order.h"
#include "tests/fuzz/support/input.h"
#include "tests/fuzz/support/look.h"

#define PROCESSORS 8

static void draw(const struct plan *plan)
{
	struct order_boot *boots = calloc(plan->kernels * plan->pairs, sizeof(*boots));

	if (boots)
		order_draw(plan->order_seed, plan->kernels, plan->pairs, boots);
	free(boots);
}

static void use(const struct plan *plan)
{
	size_t threads = 0;

	for (size_t b = 0; bench_table[b]; b++) {
		for (const struct arm *arm = bench_table[b]->arms; arm->name; arm++)
			if (selected_arm(plan, bench_table[b], arm))
				selected_operations(plan, bench_table[b], arm);
		selected_between_kib(plan, bench_table[b]);
		selected_passes(plan, bench_table[b]);
	}
	while (plan->threads.n && (threads = selected_threads(plan, PROCESSORS, threads)))
		;
	if (plan->mode == PLAN_TIME && plan->kernels >= 2)
		draw(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char error[PLAN_ERROR_MAX];
	struct plan plan;

	if (plan_read(input_file(0, &(struct part){ data, size }), &plan, error)) {
		look_reason(error);
		return 0;
	}
	if (selection_check(&plan, error) || selection_check_threads(&plan, PROCESSORS, error))
		look_reason(error);
	else
		use(&plan);
	plan_series_range(&plan);
	plan_free(&plan);
	return 0;
}
