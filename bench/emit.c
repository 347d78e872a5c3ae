// SPDX-License-Identifier: GPL-2.0-or-later
#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <errno.h>
#include <libpmem.h>
#include <math.h>
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

/* The modes of a plan are those of a record. */
_Static_assert((int)PLAN_COUNT == SIDE_COUNT && (int)PLAN_TIME == SIDE_TIME &&
		       (int)PLAN_EMULATED == SIDE_EMULATED,
	       "plan.h and kinds.h differ");

int emit_machine(struct writer *writer, const struct plan *plan, uint64_t seed, const char *device,
		 const struct places *places, const struct clock_facts *clock)
{
	char self[BUILD_ID_MAX], kernel[BUILD_ID_MAX], cmdline[1024], cpu[128], topology[256];
	char hypervisor[HYPERVISOR_MAX], pmem[80];
	struct side_machine machine = {
		.format = RECORD_FORMAT,
		.mode = (enum side_mode)plan->mode,
		.seed = (int64_t)seed,
		.kernel_build_id = kernel,
		.cmdline = cmdline,
		.cpu = cpu,
		.hypervisor = hypervisor,
		.bound_to = places->start.cpu,
		.cpus = topology_cpus(&places->topology),
		.nodes = topology_nodes(&places->topology),
		.page_bytes = sysconf(_SC_PAGESIZE),
		.topology = topology,
		.clock_source = clock->source,
		.clock_unit = clock->unit,
		.clock_ticks = clock->ticks_per_unit,
		.clock_overhead = clock->overhead,
		.runner = self,
		.pmem = pmem,
		.device = device ? device : "",
		.freeze_limit_s = plan->mode == PLAN_COUNT ? 0 : (int64_t)plan->freeze_limit_s,
	};
	struct utsname name;
	struct sysinfo memory;

	build_id_self(self);
	build_id_kernel(kernel);
	first_line("/proc/cmdline", cmdline, sizeof(cmdline));
	processor_name(cpu, sizeof(cpu));
	hypervisor_name(hypervisor);
	topology_summary(&places->topology, topology, sizeof(topology));
	snprintf(pmem, sizeof(pmem), "libpmem API %d.%d, flushes with %s", PMEM_MAJOR_VERSION,
		 PMEM_MINOR_VERSION, flush_instruction());
	uname(&name);
	machine.kernel = name.release;
	machine.kernel_version = name.version;
	sysinfo(&memory);
	machine.memory_bytes = (int64_t)memory.totalram * memory.mem_unit;
	return writer_put(writer, &kind_machine, &machine);
}

/* Where it is, as its user would name it. */
static const char *place_of(const struct target *target)
{
	if (!target->source)
		return target_needs_no_source(target->fs) ? "memory" : "";
	return target->source->directory ? target->source->directory : target->source->block;
}

int emit_target(struct writer *writer, const struct target *target, const struct place *place,
		const char *skip)
{
	struct side_target record = {
		.fs = target->fs,
		.access = target->access,
		.device = place_of(target),
		.size_bytes = (int64_t)target->size,
		.mkfs = target->mkfs,
		.mount = target->mount,
		.dax = target->dax,
		.proof = target->proof,
		.node = place ? place->node : NODE_LEFT_OUT,
		.node_from = place ? node_from_name(place->from) : NULL,
		.bound_to = place ? place->cpu : -1,
		.bound_node = place ? place->cpu_node : NODE_LEFT_OUT,
		.memory_node = place ? place->memory : NODE_LEFT_OUT,
		.skip = skip,
	};

	return writer_put(writer, &kind_target, &record);
}

int emit_bench(struct writer *writer, const struct bench *bench)
{
	struct side_bench record = { .name = bench->name,
				     .title = bench->title,
				     .brief = bench->brief,
				     .rate = bench->rate };
	int error;

	while (bench->arms[record.n_arms].name)
		record.n_arms++;
	record.arms = calloc(record.n_arms + 1, sizeof(*record.arms));
	if (!record.arms)
		return -ENOMEM;
	for (size_t i = 0; i < record.n_arms; i++)
		record.arms[i] = (struct cost_words){ .arm = bench->arms[i].name,
						      .brief = bench->arms[i].brief,
						      .group = bench->arms[i].group,
						      .operation = bench->arms[i].words,
						      .leads = bench->arms[i].leads };
	error = writer_put(writer, &kind_bench, &record);
	free(record.arms);
	return error;
}

static const char *fs_of(const struct target *target)
{
	return target ? target->fs : "none";
}

static const char *access_of(const struct target *target)
{
	return target ? target->access : "none";
}

/* No more of them than there are. */
static int64_t part_of(int64_t part, size_t n)
{
	return part > (int64_t)n ? (int64_t)n : part;
}

/* Where several threads do an operation: on "one" file, on one "each", else "". */
static const char *files_of(const struct ctx *ctx)
{
	return !ctx->target || ctx->parts < 2 ? "" : ctx->one_file ? "one" : "each";
}

static const char *fill_of(const struct ctx *ctx)
{
	return ctx->fill ? ctx->fill->name : "";
}

const char *emit_arm_name(const struct ctx *ctx, char name[EMIT_ARM_MAX])
{
	arm_name(name, EMIT_ARM_MAX, ctx->arm->name, fill_of(ctx), (int64_t)ctx->parts,
		 files_of(ctx));
	return name;
}

/* Whether the operations of an arm are done beside its threads, not by them. */
static bool has_threads_beside(const struct bench *bench, const struct arm *arm)
{
	return bench->threads && bench->threads(arm);
}

