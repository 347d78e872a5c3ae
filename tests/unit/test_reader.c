// SPDX-License-Identifier: GPL-2.0-or-later
/* Which result files are taken, and how the others are refused. */
#include <errno.h>

#include "tests/unit/sides.h"

/* The reader refuses the file, at that line (0: at no line), for that reason. */
static void assert_refused(struct maker *m, size_t line, const char *reason)
{
	char error[ERROR_SIZE], place[64];
	struct side side;

	assert_int_equal(maker_read(m, &side, error), -EINVAL);
	snprintf(place, sizeof(place), "%s:%zu: ", m->path, line);
	if (strncmp(error, place, strlen(place)) != 0 || !strstr(error, reason))
		fail_msg("\"%s\" does not begin with \"%s\" or lacks \"%s\"", error, place, reason);
	assert_null(side.boots);
}

/* A boot with one line of its own, which is the file's line 4. */
static void assert_line_refused(const char *line, const char *reason)
{
	struct maker m = { 0 };

	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_line(&m, "%s", line);
	maker_end(&m);
	assert_refused(&m, 4, reason);
}

#define SAMPLE_NAMES                                                       \
	"{\"kind\":\"sample\",\"bench\":\"first-write\",\"arm\":\"cold\"," \
	"\"metric\":\"write\",\"fs\":\"ext4\",\"access\":\"dax\","         \
	"\"unit\":\"instructions\",\"better\":\"lower\","

static void assert_sample_refused(const char *rest, const char *reason)
{
	char line[1024];

	snprintf(line, sizeof(line), SAMPLE_NAMES "%s}", rest);
	assert_line_refused(line, reason);
}

static void a_whole_stream_is_read(void **state)
{
	struct maker m = { 0 };
	struct side side;

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 7);
	maker_sample(&m, "cold", 42);
	maker_check(&m, "ctime-mtime", "fail", "mtime stayed");
	maker_line(&m, "{\"kind\":\"skip\",\"bench\":\"splice\",\"arm\":\"sendfile-4k\","
		       "\"fs\":\"ext4\",\"access\":\"dax\",\"reason\":\"EINVAL\"}");
	maker_end(&m);
	maker_read_good(&m, &side);
	assert_string_equal(side.label, "with");
	assert_int_equal(side.mode, SIDE_COUNT);
	assert_int_equal(side.n_boots, 1);
	assert_int_equal(side.boots[0].run.seed, 7);
	assert_string_equal(side.boots[0].machine.runner, "beef");
	assert_int_equal(side.boots[0].n_targets, 1);
	assert_int_equal(side.boots[0].targets[0].dax, DAX_YES);
	assert_int_equal(side.boots[0].n_samples, 1);
	assert_true(side.boots[0].samples[0].median == 42);
	assert_int_equal(side.boots[0].samples[0].n_buckets, 1);
	assert_int_equal(side.boots[0].checks[0].verdict, CHECK_FAIL);
	assert_string_equal(side.boots[0].skips[0].reason, "EINVAL");
	side_free(&side);
}

static void the_interval_of_a_median_is_the_median_where_it_is_not_said(void **state)
{
	struct maker m = { 0 };
	const struct side_sample *samples;
	struct side side;

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_sample(&m, "cold", 42);
	maker_line(&m, "{\"kind\":\"sample\",\"bench\":\"first-write\",\"arm\":\"hole\","
		       "\"fs\":\"ext4\",\"access\":\"dax\",\"metric\":\"write\","
		       "\"unit\":\"instructions\",\"better\":\"lower\",\"n\":1,\"min\":1,"
		       "\"median\":3,\"median_low\":2,\"median_high\":4,\"mean\":3,\"p90\":5,"
		       "\"p99\":5,\"max\":5,\"histogram\":[[3,1]]}");
	maker_end(&m);
	maker_read_good(&m, &side);
	samples = side.boots[0].samples;
	assert_true(samples[0].median_low == 42 && samples[0].median_high == 42);
	assert_true(samples[1].median_low == 2 && samples[1].median_high == 4);
	side_free(&side);
}

