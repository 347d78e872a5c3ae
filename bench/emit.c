// SPDX-License-Identifier: GPL-2.0-or-later
#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <libpmem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "bench/emit.h"
#include "bench/fill.h"
#include "measure/hypervisor.h"
#include "record/arm_name.h"
#include "record/build_id.h"

/* The first line of a file of /proc, or "". */
static void first_line(const char *path, char *line, size_t size)
{
	FILE *file = fopen(path, "re");

	line[0] = '\0';
	if (!file)
		return;
	if (!fgets(line, (int)size, file))
		line[0] = '\0';
	line[strcspn(line, "\n")] = '\0';
	fclose(file);
}

static void processor_name(char *name, size_t size)
{
	FILE *file = fopen("/proc/cpuinfo", "re");
	char line[256];

	snprintf(name, size, "unknown");
	while (file && fgets(line, sizeof(line), file)) {
		char *colon = strchr(line, ':');

		if (strncmp(line, "model name", 10) != 0 || !colon)
			continue;
		line[strcspn(line, "\n")] = '\0';
		snprintf(name, size, "%s", colon + 1 + strspn(colon + 1, " "));
		break;
	}
	if (file)
		fclose(file);
}

/*
 * libpmem does not tell what it flushes with. It takes the best the processor
 * has, in this order, unless its environment (PMEM_NO_CLWB...) forbids it.
 */
static const char *flush_instruction(void)
{
#if defined(__x86_64__)
	unsigned int a, b = 0, c, d;

	if (__get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_CLWB) && !getenv("PMEM_NO_CLWB"))
		return "clwb";
	if ((b & bit_CLFLUSHOPT) && !getenv("PMEM_NO_CLFLUSHOPT"))
		return "clflushopt";
	return "clflush";
#else
	return "this processor's means";
#endif
}

static json_t *pmem_facts(void)
{
	char text[80];

	snprintf(text, sizeof(text), "libpmem API %d.%d, flushes with %s", PMEM_MAJOR_VERSION,
		 PMEM_MINOR_VERSION, flush_instruction());
	return json_string(text);
}

int emit_machine(struct writer *writer, const struct plan *plan, uint64_t seed, const char *device,
		 const struct places *places, const struct clock_facts *clock)
{
	char self[BUILD_ID_MAX], kernel[BUILD_ID_MAX], cmdline[1024], cpu[128], topology[256];
	char hypervisor[HYPERVISOR_MAX];
	struct utsname name;
	struct sysinfo memory;

	build_id_self(self);
	build_id_kernel(kernel);
	first_line("/proc/cmdline", cmdline, sizeof(cmdline));
	processor_name(cpu, sizeof(cpu));
	hypervisor_name(hypervisor);
	topology_summary(&places->topology, topology, sizeof(topology));
	uname(&name);
	sysinfo(&memory);
	json_t *record = json_pack(
		"{s:s, s:i, s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:I,"
		" s:i, s:s,"
		" s:{s:s, s:s, s:f, s:f}, s:s, s:o, s:s}",
		"kind", "machine", "format", 1, "mode", plan_mode_name(plan->mode), "seed",
		(json_int_t)seed, "kernel", name.release, "kernel_version", name.version,
		"kernel_build_id", kernel, "cmdline", cmdline, "cpu", cpu, "hypervisor", hypervisor,
		"bound_to", places->start.cpu, "cpus", topology_cpus(&places->topology), "nodes",
		topology_nodes(&places->topology), "memory_bytes",
		(json_int_t)memory.totalram * memory.mem_unit, "page_bytes",
		(int)sysconf(_SC_PAGESIZE), "topology", topology, "clock", "source", clock->source,
		"unit", clock->unit, "ticks_per_unit", clock->ticks_per_unit, "overhead",
		clock->overhead, "runner", self, "pmem", pmem_facts(), "device",
		device ? device : "");

	if (record && plan->mode != PLAN_COUNT)
		json_object_set_new(record, "freeze_limit_s",
				    json_integer((json_int_t)plan->freeze_limit_s));
	return writer_put(writer, record);
}

static json_t *dax_value(enum target_dax dax)
{
	return dax == DAX_UNKNOWN ? json_null() : json_boolean(dax == DAX_YES);
}

/* Where it is, as its user would name it. */
static const char *place_of(const struct target *target)
{
	if (!target->source)
		return target_needs_no_source(target->fs) ? "memory" : "";
	return target->source->directory ? target->source->directory : target->source->block;
}

