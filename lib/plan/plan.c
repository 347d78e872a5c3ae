// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <ini.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/plain.h"
#include "plan/plan.h"
#include "plan/plan_kernels.h"
#include "plan/plan_lines.h"
#include "plan/plan_values.h"

static const char *const mode_name[] = { "count", "time", "emulated" };

const char *plan_mode_name(enum plan_mode mode)
{
	return mode_name[mode];
}

#define AT(section, member) .offset = offsetof(struct section, member)

static int take_seeds(struct plan_parser *p, const struct plan_key *key, void *object,
		      const char *value)
{
	struct plan_list *seeds = &p->plan->seeds;
	size_t before = seeds->n;
	uint64_t seed = 0;

	if (!plan_take_value(p, key, object, value))
		return 0;
	for (size_t i = before; i < seeds->n; i++) {
		if (!plan_take_whole(p, &seed, seeds->word[i].text, key->least, key->most))
			return 0;
		/* one number, one spelling: 01 would be a second 1 */
		if (seeds->word[i].text[0] == '0' || seeds->word[i].text[0] == '+')
			return plan_refuse(p, -EINVAL, "write the seed \"%s\" as %llu",
					   seeds->word[i].text, (unsigned long long)seed);
	}
	return 1;
}

static int take_mode(struct plan_parser *p, const struct plan_key *key, void *object,
		     const char *value)
{
	(void)key;
	(void)object;
	for (size_t i = 0; i < sizeof(mode_name) / sizeof(mode_name[0]); i++) {
		if (!strcmp(value, mode_name[i])) {
			p->plan->mode = (enum plan_mode)i;
			return 1;
		}
	}
	return plan_refuse(p, -EINVAL, "unknown mode \"%s\"; choose count, time or emulated",
			   value);
}

static int take_threads(struct plan_parser *p, const struct plan_key *key, void *object,
			const char *value)
{
	struct plan_list *threads = &p->plan->threads;
	size_t before = threads->n;
	uint64_t n = 0;

	if (!plan_take_value(p, key, object, value))
		return 0;
	for (size_t i = before; i < threads->n; i++)
		if (strcmp(threads->word[i].text, "all") != 0 &&
		    !plan_take_whole(p, &n, threads->word[i].text, key->least, key->most))
			return 0;
	return 1;
}

static int take_files(struct plan_parser *p, const struct plan_key *key, void *object,
		      const char *value)
{
	struct plan_list *files = &p->plan->files;
	size_t before = files->n;

	if (!plan_take_value(p, key, object, value))
		return 0;
	for (size_t i = before; i < files->n; i++)
		if (strcmp(files->word[i].text, "one") != 0 &&
		    strcmp(files->word[i].text, "each") != 0)
			return plan_refuse(p, -EINVAL, "files = \"%s\" is neither one nor each",
					   files->word[i].text);
	return 1;
}

static int take_pairs(struct plan_parser *p, const struct plan_key *key, void *object,
		      const char *value)
{
	p->plan->pairs_line = p->line;
	return plan_take_value(p, key, object, value);
}

#define SEED_MAX 4294967295u

static const struct plan_key plan_keys[] = {
	{ "mode", PLAN_CHOICE, AT(plan, mode), .take = take_mode },
	{ "seeds", PLAN_WORDS, AT(plan, seeds), 1, SEED_MAX, .take = take_seeds },
	{ "pairs", PLAN_WHOLE, AT(plan, pairs), 1, 1000, 10, .take = take_pairs },
	{ "order_seed", PLAN_WHOLE, AT(plan, order_seed), 1, SEED_MAX, .take = take_pairs },
	{ "filesystems", PLAN_WORDS, AT(plan, filesystems) },
	{ "access", PLAN_WORDS, AT(plan, access) },
	{ "benchmarks", PLAN_WORDS, AT(plan, benchmarks) },
	{ "checks", PLAN_WORDS, AT(plan, checks) },
	{ "threads", PLAN_WORDS, AT(plan, threads), 1, PLAN_THREADS_MAX, .take = take_threads },
	{ "files", PLAN_WORDS, AT(plan, files), .take = take_files },
	{ "floor", PLAN_PERCENT, AT(plan, floor_pct), .initial = 0.2 },
	{ "margin", PLAN_PERCENT, AT(plan, margin_pct), .initial = 2 },
	{ "freeze_limit", PLAN_WHOLE, AT(plan, freeze_limit_s), 1, 3600, 60, "seconds" },
	{ 0 },
};