static void streams_of_several_seeds_are_boots_of_one_side(void **state)
{
	static const int values[] = { 10, 20, 30 };
	struct side side;

	(void)state;
	make_side(&side, "with", "count", values, 3);
	assert_int_equal(side.n_boots, 3);
	assert_true(side_find_seed(&side, 3)->samples[0].median == 30);
	assert_null(side_find_seed(&side, 4));
	side_free(&side);
}

static void unknown_kinds_and_fields_are_ignored_but_counted(void **state)
{
	struct maker m = { 0 };
	struct side side;

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_line(&m, "{\"kind\":\"weather\",\"sky\":\"blue\"}");
	maker_line(&m, "{\"kind\":\"check\",\"name\":\"x\",\"fs\":\"none\",\"access\":\"none\","
		       "\"verdict\":\"pass\",\"evidence\":\"\",\"later\":[1,{\"a\":null}]}");
	maker_end(&m);
	maker_read_good(&m, &side);
	assert_int_equal(side.boots[0].n_checks, 1);
	side_free(&side);
}

static void a_stream_without_end_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_sample(&m, "cold", 42);
	assert_refused(&m, 4, "the stream from line 1 has no \"end\": the run was cut short");
}

static void a_stream_that_begins_before_the_last_ended_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_boot(&m, "with", 2);
	maker_end(&m);
	assert_refused(&m, 4, "the one from line 1 has no \"end\"");
}

static void an_end_that_counts_other_lines_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	m.lines = 5;
	maker_end(&m);
	assert_refused(&m, 4, "\"end\" counts 5 lines, the stream from line 1 has 2");
}

static void a_line_cut_in_the_middle_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	fputs("{\"kind\":\"sample\",\"bench\":\"first-wr", m.file);
	assert_refused(&m, 4, "not JSON");
}

static void an_empty_file_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	assert_refused(&m, 0, "the file has no stream");
}

static void a_line_outside_of_a_stream_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_line(&m, "{\"kind\":\"end\",\"lines\":0}");
	assert_refused(&m, 1, "a stream begins with \"run\"");
}

static void what_is_not_a_record_is_refused(void **state)
{
	(void)state;
	assert_line_refused("", "not JSON");
	assert_line_refused("hello", "not JSON");
	assert_line_refused("[1]", "not a JSON object");
	assert_line_refused("{}", "no \"kind\"");
	assert_line_refused("{\"kind\":1}", "no \"kind\"");
	assert_line_refused("{\"kind\":\"check\",\"kind\":\"skip\"}", "not JSON: duplicate");
}

static void a_line_longer_than_the_limit_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	fputs("{\"kind\":\"", m.file);
	for (size_t i = 0; i < READER_LINE_MAX; i++)
		fputc('x', m.file);
	fputs("\"}\n", m.file);
	assert_refused(&m, 1, "longer than 1048576 bytes");
}

static void deep_nesting_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	for (size_t i = 0; i < 100000; i++)
		fputc('[', m.file);
	assert_refused(&m, 1, "not JSON");
}

/* What a sample needs beside the figures that contradict each other. */
#define P90	",\"p90\":9"
#define P99	",\"p99\":9"
#define MAX	",\"max\":9"
#define MEAN	",\"mean\":5"
#define BUCKETS ",\"histogram\":[[5,1]]"

