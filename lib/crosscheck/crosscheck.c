// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crosscheck/crosscheck.h"
#include "record/histogram.h"

/* What stands for what. A known reason makes a row one that is not judged. */
static const struct pair {
	const char *bench, *arm, *metric, *job;
	const char *known;
	bool may_lack; /* fio cannot do it on every target */
} pairs[] = {
	{ "mmap-write", "plain-4k", "write", "mmap-4k", NULL, false },
	{ "mmap-write", "plain-64k", "write", "mmap-64k", NULL, false },
	{ "mmap-write", "write-4k", "write", "psync-4k", NULL, false },
	{ "mmap-write", "write-64k", "write", "psync-64k", NULL, false },
	{ "splice", "file-memory-4k", "move", "splice-4k", NULL, false },
	{ "splice", "file-memory-64k", "move", "splice-64k", NULL, false },
#define MAPPED_SYNC                                                                             \
	"fio maps with libpmem, which asks for MAP_SYNC; ours is mapped without. Where a file " \
	"system has no MAP_SYNC, as ext2, fio refuses"
	{ "mmap-write", "nontemporal-4k", "write", "libpmem-nontemporal-4k", MAPPED_SYNC, true },
	{ "mmap-write", "nontemporal-64k", "write", "libpmem-nontemporal-64k", MAPPED_SYNC, true },
#define FLUSHED_WITHIN                                                                           \
	"fio's one call of pmem_memcpy flushes while it copies; ours copies, then flushes with " \
	"pmem_persist. Mapped as above"
	{ "mmap-write", "persist-4k", "write", "libpmem-persist-4k", FLUSHED_WITHIN, true },
	{ "mmap-write", "persist-64k", "write", "libpmem-persist-64k", FLUSHED_WITHIN, true },
	{ "first-write", "cold", "write", "",
	  "fio writes the file before it maps it and goes over it again and again: it cannot "
	  "measure a first write",
	  true },
};

#define PAIRS (sizeof(pairs) / sizeof(pairs[0]))

const char *crosscheck_verdict_name(enum crosscheck_verdict verdict)
{
	static const char *const names[] = { "agrees", "differs", "shown", "skipped" };

	return names[verdict];
}

double crosscheck_middle_mean(const struct fio_bin *bins, size_t n)
{
	double all = 0, before = 0, sum = 0, from, to;

	for (size_t i = 0; i < n; i++)
		all += (double)bins[i].count;
	if (!(all > 0))
		return NAN;
	from = all / 4;
	to = all * 3 / 4;
	for (size_t i = 0; i < n; i++) {
		double after = before + (double)bins[i].count;
		double inside = fmin(after, to) - fmax(before, from);

		if (inside > 0)
			sum += inside * bins[i].ns;
		before = after;
	}
	return sum / (to - from);
}

/* A sample's buckets with the value in the middle of each. */
static double sample_figure(const struct side_sample *sample)
{
	struct fio_bin *bins = calloc(sample->n_buckets + 1, sizeof(*bins));
	double figure;

	if (!bins)
		return NAN;
	for (size_t i = 0; i < sample->n_buckets; i++) {
		uint64_t lowest = sample->buckets[i].lowest;
		size_t bucket = histogram_bucket(lowest);
		uint64_t width =
			bucket + 1 < HISTOGRAM_BUCKETS ? histogram_lowest(bucket + 1) - lowest : 1;

		bins[i].ns = (double)lowest + (double)(width - 1) / 2;
		bins[i].count = sample->buckets[i].count;
	}
	figure = crosscheck_middle_mean(bins, sample->n_buckets);
	free(bins);
	/* a file without histograms still has its medians */
	return isnan(figure) ? sample->median : figure;
}

static int by_ns(const void *a, const void *b)
{
	const struct fio_bin *x = a, *y = b;

	return (x->ns > y->ns) - (x->ns < y->ns);
}

/* A machine shared with others is fast in some rounds and slow in others: a median would be one of
 * the two. */
static double over_rounds(struct fio_bin *values, size_t n)
{
	qsort(values, n, sizeof(*values), by_ns);
	return crosscheck_middle_mean(values, n);
}

static double ours(const struct side *side, const struct cost_name *name, struct fio_bin *values,
		   size_t *rounds)
{
	*rounds = 0;
	for (size_t i = 0; i < side->n_boots; i++) {
		const struct side_sample *sample = side_find_sample(&side->boots[i], name);

		if (sample)
			values[(*rounds)++] = (struct fio_bin){ sample_figure(sample), 1 };
	}
	return over_rounds(values, *rounds);
}

static double fios(const struct fio_jobs *jobs, const char *target, const char *name,
		   struct fio_bin *values, size_t *rounds)
{
	*rounds = 0;
	for (size_t i = 0; i < jobs->n; i++) {
		const struct fio_job *job = &jobs->job[i];

		if (!job->error && !strcmp(job->name, name) && !strcmp(job->target, target))
			values[(*rounds)++] =
				(struct fio_bin){ crosscheck_middle_mean(job->bins, job->n_bins),
						  1 };
	}
	return over_rounds(values, *rounds);
}

