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

static int take_seeds(struct plan_parser *p, const char *value)
{
	struct plan_list *seeds = &p->plan->seeds;
	size_t before = seeds->n;
	uint64_t seed = 0;

	if (!plan_take_words(p, seeds, value))
		return 0;
	for (size_t i = before; i < seeds->n; i++) {
		if (!plan_take_whole(p, &seed, seeds->word[i].text, 1, 4294967295u))
			return 0;
		/* one number, one spelling: 01 would be a second 1 */
		if (seeds->word[i].text[0] == '0' || seeds->word[i].text[0] == '+')
			return plan_refuse(p, -EINVAL, "write the seed \"%s\" as %llu",
					   seeds->word[i].text, (unsigned long long)seed);
	}
	return 1;
}

static int take_mode(struct plan_parser *p, const char *value)
{
	for (size_t i = 0; i < sizeof(mode_name) / sizeof(mode_name[0]); i++) {
		if (!strcmp(value, mode_name[i])) {
			p->plan->mode = (enum plan_mode)i;
			return 1;
		}
	}
	return plan_refuse(p, -EINVAL, "unknown mode \"%s\"; choose count, time or emulated",
			   value);
}

static int take_threads(struct plan_parser *p, const char *value)
{
	struct plan_list *threads = &p->plan->threads;
	size_t before = threads->n;
	uint64_t n = 0;

	if (!plan_take_words(p, threads, value))
		return 0;
	for (size_t i = before; i < threads->n; i++)
		if (strcmp(threads->word[i].text, "all") != 0 &&
		    !plan_take_whole(p, &n, threads->word[i].text, 1, PLAN_THREADS_MAX))
			return 0;
	return 1;
}

static int take_files(struct plan_parser *p, const char *value)
{
	struct plan_list *files = &p->plan->files;
	size_t before = files->n;

	if (!plan_take_words(p, files, value))
		return 0;
	for (size_t i = before; i < files->n; i++)
		if (strcmp(files->word[i].text, "one") != 0 &&
		    strcmp(files->word[i].text, "each") != 0)
			return plan_refuse(p, -EINVAL, "files = \"%s\" is neither one nor each",
					   files->word[i].text);
	return 1;
}

static int take_pairs(struct plan_parser *p, uint64_t *number, const char *value, uint64_t max)
{
	p->plan->pairs_line = p->line;
	return plan_take_whole(p, number, value, 1, max);
}

static int plan_key(struct plan_parser *p, const char *key, const char *value)
{
	struct plan *plan = p->plan;

	if (!strcmp(key, "mode"))
		return take_mode(p, value);
	if (!strcmp(key, "seeds"))
		return take_seeds(p, value);
	if (!strcmp(key, "pairs"))
		return take_pairs(p, &plan->pairs, value, 1000);
	if (!strcmp(key, "order_seed"))
		return take_pairs(p, &plan->order_seed, value, 4294967295u);
	if (!strcmp(key, "freeze_limit"))
		return plan_take_whole(p, &plan->freeze_limit_s, value, 1, 3600);
	if (!strcmp(key, "filesystems"))
		return plan_take_words(p, &plan->filesystems, value);
	if (!strcmp(key, "access"))
		return plan_take_words(p, &plan->access, value);
	if (!strcmp(key, "benchmarks"))
		return plan_take_words(p, &plan->benchmarks, value);
	if (!strcmp(key, "checks"))
		return plan_take_words(p, &plan->checks, value);
	if (!strcmp(key, "threads"))
		return take_threads(p, value);
	if (!strcmp(key, "files"))
		return take_files(p, value);
	if (!strcmp(key, "floor"))
		return plan_take_percent(p, &plan->floor_pct, value);
	if (!strcmp(key, "margin"))
		return plan_take_percent(p, &plan->margin_pct, value);
	return plan_unknown_key(p, "plan", key,
				"mode, seeds, pairs, order_seed, filesystems, access, benchmarks, "
				"checks, threads, files, floor, margin, freeze_limit (seconds)");
}

static int guest_key(struct plan_parser *p, const char *key, const char *value)
{
	struct plan *plan = p->plan;

	if (!strcmp(key, "cpu"))
		return plan_take_text(p, &plan->guest_cpu, value);
	if (!strcmp(key, "memory"))
		return plan_take_whole(p, &plan->guest_memory_mib, value, 1024, 1048576);
	if (!strcmp(key, "pmem"))
		return plan_take_whole(p, &plan->guest_pmem_mib, value, 128, 2048);
	if (!strcmp(key, "time_limit"))
		return plan_take_whole(p, &plan->guest_time_limit_s, value, 1, 86400);
	return plan_unknown_key(p, "guest", key,
				"cpu, memory (MiB), pmem (MiB), time_limit (seconds)");
}

static struct plan_target *target_of(struct plan_parser *p, const char *name)
{
	struct plan *plan = p->plan;
	struct plan_target *target;

	for (size_t i = 0; i < plan->targets; i++)
		if (!strcmp(plan->target[i].name.text, name))
			return &plan->target[i];
	target = realloc(plan->target, (plan->targets + 1) * sizeof(*target));
	if (!target) {
		plan_refuse(p, -ENOMEM, "out of memory");
		return NULL;
	}
	plan->target = target;
	target += plan->targets;
	memset(target, 0, sizeof(*target));
	target->size_mib = 512;
	target->name.line = p->line;
	target->name.text = strdup(name);
	if (!target->name.text) {
		plan_refuse(p, -ENOMEM, "out of memory");
		return NULL;
	}
	plan->targets++;
	return target;
}