static void impossible_numbers_are_named_by_line(void **state)
{
	static const struct {
		const char *fields;
		const char *reason;
	} wrong[] = {
		{ "\"n\":nan", "not JSON" },
		{ "\"n\":0", "\"n\" is 0" },
		{ "\"n\":-3", "\"n\" is -3" },
		{ "\"n\":1.5", "\"n\" is a number with a fraction" },
		{ "\"n\":\"many\"", "\"n\" is a string" },
		{ "\"n\":99999999999999999999", "not JSON" },
		{ "\"n\":1,\"min\":-1", "\"min\" is -1" },
		{ "\"n\":1,\"min\":1e999", "not JSON" },
		{ "\"n\":1,\"min\":5,\"median\":4" P90 P99 MAX MEAN BUCKETS,
		  "min 5 is more than median 4" },
		{ "\"n\":1,\"min\":5,\"median\":6,\"p90\":5" P99 MAX MEAN BUCKETS,
		  "median 6 is more than p90 5" },
		{ "\"n\":1,\"min\":5,\"median_low\":4,\"median\":6" P90 P99 MAX MEAN BUCKETS,
		  "min 5 is more than median_low 4" },
		{ "\"n\":1,\"min\":5,\"median_low\":7,\"median\":6" P90 P99 MAX MEAN BUCKETS,
		  "median_low 7 is more than median 6" },
		{ "\"n\":1,\"min\":5,\"median\":6,\"median_high\":5" P90 P99 MAX MEAN BUCKETS,
		  "median 6 is more than median_high 5" },
		{ "\"n\":1,\"min\":5,\"median\":6,\"median_high\":8,\"p90\":7" P99 MAX MEAN BUCKETS,
		  "median_high 8 is more than p90 7" },
		{ "\"n\":1,\"min\":5,\"median\":6,\"median_low\":\"6\"",
		  "\"median_low\" is a string" },
		{ "\"n\":1,\"min\":1,\"median\":1,\"p90\":3,\"p99\":2" MAX MEAN BUCKETS,
		  "p90 3 is more than p99 2" },
		{ "\"n\":1,\"min\":1,\"median\":1,\"p90\":1,\"p99\":2,\"max\":1" MEAN BUCKETS,
		  "p99 2 is more than max 1" },
		{ "\"n\":1,\"min\":1,\"median\":1,\"p90\":1,\"p99\":1,\"max\":1,\"mean\":2" BUCKETS,
		  "mean 2 is not between" },
		{ "\"n\":1,\"min\":1,\"median\":1,\"p90\":1,\"p99\":1,\"max\":1",
		  "\"mean\" is missing" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_sample_refused(wrong[i].fields, wrong[i].reason);
}

#define GOOD_FIGURES \
	"\"n\":3,\"min\":1,\"median\":1,\"p90\":1,\"p99\":1,\"max\":1,\"mean\":1,\"histogram\":"

static void a_histogram_that_is_not_the_operations_is_refused(void **state)
{
	(void)state;
	assert_sample_refused(GOOD_FIGURES "null", "missing or not an array");
	assert_sample_refused(GOOD_FIGURES "[]", "the histogram is empty, n is 3");
	assert_sample_refused(GOOD_FIGURES "[[1,2]]", "counts 2 operations, n is 3");
	assert_sample_refused(GOOD_FIGURES "[[1,4]]", "counts at least 4 operations, n is 3");
	assert_sample_refused(GOOD_FIGURES "[[1,9223372036854775807],[2,9223372036854775807]]",
			      "n is 3");
	assert_sample_refused(GOOD_FIGURES "[[2,1],[1,2]]", "bucket 1 comes after 2");
	assert_sample_refused(GOOD_FIGURES "[[257,3]]", "no histogram bucket begins at 257");
	assert_sample_refused(GOOD_FIGURES "[[1,0],[2,3]]", "[1, 0] is not possible");
	assert_sample_refused(GOOD_FIGURES "[[1,3,1]]", "not [lowest value, count]");
	assert_sample_refused(GOOD_FIGURES "[7]", "not [lowest value, count]");
}

static void a_sample_twice_in_a_boot_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_sample(&m, "cold", 42);
	maker_sample(&m, "hole", 42);
	maker_sample(&m, "cold", 43);
	maker_end(&m);
	assert_refused(&m, 6, "first-write cold write on ext4/dax is already on line 4");
}

/* A first write with these names and parameters. */
static void put_arm(struct maker *m, const char *arm, const char *parameters)
{
	maker_line(
		m,
		"{\"kind\":\"sample\",\"bench\":\"first-write\",\"arm\":\"%s\",\"fs\":\"ext4\","
		"\"access\":\"dax\",\"metric\":\"write\",\"unit\":\"ns\",\"better\":\"lower\","
		"\"parameters\":{%s},\"n\":1,\"min\":1,\"median\":1,\"mean\":1,\"p90\":1,\"p99\":1,"
		"\"max\":1,\"histogram\":[[1,1]]}",
		arm, parameters);
}

static void an_arm_is_named_by_how_it_was_measured(void **state)
{
	static const struct {
		const char *arm, *parameters, *base, *name;
	} arms[] = {
		{ "cold", "", "cold", "cold" },
		{ "cold", "\"fill\":\"64k\"", "cold", "cold+64k" },
		{ "cold", "\"threads\":1", "cold", "cold@1" },
		{ "cold", "\"threads\":2,\"files\":\"one\"", "cold", "cold@2-one" },
		{ "cold", "\"fill\":\"2m\",\"threads\":4,\"files\":\"each\"", "cold",
		  "cold+2m@4-each" },
		{ "writer", "\"threads_beside\":2,\"files\":\"each\"", "writer", "writer@2-each" },
		/* older runners */
		{ "hole+64k", "\"fill\":\"64k\"", "hole", "hole+64k" },
		{ "hole@2-one", "\"threads\":2,\"files\":\"one\"", "hole", "hole@2-one" },
		{ "a+b", "\"fill\":\"64k\"", "a+b", "a+b+64k" },
	};
	const size_t n = sizeof(arms) / sizeof(arms[0]);
	struct maker m = { 0 };
	struct side side;

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	for (size_t i = 0; i < n; i++)
		put_arm(&m, arms[i].arm, arms[i].parameters);
	maker_line(&m,
		   "{\"kind\":\"skip\",\"bench\":\"first-write\",\"arm\":\"cold\",\"fs\":\"ext4\","
		   "\"access\":\"dax\",\"parameters\":{\"fill\":\"fault\"},\"reason\":\"none\"}");
	maker_end(&m);
	maker_read_good(&m, &side);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(side.boots[0].samples[i].name.base_arm, arms[i].base);
		assert_string_equal(side.boots[0].samples[i].name.arm, arms[i].name);
	}
	assert_int_equal(side.boots[0].samples[5].threads_beside, 2);
	assert_string_equal(side.boots[0].skips[0].name.arm, "cold+fault");
	side_free(&side);
}

