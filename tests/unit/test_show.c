// SPDX-License-Identifier: GPL-2.0-or-later
/* What is said of one side, and which of its figures are taken. */
#include <errno.h>
#include <jansson.h>
#include <math.h>

#include "report/json.h"
#include "report/labels.h"
#include "report/show.h"
#include "tests/unit/sides.h"

struct shown {
	struct side side;
	struct comparison c;
	struct text text;
};

/* Ten operations of which one waited, so that mean and p99 are not the median. */
static void put_sample(struct maker *m, const char *bench, const char *arm, int median,
		       const char *more)
{
	maker_line(m,
		   "{\"kind\":\"sample\",\"bench\":\"%s\",\"arm\":\"%s\",\"fs\":\"ext4\","
		   "\"access\":\"dax\",\"metric\":\"write\",\"unit\":\"%s\",\"better\":\"lower\","
		   "\"n\":10,\"min\":%d,\"median\":%d,\"mean\":%d,\"p90\":%d,\"p99\":200,"
		   "\"max\":200,\"histogram\":[[%d,9],[200,1]]%s}",
		   bench, arm, strcmp(m->mode, "time") ? "instructions" : "ns", median, median,
		   median + 10, median, median, more);
}

static void begin(struct maker *m, const char *mode)
{
	maker_open(m);
	m->mode = mode;
	maker_boot(m, "native", 1);
}

static void show(struct maker *m, struct shown *s,
		 void (*report)(struct text *, const struct comparison *))
{
	char error[ERROR_SIZE] = "";

	memset(s, 0, sizeof(*s));
	maker_end(m);
	maker_read_good(m, &s->side);
	if (compare_sides(&s->side, &s->side, &compare_limits, &s->c, error, sizeof(error)))
		fail_msg("%s", error);
	report(&s->text, &s->c);
	assert_int_equal(text_error(&s->text), 0);
}

static void release(struct shown *s)
{
	text_free(&s->text);
	comparison_free(&s->c);
	side_free(&s->side);
}

static void assert_says(const struct shown *s, const char *words)
{
	if (!strstr(s->text.data, words))
		fail_msg("\"%s\" is not in:\n%s", words, s->text.data);
}

static void assert_never_says(const struct shown *s, const char *words)
{
	if (strstr(s->text.data, words))
		fail_msg("\"%s\" is in:\n%s", words, s->text.data);
}

