// SPDX-License-Identifier: GPL-2.0-or-later
/* What a record may not contradict, in itself and in its stream. */
#include <math.h>
#include <string.h>

#include "record/arm_name.h"
#include "record/parse.h"

int parse_run(struct reading *r, const json_t *record, struct side_run *run)
{
	int err = fields_read(r, record, &kind_run, run);

	if (!err && *run->session && !run->position)
		return refuse(r, "\"position\" is missing");
	if (!err && !*run->label)
		return refuse(r, "\"label\" is empty");
	return err;
}

int parse_machine(struct reading *r, const json_t *record, const struct side_run *run,
		  struct side_machine *machine)
{
	int err = fields_read(r, record, &kind_machine, machine);

	if (err)
		return err;
	if (machine->mode != run->mode)
		return refuse(r, "the runner saw mode %s, the run record says %s",
			      side_mode_name(machine->mode), side_mode_name(run->mode));
	if (machine->seed != run->seed)
		return refuse(r, "the runner saw seed %lld, the run record says %lld",
			      (long long)machine->seed, (long long)run->seed);
	return 0;
}

int parse_target(struct reading *r, const json_t *record, struct side_boot *boot)
{
	struct side_target target = { .line = r->line };
	const struct side_target *other;
	int err = fields_read(r, record, &kind_target, &target);

	if (err)
		return err;
	other = side_find_target(boot, target.fs, target.access);
	if (other)
		return refuse(r, "target %.40s/%.40s is already on line %zu", target.fs,
			      target.access, other->line);
	return fields_append(r, &boot->targets, &boot->n_targets, &target, sizeof(target));
}

/* Whatever was measured or seen on a target needs the target's own line. */
static int known_target(struct reading *r, const struct side_boot *boot, const char *fs,
			const char *access, const struct side_target **target)
{
	*target = NULL;
	if (!strcmp(fs, "none") && !strcmp(access, "none"))
		return 0;
	*target = side_find_target(boot, fs, access);
	if (!*target)
		return refuse(r, "no target line of this boot names %.40s/%.40s", fs, access);
	return 0;
}

/*
 * name->arm becomes the name for people, name->base_arm the one without an ending. Older
 * runners wrote the whole name into "arm".
 */
static int name_arm(struct reading *r, struct cost_name *name, int64_t threads_beside)
{
	int64_t threads = name->threads ? name->threads : threads_beside;
	size_t recorded = strlen(name->arm);
	char none[1];
	size_t ending = arm_name(none, sizeof(none), "", name->fill, threads, name->files);
	char *whole = side_alloc(r->side, recorded + ending + 1);

	if (!whole)
		return refuse_memory(r);
	name->base_arm = name->arm;
	arm_name(whole, recorded + ending + 1, name->arm, name->fill, threads, name->files);
	if (ending && ending <= recorded &&
	    !strcmp(name->arm + recorded - ending, whole + recorded)) {
		whole[recorded - ending] = '\0';
		name->base_arm = whole;
		return 0;
	}
	name->arm = whole;
	return 0;
}

/* Nothing is measured twice in a boot, and nothing on a target that was skipped. */
static int match_name(struct reading *r, const struct side_boot *boot, const struct cost_name *name)
{
	const struct side_target *target;
	const struct side_sample *other;
	int err = known_target(r, boot, name->fs, name->access, &target);

	if (err)
		return err;
	if (target && *target->skip)
		return refuse(r, "a sample on %.40s/%.40s, which line %zu says was skipped",
			      name->fs, name->access, target->line);
	other = side_find_sample(boot, name);
	if (other)
		return refuse(r, "%.40s %.40s %.40s on %.40s/%.40s is already on line %zu",
			      name->bench, name->arm, name->metric, name->fs, name->access,
			      other->line);
	return 0;
}

/* The metrics of an arm follow each other. */
static bool follows_another(const struct side_boot *boot, const struct cost_name *name)
{
	const struct side_sample *end = boot->samples + boot->n_samples;

	return boot->n_samples && cost_same_group(&end[-1].name, name) &&
	       !strcmp(end[-1].name.arm, name->arm);
}

