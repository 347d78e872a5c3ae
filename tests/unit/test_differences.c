// SPDX-License-Identifier: GPL-2.0-or-later
/* What the sides differ in besides the kernel: near the top of each report, or not a word. */
#include "report/differences.h"
#include "report/format_text.h"
#include "report/json.h"
#include "report/ktap.h"
#include "report/lkml.h"
#include "report/lkp.h"
#include "report/markdown.h"
#include "report/mmtests.h"
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
	compare_pair(p);
}

static void table(struct text *text, const struct comparison *c)
{
	report_table(text, 80, c);
}

static void (*const reports[])(struct text *, const struct comparison *) = {
	report_lkml, report_markdown, report_lkp, report_mmtests, report_ktap, table
};

#define REPORTS (sizeof(reports) / sizeof(reports[0]))

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

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(sides_that_differ_in_their_kernels_alone_get_no_word),
		cmocka_unit_test(what_a_record_does_not_say_is_no_difference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