static void values_are_written_in_the_unit_that_suits_them(void **state)
{
	static const struct {
		double value;
		const char *label;
	} times[] = {
		{ 0, "0.00 ns" },      { 9.99, "9.99 ns" },	{ 9.996, "10.0 ns" },
		{ 20.03, "20.0 ns" },  { 99.96, "100 ns" },	{ 999.4, "999 ns" },
		{ 999.6, "1.00 us" },  { 47555697, "47.6 ms" }, { 1.5e9, "1.50 s" },
		{ 2.5e13, "25000 s" }, { 999499.9, "999 us" },
	};
	char buffer[LABEL_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		assert_string_equal(label_value(times[i].value, "ns", buffer), times[i].label);
	assert_string_equal(label_value(4151, "instructions", buffer), "4151");
	assert_string_equal(label_rate(2.2e9, buffer), "2.20 GB/s");
	assert_string_equal(label_rate(62.81e6, buffer), "62.8 MB/s");
	assert_string_equal(label_rate(5e12, buffer), "5000 GB/s");
}

static void a_time_is_shown_with_its_mean_its_rate_and_no_side(void **state)
{
	struct maker m = { 0 };
	struct shown s;

	(void)state;
	begin(&m, "time");
	put_sample(&m, "first-write", "read-then-write", 90, ",\"faults\":10");
	put_sample(&m, "mmap-write", "plain-4k", 90, ",\"parameters\":{\"bytes\":4096}");
	put_sample(&m, "splice", "a+2m", 90, ",\"parameters\":{\"folio_bytes\":2097152}");
	put_sample(&m, "splice", "a+random", 90, ",\"parameters\":{\"folio_bytes\":16384}");
	maker_check(&m, "ctime-mtime", "pass", "moved");
	show(&m, &s, report_show);
	assert_says(&s, "On Linux 6.1.0 (\"native\"), a first write to a page already read "
			"costs\n90.0 ns on ext4 DAX (median); no check fails (1 passes).\n");
	assert_says(&s, "First write to a 4 KiB page (ext4, DAX), time of one operation\n"
			"  n = 10            median     p99    mean  faults\n"
			"  read-then-write  90.0 ns  200 ns  100 ns       1\n");
	assert_says(&s, "  n = 10     median     p99    mean  bytes/mean\n"
			"  plain-4k  90.0 ns  200 ns  100 ns   41.0 GB/s\n");
	assert_says(&s, "  n = 10     median     p99    mean  folio\n"
			"  a+2m      90.0 ns  200 ns  100 ns     2m\n"
			"  a+random  90.0 ns  200 ns  100 ns    16k\n");
	assert_says(&s, "  ext4 DAX\n    c/mtime updated  pass\n");
	assert_never_says(&s, "a side");
	assert_never_says(&s, "both sides");
	assert_never_says(&s, "daxmark compare");
	release(&s);
}

static void threads_are_shown_as_total_a_thread_and_efficiency(void **state)
{
	struct maker m = { 0 };
	struct shown s;

	(void)state;
	begin(&m, "time");
	put_sample(&m, "first-write", "cold", 90, "");
	put_sample(&m, "first-write", "cold@1", 100, ",\"parameters\":{\"threads\":1}");
	put_sample(&m, "first-write", "cold@2-one", 80,
		   ",\"parameters\":{\"threads\":2,\"files\":\"one\"}");
	put_sample(&m, "first-write", "cold@4-one", 50,
		   ",\"parameters\":{\"threads\":4,\"files\":\"one\"}");
	put_sample(&m, "first-write", "cold@4-each", 25,
		   ",\"parameters\":{\"threads\":4,\"files\":\"each\"}");
	show(&m, &s, report_show);
	assert_says(&s, "  n = 10   median     p99    mean\n"
			"  cold    90.0 ns  200 ns  100 ns\n\n");
	assert_says(&s, "First write to a page (ext4, DAX), operations/s by threads\n"
			"  n = 10 passes files 1 thread        2        4 a thread efficiency\n"
			"  cold          one   10.0 M/s 12.5 M/s 20.0 M/s 5.00 M/s        50%\n"
			"  cold          each  10.0 M/s          40.0 M/s 10.0 M/s       100%\n");
	release(&s);
}

static void without_one_thread_there_is_no_efficiency(void **state)
{
	struct maker m = { 0 };
	struct shown s;
	json_t *root, *metric;

	(void)state;
	begin(&m, "time");
	put_sample(&m, "first-write", "cold@2-one", 80,
		   ",\"parameters\":{\"threads\":2,\"files\":\"one\"}");
	show(&m, &s, report_json);
	root = json_loads(s.text.data, 0, NULL);
	metric = json_array_get(json_object_get(root, "metrics"), 0);
	assert_int_equal(json_integer_value(json_object_get(metric, "threads")), 2);
	assert_int_equal(json_integer_value(json_object_get(metric, "total_per_second")), 12500000);
	assert_int_equal(json_integer_value(json_object_get(metric, "thread_per_second")), 6250000);
	assert_true(json_is_null(json_object_get(metric, "efficiency")));
	json_decref(root);
	release(&s);
}

static void instructions_have_no_rate(void **state)
{
	struct maker m = { 0 };
	struct shown s;

	(void)state;
	begin(&m, "count");
	put_sample(&m, "mmap-write", "plain-4k", 90, ",\"parameters\":{\"bytes\":4096}");
	show(&m, &s, report_show);
	assert_says(&s, "Store to a mapped file (ext4, DAX), guest instructions\n"
			"  n = 10    median  p99  mean\n"
			"  plain-4k      90  200   100\n");
	assert_says(&s, ", 1 cost was measured.");
	assert_never_says(&s, "B/s");
	release(&s);
}

/* A byte stored to cause a fault, and the bytes of a writer beside a freeze. */
static void bytes_that_an_operation_does_not_move_give_no_rate(void **state)
{
	struct maker m = { 0 };
	struct shown s;

	(void)state;
	begin(&m, "time");
	put_sample(&m, "first-write", "cold", 90, ",\"parameters\":{\"bytes\":1}");
	put_sample(&m, "freeze", "writer", 90, ",\"parameters\":{\"bytes\":4096}");
	show(&m, &s, report_show);
	assert_never_says(&s, "B/s");
	release(&s);
}

static void a_batch_mean_is_shown_where_it_differs_by_more_than_two_percent(void **state)
{
	struct maker m = { 0 };
	struct shown s;

	(void)state;
	begin(&m, "time");
	put_sample(&m, "mmap-write", "near", 90, ",\"batch_mean\":98.1");
	put_sample(&m, "mmap-write", "far", 90, ",\"batch_mean\":60");
	put_sample(&m, "mmap-write", "without", 90, "");
	show(&m, &s, report_show);
	assert_says(&s, "  Mean of a batch that reads the clock once, where it differs by more\n"
			"  than 2%: far 60.0 ns, not 100 ns.\n");
	release(&s);
}

static void operations_that_were_disturbed_are_summed_up(void **state)
{
	struct maker m = { 0 };
	struct shown s;

	(void)state;
	begin(&m, "time");
	put_sample(&m, "mmap-write", "a", 90, ",\"moved\":1,\"interrupted\":3");
	put_sample(&m, "mmap-write", "b", 90, ",\"moved\":0,\"interrupted\":4");
	put_sample(&m, "mmap-write", "c", 90, "");
	show(&m, &s, report_show);
	assert_says(&s, "\nOf 20 operations 1 changed CPU and at most 7 were interrupted; ");
	release(&s);

	begin(&m, "time");
	put_sample(&m, "mmap-write", "a", 90, ",\"moved\":0,\"interrupted\":0");
	show(&m, &s, report_show);
	assert_never_says(&s, "interrupted");
	release(&s);
}

static void several_runs_give_the_median_of_each_and_a_spread(void **state)
{
	static const int medians[] = { 80, 100, 90 };
	struct maker m = { 0 };
	struct shown s;

	(void)state;
	maker_open(&m);
	m.mode = "time";
	for (int i = 0; i < 3; i++) {
		maker_boot(&m, "native", i + 1);
		put_sample(&m, "mmap-write", "plain-4k", medians[i], "");
		if (i < 2)
			maker_end(&m);
	}
	show(&m, &s, report_show);
	assert_says(&s, "  n = 30     median     p99    mean  spread\n"
			"  plain-4k  90.0 ns  200 ns  100 ns   22.2%\n");
	assert_says(&s, "  Seeds      1, 2, 3: one run each.");
	release(&s);
}

static void what_a_skipped_target_lacks_is_said_once(void **state)
{
	struct maker m = { 0 };
	struct shown s;

	(void)state;
	begin(&m, "time");
	maker_target(&m, "ext2", "dax", "no DAX here");
	maker_target(&m, "xfs", "dax", "no DAX here");
	maker_line(&m, "{\"kind\":\"check\",\"name\":\"ctime-mtime\",\"fs\":\"ext2\","
		       "\"access\":\"dax\",\"verdict\":\"skip\",\"evidence\":\"no DAX here\"}");
	maker_check(&m, "tool-notices", "skip", "there is no git");
	maker_check(&m, "ctime-mtime", "fail", "mtime stayed");
	show(&m, &s, report_show);
	assert_says(&s, "On Linux 6.1.0 (\"native\"), no cost was measured; checks that fail:\n"
			"c/mtime updated (ext4 DAX); nothing was measured on ext2 DAX, xfs DAX.\n");
	assert_says(&s, "Skipped\n"
			"  everything on ext2 DAX, xfs DAX: no DAX here\n"
			"  a tool notices the write, ext4 DAX: there is no git\n\n");
	assert_says(&s, "  FAIL on ext4 DAX: mtime stayed\n");
	release(&s);
}

/* A target that could be had, with what is said of its place. */
static void put_place(struct maker *m, const char *fs, const char *device, const char *fields)
{
	maker_line(
		m,
		"{\"kind\":\"target\",\"fs\":\"%s\",\"access\":\"page-cache\",\"device\":\"%s\"%s}",
		fs, device, fields);
}

static void put_places(struct maker *m)
{
	begin(m, "time");
	put_place(m, "ext4", "/dev/pmem1",
		  ",\"node\":1,\"node_from\":\"hwloc\",\"bound_to\":4,\"bound_node\":1,"
		  "\"memory_node\":1");
	put_place(m, "ext2", "/dev/pmem1",
		  ",\"node\":1,\"node_from\":\"hwloc\",\"bound_to\":4,\"bound_node\":1,"
		  "\"memory_node\":1");
	put_place(m, "xfs", "/dev/sda",
		  ",\"node\":2,\"node_from\":\"plan\",\"bound_to\":0,\"bound_node\":0,"
		  "\"memory_node\":2");
	put_place(m, "tmpfs", "memory",
		  ",\"node\":null,\"node_from\":\"unknown\",\"bound_to\":0,\"bound_node\":0,"
		  "\"memory_node\":null");
	put_sample(m, "mmap-write", "plain-4k", 90, "");
}

static void each_device_is_shown_with_its_node_and_how_near_the_thread_was(void **state)
{
	struct maker m = { .machine = ",\"nodes\":3,\"bound_to\":0" };
	struct shown s;

	(void)state;
	put_places(&m);
	show(&m, &s, report_show);
	assert_says(&s, "  Placement  bound to CPU 0 where there is no device\n"
			"             /dev/pmem1: node 1 (hwloc); CPU 4; memory of node 1\n"
			"             /dev/sda: node 2 (plan), of which no CPU could be used; NOT\n"
			"             near it, on CPU 0 of node 0; memory of node 2\n"
			"             memory: node not known; CPU 0 of node 0; memory not bound\n"
			"  Device     /dev/pmem1, /dev/sda, memory\n");
	release(&s);
}

static void on_a_machine_of_one_node_no_node_is_shown(void **state)
{
	struct maker m = { .machine = ",\"nodes\":1,\"bound_to\":0" };
	struct shown s;

	(void)state;
	put_places(&m);
	show(&m, &s, report_show);
	assert_says(&s, "  Placement  bound to CPU 0\n"
			"  Device     /dev/pmem1, /dev/sda, memory\n");
	release(&s);
}

static void emulated_runs_show_checks_alone(void **state)
{
	struct maker m = { 0 };
	struct shown s;

	(void)state;
	begin(&m, "emulated");
	put_sample(&m, "mmap-write", "plain-4k", 90, "");
	maker_check(&m, "ctime-mtime", "pass", "moved");
	show(&m, &s, report_show);
	assert_says(&s, "no cost was measured");
	assert_says(&s, "1 metric: emulated runs give checks");
	assert_never_says(&s, "plain-4k");
	release(&s);
}

static double metric_number(const json_t *metric, const char *key)
{
	const json_t *value = json_object_get(metric, key);

	if (!json_is_number(value))
		fail_msg("\"%s\" is no number", key);
	return json_number_value(value);
}

static void json_keeps_nanoseconds_and_null_for_what_is_not_known(void **state)
{
	struct maker m = { 0 };
	const json_t *metric;
	json_t *root;
	struct shown s;

	(void)state;
	begin(&m, "time");
	put_sample(&m, "mmap-write", "plain-4k", 90,
		   ",\"parameters\":{\"bytes\":4096},\"faults\":15,\"moved\":2");
	maker_check(&m, "ctime-mtime", "pass", "moved");
	maker_target(&m, "ext2", "dax", "no DAX here");
	show(&m, &s, report_json);
	root = json_loads(s.text.data, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(root, "mode")), "time");
	metric = json_array_get(json_object_get(root, "metrics"), 0);
	assert_true(metric_number(metric, "value") == 90);
	assert_true(metric_number(metric, "low") == 90 && metric_number(metric, "high") == 90);
	assert_true(metric_number(metric, "mean") == 100);
	assert_true(metric_number(metric, "p99") == 200);
	assert_true(fabs(metric_number(metric, "bytes_per_second") - 40.96e9) < 1);
	assert_true(metric_number(metric, "faults_per_operation") == 1.5);
	assert_true(metric_number(metric, "n") == 10 && metric_number(metric, "moved") == 2);
	assert_true(json_is_null(json_object_get(metric, "batch_mean")));
	assert_true(json_is_null(json_object_get(metric, "interrupted")));
	metric = json_array_get(json_object_get(root, "checks"), 0);
	assert_string_equal(json_string_value(json_object_get(metric, "verdict")), "pass");
	assert_string_equal(json_string_value(json_object_get(metric, "evidence")), "moved");
	metric = json_array_get(json_object_get(root, "skipped"), 0);
	assert_string_equal(json_string_value(json_object_get(metric, "reason")), "no DAX here");
	assert_null(json_object_get(metric, "side"));
	json_decref(root);
	release(&s);
}

