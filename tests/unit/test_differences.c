// SPDX-License-Identifier: GPL-2.0-or-later
/* What the sides differ in besides the kernel: near the top of each report, or not a word. */
#include "compare/steps.h"
#include "figure/plot.h"
#include "report/differences.h"
#include "report/format_text.h"
#include "report/json.h"
#include "report/ktap.h"
#include "report/lkml.h"
#include "report/lkp.h"
#include "report/markdown.h"
#include "report/mmtests.h"
#include "report/steps_text.h"
#include "tests/unit/reports.h"

/* How a side was measured. */
struct way {
	const char *device, *proof;
	const char *machine; /* more fields of its record */
	const char *run;     /* the same, each after a comma */
	const char *kernel;
};

#define MEMORY ",\"memory_bytes\":1572347904,\"cpu\":\"QEMU Virtual CPU\",\"cpus\":1"
#define BUILT  ",\"config_sha256\":\"c0\",\"compiler\":\"gcc 12\",\"initramfs_sha256\":\"aa11\""
#define QEMU   ",\"qemu\":\"QEMU 7.2\""

static const struct way usual = { "/dev/pmem0", "statx", MEMORY, BUILT QEMU, "4.1.0" };

static void make_way(struct side *side, const char *label, struct way way)
{
	struct maker m = { .kernel = way.kernel, .machine = way.machine, .run = way.run };

	maker_open(&m);
	for (int seed = 1; seed <= 3; seed++) {
		maker_boot(&m, label, seed);
		maker_line(&m,
			   "{\"kind\":\"target\",\"fs\":\"ext2\",\"access\":\"dax\",\"dax\":true,"
			   "\"device\":\"%s\",\"size_bytes\":536870912,\"proof\":\"%s\"}",
			   way.device, way.proof);
		maker_sample(&m, "cold", 100);
		maker_check(&m, "ctime-mtime", "pass", "moved");
		maker_end(&m);
	}
	maker_read_good(&m, side);
}

static void make_pair(struct pair *p, struct way base, struct way new)
{
	make_way(&p->base, "old", base);
	make_way(&p->new, "new", new);
	compare(p);
}

static void table(struct text *text, const struct comparison *c)
{
	report_table(text, 80, c);
}

static void (*const reports[])(struct text *, const struct comparison *) = {
	report_lkml, report_markdown, report_lkp, report_mmtests, report_ktap, table
};

#define REPORTS (sizeof(reports) / sizeof(reports[0]))

static void another_device_is_named_in_every_report(void **state)
{
	struct way ram = usual;
	struct text caption = { 0 };
	struct plot plot = { .unit = "" };
	struct pair p;

	(void)state;
	ram.device = "/dev/ram0";
	make_pair(&p, ram, usual);
	for (size_t i = 0; i < REPORTS; i++) {
		struct text t = { 0 };

		reports[i](&t, &p.c);
		assert_says(t.data, "The sides differ in more than the kernel");
		assert_says(t.data, "Device");
		assert_says(t.data, "/dev/ram0 (512 MiB) on old");
		assert_says(t.data, "/dev/pmem0 (512 MiB) on new");
		text_free(&t);
	}
	assert_report(&p, report_lkml,
		      "more than 0.2%; no check fails.\n\n"
		      "The sides differ in more than the kernel\n"
		      "  Device     /dev/ram0 (512 MiB) on old; /dev/pmem0 (512 MiB) on new\n\n");
	assert_report(&p, report_json, "\"what\": \"Device\"");
	plot_caption(&caption, &plot, &p.c);
	assert_says(caption.data, "/dev/ram0 (512 MiB) on old");
	text_free(&caption);
	release(&p);
}