/* The arm of ctx and how it was measured, but for threads beside it. */
static struct cost_name name_of(const struct bench *bench, const struct ctx *ctx)
{
	return (struct cost_name){
		.bench = bench->name,
		.arm = ctx->arm->name,
		.fs = fs_of(ctx->target),
		.access = access_of(ctx->target),
		.fill = fill_of(ctx),
		.files = files_of(ctx),
		.threads = has_threads_beside(bench, ctx->arm) ? 0 : (int64_t)ctx->parts,
	};
}

static int64_t threads_beside(const struct bench *bench, const struct ctx *ctx)
{
	return has_threads_beside(bench, ctx->arm) ? (int64_t)ctx->parts : 0;
}

/* What a sample says before anything is known of its operations. */
static struct side_sample sample_of(const struct bench *bench, const char *metric,
				    const struct ctx *ctx, const struct clock_facts *clock)
{
	struct side_sample sample = {
		.name = name_of(bench, ctx),
		.threads_beside = threads_beside(bench, ctx),
		.unit = clock->unit,
		.better = "lower",
		.operations = (int64_t)ctx->operations,
		.bytes = (int64_t)(ctx->bytes ? ctx->bytes : ctx->arm->bytes),
		.fault_bytes = (int64_t)ctx->fault_bytes,
		.folio_bytes = (int64_t)ctx->folio_bytes,
		.pages = (int64_t)ctx->arm->pages,
		.faults = NAN,
		.faults_per_operation = NAN,
		.batch_mean = NAN,
		.moved = -1,
		.interrupted = -1,
	};

	sample.name.metric = metric;
	return sample;
}

/* Sums up the operations of a metric, sorts them and writes the sample. */
static int put_sample(struct writer *writer, struct side_sample *sample, struct samples *samples,
		      size_t metric, double ticks_per_unit)
{
	static struct side_bucket buckets[HISTOGRAM_BUCKETS];
	static struct histogram histogram;
	struct summary summary;

	samples_summary(samples, metric, ticks_per_unit, &summary, &histogram);
	sample->n = (int64_t)summary.n;
	sample->min = summary.min;
	sample->median = summary.median;
	sample->median_low = summary.median_low;
	sample->median_high = summary.median_high;
	sample->mean = summary.mean;
	sample->p90 = summary.p90;
	sample->p99 = summary.p99;
	sample->max = summary.max;
	sample->buckets = buckets;
	sample->n_buckets = 0;
	for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++)
		if (histogram.count[i])
			buckets[sample->n_buckets++] =
				(struct side_bucket){ histogram_lowest(i), histogram.count[i] };
	return writer_put(writer, &kind_sample, sample);
}

/* The first metric of an arm carries what belongs to its operations as a whole. */
static void add_whole(struct side_sample *sample, const struct ctx *ctx,
		      const struct sampled *sampled, size_t n, double ticks_per_unit)
{
	sample->faults = (double)sampled->faults;
	if (sampled->batch_n) {
		sample->batch_mean = sampled->batch_mean / ticks_per_unit;
		sample->batch_n = (int64_t)sampled->batch_n;
	}
	if (ctx->counts_instructions)
		return;
	sample->moved = sampled->moved;
	sample->interrupted = part_of(sampled->interrupted, n);
}

int emit_samples(struct writer *writer, const struct bench *bench, const struct ctx *ctx,
		 struct samples *samples, const struct sampled *sampled,
		 const struct clock_facts *clock)
{
	int error = 0;

	for (size_t m = 0; bench->metric[m] && !error; m++) {
		struct side_sample sample = sample_of(bench, bench->metric[m], ctx, clock);

		if (!samples->n[m])
			continue;
		sample.passes = (int64_t)sampled->passes;
		sample.between_kib = (int64_t)samples->between_kib;
		if (m == 0)
			add_whole(&sample, ctx, sampled, samples->n[m], clock->ticks_per_unit);
		error = put_sample(writer, &sample, samples, m, clock->ticks_per_unit);
	}
	return error;
}

/* The value is the time of a pass over the operations of all threads in it. */
int emit_scaling(struct writer *writer, const struct bench *bench, const struct ctx *ctx,
		 const struct scaling *scaling, struct samples *samples,
		 const struct clock_facts *clock)
{
	double all = (double)ctx->parts * (double)scaling->operations;
	struct side_sample sample = sample_of(bench, bench->metric[0], ctx, clock);

	sample.operations = (int64_t)scaling->operations;
	sample.passes = SCALING_PASSES;
	sample.faults_per_operation = (double)scaling->faults / all / SCALING_PASSES;
	sample.interrupted = part_of(scaling->interrupted, samples->n[0]);
	return put_sample(writer, &sample, samples, 0, clock->ticks_per_unit * all);
}

int emit_check(struct writer *writer, const struct check *check, const struct target *target,
	       const struct finding *finding)
{
	return writer_put(writer, &kind_check,
			  &(struct side_check){ .name = check->name,
						.label = check->label,
						.promise = check->promise,
						.fs = target->fs,
						.access = target->access,
						.verdict = finding->verdict,
						.evidence = finding->evidence });
}

int emit_skip(struct writer *writer, const struct bench *bench, const struct ctx *ctx)
{
	return writer_put(writer, &kind_skip,
			  &(struct side_skip){ .name = name_of(bench, ctx),
					       .threads_beside = threads_beside(bench, ctx),
					       .reason = ctx->reason });
}