static const struct plan_key guest_keys[] = {
	{ "cpu", PLAN_TEXT, AT(plan, guest_cpu) },
	{ "memory", PLAN_WHOLE, AT(plan, guest_memory_mib), 1024, 1048576, 2048, "MiB" },
	{ "pmem", PLAN_WHOLE, AT(plan, guest_pmem_mib), 128, 2048, 512, "MiB" },
	{ "time_limit", PLAN_WHOLE, AT(plan, guest_time_limit_s), 1, 86400, 300, "seconds" },
	{ 0 },
};

static int take_place(struct plan_parser *p, const struct plan_key *key, void *object,
		      const char *value)
{
	struct plan_target *target = object;

	if (target->line)
		return plan_refuse(
			p, -EINVAL,
			"[target %s] is one of device, file or directory; it is set in line %d",
			target->name.text, target->line);
	if (*value != '/')
		return plan_refuse(p, -EINVAL, "\"%s\" is no path from the root", value);
	target->line = p->line;
	return plan_take_value(p, key, object, value);
}

static int take_node(struct plan_parser *p, const struct plan_key *key, void *object,
		     const char *value)
{
	((struct plan_target *)object)->node_line = p->line;
	return plan_take_value(p, key, object, value);
}

static const struct plan_key target_keys[] = {
	{ "device", PLAN_TEXT, AT(plan_target, device), .take = take_place },
	{ "file", PLAN_TEXT, AT(plan_target, file), .take = take_place },
	{ "directory", PLAN_TEXT, AT(plan_target, directory), .take = take_place },
	{ "size", PLAN_WHOLE, AT(plan_target, size_mib), 64, 1048576, 512, "MiB" },
	{ "node", PLAN_WHOLE, AT(plan_target, node), 0, 1023, .take = take_node },
	{ "erase", PLAN_YES, AT(plan_target, erase) },
	{ 0 },
};

static int target_key(struct plan_parser *p, const char *name, const char *key, const char *value)
{
	struct plan *plan = p->plan;
	struct plan_target *target =
		plan_find_named(plan->target, plan->targets, sizeof(*target), name);

	if (!target) {
		target = plan_add_named(p, &plan->target, &plan->targets, sizeof(*target), name);
		if (!target)
			return 0;
		plan_initialise(target_keys, target);
	}
	return plan_take_key(p, "target ...", target_keys, target, key, value);
}

static const struct plan_key bench_keys[] = {
	{ "arms", PLAN_WORDS, AT(plan_bench, arms) },
	{ "operations", PLAN_WHOLE, AT(plan_bench, operations), 1, 1048576 },
	{ "passes", PLAN_WHOLE, AT(plan_bench, passes), 1, 1000 },
	{ "fill", PLAN_WORDS, AT(plan_bench, fill) },
	{ "between", PLAN_WHOLE, AT(plan_bench, between_kib), 0, 32, .unit = "KiB" },
	{ "batch", PLAN_YES, AT(plan_bench, batch) },
	{ 0 },
};

static int bench_key(struct plan_parser *p, const char *name, const char *key, const char *value)
{
	struct plan *plan = p->plan;
	struct plan_bench *bench =
		plan_find_named(plan->bench, plan->benches, sizeof(*bench), name);

	if (!bench)
		bench = plan_add_named(p, &plan->bench, &plan->benches, sizeof(*bench), name);
	return bench ? plan_take_key(p, "bench ...", bench_keys, bench, key, value) : 0;
}