static void each_condition_that_differs_has_a_line(void **state)
{
	static const struct {
		struct way way;
		const char *line;
	} cases[] = {
		{ { "/dev/pmem0", "statx",
		    ",\"memory_bytes\":1073741824,\"cpu\":\"QEMU Virtual CPU\""
		    ",\"cpus\":1",
		    BUILT QEMU, "4.1.0" },
		  "  Memory     1499 MiB on old; 1024 MiB on new\n" },
		{ { "/dev/pmem0", "statx",
		    ",\"memory_bytes\":1572347904,\"cpu\":\"other\",\"cpus\":1", BUILT QEMU,
		    "4.1.0" },
		  "  Processor  QEMU Virtual CPU, 1 CPU on old; other, 1 CPU on new\n" },
		{ { "/dev/pmem0", "statx", MEMORY, BUILT ",\"qemu\":\"QEMU 10\"", "4.1.0" },
		  "  QEMU       QEMU 7.2 on old; QEMU 10 on new\n" },
		{ { "/dev/pmem0", "statx", MEMORY,
		    QEMU ",\"config_sha256\":\"c0\",\"compiler\":\"gcc 14\""
			 ",\"initramfs_sha256\":\"aa11\"",
		    "4.1.0" },
		  "  Compiler   gcc 12 on old; gcc 14 on new\n" },
		{ { "/dev/pmem0", "statx", MEMORY,
		    QEMU ",\"config_sha256\":\"c0\",\"compiler\":\"gcc 12\""
			 ",\"initramfs_sha256\":\"bb22\"",
		    "4.1.0" },
		  "  Initramfs  aa11 on old; bb22 on new\n" },
		{ { "/dev/pmem0", "statx", MEMORY, BUILT QEMU ",\"lacking\":\"DAX VMAP_STACK\"",
		    "4.1.0" },
		  "  Config     all symbols on old; no DAX VMAP_STACK on new\n" },
		{ { "/dev/pmem0", "mount options", MEMORY, BUILT QEMU, "4.1.0" },
		  "  DAX proof  statx on old; mount options on new\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text t = { 0 };
		struct pair p;

		make_pair(&p, usual, cases[i].way);
		differences_block(&t, 72, &p.c);
		assert_non_null(t.data);
		assert_says(t.data, cases[i].line);
		/* nothing else */
		assert_int_equal(t.length, strlen("The sides differ in more than the kernel\n\n") +
						   strlen(cases[i].line));
		text_free(&t);
		release(&p);
	}
}

static void sides_that_differ_in_their_kernels_alone_get_no_word(void **state)
{
	struct way new = usual, loop = usual;
	struct pair p;

	(void)state;
	/* another release keeps another part of the memory, and another loop device was free */
	new.kernel = "4.2.0";
	new.machine = ",\"memory_bytes\":1573011456,\"cpu\":\"QEMU Virtual CPU\",\"cpus\":1";
	new.device = "/dev/loop7";
	loop.device = "/dev/loop0";
	make_pair(&p, loop, new);
	for (size_t i = 0; i < REPORTS; i++) {
		struct text t = { 0 };

		reports[i](&t, &p.c);
		assert_never_says(t.data, "sides differ");
		text_free(&t);
	}
	assert_report(&p, report_json, "\"differs\": []");
	release(&p);
}

static void what_a_record_does_not_say_is_no_difference(void **state)
{
	struct way silent = usual;
	struct text t = { 0 };
	struct pair p;

	(void)state;
	silent.machine = NULL;
	silent.run = NULL;
	make_pair(&p, silent, usual);
	differences_block(&t, 72, &p.c);
	assert_null(t.data);
	release(&p);
}

static void sides_of_a_row_are_gathered_by_what_they_have(void **state)
{
	static const char *const labels[] = { "4.0", "4.1", "4.4" };
	struct side side[3];
	const struct side *const list[] = { &side[0], &side[1], &side[2] };
	char error[ERROR_SIZE] = "";
	struct way ram = usual;
	struct text t = { 0 };
	struct steps steps;

	(void)state;
	ram.device = "/dev/ram0";
	for (size_t i = 0; i < 3; i++)
		make_way(&side[i], labels[i], i ? usual : ram);
	if (steps_compare(list, 3, &compare_limits, &steps, error, ERROR_SIZE))
		fail_msg("%s", error);
	for (size_t i = 0; i < 3; i++) {
		if (!i)
			report_steps_lkml(&t, &steps);
		else if (i == 1)
			report_steps_table(&t, 80, &steps);
		else
			report_steps_mmtests(&t, &steps);
		assert_says(t.data, "  Device     /dev/ram0 (512 MiB) on 4.0; "
				    "/dev/pmem0 (512 MiB) on 4.1,");
		text_free(&t);
	}
	report_steps_json(&t, &steps);
	assert_says(t.data, "\"differs\": [\n  {\n   \"what\": \"Device\"");
	text_free(&t);
	steps_free(&steps);
	for (size_t i = 0; i < 3; i++)
		side_free(&side[i]);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_device_is_named_in_every_report),
		cmocka_unit_test(each_condition_that_differs_has_a_line),
		cmocka_unit_test(sides_that_differ_in_their_kernels_alone_get_no_word),
		cmocka_unit_test(what_a_record_does_not_say_is_no_difference),
		cmocka_unit_test(sides_of_a_row_are_gathered_by_what_they_have),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