static void impossible_extras_are_refused(void **state)
{
	static const struct {
		const char *fields, *reason;
	} wrong[] = {
		{ ",\"moved\":11", "\"moved\" is 11 of 10 operations" },
		{ ",\"moved\":-1", "\"moved\" is -1, less than 0" },
		{ ",\"interrupted\":11", "\"interrupted\" is 11 of 10 operations" },
		{ ",\"interrupted\":1.5", "where an integer belongs" },
		{ ",\"batch_mean\":-1", "\"batch_mean\" is -1, which is not possible" },
		{ ",\"batch_mean\":\"9\"", "where a number belongs" },
		{ ",\"parameters\":[]", "\"parameters\" is not an object" },
		{ ",\"parameters\":{\"bytes\":-4}", "\"bytes\" is -4, less than 0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		char error[ERROR_SIZE];
		struct maker m = { 0 };
		struct side side;

		begin(&m, "time");
		put_sample(&m, "mmap-write", "plain-4k", 90, wrong[i].fields);
		maker_end(&m);
		assert_int_equal(maker_read(&m, &side, error), -EINVAL);
		if (!strstr(error, wrong[i].reason))
			fail_msg("\"%s\" lacks \"%s\"", error, wrong[i].reason);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_written_in_the_unit_that_suits_them),
		cmocka_unit_test(a_time_is_shown_with_its_mean_its_rate_and_no_side),
		cmocka_unit_test(threads_are_shown_as_total_a_thread_and_efficiency),
		cmocka_unit_test(without_one_thread_there_is_no_efficiency),
		cmocka_unit_test(instructions_have_no_rate),
		cmocka_unit_test(bytes_that_an_operation_does_not_move_give_no_rate),
		cmocka_unit_test(a_batch_mean_is_shown_where_it_differs_by_more_than_two_percent),
		cmocka_unit_test(operations_that_were_disturbed_are_summed_up),
		cmocka_unit_test(several_runs_give_the_median_of_each_and_a_spread),
		cmocka_unit_test(what_a_skipped_target_lacks_is_said_once),
		cmocka_unit_test(each_device_is_shown_with_its_node_and_how_near_the_thread_was),
		cmocka_unit_test(on_a_machine_of_one_node_no_node_is_shown),
		cmocka_unit_test(emulated_runs_show_checks_alone),
		cmocka_unit_test(json_keeps_nanoseconds_and_null_for_what_is_not_known),
		cmocka_unit_test(impossible_extras_are_refused),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