static void an_arm_measured_twice_in_one_way_is_refused_in_either_spelling(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	put_arm(&m, "cold", "\"fill\":\"64k\"");
	put_arm(&m, "cold+64k", "\"fill\":\"64k\"");
	maker_end(&m);
	assert_refused(&m, 5, "first-write cold+64k write on ext4/dax is already on line 4");
}

static void the_words_of_a_benchmark_are_those_of_its_record(void **state)
{
	const struct cost_name *name;
	struct maker m = { 0 };
	struct side side;

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_line(
		&m,
		"{\"kind\":\"bench\",\"bench\":\"first-write\",\"title\":\"First\",\"rate\":true,"
		"\"arms\":[{\"arm\":\"hole\",\"operation\":\"a write to a hole\"},"
		"{\"arm\":\"cold\",\"group\":\"Cold ones\",\"leads\":true}]}");
	put_arm(&m, "cold", "\"fill\":\"64k\"");
	put_arm(&m, "hole", "");
	put_arm(&m, "of-a-newer-runner", "");
	maker_sample_on(&m, "ext4", "dax", "splice", "cold", 5);
	maker_check(&m, "ctime-mtime", "pass", "moved");
	maker_check(&m, "dax-proved", "pass", "it is");
	maker_end(&m);
	maker_read_good(&m, &side);
	name = &side.boots[0].samples[0].name;
	assert_string_equal(name->words->title, "First");
	assert_string_equal(name->words->group, "Cold ones");
	assert_string_equal(name->words->operation, "");
	assert_true(name->words->leads && name->words->first && name->words->rate);
	name = &side.boots[0].samples[1].name;
	assert_string_equal(name->words->operation, "a write to a hole");
	assert_true(name->words->first && !name->words->leads);
	name = &side.boots[0].samples[2].name;
	assert_string_equal(name->words->title, "First");
	assert_string_equal(name->words->operation, "");
	assert_null(side.boots[0].samples[3].name.words);
	assert_string_equal(side.boots[0].checks[0].label, "c/mtime updated");
	assert_string_equal(side.boots[0].checks[0].promise, "c/mtime updated");
	assert_string_equal(side.boots[0].checks[1].label, "dax-proved");
	side_free(&side);
}

