// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * daxmark plan: a plan's fields, one a line, for the scripts that build kernels
 * and boot guests, so that the file is understood in one place.
 */
#include <argp.h>
#include <errno.h>
#include <stdio.h>

#include "cli/cli.h"
#include "record/plan.h"

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
}

static void print_plan(const struct plan *plan)
{
	printf("mode\t%s\n", plan_mode_name(plan->mode));
	printf("floor\t%g\n", plan->floor_pct);
	printf("cpu\t%s\n", plan->guest_cpu);
	printf("memory\t%llu\n", (unsigned long long)plan->guest_memory_mib);
	printf("pmem\t%llu\n", (unsigned long long)plan->guest_pmem_mib);
	printf("time_limit\t%llu\n", (unsigned long long)plan->guest_time_limit_s);
	for (size_t i = 0; i < plan->seeds.n; i++)
		printf("seed\t%s\n", plan->seeds.word[i].text);
	for (size_t i = 0; i < plan->targets; i++)
		printf("target\t%s\n", plan->target[i].name.text);
	for (size_t i = 0; i < plan->kernels; i++)
		print_kernel(&plan->kernel[i]);
}

int command_plan(int argc, char **argv)
{
	static const struct argp argp = {
		.parser = parse,
		.args_doc = "PLAN",
		.doc = "Prints the fields of a plan, one a line, apart by tabs: mode, floor, "
		       "cpu, memory, pmem, time_limit, a seed each, a target each (name), a "
		       "kernel each (label, source, patches).",
	};
	char error[PLAN_ERROR_MAX];
	const char *path = NULL;
	struct plan plan;

	argp_parse(&argp, argc, argv, 0, NULL, &path);
	if (plan_read(path, &plan, error)) {
		complain("%s", error);
		return STATUS_USAGE;
	}
	print_plan(&plan);
	plan_free(&plan);
	return STATUS_DONE;
}