static json_t *node_value(int node)
{
	return node < 0 ? json_null() : json_integer(node);
}

static void add_place(json_t *record, const struct place *place)
{
	json_object_set_new(record, "node", node_value(place->node));
	json_object_set_new(record, "node_from", json_string(node_from_name(place->from)));
	json_object_set_new(record, "bound_to", json_integer(place->cpu));
	json_object_set_new(record, "bound_node", node_value(place->cpu_node));
	json_object_set_new(record, "memory_node", node_value(place->memory));
}

int emit_target(struct writer *writer, const struct target *target, const struct place *place,
		const char *skip)
{
	json_t *record =
		json_pack("{s:s, s:s, s:s, s:s, s:I, s:s, s:s, s:o, s:s}", "kind", "target", "fs",
			  target->fs, "access", target->access, "device", place_of(target),
			  "size_bytes", (json_int_t)target->size, "mkfs", target->mkfs, "mount",
			  target->mount, "dax", dax_value(target->dax), "proof", target->proof);

	if (record && place)
		add_place(record, place);
	if (record && skip)
		json_object_set_new(record, "skip", json_string(skip));
	return writer_put(writer, record);
}

static json_t *histogram_value(const struct histogram *histogram)
{
	json_t *array = json_array();

	for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++)
		if (histogram->count[i])
			json_array_append_new(array,
					      json_pack("[I, I]", (json_int_t)histogram_lowest(i),
							(json_int_t)histogram->count[i]));
	return array;
}

/* Whole numbers stay whole: a count is not written as a fraction. */
static json_t *number(double value)
{
	json_int_t whole = (json_int_t)value;

	return (double)whole == value ? json_integer(whole) : json_real(value);
}

/* Where several threads do an operation: on "one" file, on one "each", else "". */
static const char *files_of(const struct ctx *ctx)
{
	return !ctx->target || ctx->parts < 2 ? "" : ctx->one_file ? "one" : "each";
}

const char *emit_arm_name(const struct ctx *ctx, char name[EMIT_ARM_MAX])
{
	arm_name(name, EMIT_ARM_MAX, ctx->arm->name, ctx->fill ? ctx->fill->name : "",
		 (int64_t)ctx->parts, files_of(ctx));
	return name;
}

/* Whether the operations of an arm are done by its threads, or beside them. */
static bool has_threads_beside(const struct bench *bench, const struct arm *arm)
{
	return bench->threads && bench->threads(arm);
}

/* How an arm was measured, beside what its name says. */
static void add_measured_as(json_t *object, const struct bench *bench, const struct ctx *ctx)
{
	const char *threads = has_threads_beside(bench, ctx->arm) ? "threads_beside" : "threads";

	if (ctx->fill)
		json_object_set_new(object, "fill", json_string(ctx->fill->name));
	if (ctx->parts)
		json_object_set_new(object, threads, json_integer((json_int_t)ctx->parts));
	if (*files_of(ctx))
		json_object_set_new(object, "files", json_string(files_of(ctx)));
}

static json_t *parameters(const struct bench *bench, const struct ctx *ctx, size_t passes)
{
	json_t *object = json_pack("{s:I, s:I}", "operations", (json_int_t)ctx->operations,
				   "passes", (json_int_t)passes);
	size_t bytes = ctx->bytes ? ctx->bytes : ctx->arm->bytes;

	if (bytes)
		json_object_set_new(object, "bytes", json_integer((json_int_t)bytes));
	if (ctx->fault_bytes)
		json_object_set_new(object, "fault_bytes",
				    json_integer((json_int_t)ctx->fault_bytes));
	if (ctx->folio_bytes)
		json_object_set_new(object, "folio_bytes",
				    json_integer((json_int_t)ctx->folio_bytes));
	if (ctx->arm->pages)
		json_object_set_new(object, "pages", json_integer((json_int_t)ctx->arm->pages));
	add_measured_as(object, bench, ctx);
	return object;
}

static const char *fs_of(const struct target *target)
{
	return target ? target->fs : "none";
}

static const char *access_of(const struct target *target)
{
	return target ? target->access : "none";
}

static void add_known(json_t *record, const char *key, int64_t value)
{
	if (value >= 0)
		json_object_set_new(record, key, json_integer((json_int_t)value));
}

/* No more of them than there are. */
static int64_t part_of(int64_t part, size_t n)
{
	return part > (int64_t)n ? (int64_t)n : part;
}

