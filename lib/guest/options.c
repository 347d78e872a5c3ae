// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "guest/options.h"

/* Where the value of an option goes: a text or a number of struct options. */
struct field {
	const char *name, *argument, *doc;
	enum { FLAG, MODE, NUMBER, PATCH, TEXT } kind;
	size_t offset;
};

#define OF(member) offsetof(struct options, member)

static const struct field fields[] = {
	{ "image", "DIR", "the kernel to boot, as scripts/kernel prints it", TEXT, OF(image) },
	{ "initramfs", "FILE", "what it boots, as scripts/initramfs makes it", TEXT,
	  OF(guest.initramfs) },
	{ "records", "FILE", "write the records there", TEXT, OF(guest.records) },
	{ "console", "FILE", "keep the console there", TEXT, OF(guest.console) },
	{ "extra", "FILE",
	  "write there what the workload of the initramfs leaves, as a compressed tar", TEXT,
	  OF(guest.extra) },
	{ "why", "FILE", "when the guest died, hung or was cut short, write there in one line how",
	  TEXT, OF(guest.why) },
	{ "plan", "FILE",
	  "the plan in the initramfs: its digest is recorded, and --mode, --cpu, --memory, --pmem "
	  "and "
	  "--time-limit are its own unless they are given",
	  TEXT, OF(guest.plan) },
	{ "mode", "MODE",
	  "count (default): one instruction, one tick, under QEMU's icount; time: under KVM, after "
	  "a short probe that it works here; emulated: plain emulation, for checks alone",
	  MODE, OF(guest.mode) },
	{ "cpu", "MODEL", "QEMU's name (default qemu64,+rdtscp,+clflushopt,+clwb)", TEXT,
	  OF(guest.cpu) },
	{ "memory", "MIB", "default 2048", NUMBER, OF(guest.memory_mib) },
	{ "pmem", "MIB", "of the memory, made persistent memory (default 512)", NUMBER,
	  OF(guest.pmem_mib) },
	{ "time-limit", "S", "end the guest after so long (default 300)", NUMBER,
	  OF(guest.time_limit_s) },
	{ "silence-limit", "S",
	  "a guest that says nothing for so long hangs (default: half of the time limit, but not "
	  "less than 120)",
	  NUMBER, OF(guest.silence_limit_s) },
	{ "pin", "CPU",
	  "run the guest's processor on this one alone, as 3 (mode time, and emulated when asked "
	  "to; default in mode time: the last there is)",
	  TEXT, OF(pin) },
	{ "seed", "N", "default 1", NUMBER, OF(guest.seed) },
	{ "label", "NAME", "the side this guest is of (default: kernel)", TEXT, OF(guest.label) },
	{ "source", "TEXT", "the kernel as the plan names it, to be recorded", TEXT,
	  OF(guest.source) },
	{ "subject", "TEXT", "what this kernel adds or is, in words, to be recorded", TEXT,
	  OF(guest.subject) },
	{ "patch", "NAME", "a patch of it as the plan names it, once for each, in order", PATCH,
	  0 },
	{ "session", "ID", "the run of a plan in mode time, to be recorded", TEXT,
	  OF(guest.session) },
	{ "position", "N", "the place of this boot in its session, from 1, to be recorded", NUMBER,
	  OF(guest.position) },
	{ "pair", "N", "the pair it is of, from 1, to be recorded", NUMBER, OF(guest.pair) },
	{ "order-seed", "N", "what the order of the boots was drawn from, to be recorded", NUMBER,
	  OF(guest.order_seed) },
	{ "plugin", "FILE",
	  "QEMU's plugin that counts by function (build/explain-plugin.so), in mode count; needs "
	  "--counts",
	  TEXT, OF(guest.plugin) },
	{ "counts", "FILE", "write there what it counts (docs/counts.md)", TEXT, OF(guest.counts) },
	{ "symbols", "FILE",
	  "where the functions of the kernel are (default: the System.map beside the image)", TEXT,
	  OF(guest.symbols) },
	{ "probe", NULL,
	  "boot nothing: only see whether QEMU starts here with that processor and memory, and for "
	  "mode time whether KVM works",
	  FLAG, OF(probe) },
	{ "print-command", NULL, "print the QEMU command and boot nothing", FLAG,
	  OF(print_command) },
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))
/* The first field's key: no character, so that no option has a short form. */
#define FIRST_KEY 256