static void words_that_are_none_are_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	assert_line_refused("{\"kind\":\"bench\",\"bench\":\"a\",\"title\":\"A\"}",
			    "\"arms\" is missing");
	assert_line_refused("{\"kind\":\"bench\",\"bench\":\"a\",\"title\":\"A\",\"arms\":[1]}",
			    "\"arms\" holds something that is not an object");
	assert_line_refused(
		"{\"kind\":\"bench\",\"bench\":\"a\",\"title\":\"A\",\"arms\":[{\"arm\":\"b\","
		"\"leads\":1}]}",
		"\"leads\" is not true or false");
	assert_line_refused("{\"kind\":\"bench\",\"bench\":\"a\",\"arms\":[]}",
			    "\"title\" is missing");
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_words(&m);
	maker_words(&m);
	maker_end(&m);
	assert_refused(&m, 5, "benchmark first-write is already on line 4");
}

static void a_check_twice_in_a_boot_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_check(&m, "ctime-mtime", "pass", "moved");
	maker_check(&m, "ctime-mtime", "fail", "stayed");
	maker_end(&m);
	assert_refused(&m, 5, "check ctime-mtime on ext4/dax is already on line 4");
}

static void an_unknown_verdict_names_the_known_ones(void **state)
{
	(void)state;
	assert_line_refused("{\"kind\":\"check\",\"name\":\"x\",\"fs\":\"ext4\",\"access\":\"dax\","
			    "\"verdict\":\"ok\",\"evidence\":\"\"}",
			    "\"verdict\" is \"ok\", not one of pass, fail, skip");
}

static void a_result_on_a_target_nobody_made_is_refused(void **state)
{
	(void)state;
	assert_line_refused("{\"kind\":\"check\",\"name\":\"x\",\"fs\":\"xfs\",\"access\":\"dax\","
			    "\"verdict\":\"pass\",\"evidence\":\"\"}",
			    "no target line of this boot names xfs/dax");
}

static void a_sample_on_a_skipped_target_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_target(&m, "ext2", "dax", "no DAX here");
	maker_sample_on(&m, "ext2", "dax", "first-write", "cold", 1);
	maker_end(&m);
	assert_refused(&m, 5, "which line 4 says was skipped");
}

static void boots_of_one_file_must_be_of_one_side(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_end(&m);
	maker_boot(&m, "without", 2);
	assert_refused(&m, 5, "label \"without\" in a file that began with label \"with\"");

	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_end(&m);
	maker_boot(&m, "with", 1);
	assert_refused(&m, 5, "seed 1 already has a boot, on line 1");

	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_end(&m);
	m.mode = "time";
	maker_boot(&m, "with", 2);
	assert_refused(&m, 5, "mode \"time\" in a file that began with mode \"count\"");
}

static void the_place_of_a_boot_in_its_session_is_read(void **state)
{
	struct maker m = { 0 };
	struct side side;

	(void)state;
	maker_open(&m);
	m.mode = "time";
	m.run = ",\"session\":\"s\",\"position\":4,\"pair\":2,\"order_seed\":77";
	maker_boot(&m, "with", 9);
	maker_end(&m);
	/* the seed of two timed runs may be the same, their place in a session not */
	m.run = ",\"session\":\"s\",\"position\":5";
	maker_boot(&m, "with", 9);
	maker_end(&m);
	maker_read_good(&m, &side);
	assert_string_equal(side.boots[0].run.session, "s");
	assert_int_equal(side.boots[0].run.position, 4);
	assert_int_equal(side.boots[0].run.pair, 2);
	assert_int_equal(side.boots[0].run.order_seed, 77);
	assert_int_equal(side.boots[1].run.pair, 0);
	side_free(&side);

	maker_open(&m);
	m.run = ",\"session\":\"s\",\"position\":4";
	maker_boot(&m, "with", 1);
	maker_end(&m);
	maker_boot(&m, "with", 2);
	assert_refused(&m, 5, "boot 4 of session s is already on line 1 of this file");

	maker_open(&m);
	m.run = ",\"session\":\"s\"";
	maker_boot(&m, "with", 1);
	assert_refused(&m, 1, "\"position\" is missing");

	maker_open(&m);
	m.run = ",\"pair\":0";
	maker_boot(&m, "with", 1);
	assert_refused(&m, 1, "\"pair\" is 0, less than 1");
}

