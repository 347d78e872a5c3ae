// SPDX-License-Identifier: GPL-2.0-or-later
/* Fields stand in the order in which they are written. */
#include "record/schema.h"

static const char *const modes[] = { "count", "time", "emulated", NULL };
static const char *const verdicts[] = { "pass", "fail", "skip", NULL };
static const char *const units[] = { "instructions", "ns", NULL };
static const char *const directions[] = { "lower", "higher", NULL };

const char *side_mode_name(enum side_mode mode)
{
	return modes[mode];
}

const char *check_verdict_name(enum check_verdict verdict)
{
	return verdicts[verdict];
}

#define AT(kind, member) .offset = offsetof(struct side_##kind, member)
#define LIST(kind, member, element)                                             \
	AT(kind, member), .n_offset = offsetof(struct side_##kind, n_##member), \
			  .size = sizeof(struct element)

static const struct field patch_fields[] = {
	{ "file", FIELD_TEXT, REQUIRED, AT(patch, file) },
	{ "sha256", FIELD_TEXT, REQUIRED, AT(patch, sha256) },
	{ 0 },
};

const struct kind kind_run = {
	"run",
	(const struct field[]){
		{ "label", FIELD_TEXT, REQUIRED, AT(run, label) },
		{ "source", FIELD_TEXT, REQUIRED, AT(run, source) },
		{ "mode", FIELD_CHOICE, REQUIRED, AT(run, mode), .words = modes },
		{ "seed", FIELD_INTEGER, REQUIRED, AT(run, seed) },
		{ "subject", FIELD_TEXT, OPTIONAL, AT(run, subject) },
		{ "session", FIELD_TEXT, OPTIONAL, AT(run, session) },
		{ "position", FIELD_INTEGER, OPTIONAL, AT(run, position), .least = 1 },
		{ "pair", FIELD_INTEGER, OPTIONAL, AT(run, pair), .least = 1 },
		{ "order_seed", FIELD_INTEGER, OPTIONAL, AT(run, order_seed), .least = 1 },
		{ "pinned", FIELD_INTEGERS, OPTIONAL, LIST(run, pinned, side_run), .unread = true },
		{ "pinned_others", FIELD_TEXT, OPTIONAL, AT(run, pinned_others), .unread = true },
		{ "patches", FIELD_LIST, ALWAYS, LIST(run, patches, side_patch),
		  .fields = patch_fields },
		{ "image_sha256", FIELD_TEXT, OPTIONAL, AT(run, image_sha256) },
		{ "config_sha256", FIELD_TEXT, OPTIONAL, AT(run, config_sha256) },
		{ "initramfs_sha256", FIELD_TEXT, OPTIONAL, AT(run, initramfs_sha256) },
		{ "compiler", FIELD_TEXT, OPTIONAL, AT(run, compiler) },
		{ "lacking", FIELD_TEXT, OPTIONAL, AT(run, lacking) },
		{ "qemu", FIELD_TEXT, OPTIONAL, AT(run, qemu) },
		{ "plan_sha256", FIELD_TEXT, REQUIRED, AT(run, plan_sha256) },
		{ "command", FIELD_TEXT, OPTIONAL, AT(run, command) },
		{ 0 },
	},
};

static const struct field clock_fields[] = {
	{ "source", FIELD_TEXT, REQUIRED, AT(machine, clock_source) },
	{ "unit", FIELD_TEXT, REQUIRED, AT(machine, clock_unit) },
	{ "ticks_per_unit", FIELD_REAL, OPTIONAL, AT(machine, clock_ticks) },
	{ "overhead", FIELD_REAL, OPTIONAL, AT(machine, clock_overhead) },
	{ 0 },
};

const struct kind kind_machine = {
	"machine",
	(const struct field[]){
		{ "format", FIELD_FORMAT, REQUIRED, AT(machine, format), .least = 1 },
		{ "mode", FIELD_CHOICE, REQUIRED, AT(machine, mode), .words = modes },
		{ "seed", FIELD_INTEGER, REQUIRED, AT(machine, seed) },
		{ "kernel", FIELD_TEXT, REQUIRED, AT(machine, kernel) },
		{ "kernel_version", FIELD_TEXT, ALWAYS, AT(machine, kernel_version) },
		{ "kernel_build_id", FIELD_TEXT, ALWAYS, AT(machine, kernel_build_id) },
		{ "cmdline", FIELD_TEXT, ALWAYS, AT(machine, cmdline) },
		{ "cpu", FIELD_TEXT, ALWAYS, AT(machine, cpu) },
		{ "hypervisor", FIELD_TEXT, ALWAYS, AT(machine, hypervisor), .unread = true },
		{ "bound_to", FIELD_INTEGER, ALWAYS, AT(machine, bound_to), .least = -1,
		  .absent = -1 },
		{ "cpus", FIELD_INTEGER, ALWAYS, AT(machine, cpus), .least = 1 },
		{ "nodes", FIELD_INTEGER, ALWAYS, AT(machine, nodes) },
		{ "memory_bytes", FIELD_INTEGER, ALWAYS, AT(machine, memory_bytes), .least = 1 },
		{ "page_bytes", FIELD_INTEGER, ALWAYS, AT(machine, page_bytes), .least = 1 },
		{ "topology", FIELD_TEXT, ALWAYS, AT(machine, topology) },
		{ "clock", FIELD_OBJECT, REQUIRED, .fields = clock_fields },
		{ "runner", FIELD_TEXT, REQUIRED, AT(machine, runner) },
		{ "pmem", FIELD_TEXT, ALWAYS, AT(machine, pmem) },
		{ "device", FIELD_TEXT, ALWAYS, AT(machine, device) },
		{ "freeze_limit_s", FIELD_INTEGER, OPTIONAL, AT(machine, freeze_limit_s),
		  .unread = true },
		{ 0 },
	},
};

const struct kind kind_target = {
	"target",
	(const struct field[]){
		{ "fs", FIELD_TEXT, REQUIRED, AT(target, fs) },
		{ "access", FIELD_TEXT, REQUIRED, AT(target, access) },
		{ "device", FIELD_TEXT, ALWAYS, AT(target, device) },
		{ "size_bytes", FIELD_INTEGER, ALWAYS, AT(target, size_bytes) },
		{ "mkfs", FIELD_TEXT, ALWAYS, AT(target, mkfs) },
		{ "mount", FIELD_TEXT, ALWAYS, AT(target, mount) },
		{ "dax", FIELD_TRUTH, ALWAYS, AT(target, dax) },
		{ "proof", FIELD_TEXT, ALWAYS, AT(target, proof) },
		{ "node", FIELD_NODE, OPTIONAL, AT(target, node), .absent = -1 },
		{ "node_from", FIELD_TEXT, OPTIONAL, AT(target, node_from) },
		{ "bound_to", FIELD_INTEGER, OPTIONAL, AT(target, bound_to), .absent = -1 },
		{ "bound_node", FIELD_NODE, OPTIONAL, AT(target, bound_node), .absent = -1 },
		{ "memory_node", FIELD_NODE, OPTIONAL, AT(target, memory_node), .absent = -1 },
		{ "skip", FIELD_TEXT, OPTIONAL, AT(target, skip) },
		{ 0 },
	},
};

#define WORDS(member) .offset = offsetof(struct cost_words, member)

static const struct field word_fields[] = {
	{ "arm", FIELD_TEXT, REQUIRED, WORDS(arm) },
	{ "brief", FIELD_TEXT, OPTIONAL, WORDS(brief), .unread = true },
	{ "group", FIELD_TEXT, OPTIONAL, WORDS(group) },
	{ "operation", FIELD_TEXT, OPTIONAL, WORDS(operation) },
	{ "leads", FIELD_FLAG, OPTIONAL, WORDS(leads) },
	{ 0 },
};

const struct kind kind_bench = {
	"bench",
	(const struct field[]){
		{ "bench", FIELD_TEXT, REQUIRED, AT(bench, name) },
		{ "title", FIELD_TEXT, REQUIRED, AT(bench, title) },
		{ "brief", FIELD_TEXT, OPTIONAL, AT(bench, brief), .unread = true },
		{ "rate", FIELD_FLAG, OPTIONAL, AT(bench, rate) },
		{ "arms", FIELD_LIST, REQUIRED, LIST(bench, arms, cost_words),
		  .fields = word_fields },
		{ 0 },
	},
};

/* How an arm was measured, beside what its name says. */
#define MEASURED_AS(kind)                                                                   \
	{ "fill", FIELD_TEXT, OPTIONAL, AT(kind, name.fill) },                              \
		{ "threads", FIELD_INTEGER, OPTIONAL, AT(kind, name.threads), .least = 1 }, \
		{ "threads_beside", FIELD_INTEGER, OPTIONAL, AT(kind, threads_beside),      \
		  .least = 1 },                                                             \
	{                                                                                   \
		"files", FIELD_TEXT, OPTIONAL, AT(kind, name.files)                         \
	}

static const struct field parameter_fields[] = {
	{ "operations", FIELD_INTEGER, OPTIONAL, AT(sample, operations), .unread = true },
	{ "passes", FIELD_INTEGER, OPTIONAL, AT(sample, passes), .unread = true },
	{ "bytes", FIELD_INTEGER, OPTIONAL, AT(sample, bytes) },
	{ "fault_bytes", FIELD_INTEGER, OPTIONAL, AT(sample, fault_bytes), .unread = true },
	{ "folio_bytes", FIELD_INTEGER, OPTIONAL, AT(sample, folio_bytes), .least = 1 },
	{ "pages", FIELD_INTEGER, OPTIONAL, AT(sample, pages), .unread = true },
	MEASURED_AS(sample),
	{ "between_kib", FIELD_INTEGER, OPTIONAL, AT(sample, between_kib) },
	{ "faults_per_operation", FIELD_NUMBER, OPTIONAL, AT(sample, faults_per_operation),
	  .unread = true },
	{ 0 },
};

static const struct field skip_parameter_fields[] = {
	MEASURED_AS(skip),
	{ 0 },
};

const struct kind kind_sample = {
	"sample",
	(const struct field[]){
		{ "bench", FIELD_TEXT, REQUIRED, AT(sample, name.bench) },
		{ "arm", FIELD_TEXT, REQUIRED, AT(sample, name.arm) },
		{ "fs", FIELD_TEXT, REQUIRED, AT(sample, name.fs) },
		{ "access", FIELD_TEXT, REQUIRED, AT(sample, name.access) },
		{ "metric", FIELD_TEXT, REQUIRED, AT(sample, name.metric) },
		{ "unit", FIELD_WORD, REQUIRED, AT(sample, unit), .words = units },
		{ "better", FIELD_WORD, REQUIRED, AT(sample, better), .words = directions },
		{ "parameters", FIELD_OBJECT, ALWAYS, .fields = parameter_fields },
		{ "n", FIELD_INTEGER, REQUIRED, AT(sample, n), .least = 1 },
		{ "min", FIELD_NUMBER, REQUIRED, AT(sample, min) },
		{ "median", FIELD_NUMBER, REQUIRED, AT(sample, median) },
		{ "median_low", FIELD_NUMBER, OPTIONAL, AT(sample, median_low) },
		{ "median_high", FIELD_NUMBER, OPTIONAL, AT(sample, median_high) },
		{ "mean", FIELD_NUMBER, REQUIRED, AT(sample, mean) },
		{ "p90", FIELD_NUMBER, REQUIRED, AT(sample, p90) },
		{ "p99", FIELD_NUMBER, REQUIRED, AT(sample, p99) },
		{ "max", FIELD_NUMBER, REQUIRED, AT(sample, max) },
		{ "histogram", FIELD_BUCKETS, REQUIRED, LIST(sample, buckets, side_bucket) },
		{ "faults", FIELD_NUMBER, OPTIONAL, AT(sample, faults) },
		{ "batch_mean", FIELD_NUMBER, OPTIONAL, AT(sample, batch_mean) },
		{ "batch_n", FIELD_INTEGER, OPTIONAL, AT(sample, batch_n), .unread = true },
		{ "moved", FIELD_INTEGER, OPTIONAL, AT(sample, moved), .absent = -1 },
		{ "interrupted", FIELD_INTEGER, OPTIONAL, AT(sample, interrupted), .absent = -1 },
		{ 0 },
	},
};

const struct kind kind_check = {
	"check",
	(const struct field[]){
		{ "name", FIELD_TEXT, REQUIRED, AT(check, name) },
		{ "fs", FIELD_TEXT, REQUIRED, AT(check, fs) },
		{ "access", FIELD_TEXT, REQUIRED, AT(check, access) },
		{ "label", FIELD_TEXT, OPTIONAL, AT(check, label) },
		{ "promise", FIELD_TEXT, OPTIONAL, AT(check, promise) },
		{ "verdict", FIELD_CHOICE, REQUIRED, AT(check, verdict), .words = verdicts },
		{ "evidence", FIELD_TEXT, REQUIRED, AT(check, evidence) },
		{ 0 },
	},
};

const struct kind kind_skip = {
	"skip",
	(const struct field[]){
		{ "bench", FIELD_TEXT, REQUIRED, AT(skip, name.bench) },
		{ "arm", FIELD_TEXT, REQUIRED, AT(skip, name.arm) },
		{ "fs", FIELD_TEXT, REQUIRED, AT(skip, name.fs) },
		{ "access", FIELD_TEXT, REQUIRED, AT(skip, name.access) },
		{ "reason", FIELD_TEXT, REQUIRED, AT(skip, reason) },
		{ "parameters", FIELD_OBJECT, OPTIONAL, .fields = skip_parameter_fields },
		{ 0 },
	},
};

const struct kind kind_end = {
	"end",
	(const struct field[]){
		{ "lines", FIELD_INTEGER, REQUIRED, AT(end, lines) },
		{ 0 },
	},
};

const struct kind kind_failed = {
	"failed",
	(const struct field[]){
		{ "label", FIELD_TEXT, REQUIRED, AT(failure, label) },
		{ "subject", FIELD_TEXT, OPTIONAL, AT(failure, subject) },
		{ "reason", FIELD_TEXT, REQUIRED, AT(failure, reason) },
		{ 0 },
	},
};