static uint64_t whole(const struct argp_state *state, const char *argument)
{
	unsigned long long number;
	char *end;

	errno = 0;
	number = strtoull(argument, &end, 10);
	if (*argument < '0' || *argument > '9' || *end || errno || number > INT64_MAX)
		argp_error(state, "\"%s\" is not a whole number", argument);
	return number;
}

static enum plan_mode mode_of(const struct argp_state *state, const char *name)
{
	for (int mode = PLAN_COUNT; mode <= PLAN_EMULATED; mode++)
		if (!strcmp(name, plan_mode_name((enum plan_mode)mode)))
			return (enum plan_mode)mode;
	argp_error(state, "unknown mode %s; choose count, time or emulated", name);
	return PLAN_COUNT;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;
	const struct field *field;
	void *value;

	if (key < FIRST_KEY || key >= FIRST_KEY + (int)FIELDS)
		return ARGP_ERR_UNKNOWN;
	field = &fields[key - FIRST_KEY];
	value = (char *)options + field->offset;
	switch (field->kind) {
	case FLAG:
		*(bool *)value = true;
		break;
	case MODE:
		*(enum plan_mode *)value = mode_of(state, argument);
		options->mode_given = true;
		break;
	case NUMBER:
		*(uint64_t *)value = whole(state, argument);
		break;
	case PATCH:
		options->patches[options->guest.patches++] = argument;
		break;
	case TEXT:
		*(const char **)value = argument;
		break;
	}
	return 0;
}

static void read_command_line(int argc, char **argv, struct options *options)
{
	struct argp_option table[FIELDS + 1] = { 0 };
	const struct argp argp = {
		.options = table,
		.parser = parse,
		.doc = "Boots a kernel with the runner in its initramfs and writes the records of "
		       "the "
		       "plan to a file. A guest that says more than 32 MiB on a serial line is "
		       "ended."
		       "\v"
		       "Exit status: 0 the records are whole, 2 bad input, 4 this machine lacks "
		       "something (QEMU does not start, was killed from outside, or there is no "
		       "memory "
		       "or no room), 5 the guest died, hung or was cut short, 128 + signal when "
		       "interrupted.",
	};

	for (size_t i = 0; i < FIELDS; i++)
		table[i] = (struct argp_option){ .name = fields[i].name,
						 .key = FIRST_KEY + (int)i,
						 .arg = fields[i].argument,
						 .doc = fields[i].doc };
	argp_err_exit_status = STATUS_USAGE;
	argp_parse(&argp, argc, argv, 0, NULL, options);
}

static uint64_t either(uint64_t given, uint64_t other)
{
	return given ? given : other;
}

enum status options_read(int argc, char **argv, struct options *options, struct plan *plan,
			 char reason[GUEST_REASON_MAX])
{
	struct guest *guest = &options->guest;

	*options = (struct options){ .patches = calloc((size_t)argc, sizeof(char *)) };
	if (!options->patches) {
		snprintf(reason, GUEST_REASON_MAX, "out of memory");
		return STATUS_ENVIRONMENT;
	}
	read_command_line(argc, argv, options);
	/* a plan with nothing in it has the defaults */
	if (plan_read(guest->plan ? guest->plan : "/dev/null", plan, reason))
		return STATUS_USAGE;
	guest->patch = options->patches;
	guest->mode = options->mode_given ? guest->mode : plan->mode;
	guest->cpu = guest->cpu ? guest->cpu : plan->guest_cpu;
	guest->memory_mib = either(guest->memory_mib, plan->guest_memory_mib);
	guest->pmem_mib = either(guest->pmem_mib, plan->guest_pmem_mib);
	guest->time_limit_s = either(guest->time_limit_s, plan->guest_time_limit_s);
	guest->silence_limit_s =
		either(guest->silence_limit_s, guest_silence_limit(guest->time_limit_s));
	guest->seed = either(guest->seed, 1);
	guest->label = guest->label ? guest->label : "kernel";
	return STATUS_DONE;
}