static int take_place(struct plan_parser *p, struct plan_target *target, char **place,
		      const char *value)
{
	if (target->line)
		return plan_refuse(
			p, -EINVAL,
			"[target %s] is one of device, file or directory; it is set in line %d",
			target->name.text, target->line);
	if (*value != '/')
		return plan_refuse(p, -EINVAL, "\"%s\" is no path from the root", value);
	target->line = p->line;
	return plan_take_text(p, place, value);
}

static int target_key(struct plan_parser *p, const char *name, const char *key, const char *value)
{
	struct plan_target *target = target_of(p, name);

	if (!target)
		return 0;
	if (!strcmp(key, "device"))
		return take_place(p, target, &target->device, value);
	if (!strcmp(key, "file"))
		return take_place(p, target, &target->file, value);
	if (!strcmp(key, "directory"))
		return take_place(p, target, &target->directory, value);
	if (!strcmp(key, "size"))
		return plan_take_whole(p, &target->size_mib, value, 64, 1048576);
	if (!strcmp(key, "node")) {
		target->node_line = p->line;
		return plan_take_whole(p, &target->node, value, 0, 1023);
	}
	if (strcmp(key, "erase") != 0)
		return plan_unknown_key(p, "target ...", key,
					"device, file, directory, size (MiB), node, erase");
	return plan_take_yes(p, &target->erase, key, value);
}

static struct plan_bench *bench_of(struct plan_parser *p, const char *name)
{
	struct plan *plan = p->plan;
	struct plan_bench *bench;

	for (size_t i = 0; i < plan->benches; i++)
		if (!strcmp(plan->bench[i].name.text, name))
			return &plan->bench[i];
	bench = realloc(plan->bench, (plan->benches + 1) * sizeof(*bench));
	if (!bench) {
		plan_refuse(p, -ENOMEM, "out of memory");
		return NULL;
	}
	plan->bench = bench;
	bench += plan->benches;
	memset(bench, 0, sizeof(*bench));
	bench->name.line = p->line;
	bench->name.text = strdup(name);
	if (!bench->name.text) {
		plan_refuse(p, -ENOMEM, "out of memory");
		return NULL;
	}
	plan->benches++;
	return bench;
}

static int bench_key(struct plan_parser *p, const char *name, const char *key, const char *value)
{
	struct plan_bench *bench = bench_of(p, name);

	if (!bench)
		return 0;
	if (!strcmp(key, "arms"))
		return plan_take_words(p, &bench->arms, value);
	if (!strcmp(key, "operations"))
		return plan_take_whole(p, &bench->operations, value, 1, 1048576);
	if (!strcmp(key, "passes"))
		return plan_take_whole(p, &bench->passes, value, 1, 1000);
	if (!strcmp(key, "between"))
		return plan_take_whole(p, &bench->between_kib, value, 0, 32);
	if (!strcmp(key, "fill"))
		return plan_take_words(p, &bench->fill, value);
	if (!strcmp(key, "batch"))
		return plan_take_yes(p, &bench->batch, key, value);
	return plan_unknown_key(p, "bench ...", key,
				"arms, operations, passes, fill, between (KiB), batch");
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
		return plan_key(p, key, value);
	if (!strcmp(section, "guest"))
		return guest_key(p, key, value);
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

	plan->pairs = 10;
	plan->floor_pct = 0.2;
	plan->margin_pct = 2;
	plan->freeze_limit_s = 60;
	plan->guest_memory_mib = 2048;
	plan->guest_pmem_mib = 512;
	plan->guest_time_limit_s = 300;
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
		take_seeds(&p, "1 2 3");
	fclose(p.file);
	free(p.text);
	if (p.status)
		plan_free(plan);
	return p.status;
}

static void list_free(struct plan_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->word[i].text);
	free(list->word);
}

void plan_free(struct plan *plan)
{
	list_free(&plan->seeds);
	list_free(&plan->filesystems);
	list_free(&plan->access);
	list_free(&plan->benchmarks);
	list_free(&plan->checks);
	list_free(&plan->threads);
	list_free(&plan->files);
	for (size_t i = 0; i < plan->kernels; i++) {
		free(plan->kernel[i].label.text);
		free(plan->kernel[i].source.text);
		free(plan->kernel[i].subject);
		list_free(&plan->kernel[i].patches);
	}
	free(plan->series.label.text);
	free(plan->series.source.text);
	list_free(&plan->series.patches);
	for (size_t i = 0; i < plan->targets; i++) {
		free(plan->target[i].name.text);
		free(plan->target[i].device);
		free(plan->target[i].file);
		free(plan->target[i].directory);
	}
	for (size_t i = 0; i < plan->benches; i++) {
		free(plan->bench[i].name.text);
		list_free(&plan->bench[i].arms);
		list_free(&plan->bench[i].fill);
	}
	free(plan->kernel);
	free(plan->target);
	free(plan->bench);
	free(plan->guest_cpu);
	free(plan->path);
	memset(plan, 0, sizeof(*plan));
}