/* What is refused is quoted, and what is not is printed by daxmark plan, a field to a tab. */
static int refuse_controls(struct plan_parser *p, const char *text, const char *allowed)
{
	char plain[PLAN_LINE_MAX + 2];

	if (!plain_is_utf8(text))
		return plan_refuse(p, -EINVAL, "a name that is not UTF-8; no record can hold it");
	snprintf(plain, sizeof(plain), "%s", text);
	plain_text(plain);
	for (size_t i = 0; plain[i]; i++)
		if (plain[i] != text[i] && !strchr(allowed, text[i]))
			return plan_refuse(p, -EINVAL, "a control character in \"%s\"", plain);
	return 1;
}

/* inih's handler: 1 goes on, 0 is an error. */
static int handle(void *user, const char *section, const char *key, const char *value)
{
	struct plan_parser *p = user;

	p->has_key = true;
	if (p->long_value)
		value = p->long_value;
	/* words may be apart by tabs */
	if (p->status || !refuse_controls(p, section, "") || !refuse_controls(p, key, "") ||
	    !refuse_controls(p, value, "\t"))
		return 0;
	if (!strcmp(section, "plan"))
		return plan_take_key(p, section, plan_keys, p->plan, key, value);
	if (!strcmp(section, "guest"))
		return plan_take_key(p, section, guest_keys, p->plan, key, value);
	if (!strncmp(section, "kernel ", 7))
		return plan_kernel_key(p, section + 7, key, value);
	if (!strncmp(section, "series ", 7))
		return plan_series_key(p, section + 7, key, value);
	if (!strncmp(section, "target ", 7))
		return target_key(p, section + 7, key, value);
	if (!strncmp(section, "bench ", 6))
		return bench_key(p, section + 6, key, value);
	return plan_refuse(p, -EINVAL,
			   "unknown section [%s]; known: [plan], [guest], [kernel LABEL], [series "
			   "LABEL], [target NAME], [bench NAME]",
			   section);
}

/* inih's handler and reader share one object; only it knows the line. */
static int parse(struct plan_parser *p)
{
	int line = ini_parse_stream(plan_next_line, p, handle, p);

	if (line > 0 && !p->status) {
		p->line = line;
		plan_refuse(p, -EINVAL, "neither a [section] nor a \"key = value\"");
	} else if (line < 0) {
		plan_refuse(p, -ENOMEM, "out of memory");
	}
	if (!p->status && ferror(p->file))
		plan_refuse(p, -EIO, "cannot be read");
	return p->status;
}

/* Timed guests come in pairs that draw their seeds, and nothing else does. */
static int check_pairs(struct plan_parser *p)
{
	const struct plan *plan = p->plan;

	p->line = plan->pairs_line;
	if (plan->pairs_line && plan->targets)
		plan_refuse(p, -EINVAL,
			    "pairs and order_seed are for kernels in guests; on this machine seeds "
			    "says how many runs there are");
	else if (plan->pairs_line && plan->mode != PLAN_TIME)
		plan_refuse(p, -EINVAL,
			    "pairs and order_seed are for mode = time; in mode %s each kernel is "
			    "booted once with each of seeds",
			    plan_mode_name(plan->mode));
	if (plan->mode != PLAN_TIME || !plan->kernels || !plan->seeds.n)
		return p->status;
	p->line = plan->seeds.word[0].line;
	plan_refuse(p, -EINVAL,
		    "timed guests are booted in pairs, each with a seed drawn from order_seed; "
		    "write pairs = N for seeds");
	return p->status;
}

