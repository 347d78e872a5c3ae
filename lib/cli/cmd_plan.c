// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * daxmark plan: a plan's fields, one a line, for the scripts that build kernels
 * and boot guests, so that the file is understood in one place.
 */
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "command/command.h"
#include "plan/order.h"
#include "plan/plan.h"
#include "plan/series.h"

static error_t parse(int key, char *argument, struct argp_state *state)
{
	const char **path = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		if (*path)
			argp_error(state, "one plan at a time");
		*path = argument;
		return 0;
	case ARGP_KEY_END:
		if (!*path)
			argp_error(state, "a plan is missing");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void print_kernel(const struct plan_kernel *kernel)
{
	printf("kernel\t%s\t%s", kernel->label.text, kernel->source.text);
	for (size_t i = 0; i < kernel->patches.n; i++)
		printf("\t%s", kernel->patches.word[i].text);
	putchar('\n');
	if (kernel->subject)
		printf("subject\t%s\t%s\n", kernel->label.text, kernel->subject);
}

/* 0 or a negative errno */
static int draw_order_seed(uint64_t *order_seed)
{
	uint32_t number = 0;

	while (!number)
		if (getrandom(&number, sizeof(number), 0) != sizeof(number))
			return -errno;
	*order_seed = number;
	return 0;
}

/* Which guest is booted when, where kernels are timed. */
static int print_order(const struct plan *plan)
{
	uint64_t order_seed = plan->order_seed;
	size_t n = plan->kernels * plan->pairs;
	struct order_boot *boots = calloc(n, sizeof(*boots));
	int err = boots ? 0 : -ENOMEM;

	if (!err && !order_seed)
		err = draw_order_seed(&order_seed);
	if (!err) {
		printf("order_seed\t%llu\n", (unsigned long long)order_seed);
		order_draw(order_seed, plan->kernels, plan->pairs, boots);
	}
	for (size_t i = 0; !err && i < n; i++)
		printf("boot\t%zu\t%s\t%llu\t%u\n", i + 1, plan->kernel[boots[i].side].label.text,
		       (unsigned long long)boots[i].pair, boots[i].seed);
	free(boots);
	return err;
}

static int print_plan(const struct plan *plan)
{
	bool timed_guests = plan->mode == PLAN_TIME && plan->kernels;

	printf("mode\t%s\n", plan_mode_name(plan->mode));
	printf("floor\t%g\n", plan->floor_pct);
	printf("margin\t%g\n", plan->margin_pct);
	printf("cpu\t%s\n", plan->guest_cpu);
	printf("memory\t%llu\n", (unsigned long long)plan->guest_memory_mib);
	printf("pmem\t%llu\n", (unsigned long long)plan->guest_pmem_mib);
	printf("time_limit\t%llu\n", (unsigned long long)plan->guest_time_limit_s);
	if (timed_guests)
		printf("pairs\t%llu\n", (unsigned long long)plan->pairs);
	for (size_t i = 0; i < plan->seeds.n && !timed_guests; i++)
		printf("seed\t%s\n", plan->seeds.word[i].text);
	for (size_t i = 0; i < plan->targets; i++)
		printf("target\t%s\n", plan->target[i].name.text);
	for (size_t i = 0; i < plan->kernels; i++)
		print_kernel(&plan->kernel[i]);
	return timed_guests && plan->kernels >= 2 ? print_order(plan) : 0;
}

int command_plan(int argc, char **argv)
{
	static const struct argp argp = {
		.parser = parse,
		.args_doc = "PLAN",
		.doc = "Prints the fields of a plan, one a line, apart by tabs: mode, floor, "
		       "margin, cpu, memory, pmem, time_limit, a seed each, a target each (name), "
		       "a "
		       "kernel each (label, source, patches), and after it its subject where it "
		       "has one (label, text). In time mode with kernels no seeds but pairs, "
		       "order_seed, and a boot each (position, label, pair, seed).",
	};
	char error[PLAN_ERROR_MAX];
	const char *path = NULL;
	enum status status;
	struct plan plan;
	int err = 0;

	argp_parse(&argp, argc, argv, 0, NULL, &path);
	if (plan_read(path, &plan, error)) {
		complain("%s", error);
		return STATUS_USAGE;
	}
	status = series_complete(&plan);
	if (status == STATUS_DONE)
		err = print_plan(&plan);
	plan_free(&plan);
	if (err)
		complain("the order of the boots cannot be drawn: %s", strerror(-err));
	return err ? status_of(err) : status;
}