/* The quantiles ascend, and the mean lies within them. */
static int match_quantiles(struct reading *r, struct side_sample *sample)
{
	const struct {
		const char *name;
		double value;
	} order[] = {
		{ "min", sample->min },	      { "median_low", sample->median_low },
		{ "median", sample->median }, { "median_high", sample->median_high },
		{ "p90", sample->p90 },	      { "p99", sample->p99 },
		{ "max", sample->max },
	};
	/* a mean may have been rounded when it was written */
	double slack = 1e-6 * sample->max;
	size_t before = 0;

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		if (isnan(order[i].value))
			continue;
		if (order[i].value < order[before].value)
			return refuse(r, "%s %.10g is more than %s %.10g", order[before].name,
				      order[before].value, order[i].name, order[i].value);
		before = i;
	}
	/* files from before these fields say nothing of an interval */
	if (isnan(sample->median_low))
		sample->median_low = sample->median;
	if (isnan(sample->median_high))
		sample->median_high = sample->median;
	if (sample->mean < sample->min - slack || sample->mean > sample->max + slack)
		return refuse(r, "mean %.10g is not between min %.10g and max %.10g", sample->mean,
			      sample->min, sample->max);
	return 0;
}

/* The histogram ascends and counts n operations. */
static int match_histogram(struct reading *r, const struct side_sample *sample)
{
	const struct side_bucket *bucket = sample->buckets;
	uint64_t sum = 0;

	if (!sample->n_buckets)
		return refuse(r, "the histogram is empty, n is %lld", (long long)sample->n);
	for (size_t i = 0; i < sample->n_buckets; i++) {
		if (i && bucket[i].lowest <= bucket[i - 1].lowest)
			return refuse(r, "histogram bucket %llu comes after %llu",
				      (unsigned long long)bucket[i].lowest,
				      (unsigned long long)bucket[i - 1].lowest);
		/* both are at most INT64_MAX as long as this has held so far */
		sum += bucket[i].count;
		if (sum > (uint64_t)sample->n)
			break;
	}
	if (sum != (uint64_t)sample->n)
		return refuse(r, "the histogram counts %s%llu operations, n is %lld",
			      sum > (uint64_t)sample->n ? "at least " : "", (unsigned long long)sum,
			      (long long)sample->n);
	return 0;
}

/* A part of the operations measured. */
static int match_part(struct reading *r, const char *name, int64_t part, int64_t n)
{
	if (part > n)
		return refuse(r, "\"%s\" is %lld of %lld operations", name, (long long)part,
			      (long long)n);
	return 0;
}

int parse_sample(struct reading *r, const json_t *record, struct side_boot *boot)
{
	struct side_sample sample = { .line = r->line };
	int err = fields_read(r, record, &kind_sample, &sample);

	if (!err)
		err = name_arm(r, &sample.name, sample.threads_beside);
	if (!err)
		err = match_name(r, boot, &sample.name);
	if (!err)
		err = match_quantiles(r, &sample);
	if (!err)
		err = match_part(r, "moved", sample.moved, sample.n);
	if (!err)
		err = match_part(r, "interrupted", sample.interrupted, sample.n);
	if (!err)
		err = match_histogram(r, &sample);
	if (err)
		return err;
	sample.name.words = words_of(boot, sample.name.bench, sample.name.base_arm);
	sample.name.further = follows_another(boot, &sample.name);
	sample.higher_is_better = !strcmp(sample.better, "higher");
	return fields_append(r, &boot->samples, &boot->n_samples, &sample, sizeof(sample));
}

int parse_check(struct reading *r, const json_t *record, struct side_boot *boot)
{
	struct side_check check = { .line = r->line };
	const struct side_target *target;
	int err = fields_read(r, record, &kind_check, &check);

	if (!err)
		err = known_target(r, boot, check.fs, check.access, &target);
	if (err)
		return err;
	for (size_t i = 0; i < boot->n_checks; i++) {
		const struct side_check *other = &boot->checks[i];

		if (!strcmp(other->name, check.name) && !strcmp(other->fs, check.fs) &&
		    !strcmp(other->access, check.access))
			return refuse(r, "check %.40s on %.40s/%.40s is already on line %zu",
				      check.name, check.fs, check.access, other->line);
	}
	check.label = *check.label ? check.label : check.name;
	check.promise = *check.promise ? check.promise : check.label;
	return fields_append(r, &boot->checks, &boot->n_checks, &check, sizeof(check));
}

int parse_skip(struct reading *r, const json_t *record, struct side_boot *boot)
{
	struct side_skip skip = { .line = r->line, .name = { .metric = "" } };
	int err = fields_read(r, record, &kind_skip, &skip);

	if (!err)
		err = name_arm(r, &skip.name, skip.threads_beside);
	return err ? err : fields_append(r, &boot->skips, &boot->n_skips, &skip, sizeof(skip));
}
