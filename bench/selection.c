// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/selection.h"

#define CHOICES_MAX 32

/* Names of one kind, to choose from. */
struct choices {
	const char *name[CHOICES_MAX];
	size_t n;
};

static void offer(struct choices *choices, const char *name)
{
	if (choices->n < CHOICES_MAX)
		choices->name[choices->n++] = name;
}

static bool has(const struct choices *choices, const char *name)
{
	for (size_t i = 0; i < choices->n; i++)
		if (!strcmp(choices->name[i], name))
			return true;
	return false;
}

static int refuse(const struct plan *plan, const struct plan_word *word, const char *kind,
		  const struct choices *choices, char error[PLAN_ERROR_MAX])
{
	size_t used = (size_t)snprintf(error, PLAN_ERROR_MAX,
				       "%.200s:%d: unknown %s \"%.40s\"; known:", plan->path,
				       word->line, kind, word->text);

	for (size_t i = 0; i < choices->n && used < PLAN_ERROR_MAX; i++)
		used += (size_t)snprintf(error + used, PLAN_ERROR_MAX - used, "%s %s", i ? "," : "",
					 choices->name[i]);
	return -EINVAL;
}

static int check_words(const struct plan *plan, const struct plan_list *list, const char *kind,
		       const struct choices *choices, char error[PLAN_ERROR_MAX])
{
	for (size_t i = 0; i < list->n; i++)
		if (!has(choices, list->word[i].text))
			return refuse(plan, &list->word[i], kind, choices, error);
	return 0;
}

static const struct bench *bench_named(const char *name)
{
	for (size_t i = 0; bench_table[i]; i++)
		if (!strcmp(bench_table[i]->name, name))
			return bench_table[i];
	return NULL;
}

static void offer_list(struct choices *choices, const char *const *names)
{
	for (; *names; names++)
		offer(choices, *names);
}

static int check_benches(const struct plan *plan, char error[PLAN_ERROR_MAX])
{
	struct choices benches = { .n = 0 };
	int status;

	for (size_t i = 0; bench_table[i]; i++)
		offer(&benches, bench_table[i]->name);
	status = check_words(plan, &plan->benchmarks, "benchmark", &benches, error);
	for (size_t i = 0; i < plan->benches && !status; i++) {
		const struct plan_bench *chosen = &plan->bench[i];
		const struct bench *bench = bench_named(chosen->name.text);
		struct choices arms = { .n = 0 };

		if (!bench)
			return refuse(plan, &chosen->name, "benchmark", &benches, error);
		for (const struct arm *arm = bench->arms; arm->name; arm++)
			offer(&arms, arm->name);
		status = check_words(plan, &chosen->arms, "arm", &arms, error);
	}
	return status;
}

static int refuse_fill(const struct plan *plan, const struct plan_word *word, const char *bench,
		       char error[PLAN_ERROR_MAX])
{
	size_t used = (size_t)snprintf(error, PLAN_ERROR_MAX,
				       "%.200s:%d: fill = %.40s: %.40s has no arm whose file is "
				       "written beforehand; these have:",
				       plan->path, word->line, word->text, bench);

	for (size_t i = 0; bench_table[i] && used < PLAN_ERROR_MAX; i++)
		if (bench_table[i]->filled)
			used += (size_t)snprintf(error + used, PLAN_ERROR_MAX - used, " %s",
						 bench_table[i]->name);
	return -EINVAL;
}

/* Ways to fill a file are known, and are for those who fill one. */
static int check_fills(const struct plan *plan, const struct plan_bench *chosen,
		       char error[PLAN_ERROR_MAX])
{
	const struct bench *bench = bench_named(chosen->name.text);

	for (size_t i = 0; i < chosen->fill.n; i++) {
		const struct plan_word *word = &chosen->fill.word[i];
		struct fill fill;

		if (!bench->filled)
			return refuse_fill(plan, word, bench->name, error);
		if (!fill_named(word->text, &fill))
			continue;
		snprintf(error, PLAN_ERROR_MAX,
			 "%.200s:%d: unknown fill \"%.40s\"; known: " FILL_CHOICES, plan->path,
			 word->line, word->text);
		return -EINVAL;
	}
	return 0;
}

int selection_check(const struct plan *plan, char error[PLAN_ERROR_MAX])
{
	struct choices filesystems = { .n = 0 }, accesses = { .n = 0 }, checks = { .n = 0 };
	int status;

	offer_list(&filesystems, target_filesystems);
	offer_list(&accesses, target_accesses);
	for (size_t i = 0; check_table[i]; i++)
		offer(&checks, check_table[i]->name);
	offer(&checks, "none");

	status = check_words(plan, &plan->filesystems, "file system", &filesystems, error);
	if (!status)
		status = check_words(plan, &plan->access, "access", &accesses, error);
	if (!status)
		status = check_words(plan, &plan->checks, "check", &checks, error);
	if (!status)
		status = check_benches(plan, error);
	for (size_t i = 0; i < plan->benches && !status; i++)
		status = check_fills(plan, &plan->bench[i], error);
	return status;
}

