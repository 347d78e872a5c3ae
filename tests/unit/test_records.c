// SPDX-License-Identifier: GPL-2.0-or-later
/* Records are the bytes that docs/records.md describes, field after field in one order. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "record/writer.h"

static void assert_line(const struct kind *kind, const void *record, const char *line)
{
	char *text = NULL;
	size_t size;
	struct writer writer = { .out = open_memstream(&text, &size) };

	assert_non_null(writer.out);
	assert_int_equal(writer_put(&writer, kind, record), 0);
	fclose(writer.out);
	assert_int_equal(writer.lines, 1);
	assert_string_equal(text, line);
	free(text);
}

static void a_run_has_the_fields_that_apply(void **state)
{
	const int64_t pinned[] = { 3 };
	struct side_patch patches[] = { { "a \"b\".patch", "12" }, { "c.patch", "34" } };
	struct side_run run = {
		.label = "with",
		.source = "debian:linux-source-6.1",
		.mode = SIDE_TIME,
		.seed = 7,
		.session = "5-6",
		.position = 2,
		.pair = 1,
		.order_seed = 9,
		.pinned = pinned,
		.n_pinned = 1,
		.pinned_others = "0-2",
		.patches = patches,
		.n_patches = 2,
		.image_sha256 = "56",
		.lacking = "",
		.qemu = "QEMU 7",
		.plan_sha256 = "78",
		.command = "qemu -m 1",
	};

	(void)state;
	assert_line(
		&kind_run, &run,
		"{\"kind\":\"run\",\"label\":\"with\",\"source\":\"debian:linux-source-6.1\","
		"\"mode\":\"time\",\"seed\":7,\"session\":\"5-6\",\"position\":2,\"pair\":1,"
		"\"order_seed\":9,\"pinned\":[3],\"pinned_others\":\"0-2\",\"patches\":[{\"file\":"
		"\"a "
		"\\\"b\\\".patch\",\"sha256\":\"12\"},{\"file\":\"c.patch\",\"sha256\":\"34\"}],"
		"\"image_sha256\":\"56\",\"qemu\":\"QEMU 7\",\"plan_sha256\":\"78\","
		"\"command\":\"qemu -m 1\"}\n");
	assert_line(
		&kind_run, &(struct side_run){ .label = "a", .source = "b", .plan_sha256 = "c" },
		"{\"kind\":\"run\",\"label\":\"a\",\"source\":\"b\",\"mode\":\"count\",\"seed\":0,"
		"\"patches\":[],\"plan_sha256\":\"c\"}\n");
}

static void a_clock_keeps_its_fractions(void **state)
{
	(void)state;
	assert_line(
		&kind_machine,
		&(struct side_machine){ .format = RECORD_FORMAT,
					.kernel = "6.1",
					.kernel_build_id = "",
					.hypervisor = "",
					.bound_to = 1,
					.cpus = 2,
					.nodes = 1,
					.memory_bytes = 3000000000,
					.page_bytes = 4096,
					.clock_source = "rdtsc",
					.clock_unit = "ns",
					.clock_ticks = 2,
					.clock_overhead = 26.66654642741,
					.runner = "ab",
					.freeze_limit_s = 60 },
		"{\"kind\":\"machine\",\"format\":1,\"mode\":\"count\",\"seed\":0,\"kernel\":\"6."
		"1\","
		"\"kernel_build_id\":\"\",\"hypervisor\":\"\",\"bound_to\":1,\"cpus\":2,\"nodes\":"
		"1,"
		"\"memory_bytes\":3000000000,\"page_bytes\":4096,\"clock\":{\"source\":\"rdtsc\","
		"\"unit\":\"ns\",\"ticks_per_unit\":2.0,\"overhead\":26.6665464274},"
		"\"runner\":\"ab\",\"freeze_limit_s\":60}\n");
}

static void only_a_target_that_was_had_has_a_place(void **state)
{
	struct side_target target = { .fs = "ext4",
				      .access = "dax",
				      .device = "/dev/pmem0",
				      .mkfs = "",
				      .mount = "rw,dax",
				      .dax = DAX_YES,
				      .proof = "seen",
				      .node = -1,
				      .node_from = "unknown",
				      .bound_to = 0,
				      .bound_node = 0,
				      .memory_node = -1 };

	(void)state;
	assert_line(
		&kind_target, &target,
		"{\"kind\":\"target\",\"fs\":\"ext4\",\"access\":\"dax\",\"device\":\"/dev/pmem0\","
		"\"size_bytes\":0,\"mkfs\":\"\",\"mount\":\"rw,dax\",\"dax\":true,\"proof\":"
		"\"seen\","
		"\"node\":null,\"node_from\":\"unknown\",\"bound_to\":0,\"bound_node\":0,"
		"\"memory_node\":null}\n");
	target.dax = DAX_UNKNOWN;
	target.node = target.bound_node = target.memory_node = NODE_LEFT_OUT;
	target.node_from = NULL;
	target.bound_to = -1;
	target.skip = "too small";
	assert_line(
		&kind_target, &target,
		"{\"kind\":\"target\",\"fs\":\"ext4\",\"access\":\"dax\",\"device\":\"/dev/pmem0\","
		"\"size_bytes\":0,\"mkfs\":\"\",\"mount\":\"rw,dax\",\"dax\":null,\"proof\":"
		"\"seen\","
		"\"skip\":\"too small\"}\n");
}

static void whole_figures_of_a_sample_are_integers(void **state)
{
	struct side_bucket buckets[] = { { 27, 2 }, { 256, 1 } };
	struct side_sample sample = {
		.name = { .bench = "first-write",
			  .arm = "cold",
			  .metric = "write",
			  .fs = "ext4",
			  .access = "dax",
			  .fill = "64k",
			  .files = "one",
			  .threads = 2 },
		.unit = "ns",
		.better = "lower",
		.operations = 8,
		.passes = 5,
		.faults_per_operation = 0.5,
		.n = 3,
		.min = 27,
		.median = 27.5,
		.median_low = 27,
		.median_high = 27.5,
		.mean = 103.25,
		.p90 = 256,
		.p99 = 256,
		.max = 256,
		.buckets = buckets,
		.n_buckets = 2,
		.faults = 0,
		.batch_mean = NAN,
		.moved = -1,
		.interrupted = 0,
	};

	(void)state;
	assert_line(
		&kind_sample, &sample,
		"{\"kind\":\"sample\",\"bench\":\"first-write\",\"arm\":\"cold\","
		"\"fs\":\"ext4\",\"access\":\"dax\",\"metric\":\"write\",\"unit\":\"ns\","
		"\"better\":\"lower\",\"parameters\":{\"operations\":8,\"passes\":5,\"fill\":"
		"\"64k\","
		"\"threads\":2,\"files\":\"one\",\"faults_per_operation\":0.5},\"n\":3,\"min\":27,"
		"\"median\":27.5,\"median_low\":27,\"median_high\":27.5,\"mean\":103.25,\"p90\":"
		"256,"
		"\"p99\":256,\"max\":256,\"histogram\":[[27,2],[256,1]],\"faults\":0,"
		"\"interrupted\":0}\n");
}

static void checks_skips_and_the_end_are_lines_too(void **state)
{
	(void)state;
	assert_line(
		&kind_check,
		&(struct side_check){ .name = "dax-proved",
				      .fs = "ext2",
				      .access = "dax",
				      .verdict = CHECK_SKIP,
				      .evidence = "" },
		"{\"kind\":\"check\",\"name\":\"dax-proved\",\"fs\":\"ext2\",\"access\":\"dax\","
		"\"verdict\":\"skip\",\"evidence\":\"\"}\n");
	assert_line(&kind_skip,
		    &(struct side_skip){ .name = { .bench = "splice",
						   .arm = "huge",
						   .fs = "none",
						   .access = "none" },
					 .reason = "no" },
		    "{\"kind\":\"skip\",\"bench\":\"splice\",\"arm\":\"huge\",\"fs\":\"none\","
		    "\"access\":\"none\",\"reason\":\"no\"}\n");
	assert_line(&kind_skip,
		    &(struct side_skip){ .name = { .bench = "freeze",
						   .arm = "idle",
						   .fs = "ext4",
						   .access = "dax",
						   .files = "each" },
					 .threads_beside = 4,
					 .reason = "no" },
		    "{\"kind\":\"skip\",\"bench\":\"freeze\",\"arm\":\"idle\",\"fs\":\"ext4\","
		    "\"access\":\"dax\",\"reason\":\"no\",\"parameters\":{\"threads_beside\":4,"
		    "\"files\":\"each\"}}\n");
	assert_line(&kind_end, &(struct side_end){ 4 }, "{\"kind\":\"end\",\"lines\":4}\n");
}

static void a_text_that_is_not_utf_8_is_no_record(void **state)
{
	struct writer writer = { .out = fopen("/dev/null", "w") };

	(void)state;
	assert_int_equal(writer_put(&writer, &kind_skip, &(struct side_skip){ .reason = "\xff" }),
			 -ENOMEM);
	assert_int_equal(writer.lines, 0);
	fclose(writer.out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_has_the_fields_that_apply),
		cmocka_unit_test(a_clock_keeps_its_fractions),
		cmocka_unit_test(only_a_target_that_was_had_has_a_place),
		cmocka_unit_test(whole_figures_of_a_sample_are_integers),
		cmocka_unit_test(checks_skips_and_the_end_are_lines_too),
		cmocka_unit_test(a_text_that_is_not_utf_8_is_no_record),
		/* EOL */
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
