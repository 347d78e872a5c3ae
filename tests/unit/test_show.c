// SPDX-License-Identifier: GPL-2.0-or-later
/* What is said of one side, and which of its figures are taken. */
#include <errno.h>

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
	const struct side *const sides[] = { &s->side };
	char error[ERROR_SIZE] = "";

	memset(s, 0, sizeof(*s));
	maker_end(m);
	maker_read_good(m, &s->side);
	if (compare(sides, 1, &compare_limits, &s->c, error, sizeof(error)))
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
	assert_never_says(s.text.data, "B/s");
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
	assert_says(s.text.data,
		    "  Mean of a batch that reads the clock once, where it differs by more\n"
		    "  than 2%: far 60.0 ns, not 100 ns.\n");
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
	assert_says(s.text.data,
		    "  Placement  bound to CPU 0 where there is no device\n"
		    "             /dev/pmem1: node 1 (hwloc); CPU 4; memory of node 1\n"
		    "             /dev/sda: node 2 (plan), of which no CPU could be used; NOT\n"
		    "             near it, on CPU 0 of node 0; memory of node 2\n"
		    "             memory: node not known; CPU 0 of node 0; memory not bound\n"
		    "  Device     /dev/pmem1, /dev/sda, memory\n");
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
		cmocka_unit_test(bytes_that_an_operation_does_not_move_give_no_rate),
		cmocka_unit_test(a_batch_mean_is_shown_where_it_differs_by_more_than_two_percent),
		cmocka_unit_test(each_device_is_shown_with_its_node_and_how_near_the_thread_was),
		cmocka_unit_test(impossible_extras_are_refused),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