static bool ours_skipped(const struct side_boot *boot, const struct crosscheck_row *row)
{
	for (size_t i = 0; i < boot->n_skips; i++) {
		const struct side_skip *skip = &boot->skips[i];

		if (!strcmp(skip->name.bench, row->bench) && !strcmp(skip->name.arm, row->arm) &&
		    !strcmp(skip->name.fs, row->fs) && !strcmp(skip->name.access, row->access))
			return true;
	}
	return false;
}

static void judge(struct crosscheck_row *row)
{
	double own = row->ours - row->ours_empty, other = row->fio - row->fio_empty;

	row->ratio = other > 0 && own > 0 ? own / other : NAN;
	if (row->known)
		row->verdict = CROSSCHECK_SHOWN;
	else if (fabs(row->ratio - 1) * 100 <= CROSSCHECK_BOUND_PCT)
		row->verdict = CROSSCHECK_AGREES;
	else
		row->verdict = CROSSCHECK_DIFFERS;
}

/* Both empties and all rows of one target. */
struct joining {
	const struct side *side;
	const struct fio_jobs *jobs;
	struct fio_bin *values; /* room for a figure a round */
	char *error;
	size_t error_size;
};

static int lacks(const struct joining *j, const char *who, const char *what, const char *target)
{
	snprintf(j->error, j->error_size, "%s no %s on %s: nothing to compare there", who, what,
		 target);
	return -EINVAL;
}

static int join_row(const struct joining *j, const struct pair *pair, const char *target,
		    struct crosscheck_row *row)
{
	const struct cost_name like = {
		.bench = pair->bench,
		.arm = pair->arm,
		.metric = pair->metric,
		.fs = row->fs,
		.access = row->access,
	};
	char what[2 * FIO_NAME_MAX];

	row->bench = pair->bench;
	row->arm = pair->arm;
	row->job = pair->job;
	row->known = pair->known;
	row->ours = ours(j->side, &like, j->values, &row->ours_rounds);
	row->fio = fios(j->jobs, target, pair->job, j->values, &row->fio_rounds);
	snprintf(what, sizeof(what), "%s %s", pair->bench, pair->arm);
	if (isnan(row->ours) && !pair->may_lack && !ours_skipped(&j->side->boots[0], row))
		return lacks(j, "the records have", what, target);
	snprintf(what, sizeof(what), "job %s", pair->job);
	if (isnan(row->fio) && !pair->may_lack && !isnan(row->ours))
		return lacks(j, "fio has", what, target);
	judge(row);
	if (!pair->known && isnan(row->ours))
		row->verdict = CROSSCHECK_SKIPPED;
	return 0;
}

static int join_target(const struct joining *j, const struct side_target *t, struct crosscheck *c)
{
	static const struct cost_name noop = {
		.bench = "noop", .arm = "empty", .metric = "pair", .fs = "none", .access = "none"
	};
	double ours_empty, fio_empty;
	char target[FIO_NAME_MAX];
	size_t rounds;
	int error = 0;

	snprintf(target, sizeof(target), "%s %s", t->fs, t->access);
	ours_empty = ours(j->side, &noop, j->values, &rounds);
	if (!rounds)
		return lacks(j, "the records have", "noop", target);
	fio_empty = fios(j->jobs, target, "null", j->values, &rounds);
	if (!rounds)
		return lacks(j, "fio has", "job null", target);
	for (size_t i = 0; i < PAIRS && !error; i++) {
		struct crosscheck_row *row = &c->rows[c->n_rows];

		*row = (struct crosscheck_row){ .fs = t->fs,
						.access = t->access,
						.ours_empty = ours_empty,
						.fio_empty = fio_empty };
		error = join_row(j, &pairs[i], target, row);
		/* what neither was asked for is no row */
		c->n_rows += row->ours_rounds > 0 || row->fio_rounds > 0 ||
			     row->verdict == CROSSCHECK_SKIPPED;
	}
	return error;
}

int crosscheck_judge(const struct side *side, const struct fio_jobs *jobs, struct crosscheck *c,
		     char *error, size_t error_size)
{
	const struct side_boot *boot = &side->boots[0];
	struct joining j = { side, jobs, NULL, error, error_size };
	size_t targets = 0;
	int status = 0;

	*c = (struct crosscheck){ .side = side,
				  .unit = side->mode == SIDE_COUNT ? "instructions" : "ns" };
	c->rows = calloc((boot->n_targets + 1) * PAIRS, sizeof(*c->rows));
	j.values = calloc(side->n_boots + jobs->n + 1, sizeof(*j.values));
	if (!c->rows || !j.values) {
		snprintf(error, error_size, "out of memory");
		status = -ENOMEM;
	}
	for (size_t i = 0; i < boot->n_targets && !status; i++) {
		if (*boot->targets[i].skip)
			continue;
		targets++;
		status = join_target(&j, &boot->targets[i], c);
	}
	if (!status && !targets) {
		snprintf(error, error_size, "the records have no target");
		status = -EINVAL;
	}
	free(j.values);
	return status;
}

void crosscheck_free(struct crosscheck *c)
{
	free(c->rows);
	*c = (struct crosscheck){ 0 };
}

size_t crosscheck_count(const struct crosscheck *c, enum crosscheck_verdict verdict)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_rows; i++)
		n += c->rows[i].verdict == verdict;
	return n;
}
