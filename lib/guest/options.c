// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "guest/guest.h"

/* Where the value of an option goes: a text or a number of struct guest. */
struct field {
	const char *name, *argument, *doc;
	enum { FLAG, MODE, NUMBER, PATCH, TEXT } kind;
	size_t offset;
};

#define OF(member) offsetof(struct guest, member)

static const struct field fields[] = {
	{ "image", "DIR", "the kernel to boot, as scripts/kernel prints it", TEXT,
	  OF(image_folder) },
	{ "initramfs", "FILE", "what it boots, as scripts/initramfs makes it", TEXT,
	  OF(initramfs) },
	{ "records", "FILE", "write the records there", TEXT, OF(records) },
	{ "console", "FILE", "keep the console there", TEXT, OF(console) },
	{ "extra", "FILE",
	  "write there what the workload of the initramfs leaves, as a compressed tar", TEXT,
	  OF(extra) },
	{ "why", "FILE", "when the guest died, hung or was cut short, write there in one line how",
	  TEXT, OF(why) },
	{ "plan", "FILE",
	  "the plan in the initramfs: its digest is recorded, and --mode, --cpu, --memory, --pmem "
	  "and --time-limit are its own unless they are given",
	  TEXT, OF(plan_path) },
	{ "mode", "MODE",
	  "count (default): one instruction, one tick, under QEMU's icount; time: under KVM, after "
	  "a short probe that it works here; emulated: plain emulation, for checks alone",
	  MODE, OF(mode) },
	{ "cpu", "MODEL", "QEMU's name (default qemu64,+rdtscp,+clflushopt,+clwb)", TEXT, OF(cpu) },
	{ "memory", "MIB", "default 2048", NUMBER, OF(memory_mib) },
	{ "pmem", "MIB", "of the memory, made persistent memory (default 512)", NUMBER,
	  OF(pmem_mib) },
	{ "time-limit", "S", "end the guest after so long (default 300)", NUMBER,
	  OF(time_limit_s) },
	{ "silence-limit", "S",
	  "a guest that says nothing for so long hangs (default: half of the time limit, but not "
	  "less than 120)",
	  NUMBER, OF(silence_limit_s) },
	{ "pin", "CPU",
	  "run the guest's processor on this one alone, as 3 (mode time, and emulated when asked "
	  "to; default in mode time: the last there is)",
	  TEXT, OF(pin) },
	{ "seed", "N", "default 1", NUMBER, OF(seed) },
	{ "label", "NAME", "the side this guest is of (default: kernel)", TEXT, OF(label) },
	{ "source", "TEXT", "the kernel as the plan names it, to be recorded", TEXT, OF(source) },
	{ "subject", "TEXT", "what this kernel adds or is, in words, to be recorded", TEXT,
	  OF(subject) },
	{ "patch", "NAME", "a patch of it as the plan names it, once for each, in order", PATCH,
	  0 },
	{ "session", "ID", "the run of a plan in mode time, to be recorded", TEXT, OF(session) },
	{ "position", "N", "the place of this boot in its session, from 1, to be recorded", NUMBER,
	  OF(position) },
	{ "pair", "N", "the pair it is of, from 1, to be recorded", NUMBER, OF(pair) },
	{ "order-seed", "N", "what the order of the boots was drawn from, to be recorded", NUMBER,
	  OF(order_seed) },
	{ "plugin", "FILE",
	  "QEMU's plugin that counts by function (build/explain-plugin.so), in mode count; needs "
	  "--counts",
	  TEXT, OF(plugin) },
	{ "counts", "FILE", "write there what it counts (docs/counts.md)", TEXT, OF(counts) },
	{ "symbols", "FILE",
	  "where the functions of the kernel are (default: the System.map beside the image)", TEXT,
	  OF(symbols) },
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
	struct guest *guest = state->input;
	const struct field *field;
	void *value;

	if (key < FIRST_KEY || key >= FIRST_KEY + (int)FIELDS)
		return ARGP_ERR_UNKNOWN;
	field = &fields[key - FIRST_KEY];
	value = (char *)guest + field->offset;
	switch (field->kind) {
	case FLAG:
		*(bool *)value = true;
		break;
	case MODE:
		*(enum plan_mode *)value = mode_of(state, argument);
		guest->mode_given = true;
		break;
	case NUMBER:
		*(uint64_t *)value = whole(state, argument);
		break;
	case PATCH:
		guest->patch[guest->patches++] = argument;
		break;
	case TEXT:
		*(const char **)value = argument;
		break;
	}
	return 0;
}

static void read_command_line(int argc, char **argv, struct guest *guest)
{
	struct argp_option table[FIELDS + 1] = { 0 };
	const struct argp argp = {
		.options = table,
		.parser = parse,
		.doc = "Boots a kernel with the runner in its initramfs and writes the records of "
		       "the plan to a file. A guest that says more than 32 MiB on a serial line is "
		       "ended.\vExit status: 0 the records are whole, 2 bad input, 4 this machine "
		       "lacks something (QEMU does not start, was killed from outside, or there is "
		       "no memory or no room), 5 the guest died, hung or was cut short, 128 + "
		       "signal when interrupted.",
	};

	for (size_t i = 0; i < FIELDS; i++)
		table[i] = (struct argp_option){ .name = fields[i].name,
						 .key = FIRST_KEY + (int)i,
						 .arg = fields[i].argument,
						 .doc = fields[i].doc };
	argp_err_exit_status = STATUS_USAGE;
	argp_parse(&argp, argc, argv, 0, NULL, guest);
}

static uint64_t either(uint64_t given, uint64_t other)
{
	return given ? given : other;
}

uint64_t options_silence_limit(uint64_t time_limit_s)
{
	return time_limit_s / 2 < 120 ? 120 : time_limit_s / 2;
}

void options_read(int argc, char **argv, struct guest *guest)
{
	const struct plan *plan = &guest->plan;
	char reason[PLAN_ERROR_MAX];

	guest->patch = guest_alloc((size_t)argc * sizeof(*guest->patch));
	read_command_line(argc, argv, guest);
	/* a plan with nothing in it has the defaults */
	if (plan_read(guest->plan_path ? guest->plan_path : "/dev/null", &guest->plan, reason))
		guest_die(STATUS_USAGE, "%s", reason);
	guest->mode = guest->mode_given ? guest->mode : plan->mode;
	guest->cpu = guest->cpu ? guest->cpu : plan->guest_cpu;
	guest->memory_mib = either(guest->memory_mib, plan->guest_memory_mib);
	guest->pmem_mib = either(guest->pmem_mib, plan->guest_pmem_mib);
	guest->time_limit_s = either(guest->time_limit_s, plan->guest_time_limit_s);
	guest->silence_limit_s =
		either(guest->silence_limit_s, options_silence_limit(guest->time_limit_s));
	guest->seed = either(guest->seed, 1);
	guest->label = guest->label ? guest->label : "kernel";
	guest->name = guest_text("%s (seed %" PRIu64 ")", guest->label, guest->seed);
}
