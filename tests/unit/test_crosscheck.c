// SPDX-License-Identifier: GPL-2.0-or-later
/* The judge of ours against fio's: what is averaged, what is taken away, what is judged. */
#include <errno.h>
#include <math.h>

#include "crosscheck/crosscheck_report.h"
#include "tests/unit/sides.h"

static void put(struct maker *m, const char *bench, const char *arm, const char *fs,
		const char *access, const char *metric, int value)
{
	maker_line(m,
		   "{\"kind\":\"sample\",\"bench\":\"%s\",\"arm\":\"%s\",\"fs\":\"%s\","
		   "\"access\":\"%s\",\"metric\":\"%s\",\"unit\":\"instructions\",\"better\":"
		   "\"lower\",\"n\":4,\"min\":%d,\"median\":%d,\"mean\":%d,\"p90\":%d,\"p99\":%d,"
		   "\"max\":%d,\"histogram\":[[%d,4]]}",
		   bench, arm, fs, access, metric, value, value, value, value, value, value, value);
}

/* Ours: 10 without an operation, 110 with any of them. */
static void read_ours(struct maker *m, struct side *side, const char *without)
{
	static const char *const writes[] = { "plain-4k", "plain-64k", "write-4k", "write-64k" };
	static const char *const moves[] = { "file-memory-4k", "file-memory-64k" };

	maker_open(m);
	maker_boot(m, "ours", 1);
	put(m, "noop", "empty", "none", "none", "pair", 10);
	for (size_t i = 0; i < 4; i++)
		if (strcmp(writes[i], without) != 0)
			put(m, "mmap-write", writes[i], "ext4", "dax", "write", 110);
	for (size_t i = 0; i < 2; i++)
		put(m, "splice", moves[i], "ext4", "dax", "move", 110);
	maker_end(m);
	maker_read_good(m, side);
}

/* fio's: 20 in its null job, the same more for all but one. */
static void make_fio(struct fio_jobs *jobs, struct fio_bin *bins, double usual, const char *odd,
		     double other)
{
	static const char *const names[] = { "null",	  "mmap-4k",   "mmap-64k",  "psync-4k",
					     "psync-64k", "splice-4k", "splice-64k" };

	jobs->n = 7;
	jobs->job = calloc(jobs->n, sizeof(*jobs->job));
	assert_non_null(jobs->job);
	for (size_t i = 0; i < jobs->n; i++) {
		struct fio_job *job = &jobs->job[i];

		snprintf(job->name, sizeof(job->name), "%s", names[i]);
		snprintf(job->target, sizeof(job->target), "ext4 dax");
		bins[i].ns = !i ? 20 : strcmp(names[i], odd) ? usual : other;
		bins[i].count = 8;
		job->bins = &bins[i];
		job->n_bins = 1;
	}
}

static size_t judged(double usual, const char *odd, double other, enum crosscheck_verdict verdict)
{
	struct fio_bin bins[7];
	struct crosscheck c;
	struct fio_jobs jobs;
	struct maker m = { 0 };
	struct side side;
	char error[ERROR_SIZE] = "";
	size_t n;

	read_ours(&m, &side, "");
	make_fio(&jobs, bins, usual, odd, other);
	if (crosscheck_judge(&side, &jobs, &c, error, sizeof(error)))
		fail_msg("%s", error);
	n = crosscheck_count(&c, verdict);
	crosscheck_free(&c);
	free(jobs.job);
	side_free(&side);
	return n;
}

static void the_middle_half_is_averaged_and_tails_are_not(void **state)
{
	const struct fio_bin whole[] = { { 1, 2 }, { 10, 2 }, { 20, 2 }, { 1e9, 2 } };
	const struct fio_bin cut[] = { { 4, 3 }, { 8, 1 } };

	(void)state;
	assert_true(crosscheck_middle_mean(whole, 4) == 15);
	assert_true(crosscheck_middle_mean(cut, 2) == 4);
	assert_true(isnan(crosscheck_middle_mean(NULL, 0)));
}

static void each_tool_is_taken_less_its_own_empty(void **state)
{
	(void)state;
	/* 100 and 100 are left */
	assert_int_equal(judged(120, "", 0, CROSSCHECK_AGREES), 6);
}

static void fifteen_percent_agree_and_more_differ(void **state)
{
	(void)state;
	/* 100 of ours to 88 and to 86 of fio's: 1.136 and 1.163 */
	assert_int_equal(judged(120, "psync-4k", 108, CROSSCHECK_AGREES), 6);
	assert_int_equal(judged(120, "psync-4k", 106, CROSSCHECK_DIFFERS), 1);
	assert_int_equal(judged(120, "splice-64k", 140, CROSSCHECK_DIFFERS), 1);
	assert_int_equal(judged(20, "", 0, CROSSCHECK_DIFFERS), 6);
}

static void what_one_of_the_two_lacks_is_named(void **state)
{
	struct fio_bin bins[7];
	struct crosscheck c;
	struct fio_jobs jobs;
	struct maker m = { 0 };
	struct side side;
	char error[ERROR_SIZE] = "";

	(void)state;
	make_fio(&jobs, bins, 120, "", 0);
	read_ours(&m, &side, "write-4k");
	assert_int_equal(crosscheck_judge(&side, &jobs, &c, error, sizeof(error)), -EINVAL);
	assert_non_null(strstr(error, "mmap-write write-4k on ext4 dax"));
	crosscheck_free(&c);
	side_free(&side);

	read_ours(&m, &side, "");
	jobs.job[4].error = 5;
	assert_int_equal(crosscheck_judge(&side, &jobs, &c, error, sizeof(error)), -EINVAL);
	assert_non_null(strstr(error, "job psync-64k on ext4 dax"));
	crosscheck_free(&c);
	snprintf(jobs.job[0].target, sizeof(jobs.job[0].target), "ext2 dax");
	assert_int_equal(crosscheck_judge(&side, &jobs, &c, error, sizeof(error)), -EINVAL);
	assert_non_null(strstr(error, "job null on ext4 dax"));
	crosscheck_free(&c);
	free(jobs.job);
	side_free(&side);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_middle_half_is_averaged_and_tails_are_not),
		cmocka_unit_test(each_tool_is_taken_less_its_own_empty),
		cmocka_unit_test(fifteen_percent_agree_and_more_differ),
		cmocka_unit_test(what_one_of_the_two_lacks_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