static void a_newer_format_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_end(&m);
	maker_line(&m, "{\"kind\":\"run\",\"label\":\"with\",\"source\":\"\",\"mode\":\"count\","
		       "\"seed\":2,\"plan_sha256\":\"cafe\"}");
	maker_line(&m, "{\"kind\":\"machine\",\"format\":2,\"mode\":\"count\",\"seed\":2,"
		       "\"kernel\":\"6.1.0\",\"clock\":{\"source\":\"\",\"unit\":\"ns\"},"
		       "\"runner\":\"beef\"}");
	assert_refused(&m, 6, "\"format\" is 2");
}

static void a_missing_file_and_a_folder_give_the_errno(void **state)
{
	char error[ERROR_SIZE];
	struct side side;

	(void)state;
	assert_int_equal(side_read("/nowhere/x.jsonl", &side, error, sizeof(error)), -ENOENT);
	assert_non_null(strstr(error, "/nowhere/x.jsonl: "));
	assert_int_equal(side_read("/tmp", &side, error, sizeof(error)), -EISDIR);
}

static void control_characters_never_reach_a_reader(void **state)
{
	struct maker m = { 0 };
	struct side side;

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_check(&m, "ctime-mtime", "pass", "one\\nnot ok 2\\u001b[2J\\u009b2J");
	maker_end(&m);
	maker_read_good(&m, &side);
	assert_string_equal(side.boots[0].checks[0].evidence, "one not ok 2 [2J  2J");
	side_free(&side);
	assert_line_refused("{\"kind\":\"check\",\"name\":\"a\\u001b[2J\",\"fs\":\"ext4\","
			    "\"access\":\"dax\",\"verdict\":\"\\u009b2J\",\"evidence\":\"\"}",
			    "\"verdict\" is \"  2J\"");
}

/* Two sides that agree but for what change says. */
static int match_with(const char *change, char *error)
{
	struct maker m = { 0 }, first = { 0 };
	struct side base, new;
	int err;

	/* both are there at once, or the second could get the inode of the first */
	maker_open(&first);
	maker_open(&m);
	maker_boot(&first, "without", 1);
	maker_end(&first);
	maker_read_good(&first, &base);
	if (!strcmp(change, "mode"))
		m.mode = "time";
	maker_line(&m,
		   "{\"kind\":\"run\",\"label\":\"with\",\"source\":\"\",\"mode\":\"%s\","
		   "\"seed\":1,\"plan_sha256\":\"%s\"}",
		   m.mode, strcmp(change, "plan") ? "cafe" : "f00d");
	m.lines = 0;
	maker_line(&m,
		   "{\"kind\":\"machine\",\"format\":1,\"mode\":\"%s\",\"seed\":1,"
		   "\"kernel\":\"6.1.0\",\"clock\":{\"source\":\"\",\"unit\":\"ns\"},"
		   "\"runner\":\"%s\"}",
		   m.mode, strcmp(change, "runner") ? "beef" : "dead");
	maker_end(&m);
	maker_read_good(&m, &new);
	error[0] = '\0';
	err = side_match(&base, &new, error, ERROR_SIZE);
	side_free(&base);
	side_free(&new);
	return err;
}

static void sides_that_differ_are_refused_with_both_values(void **state)
{
	char error[ERROR_SIZE];

	(void)state;
	assert_int_equal(match_with("nothing", error), 0);
	assert_int_equal(match_with("mode", error), -EINVAL);
	assert_non_null(strstr(error, "differ in mode: count and time"));
	assert_int_equal(match_with("plan", error), -EINVAL);
	assert_non_null(strstr(error, "differ in plan (plan_sha256): cafe and f00d"));
	assert_int_equal(match_with("runner", error), -EINVAL);
	assert_non_null(strstr(error, ":2 differ in runner build: beef and dead"));
}

static void the_same_file_twice_is_refused(void **state)
{
	char error[ERROR_SIZE], other[64];
	struct side base, new;
	struct maker m = { 0 };

	(void)state;
	maker_open(&m);
	maker_boot(&m, "with", 1);
	maker_end(&m);
	assert_int_equal(fclose(m.file), 0);
	snprintf(other, sizeof(other), "%s-link", m.path);
	assert_int_equal(link(m.path, other), 0);
	assert_int_equal(side_read(m.path, &base, error, sizeof(error)), 0);
	assert_int_equal(side_read(other, &new, error, sizeof(error)), 0);
	unlink(m.path);
	unlink(other);
	assert_int_equal(side_match(&base, &new, error, sizeof(error)), -EINVAL);
	assert_non_null(strstr(error, "are the same file"));
	side_free(&base);
	side_free(&new);
}