static int check_whole(struct plan_parser *p)
{
	struct plan *plan = p->plan;

	if (check_pairs(p))
		return p->status;
	for (size_t i = 0; i < plan->checks.n && plan->checks.n > 1; i++) {
		if (strcmp(plan->checks.word[i].text, "none") != 0)
			continue;
		p->line = plan->checks.word[i].line;
		plan_refuse(p, -EINVAL, "\"none\" goes with no other check");
		return p->status;
	}
	for (size_t i = 0; i < plan->kernels; i++) {
		p->line = plan->kernel[i].label.line;
		if (!plan->kernel[i].source.text) {
			plan_refuse(p, -EINVAL, "[kernel %s] has no source",
				    plan->kernel[i].label.text);
			return p->status;
		}
	}
	for (size_t i = 0; i < plan->targets; i++) {
		const struct plan_target *target = &plan->target[i];

		p->line = target->name.line;
		if (!target->line)
			plan_refuse(p, -EINVAL, "[target %s] names no device, file or directory",
				    target->name.text);
		else if (target->erase && !target->device)
			plan_refuse(p, -EINVAL, "[target %s]: erase is for a device",
				    target->name.text);
		if (p->status)
			return p->status;
	}
	if (plan->targets && plan->kernels) {
		p->line = plan->target[0].name.line;
		plan_refuse(p, -EINVAL,
			    "a plan has kernels to boot or targets of this machine, not both");
		return p->status;
	}
	if (plan->targets && plan->mode == PLAN_COUNT) {
		p->line = plan->target[0].name.line;
		plan_refuse(
			p, -EINVAL,
			"instructions are counted in guests only; with [target ...] write mode = "
			"time");
		return p->status;
	}
	if (plan->threads.n && plan->kernels) {
		p->line = plan->threads.word[0].line;
		plan_refuse(p, -EINVAL,
			    "a guest has one processor; threads are for targets of this machine");
		return p->status;
	}
	if (plan->guest_pmem_mib + 1024 > plan->guest_memory_mib) {
		p->line = 0;
		plan_refuse(p, -EINVAL,
			    "[guest] memory = %llu leaves no room for pmem = %llu; it takes pmem + "
			    "1024 "
			    "MiB",
			    (unsigned long long)plan->guest_memory_mib,
			    (unsigned long long)plan->guest_pmem_mib);
	}
	return p->status;
}

static int fill_defaults(struct plan_parser *p)
{
	struct plan *plan = p->plan;

	plan_initialise(plan_keys, plan);
	plan_initialise(guest_keys, plan);
	return plan_take_text(p, &plan->guest_cpu, "qemu64,+rdtscp,+clflushopt,+clwb");
}

int plan_read(const char *path, struct plan *plan, char error[PLAN_ERROR_MAX])
{
	struct plan_parser p = { .plan = plan, .error = error };

	memset(plan, 0, sizeof(*plan));
	error[0] = '\0';
	p.file = fopen(path, "re");
	if (!p.file) {
		int status = -errno;

		snprintf(error, PLAN_ERROR_MAX, "%.256s: %s", path, strerror(-status));
		return status;
	}
	plan->path = strdup(path);
	if (!plan->path || !fill_defaults(&p))
		p.status = -ENOMEM;
	if (!p.status)
		parse(&p);
	if (!p.status)
		plan_series_expand(&p);
	if (!p.status)
		check_whole(&p);
	if (!p.status && !plan->seeds.n)
		plan_take_words(&p, &plan->seeds, "1 2 3");
	fclose(p.file);
	free(p.text);
	if (p.status)
		plan_free(plan);
	return p.status;
}

void plan_free(struct plan *plan)
{
	plan_release(plan_keys, plan);
	plan_release(guest_keys, plan);
	plan_free_kernels(plan);
	for (size_t i = 0; i < plan->targets; i++) {
		free(plan->target[i].name.text);
		plan_release(target_keys, &plan->target[i]);
	}
	for (size_t i = 0; i < plan->benches; i++) {
		free(plan->bench[i].name.text);
		plan_release(bench_keys, &plan->bench[i]);
	}
	free(plan->target);
	free(plan->bench);
	free(plan->path);
	memset(plan, 0, sizeof(*plan));
}