/* The first metric of an arm carries what belongs to its operations as a whole. */
static void add_whole(json_t *record, const struct ctx *ctx, const struct sampled *sampled,
		      size_t n, double ticks_per_unit)
{
	json_object_set_new(record, "faults", json_integer((json_int_t)sampled->faults));
	if (sampled->batch_n) {
		json_object_set_new(record, "batch_mean",
				    number(sampled->batch_mean / ticks_per_unit));
		json_object_set_new(record, "batch_n", json_integer((json_int_t)sampled->batch_n));
	}
	if (ctx->counts_instructions)
		return;
	add_known(record, "moved", sampled->moved);
	add_known(record, "interrupted", part_of(sampled->interrupted, n));
}

static json_t *sample_value(const struct bench *bench, const char *metric, const struct ctx *ctx,
			    const struct clock_facts *clock, const struct summary *summary,
			    json_t *parameters, const struct histogram *histogram)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:I, s:o, s:o, s:o,"
			 " s:o, s:o, s:o, s:o, s:o, s:o}",
			 "kind", "sample", "bench", bench->name, "arm", ctx->arm->name, "fs",
			 fs_of(ctx->target), "access", access_of(ctx->target), "metric", metric,
			 "unit", clock->unit, "better", "lower", "parameters", parameters, "n",
			 (json_int_t)summary->n, "min", number(summary->min), "median",
			 number(summary->median), "median_low", number(summary->median_low),
			 "median_high", number(summary->median_high), "mean", number(summary->mean),
			 "p90", number(summary->p90), "p99", number(summary->p99), "max",
			 number(summary->max), "histogram", histogram_value(histogram));
}

int emit_samples(struct writer *writer, const struct bench *bench, const struct ctx *ctx,
		 struct samples *samples, const struct sampled *sampled,
		 const struct clock_facts *clock)
{
	static struct histogram histogram;
	int error = 0;

	for (size_t m = 0; bench->metric[m] && !error; m++) {
		struct summary summary;
		json_t *object, *record;

		if (!samples->n[m])
			continue;
		samples_summary(samples, m, clock->ticks_per_unit, &summary, &histogram);
		object = parameters(bench, ctx, sampled->passes);
		if (object && samples->between_kib)
			json_object_set_new(object, "between_kib",
					    json_integer((json_int_t)samples->between_kib));
		record = sample_value(bench, bench->metric[m], ctx, clock, &summary, object,
				      &histogram);
		if (record && m == 0)
			add_whole(record, ctx, sampled, summary.n, clock->ticks_per_unit);
		error = writer_put(writer, record);
	}
	return error;
}

/* The value is the time of a pass over the operations of all threads in it. */
int emit_scaling(struct writer *writer, const struct bench *bench, const struct ctx *ctx,
		 const struct scaling *scaling, struct samples *samples,
		 const struct clock_facts *clock)
{
	static struct histogram histogram;
	double all = (double)ctx->parts * (double)scaling->operations;
	json_t *object = parameters(bench, ctx, SCALING_PASSES), *record;
	struct summary summary;

	samples_summary(samples, 0, clock->ticks_per_unit * all, &summary, &histogram);
	json_object_set_new(object, "operations", json_integer((json_int_t)scaling->operations));
	json_object_set_new(object, "faults_per_operation",
			    number((double)scaling->faults / all / SCALING_PASSES));
	record = sample_value(bench, bench->metric[0], ctx, clock, &summary, object, &histogram);
	if (record)
		add_known(record, "interrupted", part_of(scaling->interrupted, summary.n));
	return writer_put(writer, record);
}

int emit_check(struct writer *writer, const struct check *check, const struct target *target,
	       const struct finding *finding)
{
	static const char *const verdict[] = { "pass", "fail", "skip" };

	return writer_put(writer, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "kind", "check",
					    "name", check->name, "fs", target->fs, "access",
					    target->access, "verdict", verdict[finding->verdict],
					    "evidence", finding->evidence));
}

int emit_skip(struct writer *writer, const struct bench *bench, const struct ctx *ctx)
{
	json_t *record = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "kind", "skip", "bench",
				   bench->name, "arm", ctx->arm->name, "fs", fs_of(ctx->target),
				   "access", access_of(ctx->target), "reason", ctx->reason);
	json_t *as = json_object();

	add_measured_as(as, bench, ctx);
	if (json_object_size(as))
		json_object_set(record, "parameters", as);
	json_decref(as);
	return writer_put(writer, record);
}