#define FAILED                                                      \
	"{\"kind\":\"failed\",\"label\":\"2-b\",\"subject\":\"b\"," \
	"\"reason\":\"does not apply\"}"

static void a_kernel_without_results_says_why(void **state)
{
	struct maker m = { 0 };
	char error[ERROR_SIZE];
	struct side side;

	(void)state;
	maker_open(&m);
	maker_line(&m, FAILED);
	assert_int_equal(maker_read(&m, &side, error), -ENODATA);
	assert_non_null(strstr(error, ": \"2-b\" gave no results: does not apply"));
	assert_string_equal(side.label, "2-b");
	assert_string_equal(side.failure.reason, "does not apply");
	assert_string_equal(side.failure.subject, "b");
	assert_int_equal(side.n_boots, 0);
	side_free(&side);
}

static void a_failure_beside_results_is_refused(void **state)
{
	struct maker m = { 0 };

	(void)state;
	assert_line_refused(FAILED, "\"failed\" is not the only record of its side");
	maker_open(&m);
	maker_line(&m, FAILED);
	maker_line(&m, FAILED);
	assert_refused(&m, 2, "\"failed\" is not the only record");
	m = (struct maker){ 0 };
	maker_open(&m);
	maker_line(&m, FAILED);
	maker_boot(&m, "2-b", 1);
	assert_refused(&m, 2, "a stream in the file of a kernel that gave no results");
	m = (struct maker){ 0 };
	maker_open(&m);
	maker_line(&m, "{\"kind\":\"failed\",\"label\":\"2-b\"}");
	assert_refused(&m, 1, "\"reason\" is missing");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_stream_is_read),
		cmocka_unit_test(the_interval_of_a_median_is_the_median_where_it_is_not_said),
		cmocka_unit_test(streams_of_several_seeds_are_boots_of_one_side),
		cmocka_unit_test(unknown_kinds_and_fields_are_ignored_but_counted),
		cmocka_unit_test(a_stream_without_end_is_refused),
		cmocka_unit_test(a_stream_that_begins_before_the_last_ended_is_refused),
		cmocka_unit_test(an_end_that_counts_other_lines_is_refused),
		cmocka_unit_test(a_line_cut_in_the_middle_is_refused),
		cmocka_unit_test(an_empty_file_is_refused),
		cmocka_unit_test(a_line_outside_of_a_stream_is_refused),
		cmocka_unit_test(what_is_not_a_record_is_refused),
		cmocka_unit_test(a_line_longer_than_the_limit_is_refused),
		cmocka_unit_test(deep_nesting_is_refused),
		cmocka_unit_test(impossible_numbers_are_named_by_line),
		cmocka_unit_test(a_histogram_that_is_not_the_operations_is_refused),
		cmocka_unit_test(a_sample_twice_in_a_boot_is_refused),
		cmocka_unit_test(an_arm_is_named_by_how_it_was_measured),
		cmocka_unit_test(an_arm_measured_twice_in_one_way_is_refused_in_either_spelling),
		cmocka_unit_test(the_words_of_a_benchmark_are_those_of_its_record),
		cmocka_unit_test(words_that_are_none_are_refused),
		cmocka_unit_test(a_check_twice_in_a_boot_is_refused),
		cmocka_unit_test(an_unknown_verdict_names_the_known_ones),
		cmocka_unit_test(a_result_on_a_target_nobody_made_is_refused),
		cmocka_unit_test(a_sample_on_a_skipped_target_is_refused),
		cmocka_unit_test(boots_of_one_file_must_be_of_one_side),
		cmocka_unit_test(the_place_of_a_boot_in_its_session_is_read),
		cmocka_unit_test(a_newer_format_is_refused),
		cmocka_unit_test(a_missing_file_and_a_folder_give_the_errno),
		cmocka_unit_test(control_characters_never_reach_a_reader),
		cmocka_unit_test(sides_that_differ_are_refused_with_both_values),
		cmocka_unit_test(the_same_file_twice_is_refused),
		cmocka_unit_test(a_kernel_without_results_says_why),
		cmocka_unit_test(a_failure_beside_results_is_refused),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