/* An empty list means all. */
static bool selected(const struct plan_list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->word[i].text, name))
			return true;
	return !list->n;
}

/* The two the suite is about, unless the plan names others. */
bool selected_filesystem(const struct plan *plan, const char *fs)
{
	if (!plan->filesystems.n)
		return !strcmp(fs, "ext2") || !strcmp(fs, "ext4");
	return selected(&plan->filesystems, fs);
}

bool selected_access(const struct plan *plan, const char *access)
{
	return selected(&plan->access, access);
}

bool selected_check(const struct plan *plan, const struct check *check)
{
	return selected(&plan->checks, check->name);
}

static const struct plan_bench *plan_of(const struct plan *plan, const struct bench *bench)
{
	for (size_t i = 0; i < plan->benches; i++)
		if (!strcmp(plan->bench[i].name.text, bench->name))
			return &plan->bench[i];
	return NULL;
}

static bool on_request(const struct bench *bench, const struct arm *arm)
{
	size_t after = 0;

	while (arm[after].name)
		after++;
	return after <= bench->on_request;
}

bool selected_arm(const struct plan *plan, const struct bench *bench, const struct arm *arm)
{
	const struct plan_bench *chosen = plan_of(plan, bench);

	if (on_request(bench, arm) && (!chosen || !chosen->arms.n))
		return false;
	return selected(&plan->benchmarks, bench->name) &&
	       (!chosen || selected(&chosen->arms, arm->name));
}

bool selected_bench(const struct plan *plan, const struct bench *bench)
{
	for (const struct arm *arm = bench->arms; arm->name; arm++)
		if (selected_arm(plan, bench, arm))
			return true;
	return false;
}

size_t selected_operations(const struct plan *plan, const struct bench *bench,
			   const struct arm *arm)
{
	const struct plan_bench *chosen = plan_of(plan, bench);

	if (chosen && chosen->operations)
		return chosen->operations;
	return arm->operations ? arm->operations : bench->operations;
}

int selection_check_threads(const struct plan *plan, size_t processors, char error[PLAN_ERROR_MAX])
{
	for (size_t i = 0; i < plan->threads.n; i++) {
		const struct plan_word *word = &plan->threads.word[i];

		/* "all" is no number and becomes 0 */
		if (strtoull(word->text, NULL, 10) <= processors)
			continue;
		snprintf(error, PLAN_ERROR_MAX,
			 "%.200s:%d: threads = %s: this process may use %zu processor%s, one a "
			 "thread; choose 1 to %zu, or all",
			 plan->path, word->line, word->text, processors, processors == 1 ? "" : "s",
			 processors);
		return -ENODEV;
	}
	return 0;
}

static bool named_threads(const struct plan *plan, size_t n)
{
	for (size_t i = 0; i < plan->threads.n; i++)
		if (strtoull(plan->threads.word[i].text, NULL, 10) == n)
			return true;
	return false;
}

size_t selected_threads(const struct plan *plan, size_t processors, size_t after)
{
	bool all = plan->threads.n && named_threads(plan, 0);

	for (size_t n = after + 1; n <= processors && plan->threads.n; n++)
		if (n == 1 || named_threads(plan, n) ||
		    (all && (n == processors || !(n & (n - 1)))))
			return n;
	return 0;
}

bool selected_files(const struct plan *plan, const char *files)
{
	return selected(&plan->files, files);
}

size_t selected_fills(const struct plan *plan, const struct bench *bench, const struct arm *arm)
{
	const struct plan_bench *chosen = plan_of(plan, bench);

	return chosen && bench->filled && bench->filled(arm) ? chosen->fill.n : 0;
}

void selected_fill(const struct plan *plan, const struct bench *bench, size_t i, struct fill *fill)
{
	fill_named(plan_of(plan, bench)->fill.word[i].text, fill);
}

size_t selected_between_kib(const struct plan *plan, const struct bench *bench)
{
	const struct plan_bench *chosen = plan_of(plan, bench);

	return chosen ? chosen->between_kib : 0;
}

bool selected_batch(const struct plan *plan, const struct bench *bench)
{
	const struct plan_bench *chosen = plan_of(plan, bench);

	return chosen && chosen->batch;
}

size_t selected_passes(const struct plan *plan, const struct bench *bench)
{
	const struct plan_bench *chosen = plan_of(plan, bench);

	return chosen && chosen->passes ? chosen->passes : 1;
}
